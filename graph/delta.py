"""From a changeset to the exact quads to write.

Every look-up here is for one statement or one graph, and a search for another holder of a statement ends at the first:
the work depends on what changes, not on how many records share an object.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace as with_fields
from itertools import chain

from common.errors import StoreError
from common.namespaces import Graphs
from common.terms import split_statement
from graph.canonical import canonical
from graph.changeset import Changeset, Suppression
from graph.lookups import holders, holding, statements_of
from graph.store import Delta, GraphStore, Quad
from graph.suppressions import SuppressionGraph

_Named = tuple[str, str]
"""A statement and the IRI of its graph."""
_ALL = (None, None, None)


class DeltaBuilder:
    """Computes what one changeset changes; used once, under the writer's lock."""

    def __init__(self, store: GraphStore, graphs: Graphs) -> None:
        self._store = store
        self._graphs = graphs
        self._suppressed = SuppressionGraph(store, graphs)
        self._has_any: dict[str, bool] = {}
        self._none_at_all: bool | None = None
        self._gained: set[_Named] = set()
        self._lost: set[_Named] = set()
        self._made: dict[_Named, set[Quad]] = {}
        self._lifted: set[_Named] = set()
        self._suppression_quads = Delta()

    def build(self, changeset: Changeset) -> Delta:
        """The quads to add and remove in named graphs, in the suppressions' graph and in the merge.

        Of named graphs only what changes; of the merge also what is as it shall be already.
        """
        self._named(changeset)
        self._suppressions(changeset)
        delta = Delta(add=list(self._gained), remove=list(self._lost))
        delta.add.extend(self._suppression_quads.add)
        delta.remove.extend(self._suppression_quads.remove)
        self._merge(delta)
        return delta

    @property
    def changed(self) -> Iterator[str]:
        """Statements that named graphs gain or lose, or whose suppressions come or go."""
        return (statement for statement, _ in chain(self._gained, self._lost, self._lifted, self._made))

    @property
    def added(self) -> int:
        """Statements that named graphs gain, and suppressions that are lifted."""
        return len(self._gained) + len(self._lifted)

    @property
    def removed(self) -> int:
        """Statements that named graphs lose, and suppressions that are made."""
        return len(self._lost) + len(self._made)

    def _named(self, changeset: Changeset) -> None:
        """Fills ``_gained`` and ``_lost``: replace, then remove, then add."""
        wanted = {graph: set(canonical(statements)) for graph, statements in changeset.replace.items()}
        removed, added = self._by_graph(changeset.remove), self._by_graph(changeset.add)
        for graph in {*wanted, *removed, *added}:
            self._check(graph)
        replaced = statements_of(self._store, wanted)
        for graph in {*wanted, *removed, *added}:
            remove, add = removed.get(graph, set()), added.get(graph, set())
            if graph in wanted:
                self._replace(graph, replaced[graph], (wanted[graph] - remove) | add)
            else:
                held = holding(self._store, {(s, graph) for s in remove | add})
                self._lost |= {(s, graph) for s in remove - add if (s, graph) in held}
                self._gained |= {(s, graph) for s in add if (s, graph) not in held}

    def _replace(self, graph: str, held: set[str], wanted: set[str]) -> None:
        self._gained |= {(statement, graph) for statement in wanted - held}
        self._lost |= {(statement, graph) for statement in held - wanted}

    def _by_graph(self, quads: list[_Named]) -> dict[str, set[str]]:
        by_graph: dict[str, set[str]] = defaultdict(set)
        statements = canonical(statement for statement, _ in quads)
        for statement, (_, graph) in zip(statements, quads, strict=True):
            by_graph[graph].add(statement)
        return by_graph

    def _check(self, graph: str) -> None:
        if not graph or graph in self._graphs.outside_merge:
            raise StoreError(f"graph {graph or 'DEFAULT'} can't be written by a changeset: the merge layer keeps it")

    def _suppressions(self, changeset: Changeset) -> None:
        """Fills ``_made`` and ``_lifted``: unsuppress, then suppress."""
        lift = {(s, graph) for graph, found in self._by_graph(changeset.unsuppress).items() for s in found}
        made = canonical(suppression.statement for suppression in changeset.suppress)
        make = {
            (statement, given.graph): with_fields(given, statement=statement)
            for statement, given in zip(made, changeset.suppress, strict=True)
        }
        for statement, graph in lift - make.keys():
            if stored := self._suppressed.stored(statement, graph):
                self._lifted.add((statement, graph))
                self._suppression_quads.remove.extend(stored)
        for key, suppression in make.items():
            self._suppress(key, suppression)

    def _suppress(self, key: _Named, suppression: Suppression) -> None:
        self._check(suppression.graph)
        stored, wanted = self._suppressed.stored(*key), self._suppressed.quads(suppression)
        if stored != wanted:
            self._made[key] = wanted
            self._suppression_quads.remove.extend(stored - wanted)
            self._suppression_quads.add.extend(wanted - stored)

    def _merge(self, delta: Delta) -> None:
        """Adds to the delta what shall stand in the default graph, or not, of the statements that it is about."""
        supported = {s for s, graph in self._gained if not self._is_suppressed(s, graph)}
        doubtful = sorted({s for s, _ in self._lost | self._lifted | self._made.keys()} - supported)
        for statement, found in zip(doubtful, holders(self._store, doubtful), strict=True):
            if self._has_holder(statement, found):
                supported.add(statement)
            else:
                delta.remove.append((statement, None))
        # Some are there, or gone, already. To ask which would cost as much as to write them once more.
        delta.add.extend((statement, None) for statement in supported)

    def _has_holder(self, statement: str, found: list[Quad] | None) -> bool:
        """Whether a public graph goes on holding the statement, unsuppressed; stops at the first that does."""
        for _, graph in self._store.quads(split_statement(statement), None) if found is None else found:
            if graph is None or graph in self._graphs.outside_merge or (statement, graph) in self._lost:
                continue
            if not self._is_suppressed(statement, graph):
                return True
        return False

    def _is_suppressed(self, statement: str, graph: str) -> bool:
        """Whether it is suppressed when this changeset has taken effect."""
        if (statement, graph) in self._made:
            return True
        if (statement, graph) in self._lifted:
            return False
        if self._none_at_all is None:
            self._none_at_all = next(self._store.quads(_ALL, self._graphs.suppressions), None) is None
        if self._none_at_all:
            return False
        if graph not in self._has_any:
            self._has_any[graph] = self._suppressed.has_any(graph)
        return self._has_any[graph] and self._suppressed.holds(statement, graph)
