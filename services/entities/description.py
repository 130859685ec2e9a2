"""An entity as data: its names, its classes, every statement with the graphs that say so, and what those graphs are."""

from dataclasses import dataclass

from common import terms
from common.namespaces import BG, RDF, RDFS, SKOS
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.naming import Names
from services.entities.page import Source, sources
from services.entities.statements import About, Cluster, Statement, cluster_of, exists, statements_about

MOST_MEMBERS = 200
"""Members of a cluster that are described; a heading without identifier can have one for each of many records."""
MOST_STATEMENTS = 2_000
_CANONICAL, _TYPE = f"<{BG}canonical>", f"<{RDF}type>"
_LABELS = frozenset({f"<{RDFS}label>", f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>", f"<{BG}callNumber>"})


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says about an entity.

    Attributes:
        cluster: The entity with all that the resolver holds for the same.
        labels: Language tag ("" for none) -> names, the preferred ones first.
        types: Terms of its classes.
        statements: Those about its members and the nodes that are part of them, at most ``MOST_STATEMENTS``.
        total: Statements in all.
        sources: The graphs behind the statements that are listed.
        sparql: The query that finds the statements at ``/sparql``.
    """

    cluster: Cluster
    labels: dict[str, list[str]]
    types: list[str]
    statements: list[Statement]
    total: int
    sources: list[Source]
    sparql: str


def description(graph: KnowledgeGraph, entity: str, names: Names) -> Description | None:
    """The description of an entity (a term, of any member of its cluster); None where the graph says nothing.

    Names of everything that the statements mention are loaded into ``names``.
    """
    cluster = cluster_of(graph, entity)
    described = cluster.members[:MOST_MEMBERS]
    about = statements_about(graph, described)
    if not exists(about):
        return None
    said = [statement for statement in about.all() if statement.predicate != _CANONICAL]
    listed = said[:MOST_STATEMENTS]
    names.load([*cluster.members[:1], *(s.object for s in listed), *(s.predicate for s in listed)])
    return Description(
        cluster,
        _labels(about, described),
        list(dict.fromkeys(s.object for member in described for s in about.of(member) if s.predicate == _TYPE)),
        listed,
        len(said),
        sources(graph, listed),
        _query(graph, about),
    )


def _labels(about: About, members: list[str]) -> dict[str, list[str]]:
    """Names by language; a heading before its variants."""
    found = [s for member in members for s in about.of(member) if s.predicate in _LABELS]
    found.sort(key=lambda statement: statement.predicate == f"<{SKOS}altLabel>")
    labels: dict[str, list[str]] = {}
    for statement in found:
        of_language = labels.setdefault(terms.language(statement.object) or "", [])
        if (text := terms.value(statement.object)) not in of_language:
            of_language.append(text)
    return labels


def _query(graph: KnowledgeGraph, about: About) -> str:
    parameters = {"subjects": list(about.by_subject), "suppressions": f"<{graph.graphs.suppressions}>"}
    return queries.bound("statements", parameters)
