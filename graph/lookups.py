"""Look-ups of many statements at once, where a store answers them together.

Each look-up in a store on a server is a request. A changeset asks about thousands of statements, and a store that reads
in batches (``BatchReader``) is asked about some hundreds of them at a time.
"""

from collections.abc import Collection, Iterator
from typing import Protocol, runtime_checkable

from common.terms import split_statement
from graph.store import GraphStore, Quad


@runtime_checkable
class BatchReader(Protocol):
    """What a ``GraphStore`` may offer on top."""

    def holding(self, quads: Collection[Quad]) -> set[Quad]:
        """Those of ``quads`` that the store holds."""
        ...

    def holders(self, statements: Collection[str]) -> Iterator[list[Quad] | None]:
        """For each statement, in order, the quads of named graphs that hold it; None where those are too many to read.

        Too many are those that so many graphs hold, with its neighbours, that reading them would take longer than a
        look-up of its own that stops at the first that serves.
        """
        ...


@runtime_checkable
class GraphsReader(Protocol):
    """What a ``GraphStore`` may offer on top: many named graphs by one request."""

    def statements_of(self, graphs: Collection[str]) -> dict[str, set[str]]:
        """The statements of each of ``graphs``; those that hold none may be missing."""
        ...


def statements_of(store: GraphStore, graphs: Collection[str]) -> dict[str, set[str]]:
    """The statements of each of ``graphs``, which are named ones."""
    if isinstance(store, GraphsReader):
        found = store.statements_of(graphs)
        return {graph: found.get(graph, set()) for graph in graphs}
    return {graph: {statement for statement, _ in store.quads((None, None, None), graph)} for graph in graphs}


def holding(store: GraphStore, quads: Collection[Quad]) -> set[Quad]:
    """Those of ``quads`` that the store holds."""
    if isinstance(store, BatchReader):
        return store.holding(quads)
    return {quad for quad in quads if _holds(store, quad)}


def holders(store: GraphStore, statements: Collection[str]) -> Iterator[list[Quad] | None]:
    """For each statement the quads of named graphs that hold it; None: look for yourself."""
    if isinstance(store, BatchReader):
        return store.holders(statements)
    return (None for _ in statements)


def _holds(store: GraphStore, quad: Quad) -> bool:
    statement, graph = quad
    return next(store.quads(split_statement(statement), graph or ""), None) is not None
