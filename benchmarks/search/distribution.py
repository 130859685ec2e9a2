"""How the generated works are distributed, from the installation's graph and from what the works say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.search.generator import Text
from common.terms import value
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select


def distribution(graph: KnowledgeGraph, texts: Sequence[Text]) -> dict[str, Any]:
    """Languages, and how subjects, agents and words of titles are shared."""
    largest = largest_subjects(graph)
    languages = Counter(text.lang for text in texts)
    return {
        "works": len(texts),
        "languages": {lang: round(count / len(texts), 3) for lang, count in languages.most_common(5)},
        "largest subjects, share of works": {label: round(count / len(texts), 3) for label, count in largest},
        "subject headings": _spread(subject for text in texts for subject in text.subjects),
        "names": _spread(name for text in texts for name in text.names),
        "words of titles": _spread(word for text in texts for word in text.title.lower().split()),
    }


def largest_subjects(graph: KnowledgeGraph) -> list[tuple[str, int]]:
    """Labels of the subjects with the most works, and how many each has."""
    rows = select(graph, query_file("benchmarks.search", "largest_subjects"), {})
    return [(value(label or '""'), int(value(works or '"0"'))) for _, works, label in rows]


def _spread(values: Iterable[str]) -> dict[str, float]:
    """Uses, kinds, share of kinds that come once, and share of uses of the commonest hundred."""
    uses = Counter(values)
    total = uses.total()
    return {
        "uses": total,
        "kinds": len(uses),
        "kinds that come once": round(sum(count == 1 for count in uses.values()) / len(uses), 3),
        "uses of the commonest 100": round(sum(count for _, count in uses.most_common(100)) / total, 3),
    }
