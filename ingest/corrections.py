"""Librarians' corrections of records: an overlay that survives re-ingest.

A correction stands for certain bytes: wherever a source delivers just those bytes again, the corrected record is mapped
in their place, while the archive goes on holding the original. When the supplier sends another version, that counts.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from common.errors import StoreReadOnlyError
from ingest.record import RawRecord, Unreadable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS correction (
  digest BLOB PRIMARY KEY, data BLOB NOT NULL, format TEXT NOT NULL, author TEXT NOT NULL, made TEXT NOT NULL,
  origin TEXT NOT NULL
) WITHOUT ROWID
"""

Overlay = dict[bytes, tuple[bytes, str]]
"""Digest of the original -> corrected bytes and their format."""


class Corrections:
    """Corrected records in a small SQLite file.

    Args:
        path: The file; made if absent.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(_SCHEMA)
            self._db.commit()
        except sqlite3.OperationalError as error:
            raise StoreReadOnlyError(f"can't write {path}: {error}") from error

    def put(self, digest: bytes, data: bytes, format_name: str, author: str, origin: str = "") -> None:
        """Corrects the record whose original bytes have ``digest``.

        Args:
            digest: Of the original.
            data: The corrected record.
            format_name: Its format.
            author: Token id or ``system:…``.
            origin: What it was made for, such as ``quarantine 12``: by this it can be taken back.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, ?)",
                (digest, data, format_name, author, now, origin),
            )

    def made_for(self, origin: str) -> list[bytes]:
        """Digests of the originals corrected for ``origin``."""
        return [digest for (digest,) in self._db.execute("SELECT digest FROM correction WHERE origin = ?", (origin,))]

    def remove(self, digest: bytes) -> None:
        """Takes a correction back."""
        with self._db:
            self._db.execute("DELETE FROM correction WHERE digest = ?", (digest,))

    def overlay(self) -> Overlay:
        """All corrections. There are as many as librarians have made by hand."""
        rows = self._db.execute("SELECT digest, data, format FROM correction")
        return {digest: (data, format_name) for digest, data, format_name in rows}

    def backup(self, path: Path) -> None:
        """Copies the file while it is in use."""
        target = sqlite3.connect(path)
        self._db.backup(target)
        target.close()

    def close(self) -> None:
        """Closes the file."""
        self._db.close()


def corrected(raw: RawRecord | Unreadable, digest: bytes, overlay: Overlay) -> RawRecord | Unreadable:
    """``raw``, or the corrected record in its place; it stays the record it was in the archive."""
    found = overlay.get(digest)
    if found is None:
        return raw
    return RawRecord(found[0], found[1], raw.position, raw.offset, key=getattr(raw, "key", None))
