"""Reads named graphs by one request: an ingest asks for the graph of every record."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graph.backends.neo4j.connection import Connection
from graph.backends.neo4j.reading import find_quads
from graph.backends.neo4j.registry import Registry, stored_iri
from graph.store import Quad

_VERSION, _NODE, _LINK = range(3)
_TEXT = (
    f"MATCH (v:_Registry) RETURN {_VERSION} AS kind, [v.version] AS row "
    f"UNION ALL MATCH (:_Graph {{iri: $graph}})-[:_states]->(s:Resource) RETURN {_NODE} AS kind, "
    "[s.iri, s.longIri, labels(s), properties(s)] AS row "
    "UNION ALL MATCH (:_Graph {iri: $graph})-[:_states]->(s:Resource) MATCH (s)-[r]->(o:Resource) WHERE $name IN r.g "
    f"RETURN {_LINK} AS kind, [s.iri, s.longIri, type(r), o.iri, o.longIri, r.g, r.d] AS row"
)
_SEVERAL = (
    f"MATCH (v:_Registry) RETURN {_VERSION} AS kind, [v.version] AS row "
    "UNION ALL UNWIND $graphs AS graph MATCH (:_Graph {iri: graph})-[:_states]->(s:Resource) WITH DISTINCT s "
    f"RETURN {_NODE} AS kind, [s.iri, s.longIri, labels(s), properties(s)] AS row "
    "UNION ALL UNWIND $graphs AS graph MATCH (:_Graph {iri: graph})-[:_states]->(s:Resource) WITH DISTINCT s "
    "MATCH (s)-[r]->(o:Resource) WHERE any(name IN r.g WHERE name IN $names) "
    f"RETURN {_LINK} AS kind, [s.iri, s.longIri, type(r), o.iri, o.longIri, r.g, r.d] AS row"
)
"""A resource of several of the graphs comes once, with all its graphs."""


class _Answer:
    """Rows that have been asked for: nodes first, then relationships, as ``find_quads`` asks for them."""

    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self._rows = rows
        self._next: list[Any] | None = None
        self._kind = _VERSION

    def stream(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Iterator[list[Any]]:  # noqa: ARG002
        """The next kind of rows."""
        self._kind += 1
        while (found := self._next or next(self._rows, None)) is not None:
            if found[0] != self._kind:
                self._next = found
                return
            self._next = None
            yield found[1]


def read_graph(connection: Connection, registry: Registry, graph: str) -> Iterator[Quad] | None:
    """All quads of a named graph; None: the registry is no longer what it was, ask in another way."""
    rows = connection.rows(_TEXT, {"graph": stored_iri(graph)[0], "name": graph})
    first = next(rows, None)
    if first is None or first != [_VERSION, [registry.version]]:
        return None
    return find_quads(_Answer(rows), registry, (None, None, None), graph)


def read_graphs(connection: Connection, registry: Registry, graphs: Collection[str]) -> dict[str, set[str]] | None:
    """The statements of some named graphs; None as above."""
    names = sorted(graphs)
    rows = connection.rows(_SEVERAL, {"graphs": [stored_iri(graph)[0] for graph in names], "names": names})
    first = next(rows, None)
    if first is None or first != [_VERSION, [registry.version]]:
        return None
    found: dict[str, set[str]] = {graph: set() for graph in names}
    for statement, graph in find_quads(_Answer(rows), registry, (None, None, None), None):
        if graph in found:
            found[graph].add(statement)
    return found
