"""Shapes of algebra that decide how it is lowered."""

from __future__ import annotations

from collections.abc import Iterable

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.serialize.terms import variables
from graph.sparql.terms import Iri, Variable

SUBQUERIES = (alg.Group, alg.OrderBy, alg.Project, alg.Distinct, alg.Reduced, alg.Slice)


def operands(pattern: Pattern) -> list[Pattern]:
    """Of a tree of joins, from left to right."""
    found: list[Pattern] = []
    stack: list[Pattern] = [pattern]
    while stack:
        each = stack.pop()
        if isinstance(each, alg.Join):
            stack += (each.right, each.left)
        else:
            found.append(each)
    return found


def subjects(patterns: Iterable[alg.TriplePattern | alg.PathPattern]) -> frozenset[Variable]:
    """Variables that begin a triple, so that they are no literals."""
    return frozenset(
        each.subject for each in patterns if isinstance(each, alg.TriplePattern) and isinstance(each.subject, Variable)
    )


def stated_twice(found: list[Pattern]) -> tuple[list[Pattern], list[alg.Graph]]:
    """Operands without the triple patterns that stand in ``GRAPH ?g`` too, and those graphs: one look tells both."""
    graphs: dict[alg.TriplePattern | alg.PathPattern, alg.Graph] = {}
    for operand in found:
        match operand:
            case alg.Graph(Variable(), alg.BGP((alg.TriplePattern() as triple,))):
                graphs.setdefault(triple, operand)
    twice: list[alg.Graph] = []
    rest: list[Pattern] = []
    for operand in found:
        if isinstance(operand, alg.BGP) and not graphs.keys().isdisjoint(operand.patterns):
            twice += [graphs[each] for each in operand.patterns if each in graphs]
            left = tuple(each for each in operand.patterns if each not in graphs)
            rest += [alg.BGP(left)] if left else []
        else:
            rest.append(operand)
    return rest, twice


def order(pattern: Pattern) -> int:
    """When an operand of a join is matched: data first, what has several ways last, data with UNDEF after that."""
    if isinstance(pattern, alg.Values):
        return 4 if any(None in row for row in pattern.rows) else 0
    if isinstance(pattern, SUBQUERIES):
        return 1
    return 3 if isinstance(pattern, alg.Union) else 2


def arms(pattern: Pattern) -> list[Pattern]:
    """Of a chain of unions."""
    found: list[Pattern] = []
    while isinstance(pattern, alg.Union):
        found.append(pattern.right)
        pattern = pattern.left
    return [pattern, *reversed(found)]


def hints(condition: Expression) -> Iterable[tuple[Variable, frozenset[str]]]:
    """IRIs that a condition leaves to a variable."""
    match condition:
        case exp.And(operands):
            for operand in operands:
                yield from hints(operand)
        case exp.In(Variable() as variable, options, False) if all(isinstance(each, Iri) for each in options):
            yield variable, frozenset(each.value for each in options if isinstance(each, Iri))
        case exp.Compare("=", Variable() as variable, Iri(text)) | exp.Compare("=", Iri(text), Variable() as variable):
            yield variable, frozenset({text})


def excluded(condition: Expression) -> Iterable[tuple[Variable, frozenset[str]]]:
    """IRIs that a condition takes from a variable."""
    match condition:
        case exp.And(operands):
            for operand in operands:
                yield from excluded(operand)
        case exp.In(Variable() as variable, options, True):
            yield variable, frozenset(each.value for each in options if isinstance(each, Iri))
        case exp.Compare("!=", Variable() as variable, Iri(text)) | exp.Compare(
            "!=", Iri(text), Variable() as variable
        ):
            yield variable, frozenset({text})


def in_filters(pattern: Pattern) -> frozenset[Variable]:
    """Variables of a pattern that only its outermost filter mentions."""
    if not isinstance(pattern, alg.Filter):
        return frozenset()
    return frozenset(variables(pattern.condition)) - frozenset(variables(pattern.pattern))


def starts_with_triples(pattern: Pattern) -> bool:
    """Whether the first thing that is matched is a triple pattern."""
    match pattern:
        case alg.BGP(patterns):
            return any(isinstance(each, alg.TriplePattern) for each in patterns)
        case alg.Filter(_, inner) | alg.Extend(inner, _, _):
            return starts_with_triples(inner)
        case alg.LeftJoin(left) | alg.Minus(left):
            return starts_with_triples(left)
        case _:
            return False


def is_basic(pattern: Pattern) -> bool:
    """Whether it is triple patterns only, and filters on them."""
    while isinstance(pattern, alg.Filter):
        pattern = pattern.pattern
    return isinstance(pattern, alg.BGP) and all(isinstance(each, alg.TriplePattern) for each in pattern.patterns)
