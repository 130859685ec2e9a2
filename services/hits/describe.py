"""Describes entities as hits, in a few queries for the whole list."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.hits import catalogue, headings, kinds
from services.hits.hit import Hit
from services.hits.labels import ClusterNames, other_script
from services.remembered import Remembered

_MOST = 20_000
"""Hits that are remembered of one graph: some 40 MB."""
_HITS: Remembered[tuple[str, str, bool], Hit] = Remembered(_MOST)
"""By IRI, language and whether it is brief: what many look for is described once."""


def describe(graph: KnowledgeGraph, entities: Sequence[str], lang: str, *, brief: bool = False) -> dict[str, Hit]:
    """A hit for each of ``entities`` that the graph describes, in their order.

    Args:
        graph: The graph.
        entities: Bare IRIs of canonical entities of any kind, at most 200.
        lang: Language of the reader.
        brief: Only what tells entities apart (names, kinds, creators, dates, schemes), in half the time.
    """
    wanted = [(entity, lang, brief) for entity in dict.fromkeys(entities)]
    known = _HITS.recall(graph, wanted)
    missing = [entity for entity, *how in wanted if (entity, *how) not in known.found]
    read = {(hit.iri, lang, brief): hit for hit in _read(graph, missing, lang, brief=brief)}
    _HITS.keep(graph, known.sequence, read)
    found = known.found | read
    return {key[0]: replace(found[key]) for key in wanted if key in found}


def _read(graph: KnowledgeGraph, entities: Sequence[str], lang: str, *, brief: bool) -> Collection[Hit]:
    if not entities:
        return ()
    names = ClusterNames(graph, lang)
    wanted = [terms.iri(entity) for entity in entities]
    names.names.load(wanted)
    names.load_clusters(term for term in wanted if not _is_record(term, names))
    hits = {term: hit for term in wanted if (hit := _hit(term, names))}
    records = {term: hit for term, hit in hits.items() if _is_record(term, names)}
    catalogue.complete(graph, records, names, brief=brief)
    headings.complete(graph, {term: hit for term, hit in hits.items() if term not in records}, names, brief=brief)
    return hits.values()


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
