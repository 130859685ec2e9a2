"""The archive: every version of every record as it came, written before the graph (decisions about data, 6).

Original bytes are kept compressed with source, id, version, time, digest, format and encoding. ``changeset`` is NULL
until the graph holds a version, so what a kill left between archive and graph is found by ``unmarked`` and healed by
the next run. ``synchronous`` is FULL: ``put`` is one commit a batch, so its one sync costs milliseconds a thousand
records, and with NORMAL a power cut could take back a version that the graph already holds.
"""

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from common.errors import FormatError, StoreBusyError, StoreReadOnlyError
from ingest.record import RecordKey

__all__ = ["DELETED", "LIVE", "Archive", "Archived", "Entry", "NewVersion", "digest_of"]

_MANY = 500
"""Keys in one query; SQLite allows 32,766 values, and its planner is quick with hundreds."""
_COLUMNS = "source, id, version, datestamp, digest, format, encoding, status, kind, graph, changeset, data"
FORMAT = 1
"""Number of this schema, in SQLite's ``user_version``."""
LIVE, DELETED = "live", "deleted"

SCHEMA = f"""
BEGIN;
CREATE TABLE record (
    source    TEXT NOT NULL,
    id        TEXT NOT NULL,
    version   INTEGER NOT NULL,
    datestamp TEXT NOT NULL,          -- UTC, 2026-01-31T12:00:00Z
    digest    BLOB NOT NULL,          -- of the original bytes
    format    TEXT NOT NULL,          -- reader
    encoding  TEXT NOT NULL,          -- it was read with; replay uses it again
    status    TEXT NOT NULL CHECK (status IN ('{LIVE}', '{DELETED}')),
    kind      TEXT NOT NULL,          -- bib, authority, holdings
    graph     TEXT NOT NULL,          -- IRI of its named graph
    changeset INTEGER,                -- that took it into the graph; NULL: not there yet
    data      BLOB NOT NULL,          -- zlib
    PRIMARY KEY (source, id, version)
);
-- The newest version of each record: what nearly every question is about.
CREATE TABLE head (
    source TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE INDEX record_graph ON record (graph);
CREATE INDEX record_datestamp ON record (datestamp);
CREATE INDEX record_digest ON record (digest);
CREATE INDEX record_unmarked ON record (source, id) WHERE changeset IS NULL;
PRAGMA user_version = {FORMAT};
COMMIT;
"""


def digest_of(data: bytes) -> bytes:
    """Digest of a record's bytes (BLAKE2b, 16 bytes: as strong as needed to see a change, and twice as fast)."""
    return hashlib.blake2b(data, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a record's newest version without reading it."""

    version: int
    digest: bytes
    changeset: int | None
    status: str


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to archive.

    Attributes:
        key: Whose version.
        data: The original bytes.
        format: Name of the reader.
        encoding: The character encoding it was read with.
        kind: ``bib``, ``authority`` or ``holdings``.
        graph: IRI of the record's named graph.
        datestamp: UTC, as OAI-PMH writes it; None: now.
        digest: ``digest_of(data)`` if it is already known.
        deleted: The source says that the record is deleted.
        packed: ``zlib.compress(data, 1)`` if it is already done, as workers do it.
    """

    key: RecordKey
    data: bytes
    format: str
    encoding: str
    kind: str
    graph: str
    datestamp: str | None = None
    digest: bytes = b""
    deleted: bool = False
    packed: bytes = b""


@dataclass(frozen=True, slots=True)
class Archived:
    """A version as it is archived; ``data`` is empty in a tombstone."""

    key: RecordKey
    version: int
    datestamp: str
    digest: bytes
    format: str
    encoding: str
    status: str
    kind: str
    graph: str
    changeset: int | None
    data: bytes


def _archived(row: tuple[Any, ...]) -> Archived:
    """A row of the record table, unpacked."""
    values: list[Any] = [RecordKey(row[0], row[1]), *row[2:-1], zlib.decompress(row[-1])]
    return Archived(*values)


def _now() -> str:
    """This moment in UTC, as OAI-PMH writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """The archive in one SQLite file. One connection, usable from any thread.

    Args:
        path: The file; made if it does not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
            self._prepare()
        except sqlite3.OperationalError as error:
            raise _nearest(error, path) from error
        except OSError as error:
            raise StoreReadOnlyError(f"archive {path}: {error.strerror}") from error
        except sqlite3.DatabaseError as error:
            raise FormatError(f"archive {path}: {error}") from error

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            self._db.close()
            raise FormatError(f"archive {self.path}: format {version}, this is for format {FORMAT}")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if version == 0:
            self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Folds the write-ahead log into the file and closes it."""
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: durable when the block is left, undone when it fails."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise _nearest(error, self.path) from error

    def latest(self, keys: Collection[RecordKey]) -> dict[RecordKey, Entry]:
        """The newest version of each record that is here."""
        found: dict[RecordKey, Entry] = {}
        for source, ids in _by_source(keys).items():
            for start in range(0, len(ids), _MANY):
                some = ids[start : start + _MANY]
                # The marks are question marks only; values are bound.
                query = (
                    "SELECT id, version, digest, changeset, status FROM head JOIN record USING (source, id, version) "  # noqa: S608
                    f"WHERE source = ? AND id IN ({','.join('?' * len(some))})"
                )
                with self._lock:
                    rows = self._db.execute(query, (source, *some)).fetchall()
                found.update((RecordKey(source, i), Entry(*row)) for i, *row in rows)
        return found

    def unchanged(self, digest: bytes, source: str | None = None) -> RecordKey | None:
        """The record whose newest version has these very bytes, is alive and in the graph; so nothing is to be done."""
        query = (
            "SELECT source, id FROM record JOIN head USING (source, id, version) WHERE digest = ? "  # noqa: S608
            f"AND status = '{LIVE}' AND changeset IS NOT NULL AND (? IS NULL OR source = ?) LIMIT 1"
        )
        with self._lock:
            row = self._db.execute(query, (digest, source, source)).fetchone()
        return RecordKey(*row) if row else None

    def holding(self, versions: Iterable[tuple[RecordKey, bytes]]) -> set[tuple[RecordKey, bytes]]:
        """Those of the pairs of record and digest that are here as any version, however old."""
        query = "SELECT 1 FROM record WHERE digest = ? AND source = ? AND id = ? LIMIT 1"
        with self._lock:
            return {
                (key, found)
                for key, found in versions
                if self._db.execute(query, (found, key.source, key.id)).fetchone()
            }

    def put(self, versions: Sequence[NewVersion]) -> list[int]:
        """Adds a version of each record, durable when it returns; their version numbers.

        The same key twice in one batch becomes two versions, in order.
        """
        stamp = _now()
        packed = [v.packed or zlib.compress(v.data, 1) for v in versions]
        with self._writing() as db:
            numbers = self._next_numbers([v.key for v in versions])
            rows = [
                (
                    *(v.key.source, v.key.id, n, v.datestamp or stamp, v.digest or digest_of(v.data), v.format),
                    *(v.encoding, DELETED if v.deleted else LIVE, v.kind, v.graph, None, data),
                )
                for v, n, data in zip(versions, numbers, packed, strict=True)
            ]
            db.executemany(f"INSERT INTO record ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)  # noqa: S608
            db.executemany("INSERT OR REPLACE INTO head VALUES (?,?,?)", [row[:3] for row in rows])
        return numbers

    def _next_numbers(self, keys: Sequence[RecordKey]) -> list[int]:
        last = {key: entry.version for key, entry in self.latest(set(keys)).items()}
        numbers = []
        for key in keys:
            last[key] = last.get(key, 0) + 1
            numbers.append(last[key])
        return numbers

    def mark(self, done: Iterable[tuple[RecordKey, int]], changeset: int) -> None:
        """Says that the graph holds these versions (for tombstones: no longer the record) since ``changeset``."""
        rows = [(changeset, key.source, key.id, version) for key, version in done]
        with self._writing() as db:
            db.executemany("UPDATE record SET changeset = ? WHERE source = ? AND id = ? AND version = ?", rows)

    def bury(self, keys: Collection[RecordKey], datestamp: str | None = None) -> list[tuple[RecordKey, int]]:
        """Adds a tombstone to each record that is here and alive; those with their version numbers."""
        alive = [(key, entry) for key, entry in self.latest(set(keys)).items() if entry.status == LIVE]
        kept = {key: self.get(key) for key, _ in alive}
        dead = [
            NewVersion(key, b"", old.format, old.encoding, old.kind, old.graph, datestamp, deleted=True)
            for key, old in kept.items()
            if old is not None
        ]
        return list(zip([v.key for v in dead], self.put(dead), strict=True)) if dead else []

    def live(self, source: str | None = None, after: RecordKey | None = None) -> Iterator[Archived]:
        """The newest version of every record that is not deleted, by source and id, read as it is asked for.

        What is written meanwhile may or may not be seen; every record that was there at the start and stays is.

        Args:
            source: Only this supplier's.
            after: Begin behind this record.
        """
        yield from map(_archived, self._pages(_COLUMNS, f"status = '{LIVE}'", source, after))

    def heads(self) -> Iterator[tuple[RecordKey, str, str, int | None]]:
        """Key, status, graph and changeset of every record's newest version."""
        for source, id_, *rest in self._pages("source, id, status, graph, changeset", "1", None):
            yield RecordKey(source, id_), rest[0], rest[1], rest[2]

    def unmark_after(self, sequence: int) -> int:
        """Takes back the marks of changesets after ``sequence``, which the graph does not hold; how many."""
        with self._writing() as db:
            return db.execute("UPDATE record SET changeset = NULL WHERE changeset > ?", (sequence,)).rowcount

    def live_keys(self, source: str | None = None) -> Iterator[RecordKey]:
        """Keys of ``live``, and of tombstones that the graph does not know of yet: the record may live on there."""
        condition = f"(status = '{LIVE}' OR changeset IS NULL)"
        yield from (RecordKey(row[0], row[1]) for row in self._pages("source, id", condition, source))

    def live_count(self, source: str | None = None) -> int:
        """How many records are alive."""
        query = (
            "SELECT count(*) FROM head JOIN record USING (source, id, version) "  # noqa: S608  our own word
            f"WHERE status = '{LIVE}' AND (? IS NULL OR source = ?)"
        )
        with self._lock:
            return int(self._db.execute(query, (source, source)).fetchone()[0])

    def unmarked(self, source: str | None = None) -> Iterator[Archived]:
        """Newest versions, tombstones too, that the graph does not hold yet."""
        yield from map(_archived, self._pages(_COLUMNS, "changeset IS NULL", source))

    def _pages(
        self, columns: str, condition: str, source: str | None, behind: RecordKey | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of newest versions by key, read a page at a time, so that no reader holds up a checkpoint."""
        query = (
            f"SELECT {columns} FROM record JOIN head USING (source, id, version) "  # noqa: S608  our own words
            f"WHERE (source, id) > (?, ?) AND (? IS NULL OR source = ?) AND {condition} "
            f"ORDER BY source, id LIMIT {_MANY}"
        )
        after = (behind.source, behind.id) if behind else ("", "") if source is None else (source, "")
        while True:
            with self._lock:
                rows = self._db.execute(query, (*after, source, source)).fetchall()
            yield from rows
            if len(rows) < _MANY:
                return
            after = (rows[-1][0], rows[-1][1])

    def get(self, key: RecordKey, version: int | None = None) -> Archived | None:
        """A record's version, the newest if none is named."""
        query = (
            f"SELECT {_COLUMNS} FROM record WHERE source = ? AND id = ? AND (? IS NULL OR version = ?) "  # noqa: S608
            "ORDER BY version DESC LIMIT 1"
        )
        with self._lock:
            row = self._db.execute(query, (key.source, key.id, version, version)).fetchone()
        return _archived(row) if row else None

    def find_graph(self, graph: str) -> Archived | None:
        """The newest version of the record whose named graph this is."""
        query = f"SELECT {_COLUMNS} FROM record WHERE graph = ? ORDER BY version DESC LIMIT 1"  # noqa: S608
        with self._lock:
            row = self._db.execute(query, (graph,)).fetchone()
        return _archived(row) if row else None

    def counts(self) -> dict[str, dict[str, int]]:
        """Records by source: ``live``, ``deleted``, ``unmarked``, and how many ``versions`` there are in all."""
        query = (
            "SELECT source, sum(current AND status = 'live'), sum(current AND status = 'deleted'), "
            "sum(current AND changeset IS NULL), count(*) FROM (SELECT r.source, r.status, r.changeset, "
            "h.version IS NOT NULL AS current FROM record r LEFT JOIN head h USING (source, id, version)) "
            "GROUP BY source ORDER BY source"
        )
        with self._lock:
            rows = self._db.execute(query).fetchall()
        names = ("live", "deleted", "unmarked", "versions")
        return {source: dict(zip(names, numbers, strict=True)) for source, *numbers in rows}

    def backup(self, path: Path) -> None:
        """Copies the archive as it stands to ``path`` while others read and write."""
        try:
            # In one step: between two, what another process commits would start the copy again, and while it ingests
            # without end. A reader of its own, so that nobody here waits.
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
        except sqlite3.OperationalError as error:
            raise _nearest(error, path) from error


def _by_source(keys: Collection[RecordKey]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for key in keys:
        ids.setdefault(key.source, []).append(key.id)
    return ids


def _nearest(error: sqlite3.OperationalError, path: Path) -> StoreBusyError | StoreReadOnlyError:
    """SQLite's error as ours."""
    if "locked" in str(error) or "busy" in str(error):
        return StoreBusyError(f"archive {path}: another process is writing to it")
    return StoreReadOnlyError(f"archive {path}: {error}")
