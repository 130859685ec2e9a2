"""Whether archive, graph and merge agree: every difference is one readable line."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from common.progress import Meter, ProgressCallback
from common.terms import literal, value
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows, query_file, select
from ingest.archive import LIVE
from services.workspace import Workspace

_RESOLUTION = {
    "verify_without_canonical": "no canonical link: {0}",
    "verify_several_canonical": "{1} canonical links instead of one: {0}",
    "verify_lost_target": "{0} is linked to {1}, which does not stand for itself",
    "verify_not_described": "canonical link of an entity that nothing describes: {0}",
    "verify_unexplained": "link and resolution do not agree: {0}",
}
_CITED = {"verify_not_cited": "heading kept that nothing cites: {0}"}
ORPHANS = ("verify_not_described", "verify_not_cited")
"""Queries for what nothing supports any more; the first column is an entity."""


@dataclass(slots=True)
class Verification:
    """What was compared, and what differs.

    Attributes:
        records: Records that are alive in the archive.
        graphs: Graphs of records.
        sequence: Number of the last changeset.
        differences: By check, one line each.
    """

    records: int = 0
    graphs: int = 0
    sequence: int = 0
    differences: dict[str, list[str]] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Whether nothing differs."""
        return not any(self.differences.values())

    def as_json(self) -> dict[str, Any]:
        """The object that ``verify --json`` prints."""
        return {"right": self.right, **asdict(self)}


def verify(workspace: Workspace, progress: ProgressCallback | None = None) -> Verification:
    """Compares archive, graph and merge; nothing is written, and a server may go on serving."""
    graph = workspace.graph
    found = Verification(sequence=graph.sequence)
    found.differences["archive"] = list(_archive(workspace, found, Meter(progress, "compare the archive")))
    found.differences["merge"] = graph.verify()
    found.differences["resolution"] = list(_checked(graph, _RESOLUTION))
    found.differences["cited"] = list(_checked(graph, _CITED))
    return found


def _archive(workspace: Workspace, found: Verification, meter: Meter) -> Iterator[str]:
    """Records that are not in the graph as the archive says, and graphs that the archive does not know."""
    graphs = workspace.graph.graphs
    rows = _rows(workspace.graph, "graph_names", {"prefix": literal(f"{graphs.base}graph/record/")})
    left = {value(row[0]) for row in rows if row[0]}
    found.graphs = len(left)
    for key, status, graph, changeset in workspace.archive.heads():
        meter.advance()
        name = f"{key.source} {key.id}"
        held = graph in left
        left.discard(graph)
        if changeset is not None and changeset > found.sequence:
            yield f"marked with changeset {changeset}, the graph is at {found.sequence}: {name}"
        if changeset is None:
            yield f"archived, but not brought into the graph: {name}"
        elif status == LIVE:
            found.records += 1
            if not held:
                yield f"in the archive, missing from the graph: {name}"
        elif held:
            yield f"deleted, but still in the graph: {name}"
    yield from (f"in the graph, but not in the archive: {graph}" for graph in sorted(left))
    meter.finish()


def _checked(graph: KnowledgeGraph, checks: Mapping[str, str]) -> Iterator[str]:
    for name, line in checks.items():
        rows = _rows(graph, name, _parameters(graph, name))
        yield from sorted(line.format(*(value(term or '""') for term in row)) for row in rows)


def orphans(graph: KnowledgeGraph) -> set[str]:
    """Terms of entities that stand in the graph though nothing describes or cites them any more."""
    return {row[0] for name in ORPHANS for row in _rows(graph, name, _parameters(graph, name)) if row[0]}


def _parameters(graph: KnowledgeGraph, name: str) -> dict[str, str]:
    parameters = {"resolution": f"<{graph.graphs.resolution}>"}
    prefixes = {"verify_without_canonical": "id/", "verify_not_cited": "graph/cited/"}
    if name == "verify_not_cited":
        parameters["associations"] = f"<{graph.graphs.associations}>"
    if name in prefixes:
        parameters["prefix"] = literal(f"{graph.graphs.base}{prefixes[name]}")
    return parameters


def _rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    return select(graph, query_file("services", f"queries/{name}"), parameters)
