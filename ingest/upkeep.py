"""What must go with a record's statements: canonical links of its entities, headings that nothing cites any more.

A retraction removes exactly what the record alone supported (decisions about data, 2 and 3).
"""

from collections.abc import Iterable, Sequence

from common.namespaces import BG
from common.terms import literal
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select
from ingest.batching import batched

CANONICAL = f"<{BG}canonical>"
_QUERY_ENTITIES = 500
"""Entities asked about in one query: long VALUES lists make slow plans on some engines."""


def entities_of(statements: Iterable[str], base: str) -> set[str]:
    """Terms of the entities that ``statements`` describe: subjects under ``id/``, dependent nodes (``#``) aside."""
    prefix = f"<{base}id/"
    subjects = {line.partition(" ")[0] for line in statements}
    return {subject for subject in subjects if subject.startswith(prefix) and "#" not in subject}


def authorities_in(statements: Iterable[str], base: str) -> set[str]:
    """Terms of the authorities that ``statements`` cite."""
    prefix = f"<{base}id/authority/"
    objects = {line.rsplit(" ", 1)[-1] for line in statements if prefix in line}
    return {term for term in objects if term.startswith(prefix)}


def is_authority(entity: str, base: str) -> bool:
    """Whether the entity is named by an authority's identifier."""
    return entity.startswith(f"<{base}id/authority/")


def cited_graph(authority: str, base: str) -> str:
    """IRI of the graph that keeps a cited authority's heading."""
    return f"{base}graph/cited/{authority[len(base) + len('<id/authority/') : -1]}"


def self_link(entity: str) -> str:
    """The canonical link of an entity that stands alone."""
    return f"{entity} {CANONICAL} {entity}"


class Upkeep:
    """Answers what else a changeset has to write.

    Args:
        graph: The knowledge graph.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._base = graph.graphs.base

    def without_canonical(self, entities: Iterable[str]) -> set[str]:
        """Those of ``entities`` that have no canonical link yet."""
        wanted = set(entities)
        return wanted - self._ask("canonical", wanted)

    def graphs_there(self, graphs: Iterable[str]) -> set[str]:
        """Those of ``graphs`` (bare IRIs) that hold anything."""
        found: set[str] = set()
        for batch in batched(sorted(f"<{graph}>" for graph in graphs), _QUERY_ENTITIES):
            rows = select(self._graph, query_file("ingest", "queries/graphs_there"), {"graphs": batch})
            found.update(row[0][1:-1] for row in rows if row[0])
        return found

    def cited(self, authorities: Iterable[str], replaced: Sequence[str] = ()) -> set[str]:
        """Those of ``authorities`` that some graph cites, other than the graphs ``replaced``."""
        return self._ask("cited", authorities, **self._not_counting(replaced))

    def described(self, entities: Iterable[str], replaced: Sequence[str] = ()) -> set[str]:
        """Those of ``entities`` that a record, an authority record or a curator describes, outside ``replaced``."""
        prefix = literal(f"{self._base}graph/cited/")
        return self._ask("described", entities, cited=prefix, **self._not_counting(replaced))

    def _not_counting(self, replaced: Sequence[str]) -> dict[str, str | list[str]]:
        resolution = f"<{self._graph.graphs.resolution}>"
        # An association is no citation: what it rests on goes first, and it follows.
        without = [*replaced, self._graph.graphs.associations]
        return {"resolution": resolution, "replaced": [f"<{graph}>" for graph in without]}

    def links(self, entities: Iterable[str]) -> list[str]:
        """Statements of the resolution graph about ``entities``."""
        found: set[str] = set()
        for batch in batched(sorted(entities), _QUERY_ENTITIES):
            parameters = {"entities": batch, "resolution": f"<{self._graph.graphs.resolution}>"}
            rows = select(self._graph, query_file("ingest", "queries/canonical_links"), parameters)
            found.update(" ".join(term or "" for term in row) for row in rows)
        return sorted(found)

    def _ask(self, name: str, entities: Iterable[str], **parameters: str | list[str]) -> set[str]:
        found: set[str] = set()
        for batch in batched(sorted(entities), _QUERY_ENTITIES):
            rows = select(self._graph, query_file("ingest", f"queries/{name}"), {"entities": batch, **parameters})
            found.update(row[0] for row in rows if row[0])
        return found
