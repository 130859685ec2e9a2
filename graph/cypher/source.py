"""What the compiler reads and writes: a transaction of a property graph that holds an RDF dataset.

The graph keeps to the mapping of ``graph.backends.neo4j.registry``.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from graph.backends.neo4j.registry import Registry
from graph.store import Delta, Quad


class Quads(Protocol):
    """What gives quads by pattern."""

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Quads that match; terms and ``graph`` as of ``graph.store.GraphStore.quads``, blank nodes too."""
        ...


class Source(Quads, Protocol):
    """One read transaction."""

    @property
    def registry(self) -> Registry:
        """The registry as this transaction sees it."""
        ...

    def read(self, cypher: str, parameters: Mapping[str, object]) -> Iterator[list[object]]:
        """Rows of a statement, as they come.

        Raises:
            QueryError: The database refuses it or gives up.
        """
        ...


class WritableQuads(Quads, Protocol):
    """One write transaction: it takes effect as a whole when its owner commits it, and reads what it has written."""

    def apply(self, delta: Delta) -> None:
        """Removes and adds quads."""
        ...


class WritableSource(Source, WritableQuads, Protocol):
    """The same of a property graph."""
