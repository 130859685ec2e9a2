"""The contract that every graph store keeps: a plain RDF dataset with a few guarantees.

One test suite (``tests/graph/contract``) runs over all implementations. Terms are canonical N-Triples text
(``common.terms``), a quad is ``(statement, graph)`` with ``graph`` a bare IRI or None for the default graph.

Guarantees
    Atomic: ``apply``, ``update`` and ``bulk_load`` take effect as a whole or not at all, also after a kill.
    Durable: when they return, the data is on disk.
    Isolated: a query sees the store as of its start (where an engine can't, its module says so).
    Exact: what was written comes back, term for term, duplicates and order aside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from graph.explanation import Stage

Quad = tuple[str, str | None]
"""``("s p o", graph IRI or None)``."""


@dataclass(frozen=True, slots=True)
class Delta:
    """Quads to remove, then to add, in one atomic step.

    Attributes:
        add: Quads that are there afterwards.
        remove: Quads that are not, unless they are added too.
        only_if: Unless the store holds this quad, nothing is written and nothing raised. It is how one of several
            processes writes that may have lost its turn meanwhile (``graph.turns``).
    """

    add: list[Quad] = field(default_factory=list)
    remove: list[Quad] = field(default_factory=list)
    only_if: Quad | None = None


@dataclass(frozen=True, slots=True)
class Solutions:
    """SELECT result: variable names in projection order and rows of terms (None: unbound)."""

    variables: list[str]
    rows: Sequence[tuple[str | None, ...]]


Result = Solutions | bool | list[str]
"""SELECT, ASK, or CONSTRUCT / DESCRIBE as statements."""


@dataclass(frozen=True, slots=True)
class QueryOptions:
    """How to run a query.

    Attributes:
        default_graphs: IRIs of the graphs whose union is the default graph, before what FROM says
            (https://www.w3.org/TR/sparql11-protocol/#dataset); none here nor in ``named_graphs``: the store's own.
        named_graphs: IRIs of the named graphs, likewise.
        first_rows: Rows or statements after which the rest of the result need not be read; None: all are wanted.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    first_rows: int | None = None


PLAIN = QueryOptions()


class GraphStore(Protocol):
    """A plain RDF dataset. The merge (``graph.merge``) is one layer above."""

    @property
    def shared(self) -> bool:
        """Whether other processes may write to it too; then writers take turns (``graph.turns``)."""
        ...

    @property
    def longest_load(self) -> int | None:
        """Bytes of N-Quads that ``bulk_load`` takes at once; None: any number."""
        ...

    def query(self, text: str, options: QueryOptions = PLAIN) -> Result:
        """Runs a SPARQL 1.1 query over default and named graphs.

        Raises:
            QuerySyntaxError: With line and column.
            QueryError: Any other failure.
        """
        ...

    def explain(self, text: str, options: QueryOptions = PLAIN) -> list[Stage]:
        """How a query is answered, stage by stage.

        Raises:
            QuerySyntaxError: With line and column.
        """
        ...

    def update(self, text: str) -> None:
        """Runs a SPARQL 1.1 update, atomically. The platform itself writes through ``apply``."""
        ...

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Quads that match subject, predicate and object (None: any) in ``graph``.

        ``graph`` is a graph IRI, ``""`` for the default graph, or None for any graph, the default one included.
        """
        ...

    def apply(self, delta: Delta) -> None:
        """Removes and adds quads in one atomic, durable step."""
        ...

    def bulk_load(self, nquads: Iterable[bytes]) -> None:
        """Adds N-Quads fast; the chunks together are one atomic, durable step."""
        ...

    def compact(self) -> None:
        """Rewrites what is kept so that reading is fast, where the engine can; says nothing and changes no quad."""
        ...

    def snapshot(self, directory: Path) -> None:
        """Writes an immutable copy into the empty or absent ``directory``."""
        ...

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """Writes N-Quads of everything, or N-Triples of one named graph (``""``: the default graph)."""
        ...

    def close(self) -> None:
        """Releases files and connections; the store can't be used afterwards."""
        ...
