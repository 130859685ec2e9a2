"""A source over a store of pyoxigraph's in memory: what evaluation and updates do without a property graph."""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from graph.backends.neo4j.registry import Registry
from graph.cypher.residual import parse
from graph.store import Delta, Quad


def term(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of N-Triples."""
    return next(iter(ox.parse(f"<a:a> <a:a> {text} .".encode(), format=ox.RdfFormat.N_QUADS))).object


class MemorySource:
    """A ``WritableSource`` that has no property graph, so that nothing can be compiled for it.

    Args:
        store: The data.
    """

    registry = Registry()

    def __init__(self, store: ox.Store | None = None) -> None:
        self.store = ox.Store() if store is None else store
        self.asked: list[tuple[tuple[str | None, str | None, str | None], str | None]] = []

    def read(self, cypher: str, parameters: Mapping[str, object]) -> Iterator[list[object]]:
        """Nothing speaks Cypher here."""
        raise AssertionError(f"{cypher} {parameters}")

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Quads that match."""
        self.asked.append((pattern, graph))
        terms = [None if text is None else term(text) for text in pattern]
        name = None if graph is None else ox.NamedNode(graph) if graph else ox.DefaultGraph()
        for quad in self.store.quads_for_pattern(*terms, name):
            found = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
            yield f"{quad.subject} {quad.predicate} {quad.object}", found

    def apply(self, delta: Delta) -> None:
        """Removes, then adds."""
        for quad in parse(delta.remove):
            self.store.remove(quad)
        for quad in parse(delta.add):
            self.store.add(quad)
