"""Quads made of an update's templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import uuid4

from graph.cypher.terms import term_text
from graph.sparql import algebra as alg
from graph.sparql.terms import BlankNode, Iri, Literal, Node, Variable
from graph.store import Quad

Values = Mapping[Variable, str | None]


class Template:
    """Quad patterns to fill with solutions.

    Args:
        patterns: Of a DELETE or INSERT clause.
    """

    def __init__(self, patterns: Iterable[alg.QuadPattern]) -> None:
        self._patterns = [(_nodes(pattern), pattern.graph) for pattern in patterns]

    @property
    def variables(self) -> Iterator[Variable]:
        """Those that stand in it, some several times."""
        for nodes, graph in self._patterns:
            yield from (node for node in (*nodes, graph) if isinstance(node, Variable))

    def quads(self, values: Values) -> Iterator[Quad]:
        """The quads of one solution; those that aren't RDF, or have an unbound part, are left out (section 4.2.2)."""
        blank: dict[str, str] = {}
        for nodes, graph in self._patterns:
            subject, predicate, obj = (_filled(node, values, blank) for node in nodes)
            name = None if graph is None else _filled(graph, values, blank)
            if subject is None or predicate is None or obj is None or subject.startswith('"'):
                continue
            if predicate.startswith("<") and (graph is None or (name is not None and name.startswith("<"))):
                yield f"{subject} {predicate} {obj}", None if name is None else name[1:-1]


def data(patterns: Iterable[alg.QuadPattern]) -> list[Quad]:
    """Quads of INSERT DATA or DELETE DATA; blank nodes are new ones."""
    return list(Template(patterns).quads({}))


def _nodes(pattern: alg.QuadPattern) -> tuple[Node, Node, Node]:
    triple = pattern.triple
    return triple.subject, triple.predicate, triple.object


def _filled(node: Node, values: Values, blank: dict[str, str]) -> str | None:
    match node:
        case Variable():
            return values.get(node)
        case BlankNode(label):
            return blank.setdefault(label, f"_:{uuid4().hex}")
        case Iri() | Literal():
            return term_text(node)
