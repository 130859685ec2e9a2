"""The merge: default graph = union of the public named graphs − suppressions, each triple once.

All writing goes through here, one changeset at a time. ``commit`` works out the exact difference and writes it in one
transaction; ``bulk_commit`` adds new graphs by bulk load, where the difference is known without looking.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import IO

from common.errors import StoreError
from common.namespaces import Graphs
from graph import parameters as binder
from graph.changes import ChangeLog, Changes
from graph.changeset import Changeset, Receipt, Suppression, check_author
from graph.delta import DeltaBuilder
from graph.journal import Journal
from graph.knowledge_graph import Snapshot
from graph.store import GraphStore, Quad, Result
from graph.suppressions import SuppressionGraph
from graph.verify import differences

_HEADER = re.compile(rb"^# <([^>\n]*)>$", re.MULTILINE)


def render(graph: str, statements: Iterable[str]) -> bytes:
    r"""N-Quads of a new graph for ``bulk_commit``: each statement in the default graph and in its own.

    The comment in front names the graph, so that ``bulk_commit`` sees which graphs it gets without parsing.

    >>> render("g:1", ["<a:s> <a:p> <a:o>"])
    b'# <g:1>\n<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:o> <g:1> .\n'
    """
    end = f" <{graph}> .\n"
    return "".join([f"# <{graph}>\n", *[f"{s} .\n{s}{end}" for s in statements]]).encode()


class MergedGraph:
    """A ``KnowledgeGraph`` over any ``GraphStore``.

    Args:
        store: The store, which nothing else writes to.
        graphs: IRIs of the named graphs.
        changes: Log of what changesets touch; default: one in memory.
    """

    def __init__(self, store: GraphStore, graphs: Graphs, changes: ChangeLog | None = None) -> None:
        self._store = store
        self._graphs = graphs
        self._changes = changes or ChangeLog(None)
        self._journal = Journal(store, graphs)
        self._suppressed = SuppressionGraph(store, graphs)
        # Reentrant, so that a caller may hold it over several steps of its own.
        self._lock = RLock()
        self._changes.begin(self._journal.last())

    @property
    def graphs(self) -> Graphs:
        """IRIs of the named graphs."""
        return self._graphs

    @property
    def sequence(self) -> int:
        """Number of the last changeset; 0 for an empty graph."""
        return self._journal.last()

    def changes_since(self, number: int) -> Changes | None:
        """What changesets after ``number`` touched; see ``KnowledgeGraph``."""
        return self._changes.since(number)

    def followed(self, follower: str, number: int) -> None:
        """Notes how far something derived from the graph has come; see ``KnowledgeGraph``."""
        self._changes.followed(follower, number)

    def commit(self, changeset: Changeset) -> Receipt:
        """Applies a changeset atomically and durably; see ``KnowledgeGraph``."""
        with self._lock:
            builder = DeltaBuilder(self._store, self._graphs)
            delta = builder.build(changeset)
            number = self._journal.last()
            if not delta.add and not delta.remove:
                return Receipt(number, 0, 0)
            receipt = Receipt(number + 1, builder.added, builder.removed)
            delta.add.extend(self._journal.quads(receipt, changeset.author, changeset.note))
            self._changes.note(receipt.number, Changes.of(builder.changed, self._graphs.base))
            self._store.apply(delta)
            return receipt

    def bulk_commit(self, chunks: Iterable[bytes], author: str, note: str) -> Receipt:
        """Adds graphs that do not exist yet, by one bulk load; see ``KnowledgeGraph``."""
        check_author(author)
        with self._lock:
            load = _BulkLoad(chunks, self.suppressed_graphs())
            receipts: list[Receipt] = []
            number = self._journal.last() + 1
            self._store.bulk_load(self._numbered(load, number, author, note, receipts))
            return receipts[0] if receipts else Receipt(number - 1, 0, 0)

    def _numbered(
        self, load: "_BulkLoad", number: int, author: str, note: str, receipts: list[Receipt]
    ) -> Iterator[bytes]:
        """The chunks, then the description of the changeset: only now the number of statements is known."""
        yield from load
        if load.statements:
            receipts.append(Receipt(number, load.statements, 0))
            self._changes.note(number, Changes(graphs=load.graphs))
            quads = self._journal.quads(receipts[0], author, note)
            yield "".join(f"{statement} <{graph}> .\n" for statement, graph in quads).encode()

    def has_graph(self, graph: str) -> bool:
        """Whether the named graph holds any statement."""
        return next(self._store.quads((None, None, None), graph), None) is not None

    def graph_statements(self, graph: str) -> list[str]:
        """Statements of one named graph, suppressed ones included; ``""`` is the default graph."""
        return [statement for statement, _ in self._store.quads((None, None, None), graph)]

    def suppressions(self) -> list[Suppression]:
        """All suppressions, ordered by graph and statement."""
        return sorted(self._suppressed.all(), key=lambda found: (found.graph, found.statement))

    def suppressed_graphs(self) -> set[str]:
        """IRIs of the graphs that have suppressions (whether the graphs exist or not)."""
        return self._suppressed.graphs()

    def query(self, text: str, parameters: Mapping[str, binder.Value] | None = None) -> Result:
        """Runs a query; with ``parameters``, ``$name`` tokens are bound first."""
        return self._store.query(text if parameters is None else binder.bind(text, parameters))

    def compact(self) -> None:
        """Rewrites what the store keeps so that reading is fast; see ``KnowledgeGraph``."""
        self._store.compact()

    def snapshot(self, directory: Path) -> Snapshot:
        """Writes an immutable copy into the empty or absent ``directory``; see ``KnowledgeGraph``."""
        with self._lock:
            self._store.snapshot(directory)
            return Snapshot(directory, self._journal.last())

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """Writes N-Quads of everything, or N-Triples of one graph (``""``: the default graph)."""
        self._store.dump(output, graph)

    def verify(self) -> list[str]:
        """Differences between the default graph and its definition, one readable line each; [] is right."""
        with self._lock:
            return differences(self._store, self._graphs)

    def canonical_digest(self) -> str:
        """SHA-256 over all quads but the changesets', whatever order they were written in."""
        kept = (quad for quad in self._store.quads((None, None, None), None) if quad[1] != self._graphs.changesets)
        return digest(kept)

    def close(self) -> None:
        """Closes the store and the log."""
        self._store.close()
        self._changes.close()


def digest(quads: Iterable[Quad]) -> str:
    """Order-independent SHA-256: the digests of the quads are added up (AdHash), so nothing is sorted or kept."""
    total = 0
    for statement, graph in quads:
        total += int.from_bytes(sha256(f"{statement} <{graph or ''}>".encode()).digest())
    return sha256(str(total).encode()).hexdigest()


class _BulkLoad:
    """Passes chunks on, counting their statements and refusing graphs that a bulk load would merge wrongly."""

    def __init__(self, chunks: Iterable[bytes], refused: set[str]) -> None:
        self._chunks = chunks
        self._refused = refused
        self.graphs: set[str] = set()
        self.statements = 0

    def __iter__(self) -> Iterator[bytes]:
        lines = 0
        for chunk in self._chunks:
            lines += chunk.count(b"\n") - chunk.count(b"\n# <") - chunk.startswith(b"# <")
            names = {name.decode() for name in _HEADER.findall(chunk)}
            if found := self._refused & names:
                raise StoreError(f"graph {min(found)} has suppressions: it can't be bulk loaded")
            self.graphs |= names
            yield chunk
        # Each statement stands twice: in the default graph and in its own.
        self.statements = lines // 2
