"""Describes entities as hits, in a few queries for the whole list."""

from collections.abc import Sequence

from graph.knowledge_graph import KnowledgeGraph
from services.hits.hit import Hit


def describe(graph: KnowledgeGraph, entities: Sequence[str], lang: str) -> dict[str, Hit]:
    """A hit for each of ``entities`` that the graph describes, in their order.

    Args:
        graph: The graph.
        entities: Bare IRIs of canonical entities of any kind, at most 200.
        lang: Language of the reader.
    """
    raise NotImplementedError
