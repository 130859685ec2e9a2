"""Looks at touched entities, finds who shares their headings, and writes the links that differ from those there are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice

from common.namespaces import BG, OWL, RDF, XSD
from common.progress import Meter
from common.terms import literal
from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows, query_file, select
from reasoning.resolution.headings import Heading, headings
from reasoning.resolution.judgement import Link, linking, links

CANONICAL = f"<{BG}canonical>"
DIFFERENT = f"<{OWL}differentFrom>"
DECIDER = "system:resolver"
NAMED = ("agent", "subject", "place", "event", "hub", "authority")
"""Kinds of entity, by the path of their IRIs, that headings name."""
_REMEMBERED = 200_000
"""Entities that are known to be settled; what is forgotten is settled once more."""
_TERMS = 1_000
"""Entities or labels asked about in one query: a common heading may have a hundred thousand bearers."""


class Resolver:
    """Keeps the resolution graph.

    Args:
        graph: The knowledge graph.
        fresh: Says which of some entities came or changed since the last resolution; default: none did.
    """

    def __init__(self, graph: KnowledgeGraph, fresh: Callable[[Iterable[str]], Collection[str]] = lambda _: ()) -> None:
        self._graph = graph
        self._fresh = fresh
        self._settled: dict[str, None] = {}
        # Works, instances and items bear titles; what headings name are these.
        self._named = tuple(f"<{graph.graphs.base}id/{kind}/" for kind in NAMED)

    def resolve(self, entities: Iterable[str], meter: Meter) -> int:
        """Looks at one page of ``entities``; returns how many canonical links it changed.

        Entities that an earlier page has settled along with its own are not looked at again by the same resolver.
        """
        page = sorted(e for e in set(entities) - self._settled.keys() if e.startswith(self._named))
        changed = 0
        if page:
            whole = set(page).union(self._clusters(page))
            found = self._complete(whole)
            changed = self._settle(found, whole)
            self._remember(found)
        meter.advance(len(page))
        return changed

    def _clusters(self, entities: list[str]) -> set[str]:
        """Who stands in a cluster with them now: one that changed its heading must leave the others."""
        resolution = f"<{self._graph.graphs.resolution}>"
        rows = _rows(self._graph, "cluster", {"entities": entities, "resolution": resolution})
        return {member for (member,) in rows if member}

    def _complete(self, entities: Iterable[str]) -> list[Heading]:
        """Headings that ``entities`` share with others, and all that those link to them, step by step.

        An entity may have several headings, as in two scripts: each can lead on. Most headings are shared with nobody:
        types and schemes are asked of the others only.
        """
        found: dict[Heading, None] = {}
        asked: set[str] = set()
        labels = {label for _, label in self._ask("labels", "entities", sorted(entities)) if label}
        while labels:
            asked |= labels
            found.update(dict.fromkeys(self._headings(self._sharing(labels))))
            linked = {heading.entity for group in linking(found).values() for heading in group}
            labels = {heading.key.label for heading in found if heading.entity in linked} - asked
        return list(found)

    def _sharing(self, labels: Iterable[str]) -> list[str]:
        """Entities whose label another one bears too."""
        bearers: dict[str, set[str]] = {}
        for entity, label in self._ask("bearers", "labels", sorted(labels)):
            if entity and label and entity.startswith(self._named):
                bearers.setdefault(label, set()).add(entity)
        return sorted({entity for group in bearers.values() if len(group) > 1 for entity in group})

    def _remember(self, settled: list[Heading]) -> None:
        linked = (heading.entity for group in linking(settled).values() for heading in group)
        self._settled.update((entity, None) for entity in linked)
        for entity in list(islice(self._settled, max(len(self._settled) - _REMEMBERED, 0))):
            del self._settled[entity]

    def forbid(self, member: str, canonical: str, author: str) -> None:
        """Undoes a link and keeps it from being made again: a curator says that the two differ."""
        now, details, _ = self._links([member])
        remove = [f"{member} {CANONICAL} {c}" for c in now.values()] + details.get(member, [])
        resolution, curation = self._graph.graphs.resolution, self._graph.graphs.curation
        add = [(f"{member} {CANONICAL} {member}", resolution), (f"{member} {DIFFERENT} {canonical}", curation)]
        self._graph.commit(
            Changeset(author, "two entities kept apart", add=add, remove=[(line, resolution) for line in remove])
        )

    def _headings(self, entities: list[str]) -> list[Heading]:
        return headings(self._ask("headings", "entities", entities), self._graph.graphs.base)

    def _ask(self, name: str, parameter: str, values: list[str]) -> Iterator[tuple[str | None, ...]]:
        for start in range(0, len(values), _TERMS):
            yield from _rows(self._graph, name, {parameter: values[start : start + _TERMS]})

    def _settle(self, found: list[Heading], whole: set[str]) -> int:
        """Writes what differs between the links that should be and those that are."""
        linked = {heading.entity for group in linking(found).values() for heading in group}
        entities = sorted(whole | linked)
        current, details, apart = self._links(entities)
        wanted = {link.member: link for link in links(found, current, apart, self._fresh(linked))}
        add: list[str] = []
        remove: list[str] = []
        for entity, canonical in current.items():
            link = wanted.get(entity)
            target = link.canonical if link else entity
            if target != canonical:
                remove += [f"{entity} {CANONICAL} {canonical}", *details.get(entity, [])]
                add += [f"{entity} {CANONICAL} {target}", *(self._resolution(link) if link else [])]
        if add or remove:
            graph = self._graph.graphs.resolution
            self._graph.commit(
                Changeset(
                    DECIDER,
                    "resolution of shared headings",
                    add=[(line, graph) for line in add],
                    remove=[(line, graph) for line in remove],
                )
            )
        return sum(CANONICAL in line for line in add)

    def _resolution(self, link: Link) -> list[str]:
        """The statements that say why."""
        name = blake2b(link.member.encode(), digest_size=10).hexdigest()
        node = f"<{self._graph.graphs.base}resolution/{name}>"
        return [
            f"{node} <{RDF}type> <{BG}Resolution>",
            f"{node} <{BG}member> {link.member}",
            f"{node} <{BG}resolvedTo> {link.canonical}",
            f'{node} <{BG}score> "{link.score.normalize()}"^^<{XSD}decimal>',
            f"{node} <{BG}evidence> {literal(link.evidence)}",
            f"{node} <{BG}decider> {literal(DECIDER)}",
        ]

    def _links(self, entities: list[str]) -> tuple[dict[str, str], dict[str, list[str]], set[tuple[str, str]]]:
        """Canonical entity of each, statements about why, and pairs kept apart."""
        canonical: dict[str, str] = {}
        about: dict[str, list[str]] = {}
        members: dict[str, str] = {}
        apart: set[tuple[str, str]] = set()
        for subject, predicate, obj in self._link_rows(entities):
            if subject is None or predicate is None or obj is None:
                continue
            if predicate == CANONICAL:
                canonical[subject] = obj
            elif predicate == DIFFERENT:
                apart.add((subject, obj))
            else:
                about.setdefault(subject, []).append(f"{subject} {predicate} {obj}")
                if predicate == f"<{BG}member>":
                    members[subject] = obj
        return canonical, {members[node]: lines for node, lines in about.items() if node in members}, apart

    def _link_rows(self, entities: list[str]) -> Iterator[tuple[str | None, ...]]:
        graphs = self._graph.graphs
        fixed = {"resolution": f"<{graphs.resolution}>", "curation": f"<{graphs.curation}>"}
        for start in range(0, len(entities), _TERMS):
            yield from _rows(self._graph, "links", {"entities": entities[start : start + _TERMS], **fixed})


def _rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    return select(graph, query_file("reasoning.resolution", name), parameters)
