"""Entities that came, changed or went since the resolver last looked: kept on disk, so that a kill loses none."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path


class Touched:
    """A set of entity terms in a small SQLite file, emptied page by page.

    Args:
        path: The file; made if absent. None keeps it in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", timeout=30, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS touched (entity TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.commit()

    def add(self, entities: Iterable[str]) -> None:
        """Remembers ``entities``."""
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(entity,) for entity in entities])

    def page(self, size: int) -> list[str]:
        """The first ``size`` entities."""
        return [entity for (entity,) in self._db.execute("SELECT entity FROM touched ORDER BY entity LIMIT ?", (size,))]

    def among(self, entities: Iterable[str]) -> set[str]:
        """Those of ``entities`` that are remembered."""
        query = "SELECT 1 FROM touched WHERE entity = ?"
        return {entity for entity in entities if self._db.execute(query, (entity,)).fetchone()}

    def remove(self, entities: Iterable[str]) -> None:
        """Forgets ``entities``: the resolver has looked at them."""
        with self._db:
            self._db.executemany("DELETE FROM touched WHERE entity = ?", [(entity,) for entity in entities])

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM touched").fetchone()[0])

    def backup(self, path: Path) -> None:
        """Copies the file while it is in use."""
        with closing(sqlite3.connect(path)) as target:
            self._db.backup(target)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
