"""What a variable or expression is in Cypher, with a type that is known at compile time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.cypher.kinds import RESOURCES, Kind, LiteralKind


class Inexact(Exception):  # noqa: N818  it never leaves the compiler
    """What Cypher would not answer exactly as SPARQL does; the text is the construct's name."""


class NoSolutions(Exception):  # noqa: N818  likewise
    """The pattern has no solution in any graph with this registry."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A typed Cypher expression.

    Attributes:
        form: ``node``: a node; ``iri``: the string of an IRI or blank node; ``value``: a native value of the one kind;
            ``scaled``: a decimal as an integer (``decimals``); ``tagged``: a tagged string of any of the kinds;
            ``null``: always unbound.
        text: The expression.
        kinds: Kinds that it may have.
        nullable: It may be unbound or an error.
        places: Of a ``scaled`` one, digits after the point.
    """

    form: str
    text: str
    kinds: frozenset[Kind]
    nullable: bool = False
    places: int = 0

    @property
    def kind(self) -> LiteralKind:
        """Of a ``value``."""
        (kind,) = self.kinds
        if kind is None:
            raise TypeError(f"{self.text} is no literal")
        return kind

    @property
    def is_resource(self) -> bool:
        """Whether it is an IRI or blank node, if anything."""
        return self.kinds == RESOURCES

    def maybe(self) -> Binding:
        """The same, possibly unbound."""
        return replace(self, nullable=True)

    def renamed(self, text: str) -> Binding:
        """The same in another variable."""
        return replace(self, text=text)


NULL = Binding("null", "null", frozenset(), nullable=True)


def node(name: str, *, nullable: bool = False) -> Binding:
    """A node."""
    return Binding("node", name, RESOURCES, nullable)


def iri(text: str, *, nullable: bool = False) -> Binding:
    """An IRI's string."""
    return Binding("iri", text, RESOURCES, nullable)


def value(text: str, kind: LiteralKind, *, nullable: bool = False) -> Binding:
    """A native value."""
    return Binding("value", text, frozenset({kind}), nullable)


def tagged(text: str, kinds: frozenset[Kind], *, nullable: bool = False) -> Binding:
    """A tagged string."""
    return Binding("tagged", text, kinds, nullable)


def quote(name: str) -> str:
    """A name of the registry in backticks."""
    return f"`{name.replace('`', '``')}`"
