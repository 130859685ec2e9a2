"""Entities that came, changed or went since the resolver last looked: kept on disk, so that a kill loses none.

Bounded: past ``LIMIT`` entities it only remembers "many", and the resolver looks at everything.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

LIMIT = 50_000
_EVERYTHING = "*"


class Touched:
    """A set of entity terms in a small SQLite file.

    Args:
        path: The file; made if absent. None keeps it in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS touched (entity TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.commit()
        self._full = self.everything

    def add(self, entities: Iterable[str]) -> None:
        """Remembers ``entities``."""
        if self._full:
            return
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(entity,) for entity in entities])
            if self._db.execute("SELECT count(*) FROM touched").fetchone()[0] > LIMIT:
                self._db.execute("DELETE FROM touched")
                self._db.execute("INSERT INTO touched VALUES (?)", (_EVERYTHING,))
                self._full = True

    @property
    def everything(self) -> bool:
        """Whether there were too many to remember."""
        return self._db.execute("SELECT 1 FROM touched WHERE entity = ?", (_EVERYTHING,)).fetchone() is not None

    def entities(self) -> set[str]:
        """The entities remembered; meaningless while ``everything``."""
        return {entity for (entity,) in self._db.execute("SELECT entity FROM touched")}

    def clear(self) -> None:
        """Forgets them: the resolver has looked."""
        with self._db:
            self._db.execute("DELETE FROM touched")
        self._full = False

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
