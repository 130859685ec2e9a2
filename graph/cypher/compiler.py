"""From a query's algebra to a plan: the whole of it as one statement, else its largest parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from graph.backends.neo4j.registry import Registry
from graph.cypher.bindings import Binding, Inexact, NoSolutions
from graph.cypher.expressions import never_exact
from graph.cypher.finishing.splitting import finish
from graph.cypher.finishing.values import Unsure
from graph.cypher.frames import Frame
from graph.cypher.needs import needs
from graph.cypher.pipeline import Names, Pipeline
from graph.cypher.plan import Plan, Residual, Restriction, Statement
from graph.cypher.residual import text_of
from graph.cypher.tables import RETURN, Tables
from graph.cypher.terms import term_of
from graph.cypher.unions import query_with_unions
from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.inspect import certain, in_scope
from graph.sparql.terms import Iri, Variable
from graph.sparql.walk import nodes


@dataclass(frozen=True, slots=True)
class Target:
    """What statements are made for.

    Attributes:
        registry: Names of the graph.
        dataset: FROM and the like; None: the store's own graphs.
        guards: A statement may fail where a number does not fit (``decimals``), for the query can be asked again.
    """

    registry: Registry
    dataset: alg.Dataset | None = None
    guards: bool = True


def compile_query(query: alg.Query, registry: Registry, *, guards: bool = True) -> Plan:
    """The plan of a query over a graph with this registry; ``guards`` as of ``Target``."""
    target = Target(registry, query.dataset, guards)
    try:
        pattern, variables = _table(query)
    except Inexact as reason:
        return _in_parts(query, target, str(reason))
    try:
        return Plan(query, (statement(pattern, variables, target),), guards=guards)
    except Inexact as reason:
        why = str(reason)
    try:
        statements, rest = finish(pattern, variables, lambda part, columns: statement(part, columns, target))
    except (Inexact, Unsure):  # the latter: a constant of the query is
        return _in_parts(query, target, why)
    return Plan(query, statements, finish=rest, guards=guards)


def compile_in_parts(query: alg.Query, registry: Registry, reason: str, *, guards: bool) -> Plan:
    """The plan of a query of which something is left to do in memory, whatever Cypher could say."""
    return _in_parts(query, Target(registry, query.dataset, guards), reason)


def _table(query: alg.Query) -> tuple[Pattern, tuple[Variable, ...]]:
    """What is to be selected for a query, and its columns."""
    match query:
        case alg.Select(pattern, variables):
            return pattern, variables
        case alg.Ask(pattern):
            return alg.Slice(alg.Project(pattern, ()), 0, 1), ()
        case alg.Construct(template, pattern):
            used = dict.fromkeys(
                node
                for triple in template
                for node in (triple.subject, triple.predicate, triple.object)
                if isinstance(node, Variable)
            )
            known = set(in_scope(pattern))
            variables = tuple(variable for variable in used if variable in known)
            return alg.Project(pattern, variables), variables
        case _:
            raise Inexact("DESCRIBE")


def statement(pattern: Pattern, variables: tuple[Variable, ...], target: Target) -> Statement:
    """A pattern that projects, as one statement.

    Raises:
        Inexact: Cypher can't say it exactly.
    """
    if (construct := never_exact(pattern)) is not None:
        raise Inexact(construct)
    tables = Tables(target.registry, target.dataset, guards=target.guards)
    names = Names()
    try:
        text, columns = tables.table(pattern, Frame(Pipeline(names), tables.terms), tables.default, list(variables))
    except NoSolutions:
        if _has_implicit_group(pattern):
            raise Inexact("a group of no solutions") from None
        return Statement(pattern, variables, (), "", {})
    returned = ", ".join(f"{_returned(column, tables)} AS c{index}" for index, column in enumerate(columns))
    text = text.replace(RETURN, returned or "1 AS c0")
    return Statement(pattern, variables, tuple(columns), text, names.used_in(text))


def narrowed(
    found: Statement,
    variables: tuple[Variable, ...],
    rows: Sequence[Sequence[str | None]],
    target: Target,
) -> Statement:
    """A statement for some values of its variables only, if Cypher can say that exactly."""
    if any(cell is None or cell.startswith("_:") for row in rows for cell in row):  # no query can name a blank node
        return found
    values = alg.Values(variables, tuple(tuple(term_of(cell) for cell in row if cell is not None) for row in rows))
    try:
        return statement(alg.Project(alg.Join(values, found.pattern), found.variables), found.variables, target)
    except Inexact:
        return found


def _returned(column: Binding, tables: Tables) -> str:
    return tables.terms.iri_text(column) if column.form == "node" else column.text


def _has_implicit_group(pattern: Pattern) -> bool:
    return any(isinstance(node, alg.Group) and node.implicit for node in nodes(pattern))


def _in_parts(query: alg.Query, target: Target, reason: str) -> Plan:
    if isinstance(query, alg.Describe) or query.pattern is None:
        return Plan(query, (), Residual(text_of(query), (), tuple(needs(query)), (reason,)), guards=target.guards)
    splitter = _Splitter(target)
    rest = query_with_unions(replace(query, pattern=splitter.split(query.pattern)))
    text = text_of(rest)
    wanted = tuple(needs(rest))
    reasons = tuple(dict.fromkeys((reason, *splitter.reasons)))
    return Plan(
        query,
        tuple(splitter.statements),
        Residual(text, tuple(splitter.markers), wanted, reasons),
        guards=target.guards,
    )


class _Splitter:
    """Replaces the largest parts of a pattern that the database answers by VALUES."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.statements: list[Statement] = []
        self.markers: list[str] = []
        self.reasons: list[str] = []

    def split(self, pattern: Pattern) -> Pattern:  # noqa: PLR0911  a case for each kind of node
        """What is left of a pattern."""
        if (pushed := self._pushed(pattern)) is not None:
            return pushed
        match pattern:
            case alg.Join():
                return self._join(pattern)
            case alg.Filter(condition, inner):
                return self._filter(condition, inner)
            case alg.LeftJoin(left, right):
                rest = self.split(left)
                narrowed_right = self._pushed(right, (left, rest))
                return replace(pattern, left=rest, right=narrowed_right or self.split(right))
            case alg.Union() | alg.Minus():
                return replace(pattern, left=self.split(pattern.left), right=self.split(pattern.right))
            case alg.BGP(patterns) if len(patterns) > 1:
                return self._several([alg.BGP((each,)) for each in patterns])
            case alg.BGP() | alg.Graph() | alg.Service() | alg.Values():
                return pattern
            case _:
                return replace(pattern, pattern=self.split(pattern.pattern))

    def _pushed(self, pattern: Pattern, beside: tuple[Pattern, Pattern] | None = None) -> Pattern | None:
        """VALUES in the place of a pattern that the database answers; None: it can't.

        Args:
            pattern: The pattern.
            beside: What it is joined to, as it was and what is left of it: it narrows the pattern down.
        """
        if not any(isinstance(node, alg.TriplePattern | alg.PathPattern) for node in nodes(pattern)):
            return None
        variables = tuple(in_scope(pattern))
        if not variables:
            return None
        try:
            found = statement(alg.Project(pattern, variables), variables, self._target)
        except Inexact as reason:
            self.reasons.append(str(reason))
            return None
        restriction = None if beside is None else _restriction(pattern, *beside)
        hole = f"urn:x-rows:{uuid4().hex}"
        self.statements.append(replace(found, pattern=pattern, restriction=restriction))
        self.markers.append(f"({' '.join(f'<{hole}>' for _ in variables)})")
        return alg.Values(variables, ((Iri(hole),) * len(variables),))

    def _join(self, pattern: Pattern) -> Pattern:
        operands: list[Pattern] = []
        stack = [pattern]
        while stack:
            each = stack.pop()
            if isinstance(each, alg.Join):
                stack += (each.right, each.left)
            else:
                operands.append(each)
        return self._several(operands)

    def _several(self, operands: list[Pattern]) -> Pattern:
        """A join, the operands that the database answers together as far as they share variables."""
        possible = [operand for operand in operands if self._is_possible(operand)]
        rest = [operand for operand in operands if operand not in possible]
        parts = list(map(self._alone, rest))
        beside = (_joined(rest), _joined(parts)) if rest else None
        for group in _connected(possible):
            joined = _joined(group)
            pushed = self._pushed(joined, beside) if joined != _joined(operands) else None
            parts += [pushed] if pushed is not None else map(self._alone, group)
        return _joined(parts)

    def _alone(self, operand: Pattern) -> Pattern:
        return operand if isinstance(operand, alg.BGP) and not self._is_possible(operand) else self.split(operand)

    def _is_possible(self, operand: Pattern) -> bool:
        try:
            statement(alg.Project(operand, in_scope(operand)), in_scope(operand), self._target)
        except Inexact:
            return False
        return True

    def _filter(self, condition: exp.Expression, inner: Pattern) -> Pattern:
        operands = condition.operands if isinstance(condition, exp.And) else (condition,)
        possible = [each for each in operands if self._is_possible(alg.Filter(each, inner))]
        pushed = self._pushed(alg.Filter(_all(possible), inner)) if possible else None
        left = operands if pushed is None else [each for each in operands if each not in possible]
        rest = self.split(inner) if pushed is None else pushed
        return alg.Filter(_all(left), rest) if left else rest


def _restriction(pattern: Pattern, before: Pattern, rest: Pattern) -> Restriction | None:
    """Values of the variables that surely have one on both sides."""
    shared = certain(before) & certain(pattern)
    variables = tuple(variable for variable in in_scope(pattern) if variable in shared)
    if not variables:
        return None
    values = query_with_unions(alg.Select(alg.Distinct(alg.Project(rest, variables)), variables))
    return Restriction(variables, text_of(values), tuple(needs(values)))


def _all(conditions: Sequence[exp.Expression]) -> exp.Expression:
    return conditions[0] if len(conditions) == 1 else exp.And(tuple(conditions))


def _joined(patterns: Iterable[Pattern]) -> Pattern:
    joined: Pattern | None = None
    for pattern in patterns:
        if joined is None:
            joined = pattern
        elif isinstance(joined, alg.BGP) and isinstance(pattern, alg.BGP):
            joined = alg.BGP((*joined.patterns, *pattern.patterns))
        else:
            joined = alg.Join(joined, pattern)
    return alg.BGP(()) if joined is None else joined


def _connected(patterns: list[Pattern]) -> list[list[Pattern]]:
    """Patterns in groups that share variables."""
    groups: list[tuple[set[Variable], list[Pattern]]] = []
    for pattern in patterns:
        scope, members = set(in_scope(pattern)), [pattern]
        apart: list[tuple[set[Variable], list[Pattern]]] = []
        for other in groups:
            if other[0] & scope:
                scope, members = scope | other[0], [*other[1], *members]
            else:
                apart.append(other)
        groups = [*apart, (scope, members)]
    return [members for _, members in groups]
