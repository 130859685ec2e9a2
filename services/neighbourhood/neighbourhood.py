"""The neighbourhood of an entity as nodes and edges: a few of each kind of link, chosen in turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from common import terms
from common.namespaces import BF, SKOS
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import bind
from graph.queries import Rows, query_file, select
from services.entities.naming import Names
from services.entities.statements import cluster_of
from services.hits.kinds import telling

MOST = 24
"""Most neighbours: as many as can be drawn with their names."""

Kind = tuple[str, bool]
"""A kind of link: predicate, and whether it leads from the entity to the neighbour."""

_CONTRIBUTION, _AGENT = f"<{BF}contribution>", f"<{BF}agent>"
#: Kinds of links that a reader follows first, in this order; the others come after them by their IRI.
_FIRST: tuple[Kind, ...] = (
    (_CONTRIBUTION, True),
    (_AGENT, False),
    (f"<{BF}expressionOf>", True),
    (f"<{BF}expressionOf>", False),
    (f"<{BF}instanceOf>", True),
    (f"<{BF}instanceOf>", False),
    (f"<{BF}itemOf>", True),
    (f"<{BF}subject>", True),
    (f"<{BF}subject>", False),
    (f"<{BF}hasSeries>", True),
    (f"<{BF}hasSeries>", False),
    (f"<{SKOS}broader>", True),
    (f"<{SKOS}narrower>", True),
    (f"<{SKOS}related>", True),
)
_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the neighbourhood.

    Attributes:
        entity: Term of the canonical entity.
        label: Literal, in the reader's language where there is one.
        other_script: The label in another script, None where there is none.
        type: Local name of its most telling class; "" where the graph names none.
        year: Of the first publication of a work or an edition, which tells those of the same title apart; else "".
    """

    entity: str
    label: str
    other_script: str | None
    type: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link as the graph has it.

    Attributes:
        source: Term of the entity that says so.
        target: Term of the entity that is named.
        predicate: Term; ``bf:contribution`` stands for the contribution and its agent in one.
        label: What the link is called in the reader's language: the role of a contribution, else the predicate.
    """

    source: str
    target: str
    predicate: str
    label: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """The neighbours by one kind of link.

    Attributes:
        predicate: The predicate; ``bf:contribution`` or, seen from the agent, ``bf:agent`` for contributions.
        outgoing: Whether it leads from the centre to the neighbours.
        nodes: Those of them that are shown.
        count: How many there are of this kind in what was looked at.
    """

    predicate: str
    outgoing: bool
    nodes: list[Node]
    count: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """An entity and what it is linked to.

    Attributes:
        centre: The entity itself.
        spokes: Neighbours by kind of link, each neighbour once.
        edges: All links between the centre and the neighbours that are shown.
        queries: The queries behind it.
    """

    centre: Node
    spokes: list[Spoke]
    edges: list[Edge]
    queries: dict[str, str]

    @property
    def nodes(self) -> list[Node]:
        """The neighbours."""
        return [node for spoke in self.spokes for node in spoke.nodes]


def neighbourhood(graph: KnowledgeGraph, entity: str, names: Names, most: int = MOST) -> Neighbourhood:
    """The neighbourhood of an entity (a term; of any member of its cluster)."""
    cluster = cluster_of(graph, entity)
    bound = {name: bind(_text(name), {"members": cluster.members}) for name in ("outgoing", "incoming")}
    found = _by_kind(
        {direction: select(graph, _text(direction), {"members": cluster.members}) for direction in bound},
        cluster.canonical,
    )
    chosen = _choose(found, most)
    roles = {role for kind, links in found.items() for e in chosen.get(kind, ()) for role in links[e]}
    shown = [cluster.canonical, *chain.from_iterable(chosen.values())]
    names.load([*shown, *sorted(roles)])
    nodes = _nodes(graph, shown, names)
    spokes = [
        Spoke(predicate, outgoing, [nodes[e] for e in chosen[predicate, outgoing]], len(links))
        for (predicate, outgoing), links in found.items()
        if (predicate, outgoing) in chosen
    ]
    edges = [
        _edge(cluster.canonical, e, kind, links[e], names) for kind, links in found.items() for e in links if e in nodes
    ]
    return Neighbourhood(nodes[cluster.canonical], spokes, edges, bound)


def _text(name: str) -> str:
    return query_file("services.neighbourhood", name)


def _by_kind(rows: Mapping[str, Rows], centre: str) -> dict[Kind, dict[str, list[str]]]:
    """Kind of link -> neighbour -> roles, the kinds that a reader follows first at the front."""
    found: dict[Kind, dict[str, list[str]]] = {}
    for direction, links in rows.items():
        for predicate, role, entity in links:
            if predicate and entity and entity != centre:
                roles = found.setdefault((predicate, direction == "outgoing"), {}).setdefault(entity, [])
                roles += [role] if role else []
    return dict(sorted(found.items(), key=lambda item: (_RANK.get(item[0], len(_RANK)), item[0])))


def _choose(found: Mapping[Kind, Mapping[str, Sequence[str]]], most: int) -> dict[Kind, list[str]]:
    """At most ``most`` neighbours, one of each kind in turn; each only by the first kind that has it.

    >>> _choose({("p", True): {"a": [], "b": [], "c": []}, ("q", True): {"a": [], "d": []}}, 3)
    {('p', True): ['a', 'b'], ('q', True): ['d']}
    """
    taken: set[str] = set()
    queues: dict[Kind, list[str]] = {}
    for kind, links in found.items():
        queues[kind] = [entity for entity in links if entity not in taken]
        taken.update(links)
    turns = chain.from_iterable(zip_longest(*([(kind, e) for e in queue] for kind, queue in queues.items())))
    chosen: dict[Kind, list[str]] = {}
    for kind, entity in [turn for turn in turns if turn][:most]:
        chosen.setdefault(kind, []).append(entity)
    return chosen


def _nodes(graph: KnowledgeGraph, entities: Sequence[str], names: Names) -> dict[str, Node]:
    years = {
        thing: terms.value(year)
        for thing, year in select(graph, _text("years"), {"things": entities})
        if thing and year
    }
    return {
        entity: Node(
            entity,
            names.label(entity),
            names.other_script(entity),
            telling(names.name(entity).types),
            years.get(entity, ""),
        )
        for entity in entities
    }


def _edge(centre: str, other: str, kind: Kind, roles: Sequence[str], names: Names) -> Edge:
    predicate, outgoing = kind
    source, target = (centre, other) if outgoing else (other, centre)
    label = ", ".join(terms.value(names.label(role)) for role in roles) or terms.value(names.term_label(predicate))
    return Edge(source, target, _CONTRIBUTION if predicate == _AGENT else predicate, label)
