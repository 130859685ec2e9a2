"""Describes entities as hits, in a few queries for the whole list."""

from collections.abc import Sequence

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.hits import catalogue, headings, kinds
from services.hits.hit import Hit
from services.hits.labels import ClusterNames, other_script


def describe(graph: KnowledgeGraph, entities: Sequence[str], lang: str, *, brief: bool = False) -> dict[str, Hit]:
    """A hit for each of ``entities`` that the graph describes, in their order.

    Args:
        graph: The graph.
        entities: Bare IRIs of canonical entities of any kind, at most 200.
        lang: Language of the reader.
        brief: Only what tells entities apart (names, kinds, creators, dates, schemes), in half the time.
    """
    if not entities:
        return {}
    names = ClusterNames(graph, lang)
    wanted = list(dict.fromkeys(terms.iri(entity) for entity in entities))
    names.names.load(wanted)
    names.load_clusters(term for term in wanted if not _is_record(term, names))
    hits = {term: hit for term in wanted if (hit := _hit(term, names))}
    records = {term: hit for term, hit in hits.items() if _is_record(term, names)}
    catalogue.complete(graph, records, names, brief=brief)
    headings.complete(graph, {term: hit for term, hit in hits.items() if term not in records}, names, brief=brief)
    return {hit.iri: hit for hit in hits.values()}


def _hit(term: str, names: ClusterNames) -> Hit | None:
    """What names alone say of an entity; None where the graph has neither a class nor a name for it."""
    labels, types = names.labels(term), names.names.name(term).types
    if not labels and not types:
        return None
    best = names.label(term)
    return Hit(
        terms.value(term),
        kinds.telling(types),
        terms.value(best),
        lang=(terms.language(best) or "") if labels else "",
        title=terms.value(best),
        other_script=other_script(labels),
    )


def _is_record(term: str, names: ClusterNames) -> bool:
    return not {kinds.WORK, kinds.INSTANCE}.isdisjoint(names.names.name(term).types)
