"""Reads what documents are made of, many entities a query."""

from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile

from common import terms
from common.namespaces import BG
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import query_file, select
from ingest.batching import batched

Properties = dict[str, list[str]]
"""Predicate -> objects, as terms."""
_THINGS = 1_000
"""Things asked about in one query."""
_REMEMBERED = 100_000
"""Canonical entities whose names are kept: a heading that thousands of records have is read once."""


class Reading:
    """Reads from one graph, and remembers the names of what it has met.

    Args:
        graph: The graph; for the length of one run, in which names are taken to stay as they are.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._canonical: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}

    @property
    def base(self) -> str:
        """Base IRI of the installation."""
        return self._graph.graphs.base

    def properties(self, things: Iterable[str]) -> dict[str, Properties]:
        """What is said of ``things``; those of which nothing is said are left out."""
        found: dict[str, Properties] = {}
        for thing, predicate, value in self.rows("triples", "things", things):
            if thing and predicate and value:
                found.setdefault(thing, {}).setdefault(predicate, []).append(value)
        return found

    def with_nodes(self, things: Iterable[str]) -> dict[str, Properties]:
        """As ``properties``, of dependent nodes too: a node is a fragment of an entity's IRI or a record's graph."""
        found = self.properties(things)
        ours = (f"<{self.base}id/", f"<{self.base}graph/record/")
        nodes = {
            value
            for properties in found.values()
            for values in properties.values()
            for value in values
            if value.startswith(ours) and ("#" in value or value.startswith(ours[1]))
        }
        return found | self.properties(sorted(nodes - found.keys()))

    def names(self, entities: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
        """Entity -> the canonical one and all names of the cluster, of those that have a cluster."""
        canonical = self.canonical(entities)
        named = self.cluster_names(canonical.values())
        return {entity: (of, named[of]) for entity, of in canonical.items()}

    def canonical(self, entities: Iterable[str]) -> dict[str, str]:
        """Entity -> the one that stands for it, of those that have a cluster."""
        wanted = list(dict.fromkeys(entities))
        if len(self._canonical) > _REMEMBERED:
            self._canonical.clear()
        unknown = [entity for entity in wanted if entity not in self._canonical]
        self._canonical.update(dict.fromkeys(unknown, ""))
        for entity, canonical in self.rows("canonical", "entities", unknown):
            if entity and canonical:
                self._canonical[entity] = canonical
        return {entity: canonical for entity in wanted if (canonical := self._canonical[entity])}

    def cluster_names(self, canonical: Iterable[str]) -> dict[str, list[str]]:
        """Canonical entity -> all names of its cluster, in order."""
        wanted = list(dict.fromkeys(canonical))
        if len(self._names) > _REMEMBERED:
            self._names.clear()
        unknown = [entity for entity in wanted if entity not in self._names]
        found: dict[str, list[str]] = {entity: [] for entity in unknown}
        for entity, name in self.rows("cluster_names", "entities", unknown):
            if entity and name:
                found[entity].append(terms.value(name))
        self._names.update((entity, sorted(set(names))) for entity, names in found.items())
        return {entity: self._names[entity] for entity in wanted}

    def works_behind(self, entities: Iterable[str]) -> dict[str, int]:
        """Number of works behind agents, subjects, places and hubs."""
        rows = self.rows("works_behind", "entities", entities)
        return {entity: int(terms.value(count)) for entity, count in rows if entity and count}

    def rows(
        self, name: str, parameter: str, things: Iterable[str], others: Mapping[str, Value] | None = None
    ) -> Iterator[tuple[str | None, ...]]:
        """Rows of a query of this package over ``things``, a thousand at a time."""
        text = query_file(__package__ or "", name)
        for batch in batched(things, _THINGS):
            yield from select(self._graph, text, {parameter: batch, **(others or {})})

    def canonical_entities(self) -> Iterator[str]:
        """Every entity (term) that stands for itself or others: read as a stream, for there may be millions."""
        link = f" <{BG}canonical> "
        with TemporaryFile() as file:
            self._graph.dump(file, self._graph.graphs.resolution)
            file.seek(0)
            for line in file:
                subject, _, rest = line.decode().partition(link)
                if rest.startswith(f"{subject} "):
                    yield subject
