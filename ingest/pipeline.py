"""The ingest of sources: read → skip what is unchanged → prepare (in parallel) → commit batch by batch."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from common.errors import InputError
from common.progress import Meter, ProgressCallback
from ingest import readers
from ingest.archive import Archive
from ingest.commit import Committer, Outcome
from ingest.corrections import Overlay
from ingest.ledger import Ledger
from ingest.parallel import prepare_all
from ingest.prepare import Prepared, Preparer, digest_of
from ingest.record import RawRecord, RecordKey, Unreadable
from ingest.sources import Source


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and commit.

    Attributes:
        base: Base IRI.
        source: Supplier; None takes it from each record.
        format: Reader's name, or ``auto``.
        encoding: Overrides what records declare; None detects.
        workers: Processes that prepare records.
        batch_records: Records committed at a time.
        record_bytes: Longest record accepted.
        overlay: Librarians' corrections.
    """

    base: str
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    workers: int = 1
    batch_records: int = 2_000
    record_bytes: int = 10_000_000
    overlay: Overlay = field(default_factory=dict)


@dataclass(slots=True)
class SourceReport:
    """What came of one file.

    Attributes:
        name: Path, address or archive member.
        format: Reader's name.
        encodings: How many records in each.
        records: How many were read.
        skipped: How many of them the archive and the graph hold already.
        ledger: What became of every subfield.
        sources: Suppliers of its records.
        error: Why it could not be read, "" if it could.
        passed_over: It was found in a directory and is no MARC file.
    """

    name: str
    format: str = ""
    encodings: Counter[str] = field(default_factory=Counter)
    records: int = 0
    skipped: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    sources: set[str] = field(default_factory=set)
    error: str = ""
    passed_over: bool = False


class Pipeline:
    """Ingests sources one after another through one committer.

    Args:
        archive: For recognising unchanged records.
        committer: Where prepared records go.
        options: How to read.
        report: Where progress goes.
        see: Told the key of every record that the sources hold, for ``--complete``.
    """

    def __init__(
        self,
        archive: Archive,
        committer: Committer,
        options: Options,
        report: ProgressCallback | None = None,
        see: Callable[[Iterable[RecordKey]], None] | None = None,
    ) -> None:
        self._archive = archive
        self._committer = committer
        self._options = options
        self._progress = report
        self._see = see

    @property
    def outcome(self) -> Outcome:
        """Sums over all sources so far."""
        return self._committer.outcome

    def run(self, source: Source) -> SourceReport:
        """Ingests one source; one that can't be read at all is reported, not raised, so that the rest goes on."""
        report = SourceReport(source.name)
        meter = Meter(self._progress, f"ingest {PurePath(source.name).name}")
        try:
            with source.open() as stream:
                self._ingest(stream, source, report, meter)
        except InputError as error:
            report.error = str(error)
            report.passed_over = source.searched and not report.format
        meter.finish()
        return report

    def _ingest(self, stream: BinaryIO, source: Source, report: SourceReport, meter: Meter) -> None:
        head, stream = _peek(stream)
        report.format = self._format(head, source.name)
        raws = self._fresh(self._read(stream, source, report, meter), report)
        options = self._options
        preparer = Preparer(options.base, options.source, options.encoding, options.overlay)
        batch: list[Prepared] = []
        for chunk in prepare_all(raws, preparer, options.workers, 2 * options.batch_records):
            report.ledger.add(chunk.ledger)
            batch.extend(chunk.records)
            if len(batch) >= options.batch_records:
                self._commit(batch, report)
                batch = []
        self._commit(batch, report)

    def _format(self, head: bytes, name: str) -> str:
        if self._options.format == "auto":
            return readers.detect(head, name).format
        return readers.reader(self._options.format).NAME

    def _read(
        self, stream: BinaryIO, source: Source, report: SourceReport, meter: Meter
    ) -> Iterator[RawRecord | Unreadable]:
        for raw in readers.read(stream, report.format, self._options.record_bytes):
            report.records += 1
            if source.size:
                meter.fraction = min((raw.offset + len(raw.data)) / source.size, 1.0)
            meter.advance()
            yield raw

    def _fresh(self, raws: Iterator[RawRecord | Unreadable], report: SourceReport) -> Iterator[RawRecord | Unreadable]:
        """Leaves out records whose bytes the archive and the graph already hold."""
        for raw in raws:
            known = self._archive.unchanged(digest_of(raw.data), self._options.source)
            if known is None:
                yield raw
            else:
                report.skipped += 1
                self.outcome.unchanged += 1
                self._saw([known], report)

    def _commit(self, batch: list[Prepared], report: SourceReport) -> None:
        if not batch:
            return
        self._saw([prepared.key for prepared in batch if prepared.kind and not prepared.deleted], report)
        report.encodings.update(prepared.encoding for prepared in batch if prepared.kind)
        self._committer.commit(batch, report.name)

    def _saw(self, keys: list[RecordKey], report: SourceReport) -> None:
        report.sources.update(key.source for key in keys)
        if self._see:
            self._see(keys)


class _Rewound(io.RawIOBase):
    """A stream whose first bytes were read already; it need not be seekable."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # any writable buffer
        """Fills ``buffer`` from the first bytes, then from the stream."""
        data, self._head = (self._head[: len(buffer)], self._head[len(buffer) :])
        data = data or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream from its start."""
    head = b""
    while len(head) < readers.HEAD and (more := stream.read(readers.HEAD - len(head))):
        head += more
    return head, io.BufferedReader(_Rewound(head, stream))
