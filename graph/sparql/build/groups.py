"""Group graph patterns to algebra (SPARQL 1.1, section 18.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from lark import Token

from graph.sparql.algebra import (
    BGP,
    Extend,
    Graph,
    LeftJoin,
    Minus,
    PathPattern,
    Pattern,
    Service,
    TriplePattern,
    Union,
    Values,
)
from graph.sparql.build.expressions import ExpressionRules
from graph.sparql.build.terms import Parts
from graph.sparql.build.triples import TripleRules, as_path
from graph.sparql.expressions import Expression
from graph.sparql.paths import Inverse, Link, Path, Sequence
from graph.sparql.syntax import (
    UNIT,
    BindPart,
    FilterPart,
    GroupPattern,
    MinusPart,
    OptionalPart,
    Part,
    Scope,
    Scoped,
    Triple,
    Triples,
    conjunction,
    join,
)
from graph.sparql.terms import BlankNode, Iri, Literal, Node, Variable


class GroupRules(TripleRules, ExpressionRules):
    """Rules of graph patterns."""

    def group(self, parts: list[Part]) -> GroupPattern:
        """``{…}``."""
        group = _Group(self)
        for part in parts:
            group.take(part)
        return group.finish()

    def sub_select_group(self, parts: list[Scoped]) -> GroupPattern:
        """``{ SELECT … }``."""
        return GroupPattern(parts[0].pattern, (), parts[0].scope)

    def union(self, parts: list[GroupPattern]) -> Scoped:
        """``{…} UNION {…}``, or a group in a group."""
        scope: Scope = {}
        for group in parts:
            scope.update(group.scope)
        return Scoped(reduce(Union, (group.filtered() for group in parts)), scope)

    def optional(self, parts: list[GroupPattern]) -> OptionalPart:
        """``OPTIONAL {…}``."""
        return OptionalPart(parts[0])

    def minus(self, parts: list[GroupPattern]) -> MinusPart:
        """``MINUS {…}``."""
        return MinusPart(parts[0])

    def graph(self, parts: Parts) -> Scoped:
        """``GRAPH name {…}``."""
        name, group = parts
        return Scoped(Graph(name, group.filtered()), _with_name(name, group.scope))

    def service(self, parts: Parts) -> Scoped:
        """``SERVICE name {…}``."""
        silent, name, group = parts
        return Scoped(Service(name, group.filtered(), silent is not None), _with_name(name, group.scope))

    def filter(self, parts: list[Expression]) -> FilterPart:
        """``FILTER …``."""
        self.refuse_aggregates(parts[0], "an aggregate can't stand in FILTER")
        return FilterPart(parts[0])

    def bind(self, parts: Parts) -> BindPart:
        """``BIND(… AS ?v)``."""
        expression, variable = parts
        self.refuse_aggregates(expression, "an aggregate can't stand in BIND")
        return BindPart(expression, variable, self.state.offset)

    # VALUES

    def inline_data(self, parts: list[Values]) -> Scoped:
        """``VALUES`` in a group."""
        return Scoped(parts[0], dict.fromkeys(parts[0].variables))

    def one_variable(self, parts: Parts) -> Values:
        """``?x { 1 2 }``."""
        variable, *values = parts
        return Values((variable,), tuple((_value(value),) for value in values))

    def many_variables(self, parts: Parts) -> Values:
        """``(?x ?y) { (1 2) }``."""
        variables, *rows = parts
        if len(set(variables)) < len(variables):
            raise self.fault("VALUES names a variable twice", self.state.places[variables[0].name])
        for row, offset in rows:
            if len(row) != len(variables):
                message = f"VALUES has {len(variables)} variables, and this row {len(row)} values"
                raise self.fault(message, offset)
        return Values(variables, tuple(row for row, _ in rows))

    def data_variables(self, parts: Parts) -> tuple[Variable, ...]:
        """``(?x ?y)``."""
        return tuple(part for part in parts if isinstance(part, Variable))

    def data_row(self, parts: Parts) -> tuple[tuple[Iri | Literal | None, ...], int]:
        """``(1 UNDEF)``, and where it ends."""
        return tuple(_value(part) for part in parts if not _is_nil(part)), self.state.offset

    # Basic graph patterns

    def basic_pattern(self, triples: Iterable[Triple], scope: Scope) -> BGP:
        """Triples of one basic graph pattern: blank nodes become hidden variables, paths triple patterns if they can.

        ``scope`` gets its variables.
        """
        known: dict[str, Variable] = {}
        patterns: list[TriplePattern | PathPattern] = []
        for triple in triples:
            subject = self._pattern_node(triple.subject, known)
            target = self._pattern_node(triple.object, known)
            verb = triple.verb
            if isinstance(verb, Iri | Variable):
                patterns.append(TriplePattern(subject, verb, target))
            else:
                self._path(subject, as_path(verb), target, patterns)  # type: ignore[arg-type]  # no literal is a verb
            for node in (subject, verb, target):
                if isinstance(node, Variable) and not node.hidden:
                    scope[node] = None
        return BGP(tuple(patterns))

    def _pattern_node(self, node: Node, known: dict[str, Variable]) -> Node:
        if not isinstance(node, BlankNode):
            return node
        if node.label not in known:
            self._claim(node.label)
            known[node.label] = self.new_variable()
        return known[node.label]

    def _claim(self, label: str) -> None:
        """A label stands in one basic graph pattern only (section 5.1.1)."""
        if label in self.state.labels:
            offset = self.state.places.get(f"_:{label}", self.state.offset)
            raise self.fault(f"blank node _:{label} stands in two graph patterns", offset)
        self.state.labels[label] = len(self.state.labels)

    def _path(self, subject: Node, path: Path, target: Node, patterns: list[TriplePattern | PathPattern]) -> None:
        """Section 18.2.2.4: sequences become several patterns, inverses turn round, links are triple patterns."""
        steps = path.paths if isinstance(path, Sequence) else (path,)
        inner = [self.new_variable() for _ in steps[1:]]
        for step, start, end in zip(steps, (subject, *inner), (*inner, target), strict=True):
            if isinstance(step, Link):
                patterns.append(TriplePattern(start, Iri(step.iri), end))
            elif isinstance(step, Inverse):
                self._path(end, step.path, start, patterns)
            else:
                patterns.append(PathPattern(start, step, end))


class _Group:
    """Section 18.2.2.6: the elements of a group, in order."""

    def __init__(self, rules: GroupRules) -> None:
        self._rules = rules
        self._pattern: Pattern = UNIT
        self._triples: list[Triple] = []
        self._filters: list[Expression] = []
        self._scope: Scope = {}

    def take(self, part: Part) -> None:
        """Adds one element. A filter does not end a basic graph pattern."""
        match part:
            case Triples(triples):
                self._triples += triples
            case FilterPart(condition):
                self._filters.append(condition)
            case _:
                self._end_triples()
                self._add(part)

    def finish(self) -> GroupPattern:
        """The group."""
        self._end_triples()
        return GroupPattern(self._pattern, tuple(self._filters), self._scope)

    def _end_triples(self) -> None:
        if self._triples:
            self._pattern = join(self._pattern, self._rules.basic_pattern(self._triples, self._scope))
            self._triples = []

    def _add(self, part: Part) -> None:
        match part:
            case OptionalPart(group):
                self._pattern = LeftJoin(self._pattern, group.pattern, conjunction(group.filters))
                self._scope.update(group.scope)
            case MinusPart(group):
                self._pattern = Minus(self._pattern, group.filtered())
            case BindPart():
                self._bind(part)
            case Scoped(pattern, scope):
                self._pattern = join(self._pattern, pattern)
                self._scope.update(scope)

    def _bind(self, part: BindPart) -> None:
        if part.variable in self._scope:
            raise self._rules.fault(f"?{part.variable.name} has a value before this BIND", part.offset)
        self._pattern = Extend(self._pattern, part.variable, part.expression)
        self._scope[part.variable] = None


def _with_name(name: Iri | Variable, scope: Scope) -> Scope:
    return {name: None, **scope} if isinstance(name, Variable) else scope


def _is_nil(part: object) -> bool:
    return isinstance(part, Token) and part.type == "NIL"


def _value(value: Iri | Literal | Token) -> Iri | Literal | None:
    """A term, or None for UNDEF."""
    return None if isinstance(value, Token) else value
