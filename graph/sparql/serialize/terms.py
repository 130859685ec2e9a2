"""Terms, variables and paths as text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from common.namespaces import XSD
from graph.sparql import paths
from graph.sparql.algebra import (
    Construct,
    Describe,
    Extend,
    Graph,
    Group,
    Modify,
    PathPattern,
    Project,
    Select,
    Service,
    TriplePattern,
    Values,
)
from graph.sparql.paths import Path
from graph.sparql.terms import BlankNode, Iri, Literal, Node, Variable
from graph.sparql.walk import nodes

_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_INTEGER = re.compile(r"[0-9]+")
_BOOLEANS = {"true", "false"}
_ANY = "<urn:x-any>"
"""An IRI that ``a`` or ``!a`` matches any predicate with."""


def iri_text(iri: str) -> str:
    """``<iri>``."""
    return f"<{iri}>"


def literal_text(literal: Literal) -> str:
    """A literal; integers and booleans in short."""
    if literal.datatype == f"{XSD}integer" and _INTEGER.fullmatch(literal.lexical):
        return literal.lexical
    if literal.datatype == f"{XSD}boolean" and literal.lexical in _BOOLEANS:
        return literal.lexical
    quoted = f'"{_SPECIAL.sub(_escape, literal.lexical)}"'
    if literal.language is not None:
        return f"{quoted}@{literal.language}"
    return quoted if literal.datatype == f"{XSD}string" else f"{quoted}^^{iri_text(literal.datatype)}"


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group()) or f"\\u{ord(match.group()):04X}"


class Names:
    """Names of hidden variables and blank nodes, none of which a query has itself.

    Args:
        root: All that is written with these names.
    """

    def __init__(self, root: object) -> None:
        taken = {variable.name for variable in variables(root) if not variable.hidden}
        self._prefix = "_"
        while any(name.startswith(self._prefix) for name in taken):
            self._prefix += "_"
        self._hidden: dict[str, str] = {}
        self._blank: dict[str, str] = {}
        self._count = 0

    def variable(self, variable: Variable) -> str:
        """``?name``."""
        if not variable.hidden:
            return f"?{variable.name}"
        if variable.name not in self._hidden:
            self._hidden[variable.name] = self.fresh()
        return self._hidden[variable.name]

    def fresh(self) -> str:
        """A variable that stands nowhere else."""
        self._count += 1
        return f"?{self._prefix}{self._count}"

    def blank_node(self, node: BlankNode) -> str:
        """``_:name``."""
        if node.label not in self._blank:
            self._count += 1
            self._blank[node.label] = f"_:b{self._count}"
        return self._blank[node.label]

    def end_of_template(self) -> None:
        """Labels mean other blank nodes from here on."""
        self._blank.clear()

    def node(self, node: Node) -> str:
        """A term or variable."""
        match node:
            case Iri(value):
                return iri_text(value)
            case Literal():
                return literal_text(node)
            case Variable():
                return self.variable(node)
            case BlankNode():
                return self.blank_node(node)


def variables(root: object) -> Iterable[Variable]:
    """All variables of a tree, wherever they stand; some several times."""
    for node in nodes(root):
        if isinstance(node, Variable):
            yield node
        else:
            yield from (term for term in _terms(node) if isinstance(term, Variable))


def _terms(node: object) -> Iterable[object]:  # noqa: PLR0911  a case for each kind of node
    match node:
        case TriplePattern():
            return (node.subject, node.predicate, node.object)
        case PathPattern():
            return (node.subject, node.object)
        case Graph() | Service():
            return (node.name,)
        case Extend():
            return (node.variable,)
        case Values() | Project() | Select():
            return node.variables
        case Group():
            return (*node.keys, *(variable for variable, _ in node.aggregates))
        case Describe():
            return node.terms
        case Construct():
            return (term for triple in node.template for term in _terms(triple))
        case Modify():
            quads = (*node.delete, *node.insert)
            return (term for quad in quads for term in (quad.graph, *_terms(quad.triple)))
        case _:
            return ()


def path_text(path: Path) -> str:  # noqa: PLR0911  a case for each kind of path
    """A path, in brackets unless it is a link.

    >>> from graph.sparql.paths import Inverse, Link, NegatedSet, Sequence, ZeroOrMore
    >>> path_text(Sequence((ZeroOrMore(Link("a:b")), Inverse(Link("a:c")), NegatedSet(("a:d",), None))))
    '((<a:b>*)/(^<a:c>)/!(<a:d>))'
    """
    match path:
        case paths.Link(iri):
            return iri_text(iri)
        case paths.Inverse(inner):
            return f"(^{path_text(inner)})"
        case paths.Sequence(members):
            return f"({'/'.join(map(path_text, members))})"
        case paths.Alternative(members):
            return f"({'|'.join(map(path_text, members))})"
        case paths.ZeroOrMore(inner):
            return f"({path_text(inner)}*)"
        case paths.OneOrMore(inner):
            return f"({path_text(inner)}+)"
        case paths.ZeroOrOne(inner):
            return f"({path_text(inner)}?)"
        case paths.NegatedSet():
            return _negated_text(path)


def _negated_text(path: paths.NegatedSet) -> str:
    """``!(…)``; an empty direction, which few engines read, is one IRI or any but that."""
    members: list[str] = []
    more: list[str] = []
    for iris, sign in ((path.forward, ""), (path.backward, "^")):
        if iris is not None:
            members += (f"{sign}{iri_text(iri)}" for iri in iris) if iris else (f"{sign}{_ANY}",)
            more += [] if iris else [f"({sign}{_ANY})" if sign else _ANY]
    negated = f"!({'|'.join(members)})"
    return f"({'|'.join((*more, negated))})" if more else negated
