"""Chooses from what a walk has reached, so that not everything is alike (after maximal marginal relevance)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.related import queries
from services.related.walking import Reached
from services.search.words import simplified

_SAME_WORK, _SAME_REASON = 0.5, 0.15
"""Share of its score that a candidate loses by each one chosen before that is alike."""
_FIRST_TITLE = re.compile(r"\s*(?:[:/;=(\[]|\s-\s).*", re.DOTALL)


@dataclass(slots=True)
class Looks:
    """What makes entities look alike in a list.

    Attributes:
        versions: Hubs and titles: who shares one is another edition of the same to a reader.
        reason: Why it is there: the strongest basis, or over which entity.
    """

    versions: set[str] = field(default_factory=set)
    reason: str = ""

    def likeness(self, other: "Looks") -> float:
        """0 for nothing alike."""
        if self.versions & other.versions:
            return _SAME_WORK
        return _SAME_REASON if self.reason == other.reason else 0.0


def choose(graph: KnowledgeGraph, reached: list[Reached], reasons: dict[str, str], limit: int) -> list[Reached]:
    """At most ``limit`` of them, best first: each as good as possible and as little like those before as possible.

    Args:
        graph: The graph.
        reached: Candidates, best first.
        reasons: Why each is there, as far as that is known.
        limit: How many.
    """
    looks = _looks(graph, [each.entity for each in reached])
    for entity, found in looks.items():
        found.reason = reasons.get(entity, "")
    worth = {each.entity: float(each.score) for each in reached}
    left, chosen = list(reached), list[Reached]()
    while left and len(chosen) < limit:
        best = max(left, key=lambda each: worth[each.entity])
        left.remove(best)
        chosen.append(best)
        for each in left:
            worth[each.entity] *= 1 - looks[each.entity].likeness(looks[best.entity])
    return sorted(chosen, key=lambda each: (-each.score, terms.value(each.entity)))


def _looks(graph: KnowledgeGraph, entities: list[str]) -> dict[str, Looks]:
    looks = {entity: Looks() for entity in entities}
    for hit, hub, label in queries.rows(graph, "looks", {"hits": entities}) if entities else ():
        if hit:
            looks[hit].versions.update(_titles([label] if label else []))
            looks[hit].versions.update([hub] if hub else [])
    return looks


def _titles(labels: Iterable[str]) -> set[str]:
    """Titles proper, without marks and case, Chinese ones in simplified characters.

    >>> sorted(_titles(['"Hamlet, Prince of Denmark : a tragedy"@en', '"紅樓夢"@zh-hani']))
    ['hamlet, prince of denmark', '红楼梦']
    """
    cut = (_FIRST_TITLE.sub("", terms.value(label)).strip(" .,").casefold() for label in labels)
    return {simplified(title) for title in cut if title}
