"""What works of very many facts have, remembered until the graph changes.

A work with hundreds of subjects shares something with so much that it turns up in very many answers, and reading its
facts anew took most of the time of each.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.reading import Fact, Facts, facts

MANY = 60
"""Facts from which on a work is remembered; few have so many."""
_MOST_FACTS = 100_000
"""Facts that are remembered of one graph: some 20 MB."""


@dataclass(slots=True)
class _Remembered:
    """Facts of works as of one changeset, those asked for last at the end."""

    sequence: int = -1
    works: OrderedDict[str, Facts] = field(default_factory=OrderedDict)
    size: int = 0

    def follow(self, sequence: int) -> None:
        """Forgets everything where the graph has changed."""
        if sequence != self.sequence:
            self.sequence, self.size = sequence, 0
            self.works.clear()

    def find(self, work: str) -> Facts | None:
        """What is remembered of a work."""
        if work in self.works:
            self.works.move_to_end(work)
        return self.works.get(work)

    def keep(self, work: str, found: Facts) -> None:
        """Remembers a work, and forgets those that nobody has asked for longest."""
        if work not in self.works:
            self.works[work] = found
            self.size += len(found.facts)
        while self.size > _MOST_FACTS:
            self.size -= len(self.works.popitem(last=False)[1].facts)


_LOCK = Lock()
_OF_GRAPH: WeakKeyDictionary[KnowledgeGraph, _Remembered] = WeakKeyDictionary()


def facts_of(graph: KnowledgeGraph, works: Collection[str]) -> Facts:
    """The facts about some canonical works (terms)."""
    sequence = graph.sequence
    with _LOCK:
        remembered = _OF_GRAPH.setdefault(graph, _Remembered())
        remembered.follow(sequence)
        known = {work: found for work in works if (found := remembered.find(work))}
    read = Facts()
    for page in facts(graph, [work for work in works if work not in known]):
        read.add(page)
    with _LOCK:
        if remembered.sequence == sequence:  # else another thread has seen a newer graph meanwhile
            for work, found in _many(read):
                remembered.keep(work, found)
    for found in known.values():
        read.add(found)
    return read


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
