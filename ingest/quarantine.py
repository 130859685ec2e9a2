"""Quarantine, findings and loss ledgers: outside the graph, where no query reaches them (SQLite).

Quarantine keeps, byte for byte, what could not enter, with where it stood and why. Findings list what is wrong with
records that did enter. Both are kept for each record's latest version: a better version clears them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from common.errors import InputError, StoreReadOnlyError
from ingest.findings import Finding
from ingest.record import RecordKey

_SCHEMA = """
CREATE TABLE IF NOT EXISTS quarantine (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, record TEXT NOT NULL,
  file TEXT NOT NULL, format TEXT NOT NULL, encoding TEXT, position INTEGER NOT NULL, offset INTEGER NOT NULL,
  reason TEXT NOT NULL, findings TEXT NOT NULL, data BLOB NOT NULL,
  since TEXT NOT NULL,
  UNIQUE (source, record)
);
CREATE TABLE IF NOT EXISTS finding (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, record TEXT NOT NULL, severity TEXT NOT NULL, action TEXT NOT NULL, shape TEXT NOT NULL,
  place TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ledger (
  file TEXT PRIMARY KEY, ingested TEXT NOT NULL, counted INTEGER NOT NULL, records INTEGER NOT NULL, rows TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS finding_record ON finding (source, record);
CREATE INDEX IF NOT EXISTS finding_shape ON finding (shape, place);
"""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One entry of the quarantine; ``findings`` is empty where the bytes could not be read at all."""

    id: int
    key: RecordKey
    file: str
    format: str
    encoding: str | None
    position: int
    offset: int
    reason: str
    findings: list[Finding]
    data: bytes
    since: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is put into quarantine."""

    key: RecordKey
    file: str
    format: str
    encoding: str | None
    position: int
    offset: int
    reason: str
    findings: list[Finding]
    data: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding with its number and record."""

    id: int
    key: RecordKey
    finding: Finding


@dataclass(frozen=True, slots=True)
class KeptLedger:
    """The loss ledger of a file: it counts ``counted`` of its ``records`` records."""

    file: str
    ingested: str
    counted: int
    records: int
    rows: list[dict[str, Any]]


class Quarantine:
    """Quarantine and findings in one SQLite file.

    Args:
        path: The file; made if absent.

    Raises:
        StoreReadOnlyError: The file can't be made or written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise StoreReadOnlyError(f"can't write {path}: {error}") from error

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def replace(
        self, keys: Iterable[RecordKey], entries: Iterable[NewEntry], findings: dict[RecordKey, list[Finding]]
    ) -> None:
        """Sets what is known, in one step.

        Args:
            keys: Records that have entered or left the graph: their old entries and findings go.
            entries: What can't enter. The same bytes again keep their number, so that it can be cited.
            findings: What is wrong with records that have entered.
        """
        pairs = [(key.source, key.id) for key in keys]
        with self._db:
            self._db.executemany("DELETE FROM quarantine WHERE source = ? AND record = ?", pairs)
            self._db.executemany("DELETE FROM finding WHERE source = ? AND record = ?", pairs)
            self._db.executemany(
                "INSERT INTO quarantine (source, record, file, format, encoding, position, offset, reason, findings,"
                " data, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, record) DO UPDATE SET"
                " since = iif(data = excluded.data, since, excluded.since), file = excluded.file,"
                " format = excluded.format, encoding = excluded.encoding, position = excluded.position,"
                " offset = excluded.offset, reason = excluded.reason, findings = excluded.findings,"
                " data = excluded.data",
                [_entry_row(entry) for entry in entries],
            )
            self._db.executemany(
                "INSERT INTO finding (source, record, severity, action, shape, place, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [_finding_row(key, finding) for key, found in findings.items() for finding in found],
            )

    def entries(self, source: str | None = None) -> Iterator[Quarantined]:
        """Everything in quarantine, oldest first."""
        where, values = ("WHERE source = ?", (source,)) if source else ("", ())
        with closing(self._db.execute(f"SELECT {_COLUMNS} FROM quarantine {where} ORDER BY id", values)) as rows:  # noqa: S608  constants
            yield from map(_entry, rows)

    def entry(self, number: int) -> Quarantined:
        """One entry.

        Raises:
            InputError: There is none of that number.
        """
        row = self._db.execute(f"SELECT {_COLUMNS} FROM quarantine WHERE id = ?", (number,)).fetchone()  # noqa: S608  constants
        if row is None:
            raise InputError(f"nothing of number {number} is in quarantine")
        return _entry(row)

    def findings(self, key: RecordKey | None = None, shape: str | None = None) -> Iterator[Listed]:
        """Findings, of one record or of one shape if said."""
        clauses = {
            "source = ? AND record = ?": (key.source, key.id) if key else None,
            "shape = ?": (shape,) if shape else None,
        }
        used = {clause: values for clause, values in clauses.items() if values}
        where = f"WHERE {' AND '.join(used)}" if used else ""
        arguments = [value for values in used.values() for value in values]
        sql = f"SELECT id, source, record, body FROM finding {where} ORDER BY id"  # noqa: S608  clauses are constants
        with closing(self._db.execute(sql, arguments)) as rows:
            yield from (_listed(row) for row in rows)

    def finding(self, number: int) -> Listed:
        """One finding.

        Raises:
            InputError: There is none of that number.
        """
        row = self._db.execute("SELECT id, source, record, body FROM finding WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise InputError(f"there is no finding of number {number}")
        return _listed(row)

    def keep_ledger(self, file: str, rows: list[dict[str, Any]], counted: int, records: int) -> None:
        """Keeps the loss ledger of ``file``, unless an earlier one counted more of it.

        Args:
            file: Its name.
            rows: ``Ledger.as_json``.
            counted: How many records it counts: a run passes over what is unchanged.
            records: How many the file has.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._db:
            self._db.execute(
                "INSERT INTO ledger VALUES (?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET"
                " ingested = excluded.ingested, counted = excluded.counted, records = excluded.records,"
                " rows = excluded.rows WHERE excluded.counted >= ledger.counted",
                (file, now, counted, records, json.dumps(rows)),
            )

    def ledgers(self) -> Iterator[KeptLedger]:
        """Every ledger kept, by file."""
        query = "SELECT file, ingested, counted, records, rows FROM ledger ORDER BY file"
        for file, ingested, counted, records, rows in self._db.execute(query):
            yield KeptLedger(file, ingested, counted, records, json.loads(rows))

    def counts(self) -> dict[str, int]:
        """``{"quarantined": …, "findings": …}``."""
        quarantined = self._db.execute("SELECT count(*) FROM quarantine").fetchone()[0]
        return {"quarantined": quarantined, "findings": self._db.execute("SELECT count(*) FROM finding").fetchone()[0]}

    def backup(self, path: Path) -> None:
        """Copies the file while it is in use."""
        with closing(sqlite3.connect(path)) as target:
            self._db.backup(target)


_COLUMNS = "id, source, record, file, format, encoding, position, offset, reason, findings, data, since"


def _entry_row(entry: NewEntry) -> tuple[object, ...]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    findings = json.dumps([_to_json(finding) for finding in entry.findings], ensure_ascii=False)
    return (
        entry.key.source, entry.key.id, entry.file, entry.format, entry.encoding, entry.position, entry.offset,
        entry.reason, findings, entry.data, now,
    )  # fmt: skip


def _entry(row: tuple[Any, ...]) -> Quarantined:
    number, source, record, file, format_, encoding, position, offset, reason, findings, data, since = row
    found = [_from_json(body) for body in json.loads(findings)]
    key = RecordKey(source, record)
    return Quarantined(number, key, file, format_, encoding, position, offset, reason, found, data, since)


def _finding_row(key: RecordKey, finding: Finding) -> tuple[str, ...]:
    body = json.dumps(_to_json(finding), ensure_ascii=False)
    return key.source, key.id, finding.severity, finding.action, finding.shape, finding.place, body


def _listed(row: tuple[int, str, str, str]) -> Listed:
    number, source, record, body = row
    return Listed(number, RecordKey(source, record), _from_json(json.loads(body)))


def _to_json(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in Finding.__slots__}


def _from_json(body: dict[str, object]) -> Finding:
    return Finding(**{**body, "statements": tuple(body["statements"])})  # type: ignore[arg-type]  # written by _to_json
