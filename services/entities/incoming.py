"""What links to an entity, by predicate and page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.naming import Names

PAGE = 25
"""Links on a page; ``incoming.rq`` asks for one more."""


MOST_PAGED = 2_000
"""Above this number links are not paged: the engine would sort all of them for every page."""


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

    @property
    def is_sample(self) -> bool:
        """Whether there are too many to be paged."""
        return self.count > MOST_PAGED


def incoming_counts(graph: KnowledgeGraph, members: Sequence[str]) -> dict[str, int]:
    """How many nodes link to the cluster, by predicate."""
    rows = queries.rows(graph, "incoming_counts", {"members": list(members)})
    return {predicate: int(terms.value(count)) for predicate, count in rows if predicate and count}


def incoming_page(
    graph: KnowledgeGraph, members: Sequence[str], predicate: str, names: Names, *, after: str = "", count: int = 0
) -> Incoming:
    """One page of links by ``predicate``, those after the IRI ``after``."""
    query, parameters = "incoming_some", {"members": list(members), "predicate": predicate}
    if count <= MOST_PAGED:
        query, parameters = "incoming", {**parameters, "after": terms.literal(after)}
    rows = queries.rows(graph, query, parameters)
    nodes = [node for (node,) in rows if node]
    following = nodes[PAGE - 1][1:-1] if len(nodes) > PAGE else None
    roles = _roles(graph, nodes[:PAGE])
    links = links_to(graph, list(roles), names, roles, without=members)
    return Incoming(predicate, count, links, following, queries.bound(query, parameters))


def _roles(graph: KnowledgeGraph, nodes: list[str]) -> dict[str, list[str]]:
    """The entities that nodes are or are part of, each with the roles of those that are contributions."""
    owners = {node: _owner(node, graph.graphs.base) for node in nodes}
    roles: dict[str, list[str]] = {owner: [] for owner in owners.values()}
    parts = [node for node, owner in owners.items() if node != owner]
    for node, role in queries.rows(graph, "roles", {"contributions": parts}) if parts else ():
        if node and role:
            roles[owners[node]].append(role)
    return roles


def _owner(node: str, base: str) -> str:
    """The entity that a dependent node's IRI is a fragment of; any other thing is its own owner."""
    return f"{node.partition('#')[0]}>" if node.startswith(f"<{base}id/") and "#" in node else node


def links_to(
    graph: KnowledgeGraph,
    entities: list[str],
    names: Names,
    roles: Mapping[str, Sequence[str]] | None = None,
    without: Collection[str] = (),
) -> list[Link]:
    """Entities as a list shows them, each cluster once; creators ``without`` need not be named again."""
    if not entities:
        return []
    roles = roles or {}
    names.load([*entities, *(role for found in roles.values() for role in found)])
    hints = describe(graph, entities, names, without)
    links: dict[str, Link] = {}
    for entity in entities:
        name = names.name(entity)
        kinds = tuple(terms.value(names.term_label(kind)) for kind in name.types)
        of_entity = tuple(dict.fromkeys(terms.value(names.label(role)) for role in roles.get(entity, ())))
        link = Link(entity, names.label(entity), names.other_script(entity), kinds, hints.get(entity, ""), of_entity)
        links.setdefault(name.canonical or entity, link)
    return list(links.values())


def describe(graph: KnowledgeGraph, entities: list[str], names: Names, without: Collection[str] = ()) -> dict[str, str]:
    """Creators and years of works and instances, in one line each."""
    found = queries.rows(graph, "hints", {"things": entities})
    names.load(creator for _, creator, _ in found if creator)
    creators: dict[str, dict[str, None]] = {}
    years: dict[str, set[str]] = {}
    for thing, creator, year in found:
        if thing and creator and creator not in without:
            creators.setdefault(thing, {})[terms.value(names.label(creator))] = None
        if thing and year:
            years.setdefault(thing, set()).add(terms.value(year))
    return {
        entity: ", ".join([*list(creators.get(entity, {}))[:2], *sorted(years.get(entity, set()))[:1]])
        for entity in entities
    }
