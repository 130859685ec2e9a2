"""What is related to an entity, each with the reason and the query."""

from dataclasses import dataclass

from graph.knowledge_graph import KnowledgeGraph
from services.hits.hit import Hit

DEEPEST = 3
"""Most steps from the entity."""


@dataclass(frozen=True, slots=True)
class Related:
    """Related entities, the closest first, and the query that found them."""

    hits: list[Hit]
    sparql: str


def related(graph: KnowledgeGraph, entity: str, lang: str = "en", *, limit: int = 10, depth: int = 2) -> Related | None:
    """What is related to an entity of any kind.

    Args:
        graph: The graph.
        entity: Bare IRI; of any member of its cluster.
        lang: Language of the reader.
        limit: Hits, at most 50.
        depth: Most steps from the entity, 1 to 3.

    Returns:
        None where the graph says nothing about the entity.
    """
    raise NotImplementedError
