"""What the platform asks of a query before it runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.sparql import algebra as alg
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.paths import Link, NegatedSet
from graph.sparql.terms import Iri, Literal, Variable
from graph.sparql.walk import levels, nodes

Variables = dict[Variable, None]
"""A set in order of appearance."""


def in_scope(pattern: Pattern) -> tuple[Variable, ...]:
    """Variables in scope (SPARQL 1.1, section 18.2.1) in order of appearance, hidden ones among them.

    >>> from graph.sparql.parser import parse_query
    >>> query = parse_query("ASK { ?a ?p [] MINUS { ?b ?p ?c } OPTIONAL { SELECT ?d { ?d ?e 1 } } }")
    >>> [variable.name for variable in in_scope(query.pattern) if not variable.hidden]
    ['a', 'p', 'd']
    """
    return tuple(_scope(pattern))


def _scope(pattern: Pattern) -> Variables:  # noqa: PLR0911  a case for each kind of node
    match pattern:
        case alg.BGP(patterns):
            return _of_triples(patterns)
        case alg.Join(left, right) | alg.LeftJoin(left, right) | alg.Union(left, right):
            return _scope(left) | _scope(right)
        case alg.Minus(left):
            return _scope(left)
        case alg.Graph(name, inner) | alg.Service(name, inner):
            return _of_terms((name,)) | _scope(inner)
        case alg.Extend(inner, variable):
            return _scope(inner) | {variable: None}
        case alg.Values(variables) | alg.Project(_, variables):
            return dict.fromkeys(variables)
        case alg.Group(_, keys, aggregates):
            return dict.fromkeys((*keys, *(variable for variable, _ in aggregates)))
        case _:
            return _scope(pattern.pattern)


def certain(pattern: Pattern) -> frozenset[Variable]:  # noqa: C901, PLR0911  a case for each kind of node
    """Variables that have a value in every solution.

    >>> from graph.sparql.parser import parse_query
    >>> query = parse_query("ASK { ?a ?p 1 OPTIONAL { ?a ?q 2 } BIND(?a AS ?b) BIND(1/0 AS ?c) }")
    >>> sorted(variable.name for variable in certain(query.pattern))
    ['a', 'b', 'p']
    """
    match pattern:
        case alg.BGP(patterns):
            return frozenset(_of_triples(patterns))
        case alg.Join(left, right):
            return certain(left) | certain(right)
        case alg.Union(left, right):
            return certain(left) & certain(right)
        case alg.LeftJoin(left) | alg.Minus(left):
            return certain(left)
        case alg.Graph(name, inner):
            return certain(inner) | frozenset(_of_terms((name,)))
        case alg.Service(_, inner, silent):
            return frozenset() if silent else certain(inner)
        case alg.Extend(inner, variable, expression):
            known = certain(inner)
            return known | {variable} if _has_value(expression, known) else known
        case alg.Values():
            return frozenset(_columns(pattern, all))
        case alg.Project(inner, variables):
            return certain(inner) & frozenset(variables)
        case alg.Group(inner, keys, aggregates):
            counts = (variable for variable, aggregate in aggregates if aggregate.function == "COUNT")
            return certain(inner) & frozenset(keys) | frozenset(counts)
        case _:
            return certain(pattern.pattern)


def possible(pattern: Pattern) -> frozenset[Variable]:  # noqa: PLR0911  a case for each kind of node
    """Variables that may have a value in some solution: those in scope, less what is always unbound.

    >>> from graph.sparql.parser import parse_query
    >>> sorted(v.name for v in possible(parse_query("SELECT ?a ?b { VALUES (?a ?c) { (1 UNDEF) } }").pattern))
    ['a']
    """
    match pattern:
        case alg.Values():
            return frozenset(_columns(pattern, any))
        case alg.Join(left, right) | alg.LeftJoin(left, right) | alg.Union(left, right):
            return possible(left) | possible(right)
        case alg.Minus(left):
            return possible(left)
        case alg.Graph(name, inner) | alg.Service(name, inner):
            return possible(inner) | frozenset(_of_terms((name,)))
        case alg.Extend(inner, variable):
            return possible(inner) | {variable}
        case alg.Project(inner, variables):
            return possible(inner) & frozenset(variables)
        case alg.Group(inner, keys, aggregates):
            return possible(inner) & frozenset(keys) | frozenset(variable for variable, _ in aggregates)
        case alg.BGP(patterns):
            return frozenset(_of_triples(patterns))
        case _:
            return possible(pattern.pattern)


def predicates(root: object) -> frozenset[str]:
    """IRIs of the predicates that a query, update or part of one looks for, in paths too; not those it makes.

    >>> from graph.sparql.parser import parse_query
    >>> sorted(predicates(parse_query("ASK { ?a <p:1>/<p:2>* ?b . ?b ?p 1 FILTER EXISTS { ?b !<p:3> ?c } }")))
    ['p:1', 'p:2', 'p:3']
    """
    found: set[str] = set()
    for node in nodes(root):
        match node:
            case alg.TriplePattern(_, Iri(iri)) | Link(iri):
                found.add(iri)
            case NegatedSet(forward, backward):
                found.update(forward or (), backward or ())
    return frozenset(found)


def is_open(root: object) -> bool:
    """Whether predicates beyond ``predicates`` may match: a variable stands for one, or a negated set."""
    return any(
        isinstance(node, NegatedSet) or (isinstance(node, alg.TriplePattern) and isinstance(node.predicate, Variable))
        for node in nodes(root)
    )


def has_service(root: object) -> bool:
    """Whether SERVICE occurs anywhere."""
    return any(isinstance(node, alg.Service) for node in nodes(root))


def loads(update: alg.Update) -> bool:
    """Whether an update has a LOAD."""
    return any(isinstance(operation, alg.Load) for operation in update.operations)


def size(root: object) -> int:
    """Nodes of a tree, terms as expressions among them."""
    return sum(1 for _ in nodes(root))


def depth(root: object) -> int:
    """Levels of a tree.

    >>> from graph.sparql.parser import parse_query
    >>> query = parse_query("ASK { FILTER(1 + 2 < 4) }")
    >>> depth(query), size(query)
    (5, 8)
    """
    return sum(1 for _ in levels(root))


def _of_triples(patterns: Iterable[alg.TriplePattern | alg.PathPattern]) -> Variables:
    found: Variables = {}
    for pattern in patterns:
        if isinstance(pattern, alg.TriplePattern):
            found |= _of_terms((pattern.subject, pattern.predicate, pattern.object))
        else:
            found |= _of_terms((pattern.subject, pattern.object))
    return found


def _of_terms(terms: Iterable[object]) -> Variables:
    return {term: None for term in terms if isinstance(term, Variable)}


def _has_value(expression: Expression, known: frozenset[Variable]) -> bool:
    """Whether an expression is never an error, as far as one sees."""
    return isinstance(expression, Iri | Literal) or (isinstance(expression, Variable) and expression in known)


def _columns(values: alg.Values, quantifier: Callable[[Iterable[bool]], bool]) -> list[Variable]:
    columns = range(len(values.variables))
    return [values.variables[i] for i in columns if quantifier(row[i] is not None for row in values.rows)]
