"""Which records the sources of one run hold, and where each came last; in a temporary file: there may be millions."""

import sqlite3
from collections.abc import Iterable, Iterator

from ingest.record import RecordKey


class Seen:
    """Keys with the place of their last occurrence in the run."""

    def __init__(self) -> None:
        # An empty name is SQLite's own temporary file, gone when it is closed or killed.
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.execute("CREATE TABLE seen (source TEXT, id TEXT, at INTEGER, PRIMARY KEY (source, id)) WITHOUT ROWID")

    def add(self, records: Iterable[tuple[RecordKey, int]]) -> None:
        """Notes records at their places."""
        self._db.executemany(
            "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            [(key.source, key.id, at) for key, at in records],
        )

    def last(self, key: RecordKey) -> int:
        """The place of the last occurrence, -1 if there was none."""
        row = self._db.execute("SELECT at FROM seen WHERE source = ? AND id = ?", (key.source, key.id)).fetchone()
        return row[0] if row else -1

    def absent(self, keys: Iterable[RecordKey]) -> Iterator[RecordKey]:
        """Those of ``keys`` that did not occur."""
        return (key for key in keys if self.last(key) < 0)

    def close(self) -> None:
        """Deletes the file."""
        self._db.close()
