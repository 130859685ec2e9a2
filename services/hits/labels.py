"""What an entity is called, by itself or by another member of its cluster."""

import re
from collections.abc import Iterable

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names, preference
from services.hits import queries
from services.search import pinyin

_VARIANT = 3
"""Rank of a variant, after those of ``cluster_labels.rq``."""
_CJK_READERS = frozenset({"zh", "ja", "ko"})
_NAME = re.compile("[,，(（]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


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
        self._load_variants([entity for entity in wanted if self._is_foreign(entity)])

    def _is_foreign(self, entity: str) -> bool:
        """Whether the best label is in a script that is not the reader's."""
        best = next(iter(self.labels(entity)), None)
        return best is not None and is_cjk(best) != (self.names.lang in _CJK_READERS)

    def _load_variants(self, entities: list[str]) -> None:
        found: dict[str, list[str]] = {}
        for entity, label in queries.rows(self._graph, "variants", {"entities": entities}) if entities else ():
            if entity and label and self._is_readable(label):
                found.setdefault(entity, []).append(label)
        for entity, labels in found.items():
            heading = self.labels(entity)[0]
            self._labels[entity].setdefault(min(labels, key=lambda label: _likeness(label, heading)), _VARIANT)

    def _is_readable(self, label: str) -> bool:
        primary = (terms.language(label) or "").partition("-")[0]
        return primary in {"", "und", self.names.lang} and is_cjk(label) == (self.names.lang in _CJK_READERS)

    def labels(self, entity: str) -> list[str]:
        """All labels, the best for the reader first."""
        ranked = self._labels.get(entity)
        if ranked is None:
            return self.names.name(entity).labels

        def order(label: str) -> tuple[int, int, str]:
            language, text = preference(label, self.names.lang)
            return language, ranked[label], text

        return sorted(ranked, key=order)

    def label(self, entity: str) -> str:
        """The best label as a literal; made of the IRI where nothing is said."""
        if entity not in self._best:
            self._best[entity] = next(iter(self.labels(entity)), None) or self.names.label(entity)
        return self._best[entity]


def _likeness(variant: str, heading: str) -> tuple[bool, str]:
    """Sorts variants of a heading, first what sounds like it: 曹雪芹 is Cao, Xueqin before he is Cao, Zhan."""
    sound = "".join(pinyin.syllables(_NAME.split(terms.value(heading))[0]))
    return not (sound and _letters(variant).startswith(sound)), variant


def _letters(label: str) -> str:
    return "".join(character for character in terms.value(label).lower() if "a" <= character <= "z")


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


def is_cjk(label: str) -> bool:
    """Whether a label is written in Chinese, Japanese or Korean characters."""
    return _CJK.search(label) is not None
