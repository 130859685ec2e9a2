"""What is related to an entity, each with the reason and the query."""

from dataclasses import dataclass, replace

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.hits.describe import describe
from services.hits.hit import Hit, Reason
from services.related.choosing import choose
from services.related.reasons import Edges, Explainer
from services.related.walking import Reached, Walk, start

DEEPEST = 3
"""Most steps from the entity."""
MOST = 50
"""Most hits."""


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
    begin = start(graph, terms.iri(entity))
    if begin is None:
        return None
    limit = max(0, min(limit, MOST))
    walk = Walk(graph, begin, max(1, min(depth, DEEPEST)))
    reached = walk.reached()
    edges = Edges(graph, begin.entity)
    chosen = choose(graph, reached, {each.entity: edges.strongest(each.entity) for each in reached}, limit)
    entities = [each.entity for each in chosen]
    reasons = Explainer(graph, begin, edges, [each.entity for each in reached]).explain(entities, lang)
    return Related(_hits(graph, chosen, reasons, lang), walk.sparql(entities))


def _hits(graph: KnowledgeGraph, chosen: list[Reached], reasons: dict[str, list[Reason]], lang: str) -> list[Hit]:
    """The chosen as hits; what has been deleted and is still associated is left out."""
    found = describe(graph, [terms.value(each.entity) for each in chosen], lang)
    return [
        replace(hit, score=float(each.score), why=reasons.get(each.entity, []))
        for each in chosen
        if (hit := found.get(terms.value(each.entity)))
    ]
