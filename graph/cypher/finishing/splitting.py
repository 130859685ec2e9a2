"""What of a pattern the database answers, where its end is left for here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from graph.cypher.bindings import Inexact
from graph.cypher.finishing.operators import ROWS, Operators
from graph.cypher.plan import Finish, Row, Statement
from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.inspect import in_scope
from graph.sparql.terms import Iri, Variable
from graph.sparql.walk import expression_nodes

Compile = Callable[[Pattern, tuple[Variable, ...]], Statement]
"""One statement for a pattern that projects these variables; raises ``Inexact``."""


def finish(
    pattern: Pattern, variables: tuple[Variable, ...], compile_: Compile
) -> tuple[tuple[Statement, ...], Finish]:
    """Statements and what is left to do with their rows.

    Raises:
        Inexact: Something else than the end of the query can't be answered by the database.
    """
    splitter = _Splitter(compile_)
    rest = splitter.split(pattern, set(variables))
    nothing: Iterator[Row] = iter(())
    Operators([lambda: nothing] * len(splitter.statements)).table(rest)
    return tuple(splitter.statements), Finish(rest, tuple(dict.fromkeys(splitter.reasons)))


class _Splitter:
    def __init__(self, compile_: Compile) -> None:
        self._compile = compile_
        self.statements: list[Statement] = []
        self.reasons: list[str] = []

    def split(self, pattern: Pattern, needed: set[Variable]) -> Pattern:  # noqa: PLR0911  a case for each kind
        """What is left of a pattern of which only these variables are looked at above."""
        try:
            return self._pushed(pattern, needed)
        except Inexact as reason:
            self.reasons.append(str(reason))
        match pattern:
            case alg.Project(inner, variables):
                kept = tuple(variable for variable in variables if variable in needed)
                return alg.Project(self.split(inner, set(kept)), kept)
            case alg.Slice(inner):
                return replace(pattern, pattern=self.split(inner, needed))
            case alg.Distinct(inner) | alg.Reduced(inner):
                return replace(pattern, pattern=self.split(inner, set(in_scope(inner))))
            case alg.Filter(condition, inner):
                return self._filter(condition, inner, needed)
            case alg.Extend(inner, variable, expression):
                wanted = (needed - {variable}) | set(_variables([expression]))
                return replace(pattern, pattern=self.split(inner, wanted))
            case alg.OrderBy(inner, conditions):
                wanted = needed | set(_variables(each.expression for each in conditions))
                return replace(pattern, pattern=self.split(inner, wanted))
            case alg.Group():
                return self._group(pattern)
            case alg.Union(left, right):
                return alg.Union(self.split(left, needed), self.split(right, needed))
        raise Inexact(self.reasons[-1])

    def _pushed(self, pattern: Pattern, needed: set[Variable]) -> Pattern:
        columns = tuple(variable for variable in in_scope(pattern) if variable in needed)
        projected = alg.Project(pattern, columns)
        found = self._compile(projected, columns)
        self.statements.append(replace(found, pattern=projected))
        return alg.Service(Iri(f"{ROWS}{len(self.statements) - 1}"), projected)

    def _filter(self, condition: exp.Expression, inner: Pattern, needed: set[Variable]) -> Pattern:
        """The operands that the database can look at are left to it."""
        operands = condition.operands if isinstance(condition, exp.And) else (condition,)
        kept = [each for each in operands if not self._is_possible(alg.Filter(each, inner))]
        pushed = [each for each in operands if each not in kept]
        below = alg.Filter(_all(pushed), inner) if pushed else inner
        if not kept:  # each of them alone, but not all together
            kept, below = list(operands), inner
        return alg.Filter(_all(kept), self.split(below, needed | set(_variables(kept))))

    def _is_possible(self, pattern: Pattern) -> bool:
        try:
            self._compile(alg.Project(pattern, ()), ())
        except Inexact:
            return False
        return True

    def _group(self, group: alg.Group) -> Pattern:
        aggregates = [aggregate for _, aggregate in group.aggregates]
        wanted = {*group.keys, *_variables(a.argument for a in aggregates if a.argument is not None)}
        if any(aggregate.argument is None and aggregate.distinct for aggregate in aggregates):
            wanted = set(in_scope(group.pattern))
            if any(variable.hidden for variable in wanted):
                raise Inexact("COUNT(DISTINCT *) with blank nodes")
        return replace(group, pattern=self.split(group.pattern, wanted))


def _variables(expressions: Iterable[exp.Expression]) -> Iterator[Variable]:
    for expression in expressions:
        yield from (node for node in expression_nodes(expression) if isinstance(node, Variable))


def _all(conditions: Sequence[exp.Expression]) -> exp.Expression:
    return conditions[0] if len(conditions) == 1 else exp.And(tuple(conditions))
