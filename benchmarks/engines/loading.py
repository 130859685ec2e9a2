"""The graph: record graphs of altered samples, loaded into Neo4j by changesets and by bulk, and what is derived."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ingest import data
from benchmarks.ingest.__main__ import pipeline
from common.namespaces import Graphs
from common.settings import Settings
from graph.bulk import render
from graph.changeset import Changeset
from graph.merge import MergedGraph
from ingest.batching import batched
from reasoning.associations import bring_up_to_date as associate
from services.ingestion import resolve
from services.vocabularies import ensure_vocabularies
from services.workspace import open_workspace

RecordGraph = tuple[str, list[str]]
"""IRI and statements."""
_BATCH = 500
"""Records of a changeset."""


def record_graphs(folder: Path, records: int) -> list[RecordGraph]:
    """What ``records`` records say, and the links to canonical entities, each graph with its statements.

    They come from the ingest pipeline on an embedded store, which is kept in ``folder``.
    """
    settings = Settings(data=folder / "embedded")
    file = folder / "records.mrc"
    if not file.exists():
        data.write(file, records)
    with open_workspace(settings) as workspace:
        if not workspace.graph.sequence:
            pipeline(workspace, settings, 1, file)
        resolve(workspace)
        dumped = io.BytesIO()
        workspace.graph.dump(dumped)
    names: dict[str, list[str]] = {}
    for line in dumped.getvalue().decode().splitlines():
        statement, _, graph = line.removesuffix("> .").rpartition(" <")
        if _is_loaded(graph, settings.graphs) and statement.count(" ") > 1:
            names.setdefault(graph, []).append(statement)
    return sorted(names.items())


def _is_loaded(graph: str, graphs: Graphs) -> bool:
    return graph == graphs.resolution or graph.startswith((f"{graphs.base}graph/record/", f"{graphs.base}graph/cited/"))


def by_changesets(graph: MergedGraph, records: list[RecordGraph]) -> float:
    """Seconds of exact changesets of new records, the merge included."""
    start = time.perf_counter()
    for batch in batched(records, _BATCH):
        graph.commit(Changeset("system:bench", "records", replace=dict(batch)))
    return time.perf_counter() - start


def by_bulk(graph: MergedGraph, records: list[RecordGraph]) -> float:
    """Seconds of a first load."""
    start = time.perf_counter()
    graph.bulk_commit(_chunks(records), "system:bench", "records")
    return time.perf_counter() - start


def derive(graph: MergedGraph) -> None:
    """What an installation has beside its records and what its pages ask for: names of codes, associations."""
    ensure_vocabularies(graph)
    associate(graph)


def _chunks(records: list[RecordGraph]) -> Iterator[bytes]:
    return (render(name, statements) for name, statements in records)


def graphs() -> Graphs:
    """IRIs of the installation."""
    return Settings().graphs
