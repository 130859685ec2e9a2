"""The ingest of sources: read → skip what is unchanged → prepare (in parallel) → commit batch by batch."""

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
    """

    base: str
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    workers: int = 1
    batch_records: int = 2_000
    record_bytes: int = 10_000_000


@dataclass(slots=True)
class SourceReport:
    """What came of one file: ``records`` read, ``skipped`` as unchanged, its ledger; ``error`` if it can't be read."""

    name: str
    format: str = ""
    encodings: Counter[str] = field(default_factory=Counter)
    records: int = 0
    skipped: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    sources: set[str] = field(default_factory=set)
    error: str = ""


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
        meter.finish()
        return report

    def _ingest(self, stream: BinaryIO, source: Source, report: SourceReport, meter: Meter) -> None:
        head, stream = _peek(stream)
        report.format = self._format(head, source.name)
        raws = self._fresh(self._read(stream, source, report, meter), report)
        options = self._options
        preparer = Preparer(options.base, options.source, options.encoding)
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


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a seekable stream, which is then back at its start."""
    head = stream.read(readers.HEAD)
    stream.seek(0)
    return head, stream
