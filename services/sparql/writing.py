"""What people write by SPARQL Update and the Graph Store Protocol, as changesets.

Named graphs of librarians are written as they stand. What is inserted into the default graph, which is the merge, goes
to the curation graph, unless others' word for it was only suppressed: that is lifted. What is deleted from it is taken
out of the curation graph, and suppressed in each other graph that says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from common.errors import AccessError, InputError
from common.namespaces import Graphs
from common.terms import split_statement
from graph.canonical import is_absolute_iri
from graph.changeset import Changeset, Receipt, Suppression
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import query_file, select
from services.sparql.messages import Update
from services.sparql.pool import BusyError, Changes, QueryPool
from services.vocabularies import is_of_platform

_Named = tuple[str, str]
"""A statement and the IRI of its graph."""
_TRIES = 5
_STATEMENTS = 500
"""Statements whose graphs are looked up by one query."""


def check_writable(graph: str, graphs: Graphs) -> str:
    """Returns ``graph`` if people may write it: curation, and vocabularies of their own.

    Raises:
        InputError: It is no IRI.
        AccessError: It belongs to records, to the resolver or to the platform.
    """
    if not is_absolute_iri(graph):
        raise InputError(f"{graph[:200]} is no IRI of a graph")
    vocabularies = graphs.vocabulary("")
    if graph == graphs.curation or (graph.startswith(vocabularies) and graph != vocabularies):
        if is_of_platform(graph, graphs):
            raise AccessError(f"{graph} comes with Bibliograph; write another")
        return graph
    raise AccessError(f"only {graphs.curation} and graphs below {vocabularies} can be written here")


def run_update(graph: KnowledgeGraph, pool: QueryPool, update: Update, author: str) -> Receipt:
    """Runs an update as one changeset.

    It is worked out by a worker, and again if the graph has changed meanwhile: it takes effect on what it has seen.

    Raises:
        BusyError: The graph changed again and again.
        AccessError: It writes a graph that people may not write.
        BibliographError: As of ``QueryPool.work_out`` and ``KnowledgeGraph.commit``.
    """
    for _ in range(_TRIES):
        changes = pool.work_out(update)
        with graph.exclusive():
            if graph.sequence == changes.sequence:
                return graph.commit(changeset(graph, changes, author, "SPARQL Update"))
    raise BusyError("the graph changed again and again while the update was worked out: try again in a moment")


def changeset(graph: KnowledgeGraph, changes: Changes, author: str, note: str) -> Changeset:
    """The changeset that makes quads be there, or not."""
    remove, suppress = _denied(graph, [statement for statement, name in changes.removed if name is None], author, note)
    add, unsuppress = _affirmed(graph, [statement for statement, name in changes.added if name is None])
    remove += [(statement, check_writable(name, graph.graphs)) for statement, name in changes.removed if name]
    add += [(statement, check_writable(name, graph.graphs)) for statement, name in changes.added if name]
    named = [(_without_blank_nodes(statement, name), name) for statement, name in add]
    return Changeset(author, note, add=named, remove=remove, suppress=suppress, unsuppress=unsuppress)


def _denied(
    graph: KnowledgeGraph, statements: Sequence[str], author: str, reason: str
) -> tuple[list[_Named], list[Suppression]]:
    """What takes statements out of the merge: where they are removed, and where suppressed."""
    found = [each for each in _graphs_of(graph, "holders", statements) if each[1] not in graph.graphs.outside_merge]
    curated = [each for each in found if each[1] == graph.graphs.curation]
    suppress = [
        Suppression(statement, holder, author, reason) for statement, holder in found if holder != graph.graphs.curation
    ]
    return curated, suppress


def _affirmed(graph: KnowledgeGraph, statements: Sequence[str]) -> tuple[list[_Named], list[_Named]]:
    """What brings statements into the merge: those that curation says, and suppressions that are lifted."""
    said = [each for each in statements if not any(node.startswith("_:") for node in split_statement(each))]
    lifted = list(_graphs_of(graph, "suppressed", said, suppressions=f"<{graph.graphs.suppressions}>"))
    known = {statement for statement, _ in lifted}
    return [(statement, graph.graphs.curation) for statement in statements if statement not in known], lifted


def _graphs_of(graph: KnowledgeGraph, query: str, statements: Iterable[str], **parameters: Value) -> Iterator[_Named]:
    """Statements with the graphs that a query finds for them."""
    rest = iter(statements)
    while batch := list(islice(rest, _STATEMENTS)):
        rows = [split_statement(statement) for statement in batch]
        for row in select(graph, query_file("services.sparql", query), {"statements": rows, **parameters}):
            *nodes, name = (term or "" for term in row)
            yield " ".join(nodes), name[1:-1]


def _without_blank_nodes(statement: str, graph: str) -> str:
    """Those that the update made become IRIs below the graph's, as those of documents do."""
    nodes = split_statement(statement)
    return " ".join(f"<{graph}#genid-{node[2:]}>" if node.startswith("_:") else node for node in nodes)
