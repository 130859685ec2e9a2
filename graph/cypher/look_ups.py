"""Look-ups of literals of several kinds: a union of look-ups of each kind, which an index answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import reduce

from graph.backends.neo4j.registry import Registry
from graph.cypher import shapes
from graph.cypher.kinds import Kind, literal_value
from graph.sparql import algebra as alg
from graph.sparql.algebra import Pattern
from graph.sparql.terms import Iri, Literal, Variable


def spread(
    operands: Sequence[Pattern], registry: Registry, bound: Collection[Variable]
) -> tuple[list[Pattern], list[Pattern]]:
    """The operands of a join, or others with the same solutions: those to begin with, then the rest.

    ``VALUES ?l { "a" "b"@en } ?s rdfs:label ?l`` becomes one look-up for the strings and one for those in English.

    Args:
        operands: The operands.
        registry: Which predicates are looked up.
        bound: Variables that have a value before.
    """
    rest = list(operands)
    for values in [each for each in operands if isinstance(each, alg.Values)]:
        scope = {*bound, *(v for each in operands if isinstance(each, alg.Values) for v in each.variables)}
        for variable in values.variables:
            groups = _by_kind(values, variable)
            if len(groups) < 2:  # noqa: PLR2004  nothing to take apart
                continue
            for place, operand in enumerate(rest):
                taken = _taken(operand, variable, groups, registry, scope)
                if taken is not None:
                    union, left = taken
                    others = [*rest[:place], *left, *rest[place + 1 :]]
                    others.remove(values)
                    return [union], others
    return [], rest


def _taken(
    operand: Pattern, variable: Variable, groups: list[alg.Values], registry: Registry, scope: set[Variable]
) -> tuple[Pattern, list[Pattern]] | None:
    """The union of look-ups, and what is left of the operand; None: there is none in it."""
    if isinstance(operand, alg.BGP):
        triple = _look_up(operand, variable, registry, scope)
        if triple is None:
            return None
        others = tuple(each for each in operand.patterns if each is not triple)
        return _union([alg.Join(each, alg.BGP((triple,))) for each in groups]), [alg.BGP(others)] if others else []
    if isinstance(operand, alg.Union):
        arms = shapes.arms(operand)
        if all(isinstance(arm, alg.BGP) and _look_up(arm, variable, registry, scope) is not None for arm in arms):
            return _union([alg.Join(each, arm) for arm in arms for each in groups]), []
    return None


def _look_up(bgp: alg.BGP, variable: Variable, registry: Registry, scope: set[Variable]) -> alg.TriplePattern | None:
    for each in bgp.patterns:
        if (
            isinstance(each, alg.TriplePattern)
            and each.object == variable
            and isinstance(each.predicate, Iri)
            and isinstance(each.subject, Variable)
            and each.subject not in scope
            and any(key.indexed for key in registry.keys.get(each.predicate.value, ()))
        ):
            return each
    return None


def _by_kind(values: alg.Values, variable: Variable) -> list[alg.Values]:
    """The rows in groups with one kind of term in this column; nothing if some have none."""
    place = values.variables.index(variable)
    groups: dict[Kind, list[tuple[Iri | Literal | None, ...]]] = {}
    for row in values.rows:
        cell = row[place]
        if cell is None:
            return []
        groups.setdefault(literal_value(cell)[0] if isinstance(cell, Literal) else None, []).append(row)
    return [replace(values, rows=tuple(rows)) for rows in groups.values()]


def _union(arms: list[Pattern]) -> Pattern:
    return reduce(alg.Union, arms)
