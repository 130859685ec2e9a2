"""Hits of agents, subjects, places, hubs and terms: what authority records and headings say."""

import re
from collections import defaultdict
from urllib.parse import unquote

from common import terms
from common.namespaces import BG
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names
from services.hits import kinds, queries
from services.hits.hit import Hit
from services.hits.labels import ClusterNames

_BEGINNING = tuple(f"<{BG}{name}>" for name in ("birthDate", "establishedDate", "beginningDate"))
_ENDING = tuple(f"<{BG}{name}>" for name in ("deathDate", "terminatedDate", "endingDate"))
_DATES = re.compile(r"[,(，（]\s*([^,(，（]{0,20}\d{3,4}[^,(，（]{0,20})\)?）?\Z")


def complete(graph: KnowledgeGraph, hits: dict[str, Hit], names: ClusterNames, *, brief: bool = False) -> None:
    """Fills hits of headings, by term, with kind, dates, scheme and sources; ``brief``: without sources."""
    agents = [entity for entity, hit in hits.items() if hit.type in kinds.AGENTS]
    lives = _lives(graph, agents) if agents else {}
    for entity, hit in hits.items():
        known = names.names.name(entity)
        hit.format = kinds.heading_label(hit.type, names.names.lang) or _class_label(hit.type, entity, names.names)
        hit.scheme = next(iter(known.schemes), "")
        hit.date = lives.get(entity, "") or (dates_in(hit.label) if hit.type in kinds.LIVING else "")
    if not brief:
        _trace(graph, hits)


def _class_label(kind: str, entity: str, names: Names) -> str:
    """What the ontology calls a class of an entity."""
    term = next((term for term in names.name(entity).types if kinds.telling([term]) == kind), None)
    label = terms.value(names.term_label(term)) if term else ""
    return label[:1].upper() + label[1:]


def _lives(graph: KnowledgeGraph, agents: list[str]) -> dict[str, str]:
    """``1717-1763`` of each agent whose authority record has dates."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for agent, predicate, value in queries.rows(graph, "lives", {"entities": agents}):
        if agent and predicate and value:
            found[agent].setdefault(predicate, terms.value(value))
    return {agent: _span(dates) for agent, dates in found.items()}


def _span(dates: dict[str, str]) -> str:
    first, last = (next((dates[p] for p in predicates if p in dates), "") for predicates in (_BEGINNING, _ENDING))
    return f"{first}-{last}"


def dates_in(heading: str) -> str:
    """The dates at the end of a person's heading.

    >>> dates_in("Cao, Xueqin, approximately 1717-1763"), dates_in("Feidler, F. F.")
    ('approximately 1717-1763', '')
    """
    match = _DATES.search(heading)
    return match.group(1).strip(" )）") if match else ""


def _trace(graph: KnowledgeGraph, hits: dict[str, Hit]) -> None:
    """Notes the records that say what the entities are; where none does, scheme and number of the heading as cited."""
    cited, only_cited = f"{graph.graphs.base}graph/cited/", {}
    for thing, name, source, number in queries.rows(graph, "graphs", {"things": list(hits)}) if hits else ():
        if thing and source and number:
            hits[thing].sources.append({"source": terms.value(source), "id": terms.value(number)})
        elif thing and name and name[1:].startswith(cited):
            only_cited[thing] = _cited(name[1:-1].removeprefix(cited))
    for thing, source_ in only_cited.items():
        hits[thing].sources = hits[thing].sources or [source_]


def _cited(path: str) -> dict[str, str]:
    """Scheme and identifier at the end of the name of a graph of cited headings."""
    scheme, _, identifier = path.partition("/")
    return {"source": unquote(scheme), "id": unquote(identifier)}
