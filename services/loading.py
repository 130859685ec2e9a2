"""Loads RDF files as named graphs of the merge."""

from dataclasses import dataclass
from pathlib import Path

from common.errors import InputError
from common.terms import iri, slug
from graph.changeset import Changeset
from graph.loading import load_rdf
from graph.parameters import check_term
from services.workspace import Workspace

_KEPT = ("graph/record/", "graph/cited/", "graph/resolution", "graph/ontology")
"""Graphs under the base IRI that other commands keep; a file in their place would be undone or do harm."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: into which graph, how many triples it holds now, and whether that differs from before."""

    graph: str
    triples: int
    changed: bool


def load_file(workspace: Workspace, file: Path, graph: str | None = None, author: str = "system:load") -> Loaded:
    """Loads ``file`` in place of what ``graph`` holds.

    Args:
        workspace: Where to.
        file: Any RDF format, by its extension.
        graph: IRI; None names it after the file.
        author: Token id or ``system:…``.

    Raises:
        InputError: The file can't be read, or the graph is kept by another command.
    """
    name = graph or workspace.graph.graphs.vocabulary(slug(file.stem))
    _check(name, workspace.settings.base)
    statements = load_rdf(file, workspace.settings.base)
    receipt = workspace.graph.commit(Changeset(author, f"load {file.name}", {name: statements}))
    return Loaded(name, len(statements), bool(receipt.added or receipt.removed))


def _check(graph: str, base: str) -> None:
    if iri(graph) != f"<{graph}>" or ":" not in graph:
        raise InputError(f"graph {graph!r} is no IRI")
    check_term(f"<{graph}>", "graph")
    kept = next((part for part in _KEPT if graph.startswith(f"{base}{part}")), None)
    if kept:
        raise InputError(f"graph {graph} is kept by Bibliograph itself; choose another")
