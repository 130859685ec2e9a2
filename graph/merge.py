"""The merge: default graph = union of the public named graphs − suppressions, each triple once.

All writing goes through here, one changeset at a time. ``commit`` works out the exact difference and writes it in one
transaction; ``bulk_commit`` adds new graphs by bulk load, where the difference is known without looking.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import IO

from common.namespaces import Graphs
from graph import parameters as binder
from graph.bulk import BulkLoad, parts
from graph.changes import ChangeLog, Changes
from graph.changeset import Changeset, Receipt, Suppression, check_author
from graph.delta import DeltaBuilder
from graph.explanation import Stage
from graph.journal import Journal
from graph.knowledge_graph import Snapshot
from graph.store import GraphStore, Result
from graph.suppressions import SuppressionGraph
from graph.transfer import digest, nquads
from graph.turns import Turn, Turns
from graph.verify import differences


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
        self._turns = Turns(store, graphs) if store.shared else None
        self._turn: Turn | None = None
        self._changes.begin(self._journal.last())

    @property
    def graphs(self) -> Graphs:
        """IRIs of the named graphs."""
        return self._graphs

    @property
    def shared(self) -> bool:
        """Whether other processes may have the store open too."""
        return self._store.shared

    @property
    def sequence(self) -> int:
        """Number of the last changeset; 0 for an empty graph."""
        return self._journal.last()

    def changes_since(self, number: int) -> Changes | None:
        """What changesets after ``number`` touched; see ``KnowledgeGraph``."""
        return self._changes.since(number, self._journal.last())

    def followed(self, follower: str, number: int) -> None:
        """Notes how far something derived from the graph has come; see ``KnowledgeGraph``."""
        self._changes.followed(follower, number)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keeps other writers, also those of other processes, from coming between several steps."""
        with self._lock:
            if self._turns is None or self._turn is not None:
                yield
                return
            with self._turns.take() as turn:
                self._turn = turn
                try:
                    yield
                finally:
                    self._turn = None

    def commit(self, changeset: Changeset) -> Receipt:
        """Applies a changeset atomically and durably; see ``KnowledgeGraph``."""
        with self.exclusive():
            builder = DeltaBuilder(self._store, self._graphs)
            delta = builder.build(changeset)
            number = self._journal.last()
            if not delta.add and not delta.remove:
                return Receipt(number, 0, 0)
            receipt = Receipt(number + 1, builder.added, builder.removed)
            delta.add.extend(self._journal.quads(receipt, changeset.author, changeset.note))
            self._changes.note(receipt.number, Changes.of(builder.changed, self._graphs.base))
            with self._in_turn(receipt.number):
                self._store.apply(replace(delta, only_if=self._turn.flag if self._turn else None))
            return receipt

    def bulk_commit(self, chunks: Iterable[bytes], author: str, note: str) -> Receipt:
        """Adds graphs that do not exist yet, by one bulk load; see ``KnowledgeGraph``.

        A store that takes only so much at once gets several loads, each a changeset of its own.
        """
        check_author(author)
        with self.exclusive():
            suppressed = self.suppressed_graphs()
            done = Receipt(self._journal.last(), 0, 0)
            for part in parts(chunks, self._store.longest_load):
                load = BulkLoad(part, suppressed)
                receipts: list[Receipt] = []
                with self._in_turn(done.number + 1):
                    self._store.bulk_load(self._numbered(load, done.number + 1, author, note, receipts))
                done = Receipt(done.number + len(receipts), done.added + sum(one.added for one in receipts), 0)
            return done

    @contextmanager
    def _in_turn(self, number: int) -> Iterator[None]:
        """Around the writing of the changeset ``number``: sees to it that the turn is not lost."""
        if self._turn is None:
            yield
            return
        try:
            self._turn.write()
            yield
            self._turn.check()
        except BaseException:
            self._changes.take_back(number)
            raise

    def _numbered(
        self, load: BulkLoad, number: int, author: str, note: str, receipts: list[Receipt]
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

    def explain(self, text: str) -> list[Stage]:
        """How a query is answered; see ``KnowledgeGraph``."""
        return self._store.explain(text)

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
        if graph is None and self.shared:
            # The flags of those who are writing are nothing to keep.
            quads = self._store.quads((None, None, None), None)
            output.writelines(nquads(quad for quad in quads if quad[1] != self._graphs.writers))
            return
        self._store.dump(output, graph)

    def verify(self) -> list[str]:
        """Differences between the default graph and its definition, one readable line each; [] is right."""
        with self._lock:
            return differences(self._store, self._graphs)

    def canonical_digest(self) -> str:
        """SHA-256 over all quads but the changesets' and the writers', whatever order they were written in."""
        passed_over = {self._graphs.changesets, self._graphs.writers}
        kept = (quad for quad in self._store.quads((None, None, None), None) if quad[1] not in passed_over)
        return digest(kept)

    def close(self) -> None:
        """Closes the store and the log."""
        self._store.close()
        self._changes.close()
