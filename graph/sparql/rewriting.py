"""Patterns with other patterns in the place of their basic graph patterns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.syntax import join
from graph.sparql.walk import rewrite

Change = Callable[[alg.BGP], Pattern]
"""What takes the place of a basic graph pattern."""


def with_bgps(pattern: Pattern, change: Change) -> Pattern:  # noqa: PLR0911  a case for each kind of node
    """The pattern with each basic graph pattern changed, those of EXISTS too."""
    match pattern:
        case alg.BGP():
            return change(pattern)
        case alg.Join(left, right):
            return join(with_bgps(left, change), with_bgps(right, change))
        case alg.LeftJoin(left, right, condition):
            changed = None if condition is None else _expression(condition, change)
            return alg.LeftJoin(with_bgps(left, change), with_bgps(right, change), changed)
        case alg.Union() | alg.Minus():
            return replace(pattern, left=with_bgps(pattern.left, change), right=with_bgps(pattern.right, change))
        case alg.Filter(condition, inner):
            return alg.Filter(_expression(condition, change), with_bgps(inner, change))
        case alg.Extend(inner, variable, expression):
            return alg.Extend(with_bgps(inner, change), variable, _expression(expression, change))
        case alg.OrderBy(inner, conditions):
            keys = tuple(replace(each, expression=_expression(each.expression, change)) for each in conditions)
            return alg.OrderBy(with_bgps(inner, change), keys)
        case alg.Values() | alg.Service():
            return pattern
        case _:
            return replace(pattern, pattern=with_bgps(pattern.pattern, change))


def _expression(expression: Expression, change: Change) -> Expression:
    def changed(node: Expression) -> Expression | None:
        return replace(node, pattern=with_bgps(node.pattern, change)) if isinstance(node, exp.Exists) else None

    return rewrite(expression, changed)
