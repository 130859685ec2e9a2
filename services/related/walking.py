"""The walk from an entity over associations and direct links: where it starts, and what it reaches with which score."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from common import terms
from common.namespaces import XSD
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from services.related import queries
from services.related.sharing import Known

#: What a path of two and of three steps is worth beside a single one.
DECAY = {2: Decimal("0.5"), 3: Decimal("0.25")}
_LITTLE = 3
"""Entities reached; with fewer, things count too that are too common for associations."""
EVERYTHING: list[tuple[str | None]] = [(None,)]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a walk starts: the term of a canonical entity, and whether it is a work."""

    entity: str
    is_work: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """An entity (a term) that a walk has reached, with its score."""

    entity: str
    score: Decimal


def start(graph: KnowledgeGraph, entity: str) -> Start | None:
    """Where the walk from an entity (a term) starts; None where the graph says nothing of it."""
    found = queries.rows(graph, "start", {"entity": entity})
    if not found:
        return None
    _, canonical, class_, work = min(found, key=lambda row: tuple(term or "" for term in row))
    if work:
        return Start(work, is_work=True)
    return Start(canonical or entity, is_work=class_ is not None)


class Walk:
    """One walk.

    Args:
        graph: The graph.
        start: Where it starts.
        depth: Most steps, 1 to 3.
    """

    def __init__(self, graph: KnowledgeGraph, start: Start, depth: int) -> None:
        self._graph = graph
        self._start = start
        self._name = "walk_work" if start.is_work else "walk_thing"
        steps = {2: "second", 3: "third"}
        self._parameters: dict[str, Value] = {"entity": start.entity}
        self._parameters |= {name: [_decimal(DECAY[step])] * (step <= depth) for step, name in steps.items()}
        if start.is_work:
            self._parameters["things"] = []

    def reached(self) -> list[Reached]:
        """What it reaches, the best first, at most 100; where that is very little, also by what very many have."""
        found = self._ask()
        if len(found) < _LITTLE and self._start.is_work:
            self._parameters["things"] = sorted(Known.about(self._graph, [self._start.entity]).entities())
            found = self._ask()
        return found

    def sparql(self, chosen: Collection[str]) -> str:
        """The query that gives the chosen ones (terms) with their scores, in their order."""
        return queries.bound(self._name, {**self._parameters, "hits": [(term,) for term in sorted(chosen)]})

    def _ask(self) -> list[Reached]:
        answer = queries.rows(self._graph, self._name, {**self._parameters, "hits": EVERYTHING})
        return [Reached(hit, Decimal(terms.value(score))) for hit, score in answer if hit and score]


def _decimal(value: Decimal) -> str:
    return terms.literal(str(value), datatype=f"{XSD}decimal")
