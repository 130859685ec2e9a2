"""The algebra of a query as a tree to read, nodes named as in SPARQL 1.1, section 18.2."""

from dataclasses import fields, is_dataclass
from typing import Any

from common import terms
from graph.sparql.algebra import OrderCondition, PathPattern, TriplePattern
from graph.sparql.paths import Link
from graph.sparql.terms import BlankNode, Iri, Literal, Variable

_WIDTH = 100
"""Characters of a node that is written on one line."""


def show(node: object) -> str:
    """The tree in brackets: the name of each node, then its parts, each on lines of its own where they are long.

    >>> from graph.sparql.parser import parse_query
    >>> print(show(parse_query("SELECT ?s { ?s a <c:c> FILTER(?s != <a:a>) }")))
    (Select (Project (Filter (Compare != ?s <a:a>) (BGP ((?s rdf:type <c:c>)))) (?s)) (?s))
    """
    return "\n".join(_lines(node))


def _lines(node: object) -> list[str]:
    if isinstance(node, tuple):
        name, parts = "", [_lines(part) for part in node]
    elif (atom := _atom(node)) is not None:
        return [atom]
    else:
        name = _name(node)
        parts = [_lines(part) for part in _parts(node)]
    if all(len(part) == 1 for part in parts):
        line = f"({' '.join([*([name] if name else []), *(part[0] for part in parts)])})"
        if len(line) <= _WIDTH:
            return [line]
    lines = [f"({name}", *(f"  {line}" for part in parts for line in part)]
    return [*lines[:-1], f"{lines[-1]})"]


def _name(node: object) -> str:
    match node:
        case TriplePattern() | PathPattern():
            return ""
        case OrderCondition(_, descending):
            return "Desc" if descending else "Asc"
        case _:
            return type(node).__name__


def _parts(node: Any) -> list[object]:
    """What a node holds; what is absent is left out, and a mark (``negated``, ``distinct``) stands by its name."""
    if isinstance(node, OrderCondition):
        return [node.expression]
    if not is_dataclass(node):
        return [repr(node)]
    found = ((field.name, getattr(node, field.name)) for field in fields(node))
    return [name if part is True else part for name, part in found if part is not None and part is not False]


def _atom(node: object) -> str | None:
    match node:
        case Variable(name):
            return f"?{name}"
        case Iri(iri) | Link(iri):
            return _iri(iri)
        case Literal(lexical, datatype, language):
            return terms.literal(lexical, language, datatype)
        case BlankNode(label):
            return f"_:{label}"
        case str() | int() | None:
            return str(node)
        case _:
            return None


def _iri(iri: str) -> str:
    return "rdf:type" if iri == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" else f"<{iri}>"
