"""Remap: all archived records go through mapping and gate again, as these are now, without their sources."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import ingest
import ontology
import shapes
from common.progress import Meter, ProgressCallback
from graph.changeset import Changeset
from ingest.archive import Archived
from ingest.batching import BATCH_BYTES, batched, weighed
from ingest.commit import Committer
from ingest.parallel import prepare_all
from ingest.prepare import Cited, Prepared, Preparer, statements_of
from ingest.record import RawRecord, RecordKey
from services.ingestion import resolve
from services.verification import orphans
from services.workspace import Workspace


@dataclass(slots=True)
class _Place:
    """How far a remap is: kept in the data directory until it is done.

    Attributes:
        path: The file.
        settings: What must be the same to go on: the supplier, and what decides what a record becomes.
        after: The last record done, None at the start.
        position: How many are done.
    """

    path: Path
    settings: list[str]
    after: RecordKey | None = None
    position: int = 0

    def load(self) -> None:
        """Goes to where a remap with the same settings was stopped."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return
        if kept["settings"] == self.settings:
            self.after, self.position = RecordKey(*kept["after"]), kept["position"]

    def move(self, after: RecordKey, count: int) -> None:
        """Notes that ``count`` more records are done, the last of which is ``after``."""
        self.after, self.position = after, self.position + count
        new = self.path.with_suffix(".new")
        kept = {"settings": self.settings, "after": [after.source, after.id], "position": self.position}
        new.write_text(json.dumps(kept), encoding="utf-8")
        new.replace(self.path)


@dataclass(slots=True)
class RemapReport:
    """What a remap did."""

    records: int = 0
    changed: int = 0
    unchanged: int = 0
    retracted: int = 0
    quarantined: int = 0
    findings: int = 0
    headings: int = 0
    resolved: int = 0

    def as_json(self) -> dict[str, Any]:
        """The object that ``remap --json`` prints."""
        return asdict(self)


def remap(
    workspace: Workspace,
    source: str | None = None,
    workers: int = 1,
    author: str = "system:remap",
    progress: ProgressCallback | None = None,
) -> RemapReport:
    """Maps records of the archive again; where the outcome is the same, nothing is written.

    After a kill it goes on where it was, unless mappings or shapes have changed since. A record that the gate no longer
    lets through stays as it was and is listed in quarantine.

    Args:
        workspace: Where.
        source: Only this supplier's records.
        workers: Processes that prepare records.
        author: Token id or ``system:…``.
        progress: Where progress goes.
    """
    committer = Committer(workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, author)
    report = RemapReport()
    with workspace.directory.ingest_lock():
        report.retracted = _retract_unmarked(workspace, committer, source)
        place = _Place(workspace.directory.path / "remap.json", [source or "", fingerprint()])
        place.load()
        headings = _Headings(workspace, author) if source is None and place.after is None else None
        report.records = _map(workspace, committer, place, headings, source, workers, progress)
        report.headings = headings.refresh() if headings else 0
        committer.writer.sweep(orphans(workspace.graph))
        report.resolved = resolve(workspace, progress)
    outcome = committer.outcome
    report.changed, report.unchanged = outcome.changed, outcome.unchanged
    report.quarantined, report.findings = outcome.quarantined, outcome.findings
    return report


@cache
def fingerprint() -> str:
    """Digest of everything that decides what a record becomes."""
    found = sha256()
    for package, pattern in ((ingest, "**/*.py"), (ingest, "**/*.tsv"), (shapes, "*.ttl"), (ontology, "*.ttl")):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.glob(pattern)):
            found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _retract_unmarked(workspace: Workspace, committer: Committer, source: str | None) -> int:
    """Tombstones that the graph does not know yet."""
    dead = [archived.key for archived in workspace.archive.unmarked(source) if not archived.data]
    for batch in batched(dead, workspace.settings.batch_records):
        committer.retract(batch)
    return len(dead)


def _map(
    workspace: Workspace,
    committer: Committer,
    place: _Place,
    headings: "_Headings | None",
    source: str | None,
    workers: int,
    progress: ProgressCallback | None,
) -> int:
    settings, archive = workspace.settings, workspace.archive
    meter = Meter(progress, "remap", archive.live_count(source))
    meter.done = start = place.position
    preparer = Preparer(settings.base, overlay=workspace.corrections.overlay())
    chunks = prepare_all(_raws(archive.live(source, place.after)), preparer, workers, 2 * settings.batch_records)
    records = (prepared for chunk in chunks for prepared in chunk.records)
    for batch in weighed(records, settings.batch_records, lambda prepared: len(prepared.rendered), BATCH_BYTES):
        committer.commit(batch, remap=True)
        if headings:
            headings.see(batch)
        place.move(batch[-1].key, len(batch))
        meter.advance(len(batch))
    meter.finish()
    place.path.unlink(missing_ok=True)
    return place.position - start


def _raws(live: Iterable[Archived]) -> Iterator[RawRecord]:
    for number, found in enumerate(live, 1):
        yield RawRecord(found.data, found.format, number, 0, found.key, found.encoding or None)


class _Headings:
    """Brings headings as cited up to date: one that no record gives any more in its words gets the first one's.

    Args:
        workspace: Where.
        author: Token id or ``system:…``.
    """

    def __init__(self, workspace: Workspace, author: str) -> None:
        self._graph = workspace.graph
        self._author = author
        self._right: set[str] = set()
        self._wrong: dict[str, Cited] = {}
        self._batch = workspace.settings.batch_records

    def see(self, batch: list[Prepared]) -> None:
        """Compares what records of a batch give with what stands."""
        for prepared in batch:
            for cited in prepared.cited:
                if cited.entity in self._right:
                    continue
                if set(self._graph.graph_statements(cited.graph)) == set(statements_of(cited.rendered)):
                    self._right.add(cited.entity)
                    self._wrong.pop(cited.entity, None)
                else:
                    self._wrong.setdefault(cited.entity, cited)

    def refresh(self) -> int:
        """Writes what no record has confirmed; how many headings."""
        for batch in batched(self._wrong.values(), self._batch):
            replace = {cited.graph: statements_of(cited.rendered) for cited in batch}
            self._graph.commit(Changeset(self._author, "headings as cited, by new mappings", replace))
        return len(self._wrong)
