"""The ingest of sources: read → skip what is unchanged → prepare (in parallel) → commit batch by batch."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from common.errors import InputError
from common.progress import Meter, ProgressCallback
from ingest import readers
from ingest.archive import Archive, digest_of
from ingest.batching import BATCH_BYTES
from ingest.commit import Committer, Outcome
from ingest.corrections import Overlay
from ingest.ledger import Ledger
from ingest.models import model_of
from ingest.parallel import Preparation
from ingest.prepare import Prepared, Preparer
from ingest.readers.encoding import check
from ingest.record import RawRecord, RecordKey, Unreadable
from ingest.seen import Seen
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
        batch_records: Records committed at a time, fewer where they are long.
        record_bytes: Longest record accepted.
        overlay: Librarians' corrections.
        whole: Prepare unchanged records too, so that the ledger counts the whole file.
    """

    base: str
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    workers: int = 1
    batch_records: int = 1_000
    record_bytes: int = 10_000_000
    overlay: Overlay = field(default_factory=dict)
    whole: bool = False

    def __post_init__(self) -> None:
        """Refuses what nobody knows before a file is opened.

        Raises:
            InputError: The format or the encoding is not known.
        """
        if self.format != "auto":
            readers.reader(self.format)
        if self.encoding is not None:
            check(self.encoding)


@dataclass(slots=True)
class SourceReport:
    """What came of one file.

    Attributes:
        name: Path, address or archive member.
        format: Reader's name.
        encodings: How many records in each.
        records: How many were read.
        skipped: How many of them the archive and the graph hold already.
        unreadable: How many could not be decoded.
        ledger: What became of every subfield.
        sources: Suppliers of its records.
        error: Why it could not be read, "" if it could.
        passed_over: It was found in a directory and is of no format that is read.
    """

    name: str
    format: str = ""
    encodings: Counter[str] = field(default_factory=Counter)
    records: int = 0
    skipped: int = 0
    unreadable: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    sources: set[str] = field(default_factory=set)
    error: str = ""
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A record that waits to be committed, and its place among all records of the run."""

    prepared: Prepared
    at: int


class Pipeline:
    """Ingests sources one after another through one committer.

    Of several records of one number the last counts, wherever they stand in the sources. A deletion, or bytes that the
    archive holds as an older version, is therefore held back to the end: the newer version may be in the sources too,
    and then ingesting them again must change nothing.

    Args:
        archive: For recognising unchanged records.
        committer: Where prepared records go.
        options: How to read.
        report: Where progress goes.
    """

    def __init__(
        self,
        archive: Archive,
        committer: Committer,
        options: Options,
        report: ProgressCallback | None = None,
    ) -> None:
        self._archive = archive
        self._committer = committer
        self._options = options
        self._progress = report
        self.seen = Seen()
        self._files = 0
        self._batch: list[_Placed] = []
        self._held: list[_Placed] = []
        preparer = Preparer(options.base, options.source, options.encoding, options.overlay)
        self._preparation = Preparation(preparer, options.workers, 2 * options.batch_records)

    @property
    def outcome(self) -> Outcome:
        """Sums over all sources so far."""
        return self._committer.outcome

    def finish(self) -> None:
        """Commits what is left, and what was held back and nothing later has overruled."""
        self._commit_batch()
        self._commit_held()

    def close(self) -> None:
        """Ends worker processes and deletes temporary files."""
        self._preparation.close()
        self.seen.close()

    def run(self, source: Source) -> SourceReport:
        """Ingests one source; one that can't be read at all is reported, not raised, so that the rest goes on."""
        report = SourceReport(source.name)
        self._files += 1
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
        report.passed_over = source.searched
        report.format = self._format(head, source.name)
        report.passed_over = False
        raws = self._fresh(self._read(stream, source, report, meter), report)
        for chunk in self._preparation.chunks(raws):
            report.ledger.add(chunk.ledger)
            self._take(chunk.records, report)

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
            known = None if self._options.whole else self._archive.unchanged(digest_of(raw.data), self._options.source)
            if known is None or not self._is_own(raw, known):
                yield raw
            else:
                report.skipped += 1
                self.outcome.unchanged += 1
                self._saw([(known, self._at(raw))], report)

    def _is_own(self, raw: RawRecord | Unreadable, known: RecordKey) -> bool:
        """Whether bytes that are archived under ``known`` would get that key again: two suppliers may send the same."""
        if self._options.source is not None or isinstance(raw, Unreadable):
            return True
        try:
            record = readers.decode(raw, self._options.encoding)
        except InputError:
            return False
        return bool(model_of(record).key(record, raw.data, None) == known)

    def _take(self, records: list[Prepared], report: SourceReport) -> None:
        """Notes records and commits when there are enough: of small files, many together."""
        report.unreadable += sum(not prepared.kind for prepared in records)
        report.encodings.update(prepared.encoding for prepared in records if prepared.kind)
        placed = [_Placed(prepared, self._at(prepared.raw)) for prepared in records]
        self._saw([(each.prepared.key, each.at) for each in placed if each.prepared.kind], report)
        for prepared in records:
            prepared.file = report.name
        self._batch.extend(placed)
        if self._is_full(self._batch):
            self._commit_batch()

    def _commit_batch(self) -> None:
        batch, self._batch = self._batch, []
        older = self._older_versions([each.prepared for each in batch])
        now: list[_Placed] = []
        for each in batch:
            waits = each.prepared.deleted or (each.prepared.key, each.prepared.digest) in older
            (self._held if waits else now).append(each)
        self._commit(now)
        if self._is_full(self._held):
            self._commit_held()

    def _is_full(self, placed: list[_Placed]) -> bool:
        most = self._options.batch_records
        return len(placed) >= most or sum(len(each.prepared.rendered) for each in placed) >= BATCH_BYTES

    def _commit_held(self) -> None:
        held, self._held = self._held, []
        self._commit(held)

    def _commit(self, placed: list[_Placed]) -> None:
        if records := self._not_overruled(placed):
            self._committer.commit(records)

    def _older_versions(self, batch: list[Prepared]) -> set[tuple[RecordKey, bytes]]:
        """Key and digest of those whose bytes the archive holds as a version that a newer one has replaced."""
        newest = self._archive.latest({prepared.key for prepared in batch})
        changed = [p for p in batch if p.key in newest and newest[p.key].digest != p.digest]
        return self._archive.holding((prepared.key, prepared.digest) for prepared in changed)

    def _not_overruled(self, placed: list[_Placed]) -> list[Prepared]:
        """Without those of whose number another was seen further on, outside this batch."""
        here = {each.at for each in placed}
        kept = [p.prepared for p in placed if (last := self.seen.last(p.prepared.key)) <= p.at or last in here]
        self.outcome.repeated += len(placed) - len(kept)
        return kept

    def _at(self, raw: RawRecord | Unreadable) -> int:
        """The record's place among all records of the run."""
        return self._files << 40 | raw.position

    def _saw(self, records: list[tuple[RecordKey, int]], report: SourceReport) -> None:
        report.sources.update(key.source for key, _ in records)
        self.seen.add(records)


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
