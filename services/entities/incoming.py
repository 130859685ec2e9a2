"""What links to an entity, by predicate and page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.naming import Names

PAGE = 25
"""Links on a page; ``incoming.rq`` asks for one more."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that links here.

    Attributes:
        entity: Term of the entity; of the whole where one of its dependent nodes has the link.
        label: Literal to show.
        other_script: The same in another script, None where there is none.
        kinds: Labels of its classes.
        hint: What tells it apart: creators and years.
        roles: The roles in which the linked entity contributed.
    """

    entity: str
    label: str
    other_script: str | None
    kinds: tuple[str, ...]
    hint: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """Links by one predicate.

    Attributes:
        predicate: The predicate.
        count: How many there are in all.
        links: This page of them.
        following: What ``after`` is for the next page; None: this is the last.
        query: The query behind this page.
    """

    predicate: str
    count: int
    links: list[Link]
    following: str | None
    query: str


def incoming_counts(graph: KnowledgeGraph, members: Sequence[str]) -> dict[str, int]:
    """How many nodes link to the cluster, by predicate."""
    rows = queries.rows(graph, "incoming_counts", {"members": list(members)})
    return {predicate: int(terms.value(count)) for predicate, count in rows if predicate and count}


def incoming_page(
    graph: KnowledgeGraph, members: Sequence[str], predicate: str, names: Names, *, after: str = "", count: int = 0
) -> Incoming:
    """One page of links by ``predicate``, those after the IRI ``after``."""
    parameters = {"members": list(members), "predicate": predicate, "after": terms.literal(after)}
    rows = queries.rows(graph, "incoming", parameters)
    nodes = list(dict.fromkeys(node for _, node, _ in rows if node))
    shown = nodes[:PAGE]
    following = shown[-1][1:-1] if len(nodes) > PAGE else None
    roles: dict[str, list[str]] = {}
    for owner, node, role in rows:
        if owner and node in shown:
            roles.setdefault(owner, []).extend([role] if role else [])
    links = links_to(graph, list(roles), names, roles)
    return Incoming(predicate, count, links, following, queries.bound("incoming", parameters))


def links_to(
    graph: KnowledgeGraph, entities: list[str], names: Names, roles: Mapping[str, Sequence[str]] | None = None
) -> list[Link]:
    """Entities as a list shows them, each cluster once."""
    if not entities:
        return []
    roles = roles or {}
    names.load([*entities, *(role for found in roles.values() for role in found)])
    hints = describe(graph, entities)
    links: dict[str, Link] = {}
    for entity in entities:
        name = names.name(entity)
        kinds = tuple(terms.value(names.term_label(kind)) for kind in name.types)
        of_entity = tuple(dict.fromkeys(terms.value(names.label(role)) for role in roles.get(entity, ())))
        link = Link(entity, names.label(entity), names.other_script(entity), kinds, hints.get(entity, ""), of_entity)
        links.setdefault(name.canonical or entity, link)
    return list(links.values())


def describe(graph: KnowledgeGraph, entities: list[str]) -> dict[str, str]:
    """Creators and years of works and instances, in one line each."""
    creators: dict[str, dict[str, None]] = {}
    years: dict[str, set[str]] = {}
    for thing, creator, year in queries.rows(graph, "hints", {"things": entities}):
        if thing and creator:
            creators.setdefault(thing, {})[terms.value(creator)] = None
        if thing and year:
            years.setdefault(thing, set()).add(terms.value(year))
    return {
        entity: ", ".join([*list(creators.get(entity, {}))[:2], *sorted(years.get(entity, set()))[:1]])
        for entity in entities
    }
