"""What stands in a pattern or an expression: RDF terms and variables.

A blank node of a query is a variable that can't be selected (SPARQL 1.1, section 4.1.4); the parser makes it one.
"""

from dataclasses import dataclass

from common.namespaces import XSD


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI, without brackets."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal; exactly as written, not canonical (``graph.canonical`` does that)."""

    lexical: str
    datatype: str = f"{XSD}string"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, without its sign.

    ``hidden`` ones stand for blank nodes, paths' inner nodes, unnamed keys and aggregates; their names (``.1``) are no
    names of SPARQL, and each is another variable in the whole of a query or update.
    """

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BlankNode:
    """A blank node of a template or of data: a new one for each solution or request."""

    label: str


Node = Iri | Literal | Variable | BlankNode
"""Subject, predicate, object or graph name."""
