"""Paths as SPARQL defines them: an alternative is a union, which keeps duplicates (section 18.4).

Oxigraph gives each pair of ends of ``a|b`` only once, and of ``!a`` where both are known. So what it evaluates has
unions and triple patterns in the place of these, down to the paths that repeat: there, pairs are a set anyway.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import count

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql import paths
from graph.sparql.algebra import Pattern
from graph.sparql.rewriting import with_bgps
from graph.sparql.syntax import join
from graph.sparql.terms import Iri, Node, Variable

_numbers = count()


def hidden() -> Variable:
    """A variable that stands nowhere else."""
    return Variable(f".path{next(_numbers)}", hidden=True)


def query_with_unions(query: alg.Query) -> alg.Query:
    """A query without alternatives that Oxigraph would take for sets.

    >>> from graph.sparql.parser import parse_query
    >>> from graph.sparql.serialize import serialize_query
    >>> serialize_query(query_with_unions(parse_query("ASK { ?s <p:a>|^<p:b> ?o }")))
    'ASK { { ?s <p:a> ?o . } UNION { ?o <p:b> ?s . } }'
    """
    if isinstance(query, alg.Describe):
        return query if query.pattern is None else replace(query, pattern=with_unions(query.pattern))
    return replace(query, pattern=with_unions(query.pattern))


def with_unions(pattern: Pattern) -> Pattern:
    """The same of a pattern."""
    return with_bgps(pattern, lambda bgp: _bgp(bgp.patterns))


def _bgp(patterns: tuple[alg.TriplePattern | alg.PathPattern, ...]) -> Pattern:
    kept: list[alg.TriplePattern | alg.PathPattern] = []
    others: list[Pattern] = []
    for pattern in patterns:
        changed = pattern if isinstance(pattern, alg.TriplePattern) else path(pattern)
        if isinstance(changed, alg.TriplePattern | alg.PathPattern):
            kept.append(changed)
        else:
            others.append(changed)
    first: Pattern = alg.BGP(tuple(kept))
    return reduce(join, others, first)


def path(pattern: alg.PathPattern) -> alg.TriplePattern | alg.PathPattern | Pattern:  # noqa: PLR0911  likewise
    """One path."""
    start, end = pattern.subject, pattern.object
    match pattern.path:
        case paths.Link(iri):
            return alg.TriplePattern(start, Iri(iri), end)
        case paths.Inverse(inner):
            return path(alg.PathPattern(end, inner, start))
        case paths.Sequence(members):
            return _sequence(start, members, end)
        case paths.Alternative(members):
            arms = [_pattern(alg.PathPattern(start, member, end)) for member in members]
            return reduce(alg.Union, arms)
        case paths.NegatedSet(forward, backward) if forward is not None and backward is not None:
            return alg.Union(_any_but(start, forward, end), _any_but(end, backward, start))
        case paths.NegatedSet(forward, backward):
            return _any_but(end, backward or (), start) if forward is None else _any_but(start, forward, end)
        case _:
            return pattern


def _any_but(start: Node, excluded: tuple[str, ...], end: Node) -> Pattern:
    predicate = hidden()
    triple = alg.BGP((alg.TriplePattern(start, predicate, end),))
    if not excluded:
        return triple
    return alg.Filter(exp.In(predicate, tuple(map(Iri, excluded)), negated=True), triple)


def _pattern(pattern: alg.PathPattern) -> Pattern:
    changed = path(pattern)
    return alg.BGP((changed,)) if isinstance(changed, alg.TriplePattern | alg.PathPattern) else changed


def _sequence(start: Node, members: tuple[paths.Path, ...], end: Node) -> Pattern:
    inner = [hidden() for _ in members[1:]]
    steps = zip((start, *inner), members, (*inner, end), strict=True)
    return reduce(join, (_pattern(alg.PathPattern(*step)) for step in steps))
