"""Facts that turn up in very many answers: those of works that have very many, and the subjects of agents.

A work with hundreds of subjects shares something with so much that reading its facts anew took most of the time of each
answer; so did the subjects of an agent with hundreds of works.
"""

from collections.abc import Collection, Iterator, Mapping

from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.reading import Fact, Facts, facts
from services.related import queries
from services.remembered import Remembered

MANY = 60
"""Facts from which on a work is remembered; few have so many."""
_MOST_FACTS = 100_000
"""Facts that are remembered of one graph: some 20 MB."""
_MOST_SUBJECTS = 100_000
"""Subjects of agents, likewise."""
_FACTS: Remembered[str, Facts] = Remembered(_MOST_FACTS, lambda found: len(found.facts))
_SUBJECTS: Remembered[str, frozenset[str]] = Remembered(_MOST_SUBJECTS, lambda found: len(found) + 1)


def facts_of(graph: KnowledgeGraph, works: Collection[str]) -> Facts:
    """The facts about some canonical works (terms)."""
    known = _FACTS.recall(graph, works)
    read = Facts()
    for page in facts(graph, [work for work in works if work not in known.found]):
        read.add(page)
    _FACTS.keep(graph, known.sequence, dict(_many(read)))
    for found in known.found.values():
        read.add(found)
    return read


def subjects_of(graph: KnowledgeGraph, agent: str) -> frozenset[str]:
    """The subjects (terms) of the works of a canonical agent (a term), in a bounded sample."""
    known = _SUBJECTS.recall(graph, [agent])
    if agent in known.found:
        return known.found[agent]
    rows = queries.rows(graph, "subjects_of_agent", {"agent": agent})
    found = frozenset(subject for (subject,) in rows if subject)
    _SUBJECTS.keep(graph, known.sequence, {agent: found})
    return found


def _many(read: Facts) -> Iterator[tuple[str, Facts]]:
    """The works of very many facts, each with its own."""
    by_work: dict[str, set[Fact]] = {}
    for fact in read.facts:
        by_work.setdefault(fact[1], set()).add(fact)
    for work, found in by_work.items():
        if len(found) >= MANY:
            yield work, Facts(found, dict(_above(found, read.within)))


def _above(found: set[Fact], within: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the things of some facts lie in, and these again."""
    for _, _, thing in found:
        while broader := within.get(thing):
            yield thing, broader
            thing = broader  # noqa: PLW2901  upwards
