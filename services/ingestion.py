"""An ingest as a whole: sources in, pipeline, resolution, report."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from common.progress import Meter, ProgressCallback
from ingest.batching import batched
from ingest.commit import Committer, Outcome
from ingest.ledger import Ledger
from ingest.pipeline import Options, Pipeline, SourceReport
from ingest.seen import Seen
from ingest.sources import open_sources
from reasoning.resolution import Resolver
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace

MOST_RETRACTED = 0.05
"""Share of a source's records that ``--complete`` retracts without asking."""

RESOLVER_PAGE = 2_000
"""Entities that the resolver looks at together."""

Confirm = Callable[[str, int, int], bool]
"""Asked with source, records to retract and records held."""


@dataclass(slots=True)
class IngestReport:
    """What an ingest did, file by file and in sum."""

    files: list[SourceReport] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    ledger: Ledger = field(default_factory=Ledger)
    seconds: float = 0.0
    resolved: int = 0
    not_retracted: dict[str, int] = field(default_factory=dict)

    def add(self, other: "IngestReport") -> None:
        """Adds another ingest to the sums."""
        self.files += other.files
        self.outcome.add(other.outcome)
        self.ledger.add(other.ledger)
        self.seconds += other.seconds
        self.resolved += other.resolved
        for source, count in other.not_retracted.items():
            self.not_retracted[source] = self.not_retracted.get(source, 0) + count

    def as_json(self) -> dict[str, Any]:
        """The object that ``ingest --json`` prints (shapes on the wire)."""
        outcome = self.outcome
        return {
            "source": sorted({source for file in self.files for source in file.sources}),
            "format": sorted({file.format for file in self.files if file.format}),
            "encoding": sorted({encoding for file in self.files for encoding in file.encodings}),
            "records": sum(file.records for file in self.files),
            "accepted": outcome.new + outcome.changed,
            "new": outcome.new,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "deleted": outcome.deleted,
            "repeated": outcome.repeated,
            "quarantined": outcome.quarantined,
            "findings": outcome.findings,
            "resolved": self.resolved,
            "triples": outcome.triples,
            "seconds": round(self.seconds, 3),
            "ledger": dict(self.ledger.totals()),
            "not_retracted": self.not_retracted,
            "files": [_file_json(file) for file in self.files],
        }


def _file_json(file: SourceReport) -> dict[str, Any]:
    return {
        "name": file.name,
        "format": file.format,
        "encodings": dict(file.encodings),
        "records": file.records,
        "unchanged": file.skipped,
        "ledger": dict(file.ledger.totals()),
        "error": file.error,
        "passed_over": file.passed_over,
    }


def ingest(
    workspace: Workspace,
    locations: list[str],
    options: Options,
    *,
    author: str = "system:ingest",
    dry_run: bool = False,
    complete: bool = False,
    confirm: Confirm | None = None,
    progress: ProgressCallback | None = None,
) -> IngestReport:
    """Ingests files, directories and URLs.

    Args:
        workspace: Where to.
        locations: Paths, URLs, ``-``.
        options: How to read.
        author: Token id or ``system:…``.
        dry_run: Change nothing, say what would change.
        complete: The locations hold all of their sources' records; what they do not hold is retracted.
        confirm: Asked before ``complete`` retracts more than 5% of a source.
        progress: Where progress goes.
    """
    start = time.monotonic()
    report = IngestReport()
    if not dry_run:
        ensure_vocabularies(workspace.graph)
    committer = Committer(
        workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, author, dry_run=dry_run
    )
    with (
        workspace.directory.ingest_lock(),
        closing(_pipeline(workspace, committer, options, dry_run, progress)) as pipeline,
    ):
        for source in open_sources(locations):
            file = pipeline.run(source)
            report.files.append(file)
            report.ledger.add(file.ledger)
            if not dry_run and file.ledger.occurrences:
                counted = file.records - file.skipped
                workspace.quarantine.keep_ledger(file.name, file.ledger.as_json(), counted, file.records)
        pipeline.finish()
        if complete:
            _retract_absent(workspace, committer, report, pipeline.seen, confirm, options.batch_records)
        report.outcome = pipeline.outcome
        if not dry_run:
            report.resolved = resolve(workspace, progress)
    report.seconds = time.monotonic() - start
    return report


def _pipeline(
    workspace: Workspace, committer: Committer, options: Options, dry_run: bool, progress: ProgressCallback | None
) -> Pipeline:
    # A dry run passes over nothing, so that its ledger is the whole file's.
    how = replace(options, whole=dry_run, overlay=workspace.corrections.overlay())
    return Pipeline(workspace.archive, committer, how, progress)


def resolve(workspace: Workspace, progress: ProgressCallback | None = None) -> int:
    """Lets the resolver look at what was touched since it last looked; returns how many links it changed.

    It goes page by page and forgets each page when it is written, so it can be stopped and goes on where it was.
    """
    resolver = Resolver(workspace.graph, workspace.touched.among)
    meter = Meter(progress, "resolve headings", len(workspace.touched), "entities")
    changed = 0
    while page := workspace.touched.page(RESOLVER_PAGE):
        with workspace.graph.exclusive():
            changed += resolver.resolve(page, meter)
        workspace.touched.remove(page)
    meter.finish()
    return changed


def _retract_absent(
    workspace: Workspace, committer: Committer, report: IngestReport, seen: Seen, confirm: Confirm | None, size: int
) -> None:
    if any(file.error and not file.passed_over for file in report.files):
        return  # A file that could not be read may hold what seems to be absent.
    for source in sorted({source for file in report.files for source in file.sources}):
        held = workspace.archive.live_count(source)
        absent = list(seen.absent(workspace.archive.live_keys(source)))
        # What could not be read may be what seems to be absent.
        doubtful = len(absent) > MOST_RETRACTED * held or any(file.unreadable for file in report.files)
        if absent and doubtful and not (confirm and confirm(source, len(absent), held)):
            report.not_retracted[source] = len(absent)
            continue
        for batch in batched(absent, size):
            committer.retract(batch)
