"""An entity page before it becomes HTML: groups of rows of values, each value with the graphs that say so."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from common import terms
from common.namespaces import BF, BG, RDF
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.groups import (
    GROUPS,
    HEADLINES,
    HIDDEN_PARTS,
    NAMED_BY_CLASS,
    NOT_LISTED,
    ORDER_OF,
    WORK_GROUPS,
    Headline,
    group_of,
)
from services.entities.naming import Names, preference, script
from services.entities.statements import About, Cluster, Statement, cluster_of, exists, statements_about

_INSTANCE_OF = f"<{BF}instanceOf>"
_TYPE = f"<{RDF}type>"
_CANONICAL = f"<{BG}canonical>"
_WORK = f"<{BF}Work>"
_ENTITY_CLASSES = frozenset({_WORK, f"<{BF}Instance>", f"<{BF}Item>"})
_ROLE = (f"<{BF}role>", f"<{BG}roleTerm>")
_LAST = len(ORDER_OF)


@dataclass(slots=True)
class Value:
    """One object of a statement as a page shows it.

    Attributes:
        term: The object.
        label: Literal to show.
        link: Term of the entity to link to; None: text only.
        kinds: Labels of the classes of a dependent node or entity.
        other_script: Label of an entity in another script, None where it has none.
        schemes: Vocabularies that a subject belongs to.
        lines: A dependent node in one line for each script it is written in: signs and values in turn.
        roles: Roles of a contribution.
        details: The other statements of a dependent node.
        graphs: Graphs that say so.
    """

    term: str
    label: str
    link: str | None
    kinds: list[str]
    graphs: tuple[str, ...]
    other_script: str | None = None
    schemes: tuple[str, ...] = ()
    lines: "list[list[tuple[str, Value]]]" = field(default_factory=list)
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
    kinds = [s for s in [*listed, *(s for s in work.all() if "#" not in s.subject)] if s.predicate == _TYPE]
    kinds.sort(key=lambda s: s.object not in _ENTITY_CLASSES)
    return Page(
        cluster,
        heading,
        [label for label in _all_labels(cluster, names) if label != heading] if name.labels else [],
        builder.row_values([s for s in kinds if s.object != _WORK or not work.by_subject]),
        builder.groups([*listed, *of_work]),
        sources(graph, (s for s in shown.all() if s.predicate != _CANONICAL)),
        about,
        _queries(graph, entity, [*about.by_subject]),
    )


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


def sources(graph: KnowledgeGraph, statements: Iterable[Statement]) -> list[Source]:
    """The named graphs behind some statements, in the order of their first use."""
    graphs = list(dict.fromkeys(name for statement in statements for name in statement.graphs))
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
        """Statements by predicate, and by the class of the node where that says more."""
        by_name: dict[tuple[str, str], list[Statement]] = {}
        for statement in statements:
            by_name.setdefault((statement.predicate, self._row_name(statement)), []).append(statement)
        ordered = sorted(by_name.items(), key=lambda item: (ORDER_OF.get(item[0][0], _LAST), item[0][0]))
        return [
            Row(predicate, self._names.term_label(name), self.row_values(found, depth))
            for (predicate, name), found in ordered
        ]

    def _row_name(self, statement: Statement) -> str:
        """Term by which a statement's row is named."""
        if statement.predicate in NAMED_BY_CLASS:
            classes = [s.object for s in self._about.of(statement.object) if s.predicate == _TYPE]
            if classes:
                return classes[0]
        return statement.predicate

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
        name, label = self._names.name(first.object), self._names.label(first.object)
        kinds = [self._names.term_label(kind) for kind in name.types]
        other = self._names.other_script(first.object)
        return Value(first.object, label, self._canonical(first.object), kinds, graphs, other, tuple(name.schemes))

    def _dependent(self, link: Statement, parts: list[Statement], graphs: tuple[str, ...]) -> Value:
        """A node that is part of the entity: its one line, its roles, and the rest."""
        form = HEADLINES.get(link.predicate, Headline(()))
        hidden = {*(predicate for predicate, _ in form.parts), *_ROLE, *HIDDEN_PARTS}
        return Value(
            link.object,
            self._names.label(link.object),
            None,
            [self._names.term_label(s.object) for s in parts if s.predicate == _TYPE],
            graphs,
            lines=self._lines(form, parts),
            roles=self.row_values([s for s in parts if s.predicate in _ROLE], 1),
            details=self.rows([s for s in parts if s.predicate not in hidden], 1),
        )

    def _lines(self, form: Headline, parts: list[Statement]) -> list[list[tuple[str, Value]]]:
        """A line for each script, so that a romanised title and its characters don't mix."""
        lines: dict[str, list[tuple[str, Value]]] = {}
        for predicate, sign in form.parts:
            before: dict[str, str] = {}
            for value in self.row_values([s for s in parts if s.predicate == predicate], 1):
                written = "latn" if value.link else script(value.label)
                line = lines.setdefault(written, [])
                line.append((before.get(written, sign) if line else "", value))
                before[written] = form.between
        return sorted(lines.values(), key=lambda line: preference(line[0][1].label, self._names.lang)[0])
