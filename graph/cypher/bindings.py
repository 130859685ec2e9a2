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
            ``tagged``: a tagged string of any of the kinds; ``null``: always unbound.
        text: The expression.
        kinds: Kinds that it may have.
        nullable: It may be unbound or an error.
    """

    form: str
    text: str
    kinds: frozenset[Kind]
    nullable: bool = False

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


class Terms:
    """Conversions between forms.

    Args:
        long_iris: Some nodes keep their IRI in ``longIri``.
    """

    def __init__(self, *, long_iris: bool) -> None:
        self._long = long_iris

    def iri_text(self, binding: Binding) -> str:
        """The string of a resource."""
        if binding.form == "node":
            name = binding.text
            return f"coalesce({name}.longIri, {name}.iri)" if self._long else f"{name}.iri"
        if binding.form == "iri":
            return binding.text
        return f"substring({binding.text}, 1)"

    def tagged_text(self, binding: Binding) -> str:
        """Any term as a tagged string."""
        match binding.form:
            case "tagged" | "null":
                return binding.text
            case "value":
                text = binding.text if binding.kind.encoding in {"string", "lexical"} else f"toString({binding.text})"
                return f"({string(binding.kind.tag)} + {text})"
            case _:
                return f"('<' + {self.iri_text(binding)})"

    def same(self, left: Binding, right: Binding) -> str | None:
        """Whether both are the same term; None: never. Null where one is unbound."""
        if not left.kinds & right.kinds:
            return None
        if left.form == right.form == "node":
            return f"{left.text} = {right.text}"
        if left.is_resource and right.is_resource and "tagged" not in {left.form, right.form}:
            return f"{self.iri_text(left)} = {self.iri_text(right)}"
        if left.form == right.form == "value" and left.kind.encoding != "double":
            return f"{left.text} = {right.text}"
        return f"{self.tagged_text(left)} = {self.tagged_text(right)}"

    def comparable(self, binding: Binding) -> Binding:
        """In a form in which Cypher's equality, in DISTINCT and groups, is that of terms."""
        if binding.form == "value" and binding.kind.encoding == "double":
            return tagged(self.tagged_text(binding), binding.kinds, nullable=binding.nullable)
        return binding

    def merged(self, bindings: list[Binding]) -> tuple[Binding, list[str]]:
        """A binding without name that can hold all of these, and each of them as an expression for it."""
        real = [binding for binding in bindings if binding.form != "null"]
        nullable = any(binding.nullable for binding in bindings)
        if not real:
            return NULL, ["null"] * len(bindings)
        forms = {binding.form for binding in real}
        kinds = frozenset(kind for binding in real for kind in binding.kinds)
        if len(forms) == 1 and (len(kinds) == 1 or forms == {"tagged"}):
            return Binding(real[0].form, "", kinds, nullable), [binding.text for binding in bindings]
        if kinds == RESOURCES and "tagged" not in forms:
            texts = [binding.text if binding.form == "null" else self.iri_text(binding) for binding in bindings]
            return iri("", nullable=nullable), texts
        return tagged("", kinds, nullable=nullable), [self.tagged_text(binding) for binding in bindings]


def string(text: str) -> str:
    """A tag as a Cypher string: IRIs of datatypes and languages only, never a value."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
