"""Which quads a query looks at: enough of them that the rest of the dataset can't change its answer.

Oxigraph, which evaluates the query on these quads, asks two things that are no triple patterns: whether a graph that
is named exists (``GRAPH <g> {}``), and whether a term that a path of no steps begins with is in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from graph.cypher.terms import term_text
from graph.sparql import algebra as alg
from graph.sparql import paths
from graph.sparql.algebra import Pattern
from graph.sparql.serialize.terms import path_text
from graph.sparql.terms import Iri, Literal, Node, Variable
from graph.sparql.walk import levels, nodes

Triple = tuple[str | None, str | None, str | None]
_ANY: Triple = (None, None, None)


@dataclass(frozen=True, slots=True)
class Need:
    """Quads that must be there.

    Attributes:
        pattern: Subject, predicate, object; None: any.
        graph: The name in ``GRAPH``, a variable standing for all named graphs; None: the default graph.
        construct: What needs them, for messages.
        one: Any one of them will do.
    """

    pattern: Triple
    graph: Iri | Variable | None
    construct: str
    one: bool = False

    def covers(self, other: Need) -> bool:
        """Whether nothing more is to be fetched for ``other``."""
        same = self.graph == other.graph or (isinstance(self.graph, Variable) and isinstance(other.graph, Variable))
        wider = all(mine is None or mine == theirs for mine, theirs in zip(self.pattern, other.pattern, strict=True))
        return same and wider and (not self.one or (other.one and self.pattern == other.pattern))


def needs(root: object) -> list[Need]:
    """Of a query or pattern, patterns of EXISTS included; each only once, SERVICE left out.

    >>> from graph.sparql.parser import parse_query
    >>> [need.pattern for need in needs(parse_query("ASK { ?s <p:a> 1 . ?s <p:a> ?o FILTER EXISTS { ?o <p:b>+ ?s } }"))]
    [(None, '<p:a>', None), (None, '<p:b>', None)]
    """
    kept: list[Need] = []
    for need in sorted(_needs(root), key=_width):
        if not any(other.covers(need) for other in kept):
            kept.append(need)
    return kept


def _width(need: Need) -> tuple[bool, int]:
    return need.one, sum(term is not None for term in need.pattern)


def _needs(root: object) -> Iterator[Need]:
    stack: list[tuple[object, Iri | Variable | None]] = [(root, None)]
    while stack:
        node, graph = stack.pop()
        match node:
            case alg.Service():
                continue
            case alg.TriplePattern(subject):
                if not isinstance(subject, Literal):  # no statement has one
                    yield _of_triple(node, graph)
            case alg.PathPattern():
                yield from _of_path(node, graph)
            case alg.Graph(name, inner):
                yield from _of_graph(name, inner)
                stack.append((inner, name))
            case _:
                stack.extend((child, graph) for child in _children(node))


def _children(node: object) -> list[object]:
    return next(islice(levels(node), 1, 2), [])


def _of_triple(triple: alg.TriplePattern, graph: Iri | Variable | None) -> Need:
    pattern = (_constant(triple.subject), _constant(triple.predicate), _constant(triple.object))
    shown = " ".join(term or "?" for term in pattern)
    return Need(pattern, graph, f"the triple pattern {shown}")


def _constant(node: Node) -> str | None:
    return term_text(node) if isinstance(node, Iri | Literal) else None


def _of_graph(name: Iri | Variable, inner: Pattern) -> Iterator[Need]:
    """The graph must be known to exist, or all of them must be."""
    if not requires_match(inner):
        yield Need(_ANY, name, "GRAPH around a pattern that may match nothing", one=isinstance(name, Iri))


def requires_match(pattern: Pattern) -> bool:  # noqa: PLR0911  a case for each kind of node
    """Whether each solution shows that the graph in which it is evaluated holds a triple."""
    match pattern:
        case alg.BGP(patterns):
            return any(isinstance(each, alg.TriplePattern) or not is_nullable(each.path) for each in patterns)
        case alg.Join(left, right):
            return requires_match(left) or requires_match(right)
        case alg.Union(left, right):
            return requires_match(left) and requires_match(right)
        case alg.LeftJoin(left) | alg.Minus(left):
            return requires_match(left)
        case alg.Graph() | alg.Service() | alg.Values():
            return False
        case alg.Group(inner, _, _, implicit):
            return not implicit and requires_match(inner)
        case _:
            return requires_match(pattern.pattern)


def is_nullable(path: paths.Path) -> bool:
    """Whether a path may have no steps."""
    match path:
        case paths.ZeroOrMore() | paths.ZeroOrOne():
            return True
        case paths.Link() | paths.NegatedSet():
            return False
        case paths.Sequence(members):
            return all(map(is_nullable, members))
        case paths.Alternative(members):
            return any(map(is_nullable, members))
        case _:
            return is_nullable(path.path)


def _of_path(pattern: alg.PathPattern, graph: Iri | Variable | None) -> Iterator[Need]:
    construct = f"the path {path_text(pattern.path)}"
    for node in nodes(pattern.path):
        if isinstance(node, paths.Link):
            yield Need((None, f"<{node.iri}>", None), graph, construct)
        elif isinstance(node, paths.NegatedSet):
            yield Need(_ANY, graph, construct)
    if is_nullable(pattern.path):
        yield from _of_no_steps(pattern, graph, construct)


def _of_no_steps(pattern: alg.PathPattern, graph: Iri | Variable | None, construct: str) -> Iterator[Need]:
    ends = [end for node in (pattern.subject, pattern.object) if (end := _constant(node)) is not None]
    if not ends or isinstance(graph, Variable):
        yield Need(_ANY, graph, f"{construct}, which may have no steps, between two variables")
        return
    for end in ends:
        if end.startswith("<"):
            yield Need((end, None, None), graph, construct, one=True)
        yield Need((None, None, end), graph, construct, one=True)
