"""What the associations were made of, as integers in a SQLite file: deleted, it is read anew from the graph.

Facts about works before a change tell which associations the change can touch: the graph itself has moved on.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from common.errors import StoreReadOnlyError
from reasoning.associations.bases import KINDS, Basis, Side
from reasoning.associations.reading import Facts

Ids = NDArray[np.int64]
Pairs = NDArray[np.int64]
"""Two columns: an entity, and a thing that it has."""

_PATIENCE = 600.0
"""Seconds to wait for another process that is bringing the same associations up to date."""
_FORM = 1
"""Raised when the tables change."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS fact (
  kind INTEGER NOT NULL, work INTEGER NOT NULL, thing INTEGER NOT NULL, PRIMARY KEY (kind, work, thing)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holders ON fact (kind, thing, work);
CREATE INDEX IF NOT EXISTS of_work ON fact (work);
CREATE TABLE IF NOT EXISTS within (thing INTEGER PRIMARY KEY, broader INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS digest (
  basis INTEGER NOT NULL, entity INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (basis, entity)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (only INTEGER PRIMARY KEY CHECK (only = 0), number INTEGER, rules TEXT);
CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY);
"""


@cache
def _rules() -> str:
    """Digest of all that decides what is associated: what was made by other rules is made anew."""
    found = sha256()
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix in {".py", ".rq"}:
            found.update(path.read_bytes())
    return found.hexdigest()


class Memory:
    """The file, open; all that is done with it takes effect together, when ``keep`` is called.

    Args:
        db: The connection, in a transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def number(self) -> int | None:
        """The changeset up to which facts are known; None where nothing is, or by other rules."""
        row = self._db.execute("SELECT number FROM state WHERE rules = ?", (_rules(),)).fetchone()
        return None if row is None else int(row[0])

    @property
    def outdated(self) -> bool:
        """Whether what is known was made by other rules."""
        row = self._db.execute("SELECT rules FROM state").fetchone()
        return row is not None and row[0] != _rules()

    def keep(self, number: int) -> None:
        """Makes all that was done since it was opened, or kept, last; facts are known up to ``number``."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (0, ?, ?)", (number, _rules()))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def forget(self) -> None:
        """Empties it."""
        for table in ("fact", "within", "digest", "state", "name"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608  our own constants

    def ids(self, terms: Collection[str]) -> Ids:
        """Numbers of terms, given out where there is none, in the order of ``terms``."""
        self._db.executemany("INSERT OR IGNORE INTO name (text) VALUES (?)", [(term,) for term in terms])
        ask = "SELECT id FROM name WHERE text = ?"
        return np.array([self._db.execute(ask, (term,)).fetchone()[0] for term in terms], dtype=np.int64)

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Terms of numbers, in the order of the terms."""
        self._choose(ids)
        return dict(self._db.execute("SELECT id, text FROM name WHERE id IN (SELECT id FROM chosen) ORDER BY text"))

    def known_works(self, terms: Collection[str]) -> set[str]:
        """Those of ``terms`` that are works with facts."""
        return self._known(terms, "SELECT 1 FROM fact WHERE work = ? LIMIT 1")

    def kinds_as_thing(self, term: str) -> set[int]:
        """In which senses some work has the term."""
        query = "SELECT DISTINCT kind FROM name CROSS JOIN fact ON thing = id WHERE text = ? AND kind = ? LIMIT 1"
        return {kind for kind in KINDS if self._db.execute(query, (term, kind)).fetchone()}

    def _known(self, terms: Collection[str], query: str) -> set[str]:
        ask = "SELECT id FROM name WHERE text = ?"
        found = ((term, self._db.execute(ask, (term,)).fetchone()) for term in terms)
        return {term for term, row in found if row and self._db.execute(query, row).fetchone()}

    def add(self, found: Facts) -> Ids:
        """Adds facts; returns the things that lie in something else than before."""
        terms = sorted({term for _, work, thing in found.facts for term in (work, thing)})
        number = dict(zip(terms, self.ids(terms).tolist(), strict=True))
        rows = ((kind, number[work], number[thing]) for kind, work, thing in found.facts)
        self._db.executemany("INSERT OR IGNORE INTO fact VALUES (?, ?, ?)", rows)
        within = {number[thing]: number[broader] for thing, broader in found.within.items()}
        before = self.broader(within)
        self._db.executemany("INSERT OR REPLACE INTO within VALUES (?, ?)", within.items())
        moved = [thing for thing, broader in within.items() if before.get(thing, broader) != broader]
        return np.array(moved, dtype=np.int64)

    def broader(self, things: Iterable[int]) -> dict[int, int]:
        """What things lie in, for those that lie in any."""
        self._choose(things)
        return dict(self._db.execute("SELECT thing, broader FROM within WHERE thing IN (SELECT id FROM chosen)"))

    def broader_name(self, term: str) -> str | None:
        """Name of what a thing lies in."""
        query = """SELECT broad.text FROM name AS narrow JOIN within ON thing = narrow.id
            JOIN name AS broad ON broad.id = broader WHERE narrow.text = ?"""
        row = self._db.execute(query, (term,)).fetchone()
        return None if row is None else str(row[0])

    def remove(self, works: Ids) -> None:
        """Takes away all facts about ``works``."""
        self._choose(works.tolist())
        self._db.execute("DELETE FROM fact WHERE work IN (SELECT id FROM chosen)")

    def things(self, works: Ids) -> Ids:
        """What any of ``works`` has, in any sense."""
        self._choose(works.tolist())
        found = self._db.execute("SELECT DISTINCT thing FROM fact WHERE work IN (SELECT id FROM chosen)").fetchall()
        return np.array(found, dtype=np.int64).reshape(-1)

    def pairs(self, basis: Basis, entities: Ids | None = None, things: Ids | None = None) -> Pairs:
        """What the entities of a basis have.

        Args:
            basis: The basis.
            entities: Of these only.
            things: These only; not together with ``entities``.
        """
        given = entities if entities is not None else things
        if given is not None:
            self._choose(given.tolist())
        column = None if given is None else "entity" if entities is not None else "thing"
        query = " UNION ".join(_select(side, column) for side in basis.sides)
        found = self._db.execute(query).fetchall()
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def _choose(self, ids: Iterable[int]) -> None:
        self._db.execute("DELETE FROM chosen")
        self._db.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((int(each),) for each in ids))

    def digests(self, basis: Basis, entities: Ids | None) -> dict[int, int]:
        """What is written of the links of ``entities``, or of all, as a digest for each that has any."""
        query = "SELECT entity, value FROM digest WHERE basis = ?"
        if entities is not None:
            self._choose(entities.tolist())
            query += " AND entity IN (SELECT id FROM chosen)"
        return dict(self._db.execute(query, (basis.number,)))

    def note_written(self, basis: Basis, digests: dict[int, int]) -> None:
        """Links of these entities are written; a digest of 0 stands for none."""
        gone = [(basis.number, entity) for entity, value in digests.items() if not value]
        made = [(basis.number, entity, value) for entity, value in digests.items() if value]
        self._db.executemany("DELETE FROM digest WHERE basis = ? AND entity = ?", gone)
        self._db.executemany("INSERT OR REPLACE INTO digest VALUES (?, ?, ?)", made)

    def count_works(self) -> int:
        """How many works have any fact."""
        return int(self._db.execute("SELECT count(DISTINCT work) FROM fact").fetchone()[0])


def _select(side: Side, column: str | None) -> str:
    condition = f" AND {getattr(side, column)} IN (SELECT id FROM chosen)" if column else ""  # noqa: S608
    return f"SELECT DISTINCT {side.entity}, {side.thing} FROM {side.source}{condition}"  # noqa: S608  our constants


@contextmanager
def open_memory(path: Path | None) -> Iterator[Memory]:
    """The memory at ``path``, held alone; None: one for the length of the block, which knows nothing.

    A file that is damaged or of another form is begun anew: all of it can be read from the graph.

    Raises:
        StoreReadOnlyError: The file can't be written.
    """
    try:
        db = _begin(path)
    except sqlite3.OperationalError as error:
        raise StoreReadOnlyError(f"{path} can't be written: {error}") from error
    except sqlite3.DatabaseError:
        if path is None:
            raise
        path.unlink()
        db = _begin(path)
    try:
        yield Memory(db)
    finally:
        db.close()


def _begin(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
    used = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if used and db.execute("PRAGMA user_version").fetchone()[0] != _FORM:
        db.close()
        raise sqlite3.DatabaseError("another form")
    db.executescript(_SCHEMA)
    db.execute(f"PRAGMA user_version = {_FORM}")
    db.execute("BEGIN IMMEDIATE")
    return db
