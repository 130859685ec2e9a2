"""What an entity is called, by itself or by another member of its cluster."""

from collections.abc import Iterable

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names, preference
from services.entities.variants import is_cjk, readable_variants
from services.hits import queries

_VARIANT, _FIRST = 3, -1
"""Rank of a variant after those of ``cluster_labels.rq``; where one is taken, it goes before any heading."""


class ClusterNames:
    """Labels of canonical entities: their own before those that only other members of their clusters have.

    A Chinese reader sees a name in characters also where the record of the canonical entity only has it romanised.
    Where no heading is in the reader's script, a variant of the authority record is taken: 歌德 for Goethe.
    """

    def __init__(self, graph: KnowledgeGraph, lang: str) -> None:
        self._graph = graph
        self._labels: dict[str, dict[str, int]] = {}
        self._best: dict[str, str] = {}
        self.names = Names(graph, lang)

    def load_clusters(self, entities: Iterable[str]) -> None:
        """Asks for the names of canonical entities (terms) and of their clusters."""
        wanted = [entity for entity in dict.fromkeys(entities) if entity not in self._labels]
        if not wanted:
            return
        self._labels.update((entity, {}) for entity in wanted)
        for entity, rank, label in queries.rows(self._graph, "cluster_labels", {"entities": wanted}):
            if entity and rank and label:
                self._labels[entity].setdefault(label, int(terms.value(rank)))
        headings = {entity: labels[0] for entity in wanted if (labels := self.labels(entity))}
        for entity, variant in readable_variants(self._graph, headings, self.names.lang).items():
            self._labels[entity][variant] = _VARIANT

    def labels(self, entity: str) -> list[str]:
        """All labels, the best for the reader first."""
        ranked = self._labels.get(entity)
        if ranked is None:
            return self.names.name(entity).labels

        def order(label: str) -> tuple[int, int, str]:
            language, text = preference(label, self.names.lang)
            return language if ranked[label] != _VARIANT else _FIRST, ranked[label], text

        return sorted(ranked, key=order)

    def label(self, entity: str) -> str:
        """The best label as a literal; made of the IRI where nothing is said."""
        if entity not in self._best:
            self._best[entity] = next(iter(self.labels(entity)), None) or self.names.label(entity)
        return self._best[entity]


def other_script(labels: list[str]) -> str:
    """The first label that writes the same name in another script than the best one, "" if none does.

    A label in another language is a translation, and no such thing: its tag names a language without a script.
    """
    if not labels:
        return ""
    best, *others = labels
    for label in others:
        tag = terms.language(label)
        if (tag is None or "-" in tag) and is_cjk(label) != is_cjk(best):
            return terms.value(label)
    return ""
