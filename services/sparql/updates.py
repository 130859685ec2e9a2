"""Works out what an update changes, in a worker, and writes nothing: the server makes a changeset of it.

Each operation sees what those before it did (https://www.w3.org/TR/sparql11-update/#updateServices): quads that are
pending lie over what is read.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from common.errors import InputError, QueryError, QueryRefusedError
from common.terms import split_statement
from graph.backends.oxigraph import matching, run
from graph.canonical import is_absolute_iri
from graph.cypher import residual
from graph.cypher.updating import update
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_update
from graph.sparql.walk import nodes
from graph.store import PLAIN, Delta, GraphStore, Quad, QueryOptions, Result
from services.sparql.messages import ADDED, REMOVED, Done, Update

_Pattern = tuple[str | None, str | None, str | None]
_ALL: _Pattern = (None, None, None)
_WHOLE = {"DEFAULT", "NAMED", "ALL"}


class Reader(Protocol):
    """What an update reads, which nobody changes meanwhile, or whose changes are noticed afterwards."""

    def query(self, text: str, options: QueryOptions) -> Result:
        """The answer to a query."""
        ...

    def quads(self, pattern: _Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match; see ``GraphStore``."""
        ...


def write_changes(store: ox.Store | GraphStore, task: Update, output: Path) -> Done:
    """Writes the quads that an update removes and adds, each as a line: ``-`` or ``+``, the graph, the statement.

    Raises:
        QuerySyntaxError: With line and column.
        QueryRefusedError: LOAD, or what would take away all that the graph says.
        QueryError: It can't be worked out.
        InputError: USING stands in the text and in the parameters of the protocol.
    """
    request = _over_dataset(parse_update(task.text), task)
    for operation in request.operations:
        _refuse_emptying(operation)
    found = changes_of(store, request)
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for sign, quads in ((REMOVED, found.removed), (ADDED, found.added)):
            file.writelines(f"{sign}\t{graph or ''}\t{statement}\n" for statement, graph in quads)
    return Done("graph", "ntriples", len(found.removed) + len(found.added), truncated=False)


def changes_of(store: ox.Store | GraphStore, request: alg.Update) -> "Pending":
    """What an update changes."""
    source = Pending(_Snapshot(store) if isinstance(store, ox.Store) else store)
    update(request, source, answer)
    return source


def _refuse_emptying(operation: alg.Operation) -> None:
    """The default graph is the merge of what others say: it can be contradicted, but not emptied."""
    if not isinstance(operation, alg.GraphManagement):
        return
    emptied = operation.source if operation.operation in {"CLEAR", "DROP", "MOVE"} else operation.target
    if operation.operation not in {"CREATE", "ADD"} and {emptied, operation.target} & _WHOLE:
        raise QueryRefusedError(
            f"{operation.operation} would empty the merge of all graphs: name the graphs that are yours"
        )


def _over_dataset(request: alg.Update, task: Update) -> alg.Update:
    """The update over ``using-graph-uri`` (https://www.w3.org/TR/sparql11-protocol/#update-dataset)."""
    if not task.default_graphs and not task.named_graphs:
        return request
    for iri in (*task.default_graphs, *task.named_graphs):
        if not is_absolute_iri(iri):
            raise QueryError(f"using-graph-uri or using-named-graph-uri is no IRI: {iri[:200]}")
    modifying = [each for each in request.operations if isinstance(each, alg.Modify)]
    if any(each.dataset is not None for each in modifying):
        raise InputError("using-graph-uri can't be given for an update that has USING or WITH itself")
    dataset = alg.Dataset(tuple(task.default_graphs), tuple(task.named_graphs))
    return alg.Update(
        tuple(replace(each, dataset=dataset) if isinstance(each, alg.Modify) else each for each in request.operations)
    )


class Pending:
    """Quads of a reader, without those that were removed and with those that were added.

    Args:
        reader: What is read.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.removed: dict[Quad, None] = {}
        self.added: dict[Quad, None] = {}

    def quads(self, pattern: _Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match as of now."""
        removed, added = dict(self.removed), list(self.added)
        for quad in self.reader.quads(pattern, graph):
            if quad not in removed and quad not in self.added:
                yield quad
        yield from (quad for quad in added if _matches(quad, pattern, graph))

    def apply(self, delta: Delta) -> None:
        """Removes, then adds."""
        for quad in _canonical(delta.remove):
            self.added.pop(quad, None)
            self.removed[quad] = None
        for quad in _canonical(delta.add):
            self.removed.pop(quad, None)
            self.added[quad] = None


def _canonical(quads: list[Quad]) -> list[Quad]:
    """In the form in which the store has them; blank nodes keep their labels."""
    store = ox.Store()
    store.extend(residual.parse(quads))
    return list(matching(store, _ALL, None))


def _matches(quad: Quad, pattern: _Pattern, graph: str | None) -> bool:
    if graph is not None and (quad[1] or "") != graph:
        return False
    return all(term is None or term == other for term, other in zip(pattern, split_statement(quad[0]), strict=True))


def answer(query: alg.Query, source: Pending) -> Result:
    """The engine's own answer, unless something is pending; then that over the quads that the query looks at."""
    dataset = query.dataset
    names_graphs = any(isinstance(node, alg.Graph) for node in nodes(query.pattern))
    if source.removed or source.added or (dataset is not None and dataset.named is None and names_graphs):
        return residual.evaluate(query, source)
    options = PLAIN if dataset is None else QueryOptions(dataset.default, dataset.named or ())
    return source.reader.query(residual.text_of(query), options)


class _Snapshot:
    """A snapshot as a ``Reader``."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(self, text: str, options: QueryOptions) -> Result:
        return run(self._store, text, options)

    def quads(self, pattern: _Pattern, graph: str | None) -> Iterator[Quad]:
        return matching(self._store, pattern, graph)
