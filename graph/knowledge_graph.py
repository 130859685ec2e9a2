"""The knowledge graph as the rest of the platform sees it: a merge that is read by query and written by changesets.

``graph.merge.MergedGraph`` keeps it over any ``GraphStore``; ``graph.owner.client.OwnedGraph`` reaches one that another
process owns. ``graph.open.open_graph`` gives whichever applies.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from common.namespaces import Graphs
from graph.changes import Changes
from graph.changeset import Changeset, Receipt, Suppression
from graph.explanation import Stage
from graph.parameters import Value
from graph.store import Result


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An immutable copy of the graph, for queries that must not run in the owner's process.

    Args:
        path: Its directory.
        sequence: Number of the last changeset in it.
    """

    path: Path
    sequence: int


class KnowledgeGraph(Protocol):
    """Default graph = union of the public named graphs − suppressions, each triple once."""

    @property
    def graphs(self) -> Graphs:
        """IRIs of the named graphs."""
        ...

    @property
    def shared(self) -> bool:
        """Whether the store is on a server, where other processes and data directories may write too.

        It has no snapshots then.
        """
        ...

    @property
    def sequence(self) -> int:
        """Number of the last changeset; 0 for an empty graph."""
        ...

    def changes_since(self, number: int) -> Changes | None:
        """Which entities changesets after ``number`` touched; None: nobody knows any more, look at everything."""
        ...

    def followed(self, follower: str, number: int) -> None:
        """Notes that what ``follower`` derives from the graph reflects changesets up to ``number``."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Keeps others that share the store from writing between several steps.

        Where it is not shared, the lock of the data directory (``DataDirectory.ingest_lock``) does that.
        """
        ...

    def commit(self, changeset: Changeset) -> Receipt:
        """Applies a changeset atomically and durably; one that changes nothing writes nothing.

        Raises:
            StoreError: A statement is not N-Triples, or a graph is outside the merge.
        """
        ...

    def bulk_commit(self, chunks: Iterable[bytes], author: str, note: str) -> Receipt:
        """Adds graphs that do not exist yet, fast; the chunks (``graph.bulk.render``) are one changeset.

        Graphs in ``suppressed_graphs()`` go through ``commit``; here they are refused.
        """
        ...

    def has_graph(self, graph: str) -> bool:
        """Whether the named graph holds any statement."""
        ...

    def graph_statements(self, graph: str) -> list[str]:
        """Statements of one named graph, suppressed ones included; ``""`` is the default graph."""
        ...

    def suppressions(self) -> list[Suppression]:
        """All suppressions, ordered by graph and statement."""
        ...

    def suppressed_graphs(self) -> set[str]:
        """IRIs of the graphs that have suppressions (whether the graphs exist or not)."""
        ...

    def query(self, text: str, parameters: Mapping[str, Value] | None = None) -> Result:
        """Runs a query; with ``parameters``, ``$name`` tokens are bound first (``graph.parameters``)."""
        ...

    def explain(self, text: str) -> list[Stage]:
        """How a query is answered, stage by stage: its algebra, and on Neo4j the Cypher that it becomes.

        Raises:
            QuerySyntaxError: With line and column.
        """
        ...

    def compact(self) -> None:
        """Rewrites what the store keeps so that reading is fast; changes no statement. Minutes for a large graph."""
        ...

    def snapshot(self, directory: Path) -> Snapshot:
        """Writes an immutable copy into the empty or absent ``directory``."""
        ...

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """Writes N-Quads of everything, or N-Triples of one graph (``""``: the default graph)."""
        ...

    def verify(self) -> list[str]:
        """Differences between the default graph and its definition, one readable line each; [] is right."""
        ...

    def canonical_digest(self) -> str:
        """SHA-256 over all quads but the changesets', in an order of their own."""
        ...

    def close(self) -> None:
        """Releases the store or the connection."""
        ...
