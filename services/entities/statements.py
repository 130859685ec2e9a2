"""The statements about an entity and its dependent nodes, each with the graphs that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from common.namespaces import BG
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries

_DEEPEST_NODES = 3
_CANONICAL = f"<{BG}canonical>"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the merge and the named graphs that say so."""

    subject: str
    predicate: str
    object: str
    graphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The statement in N-Triples text."""
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(slots=True)
class Cluster:
    """An entity with all that the resolver holds for the same.

    Attributes:
        canonical: Term of the entity that stands for all.
        members: Terms of all, the canonical one first.
    """

    canonical: str
    members: list[str]


@dataclass(slots=True)
class About:
    """Statements by subject: those of a cluster and of the nodes that are part of its members."""

    by_subject: dict[str, list[Statement]] = field(default_factory=dict)

    def of(self, subject: str) -> list[Statement]:
        """Statements about one subject."""
        return self.by_subject.get(subject, [])

    def all(self) -> Iterable[Statement]:
        """All statements."""
        return (statement for found in self.by_subject.values() for statement in found)


def cluster_of(graph: KnowledgeGraph, entity: str) -> Cluster:
    """The cluster of an entity; itself alone where the resolver doesn't handle it."""
    found = queries.rows(graph, "cluster", {"entity": entity})
    if not found or found[0][0] is None:
        return Cluster(entity, [entity])
    canonical = found[0][0]
    members = [member for _, member in found if member is not None and member != canonical]
    return Cluster(canonical, [canonical, *members])


def statements_about(graph: KnowledgeGraph, subjects: Sequence[str]) -> About:
    """Statements about ``subjects`` and, step by step, about the dependent nodes they lead to.

    A dependent node is a fragment of an entity's IRI; a work's title may be a fragment of its instance's.
    """
    about = About()
    wanted, ours = list(subjects), f"<{graph.graphs.base}id/"
    for _ in range(_DEEPEST_NODES):
        found = _statements(graph, wanted)
        for statement in found:
            about.by_subject.setdefault(statement.subject, []).append(statement)
        wanted = list(dict.fromkeys(s.object for s in found if s.object.startswith(ours) and "#" in s.object))
        wanted = [node for node in wanted if node not in about.by_subject]
        if not wanted:
            break
    return about


def _statements(graph: KnowledgeGraph, subjects: list[str]) -> list[Statement]:
    parameters = {"subjects": subjects, "suppressions": f"<{graph.graphs.suppressions}>"}
    graphs: dict[tuple[str, str, str], list[str]] = {}
    for subject, predicate, obj, name in queries.rows(graph, "statements", parameters):
        if subject and predicate and obj and name:
            graphs.setdefault((subject, predicate, obj), []).append(name[1:-1])
    return [Statement(*statement, tuple(names)) for statement, names in graphs.items()]


def exists(about: About) -> bool:
    """Whether anything is said beyond the resolver's own links."""
    return any(statement.predicate != _CANONICAL for statement in about.all())
