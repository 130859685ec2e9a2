"""An entity page before it becomes HTML: groups of rows of values, each value with the graphs that say so."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from common import terms
from common.namespaces import BF
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.groups import (
    GROUPS,
    HEADLINE_OF,
    HEADLINES,
    HIDDEN_PARTS,
    NOT_LISTED,
    ORDER_OF,
    WORK_GROUPS,
    group_of,
)
from services.entities.naming import Names
from services.entities.statements import About, Cluster, Statement, cluster_of, exists, statements_about

_INSTANCE_OF = f"<{BF}instanceOf>"
_ROLE = (f"<{BF}role>", "<https://w3id.org/bibliograph/ontology#roleTerm>")
_LAST = len(ORDER_OF)


@dataclass(slots=True)
class Value:
    """One object of a statement as a page shows it.

    Attributes:
        term: The object.
        label: Literal to show.
        link: Term of the entity to link to; None: text only.
        kinds: Labels of the classes of a dependent node or entity.
        headline: The parts of a dependent node that make its one line.
        separator: What stands between them.
        roles: Roles of a contribution.
        details: The other statements of a dependent node.
        graphs: Graphs that say so.
    """

    term: str
    label: str
    link: str | None
    kinds: list[str]
    graphs: tuple[str, ...]
    headline: "list[Value]" = field(default_factory=list)
    separator: str = " "
    roles: "list[Value]" = field(default_factory=list)
    details: "list[Row]" = field(default_factory=list)

    @property
    def anchor(self) -> str | None:
        """Name of a dependent node within its page, so that its IRI leads to it."""
        return self.term[1:-1].partition("#")[2] if self.term.startswith("<") else None


@dataclass(slots=True)
class Row:
    """A predicate with its values."""

    predicate: str
    label: str
    values: list[Value]


@dataclass(slots=True)
class Group:
    """Rows that belong together; ``key`` names a group of ``services.entities.groups``."""

    key: str
    rows: list[Row]


@dataclass(slots=True)
class Source:
    """A named graph that says something on this page: a record's, or one of the platform's own."""

    graph: str
    name: str
    modified: str | None
    is_record: bool


@dataclass(slots=True)
class Page:
    """Everything that an entity page shows apart from what links to it."""

    cluster: Cluster
    heading: str
    other_headings: list[str]
    kinds: list[Value]
    groups: list[Group]
    sources: list[Source]
    about: About
    queries: dict[str, str]


def entity_page(graph: KnowledgeGraph, entity: str, names: Names) -> Page | None:
    """The page of an entity (a term), None if the graph says nothing about it."""
    cluster = cluster_of(graph, entity)
    about = statements_about(graph, cluster.members)
    if not exists(about):
        return None
    work = _work_of(graph, cluster, about)
    shown = About({**about.by_subject, **work.by_subject})
    names.load(_things(shown, cluster))
    builder = Builder(names, shown)
    listed = [s for member in cluster.members for s in about.of(member)]
    of_work = [s for s in work.all() if "#" not in s.subject and group_of(s.predicate) in WORK_GROUPS]
    name = names.name(cluster.canonical)
    heading = names.label(cluster.canonical)
    kinds = [s for s in listed if s.predicate == _TYPE]
    return Page(
        cluster,
        heading,
        [label for label in _all_labels(cluster, names) if label != heading] if name.labels else [],
        builder.row_values(kinds),
        builder.groups([*listed, *of_work]),
        sources(graph, shown),
        about,
        _queries(graph, entity, [*about.by_subject]),
    )


_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def _work_of(graph: KnowledgeGraph, cluster: Cluster, about: About) -> About:
    """Statements about the work of an instance, where it has just one."""
    works = {s.object for member in cluster.members for s in about.of(member) if s.predicate == _INSTANCE_OF}
    if len(works) != 1:
        return About()
    return statements_about(graph, cluster_of(graph, works.pop()).members)


def _things(about: About, cluster: Cluster) -> Iterable[str]:
    yield from cluster.members
    for statement in about.all():
        if statement.predicate != _TYPE and statement.object.startswith("<"):
            yield statement.object


def _all_labels(cluster: Cluster, names: Names) -> list[str]:
    return list(dict.fromkeys(label for member in cluster.members for label in names.name(member).labels))


def _queries(graph: KnowledgeGraph, entity: str, subjects: list[str]) -> dict[str, str]:
    parameters = {"subjects": subjects, "suppressions": f"<{graph.graphs.suppressions}>"}
    return {
        "cluster": queries.bound("cluster", {"entity": entity}),
        "statements": queries.bound("statements", parameters),
    }


def sources(graph: KnowledgeGraph, about: About) -> list[Source]:
    """The named graphs behind some statements, in the order of their first use."""
    graphs = list(dict.fromkeys(name for statement in about.all() for name in statement.graphs))
    found = {}
    for name, source, number, modified in queries.rows(graph, "sources", {"graphs": [f"<{g}>" for g in graphs]}):
        if name is not None:
            title = " ".join(terms.value(part) for part in (source, number) if part)
            found[name[1:-1]] = (title, terms.value(modified) if modified else None)
    return [_source(graph, name, found) for name in graphs]


def _source(graph: KnowledgeGraph, name: str, found: dict[str, tuple[str, str | None]]) -> Source:
    title, modified = found.get(name, (name.removeprefix(f"{graph.graphs.base}graph/"), None))
    return Source(name, title, modified, name.startswith(f"{graph.graphs.base}graph/record/"))


class Builder:
    """Makes values of statements, with names that are loaded already."""

    def __init__(self, names: Names, about: About) -> None:
        self._names = names
        self._about = about

    def groups(self, statements: list[Statement]) -> list[Group]:
        """Statements in groups, groups and rows in the order of the tables."""
        by_group: dict[str, list[Statement]] = {key: [] for key in GROUPS}
        for statement in statements:
            if statement.predicate not in NOT_LISTED:
                by_group[group_of(statement.predicate)].append(statement)
        return [Group(key, self.rows(found)) for key, found in by_group.items() if found]

    def rows(self, statements: list[Statement], depth: int = 0) -> list[Row]:
        """Statements by predicate."""
        by_predicate: dict[str, list[Statement]] = {}
        for statement in statements:
            by_predicate.setdefault(statement.predicate, []).append(statement)
        ordered = sorted(by_predicate.items(), key=lambda item: (ORDER_OF.get(item[0], _LAST), item[0]))
        return [
            Row(predicate, self._names.term_label(predicate), self.row_values(found, depth))
            for predicate, found in ordered
        ]

    def row_values(self, statements: list[Statement], depth: int = 0) -> list[Value]:
        """Values of the statements of one predicate, each object once."""
        by_object: dict[str, list[Statement]] = {}
        for statement in statements:
            by_object.setdefault(self._canonical(statement.object), []).append(statement)
        return [self._value(found, depth) for found in by_object.values()]

    def _canonical(self, term: str) -> str:
        return (self._names.name(term).canonical or term) if term.startswith("<") else term

    def _value(self, statements: list[Statement], depth: int) -> Value:
        first = statements[0]
        graphs = tuple(dict.fromkeys(graph for statement in statements for graph in statement.graphs))
        if not first.object.startswith("<"):
            return Value(first.object, first.object, None, [], graphs)
        parts = self._about.of(first.object)
        if parts and "#" in first.object and depth == 0:
            return self._dependent(first, parts, graphs)
        kinds = [self._names.term_label(kind) for kind in self._names.name(first.object).types]
        return Value(first.object, self._names.label(first.object), self._canonical(first.object), kinds, graphs)

    def _dependent(self, link: Statement, parts: list[Statement], graphs: tuple[str, ...]) -> Value:
        """A node that is part of the entity: its one line, its roles, and the rest."""
        form = HEADLINES.get(HEADLINE_OF.get(link.predicate, ""))
        main = form.predicates if form else ()
        headline = [value for p in main for value in self.row_values([s for s in parts if s.predicate == p], 1)]
        roles = self.row_values([s for s in parts if s.predicate in _ROLE], 1)
        hidden = {*main, *_ROLE, *HIDDEN_PARTS}
        rest = self.rows([s for s in parts if s.predicate not in hidden], 1)
        kinds = [self._names.term_label(s.object) for s in parts if s.predicate == _TYPE]
        value = Value(link.object, self._names.label(link.object), None, kinds, graphs, headline, roles=roles)
        value.separator = form.separator if form else " "
        value.details = rest
        return value
