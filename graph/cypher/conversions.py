"""Conversions between the forms of bindings."""

from __future__ import annotations

from graph.cypher import decimals
from graph.cypher.bindings import NULL, Binding, iri, tagged
from graph.cypher.kinds import RESOURCES


class Terms:
    """Conversions between forms.

    Args:
        long_iris: Some nodes keep their IRI in ``longIri``.
        guards: A statement may fail where a number does not fit.
    """

    def __init__(self, *, long_iris: bool, guards: bool = True) -> None:
        self._long = long_iris
        self.guards = guards

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
            case "scaled":
                return f"({string(binding.kind.tag)} + {decimals.lexical(binding)})"
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
        if "scaled" in forms and all(map(decimals.is_decimal, real)):
            found = [
                decimals.scaled(binding, guards=self.guards) if binding in real else binding for binding in bindings
            ]
            places = max(binding.places for binding in found)
            texts = [binding.text if binding.form == "null" else decimals.at(binding, places) for binding in found]
            return Binding("scaled", "", real[0].kinds, nullable, places), texts
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
