"""Loads RDF files as named graphs of the merge."""

from dataclasses import dataclass
from pathlib import Path

from common.errors import InputError
from common.namespaces import Graphs
from common.terms import slug
from graph.canonical import is_absolute_iri
from graph.changeset import Changeset
from graph.loading import load_rdf
from services.vocabularies import is_of_platform
from services.workspace import Workspace

_KEPT = ("graph/record/", "graph/cited/", "graph/resolution")
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
    if not is_absolute_iri(graph):
        raise InputError(f"graph {graph!r} is no IRI")
    kept = any(graph.startswith(f"{base}{part}") for part in _KEPT)
    if kept or is_of_platform(graph, Graphs(base)):
        raise InputError(f"graph {graph} is kept by Bibliograph itself; choose another")
