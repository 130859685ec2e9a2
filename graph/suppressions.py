"""How suppressions stand in their graph, which is outside the merge: one node for each statement and graph."""

from collections.abc import Iterator
from hashlib import sha256

from common.errors import StoreError
from common.namespaces import BG, RDF, Graphs
from common.terms import literal, split_statement, type_, value
from graph.changeset import Suppression
from graph.store import GraphStore, Quad

_TYPE = f"<{BG}Suppression>"
_GRAPH = f"<{BG}inGraph>"
_DECIDER = f"<{BG}decider>"
_REASON = f"<{BG}reason>"
_PARTS = tuple(f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))


class SuppressionGraph:
    """Reads suppressions by look-ups whose number depends on what is asked, not on how many there are."""

    def __init__(self, store: GraphStore, graphs: Graphs) -> None:
        self._store = store
        self._graphs = graphs

    def node(self, statement: str, graph: str) -> str:
        """Term of the node that stands for this statement in this graph."""
        digest = sha256(f"{statement} <{graph}>".encode()).hexdigest()
        return f"<{self._graphs.base}suppression/{digest}>"

    def has_any(self, graph: str) -> bool:
        """Whether any statement of the graph is suppressed."""
        found = self._store.quads((None, _GRAPH, f"<{graph}>"), self._graphs.suppressions)
        return next(found, None) is not None

    def holds(self, statement: str, graph: str) -> bool:
        """Whether this statement is suppressed in this graph."""
        pattern = (self.node(statement, graph), type_, _TYPE)
        return next(self._store.quads(pattern, self._graphs.suppressions), None) is not None

    def stored(self, statement: str, graph: str) -> set[Quad]:
        """Quads that stand for this suppression now."""
        return set(self._store.quads((self.node(statement, graph), None, None), self._graphs.suppressions))

    def quads(self, suppression: Suppression) -> set[Quad]:
        """Quads that stand for a suppression."""
        node = self.node(suppression.statement, suppression.graph)
        pairs = [
            (type_, _TYPE),
            (_GRAPH, f"<{suppression.graph}>"),
            *zip(_PARTS, split_statement(suppression.statement), strict=True),
            (_DECIDER, literal(suppression.decider)),
            (_REASON, literal(suppression.reason)),
        ]
        return {(f"{node} {predicate} {obj}", self._graphs.suppressions) for predicate, obj in pairs}

    def all(self) -> Iterator[Suppression]:
        """Every suppression, in no order."""
        for quad, _ in self._store.quads((None, type_, _TYPE), self._graphs.suppressions):
            yield self._read(split_statement(quad)[0])

    def graphs(self) -> set[str]:
        """IRIs of the graphs that have suppressions."""
        found = self._store.quads((None, _GRAPH, None), self._graphs.suppressions)
        return {value(split_statement(statement)[2]) for statement, _ in found}

    def _read(self, node: str) -> Suppression:
        found = self._store.quads((node, None, None), self._graphs.suppressions)
        parts = {predicate: obj for _, predicate, obj in (split_statement(statement) for statement, _ in found)}
        try:
            statement = " ".join(parts[part] for part in _PARTS)
            return Suppression(statement, value(parts[_GRAPH]), value(parts[_DECIDER]), value(parts[_REASON]))
        except KeyError as error:
            raise StoreError(f"suppression {node} lacks {error}") from error
