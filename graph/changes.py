"""Which entities each changeset touched: what is derived from the graph follows the graph by this log.

It is written before a changeset takes effect, so a kill between the two leaves an entry too many and never one too few.
The log is a file in the data directory, whatever engine keeps the graph; several processes may use it. Where a store is
shared with other data directories, theirs are numbers that this log has not noted: then nobody knows what changed.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from common.terms import split_statement

_SCHEMA = """
CREATE TABLE IF NOT EXISTS change (
  number INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (number, kind, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reach (only INTEGER PRIMARY KEY CHECK (only = 0), after INTEGER, noted INTEGER);
CREATE TABLE IF NOT EXISTS follower (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
"""
# A table of its own came later: what an older log has noted had no gaps.
_NUMBERS = """
CREATE TABLE IF NOT EXISTS noted (number INTEGER PRIMARY KEY);
WITH RECURSIVE old(number) AS (
  SELECT after + 1 FROM reach WHERE after < noted
  UNION ALL SELECT old.number + 1 FROM old, reach WHERE old.number < reach.noted
) INSERT OR IGNORE INTO noted SELECT number FROM old;
"""


@dataclass(slots=True)
class Changes:
    """What some changesets touched.

    Attributes:
        described: Terms of the installation's entities about which statements came or went, or about whose dependent
            nodes they did.
        linked: Terms of entities to which statements came or went, and which are not ``described``.
        graphs: IRIs of named graphs that were added whole; who wants their entities asks the graph.
    """

    described: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    graphs: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, statements: Iterable[str], base: str) -> "Changes":
        """The entities of ``statements`` that came or went.

        >>> Changes.of(["<b/id/work/1#t> <a:p> <b/id/agent/2>"], "b/")
        Changes(described={'<b/id/work/1>'}, linked={'<b/id/agent/2>'}, graphs=set())
        """
        ours = f"<{base}id/"
        described, linked = set(), set()
        for statement in statements:
            subject, _, obj = split_statement(statement)
            if subject.startswith(ours):
                described.add(whole(subject))
                if obj.startswith(ours):
                    linked.add(whole(obj))
        return cls(described, linked - described)

    def __bool__(self) -> bool:
        return bool(self.described or self.linked or self.graphs)


def whole(term: str) -> str:
    """The entity that a dependent node is part of."""
    return f"{term.partition('#')[0]}>" if "#" in term else term


class ChangeLog:
    """The log of one installation.

    Args:
        path: Its file; made if absent. None keeps it in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        # The graph is flushed when a changeset returns: the log must not be behind it after a power cut.
        self._db.execute("PRAGMA synchronous = FULL")
        with self._db:
            self._db.executescript(_SCHEMA)
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'noted'").fetchone():
                self._db.executescript(_NUMBERS)

    def begin(self, sequence: int) -> None:
        """Starts the log anew where changesets up to ``sequence`` were written without it."""
        row = self._db.execute("SELECT noted FROM reach").fetchone()
        if row is None or row[0] < sequence:
            with self._db:
                self._db.execute("DELETE FROM change")
                self._db.execute("DELETE FROM noted")
                self._db.execute("INSERT OR REPLACE INTO reach VALUES (0, ?, ?)", (sequence, sequence))

    def note(self, number: int, changes: Changes) -> None:
        """Notes what the changeset ``number``, about to be written, touches."""
        rows = [
            (number, kind, name)
            for kind, names in enumerate((changes.described, changes.linked, changes.graphs))
            for name in names
        ]
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO change VALUES (?, ?, ?)", rows)
            self._db.execute("INSERT OR IGNORE INTO noted VALUES (?)", (number,))
            self._db.execute("UPDATE reach SET noted = max(noted, ?)", (number,))

    def take_back(self, number: int) -> None:
        """The changeset ``number`` was not written by this process: what it touches may be something else."""
        with self._db:
            self._db.execute("DELETE FROM noted WHERE number = ?", (number,))

    def since(self, number: int, last: int) -> Changes | None:
        """What changesets after ``number`` touched.

        Args:
            number: From here on.
            last: The graph's last changeset.

        Returns:
            None: the log doesn't reach back that far, or somebody else wrote one of them.
        """
        after = self._db.execute("SELECT after FROM reach").fetchone()
        if after is None or number < after[0]:
            return None
        span = "SELECT count(*) FROM noted WHERE number > ? AND number <= ?"
        if self._db.execute(span, (number, last)).fetchone()[0] < last - number:
            return None
        found = Changes()
        kinds = (found.described, found.linked, found.graphs)
        for kind, name in self._db.execute("SELECT kind, name FROM change WHERE number > ?", (number,)):
            kinds[kind].add(name)
        found.linked -= found.described
        return found

    def followed(self, follower: str, number: int) -> None:
        """A follower reflects changesets up to ``number``: what none of them needs any more is forgotten."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO follower VALUES (?, ?)", (follower, number))
            (least,) = self._db.execute("SELECT min(number) FROM follower").fetchone()
            self._db.execute("DELETE FROM change WHERE number <= ?", (least,))
            self._db.execute("DELETE FROM noted WHERE number <= ?", (least,))
            self._db.execute("UPDATE reach SET after = max(after, ?)", (least,))

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
