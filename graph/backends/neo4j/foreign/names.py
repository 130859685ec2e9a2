"""IRIs for what a foreign graph names: its labels, relationship types, property keys and nodes."""

from dataclasses import dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True)
class Names:
    """Names and IRIs, one for one. A name is percent-encoded, so that any makes an IRI.

    >>> names = Names("https://b.example/")
    >>> names.label("Old Book"), names.of_label("<https://b.example/foreign/label/Old%20Book>")
    ('<https://b.example/foreign/label/Old%20Book>', 'Old Book')

    Attributes:
        base: Base IRI of the installation.
    """

    base: str

    def label(self, name: str) -> str:
        """Class of the nodes with a label."""
        return self._iri("label", name)

    def relationship(self, name: str) -> str:
        """Predicate of the relationships of a type."""
        return self._iri("relationship", name)

    def property(self, name: str) -> str:
        """Predicate of the values of a property key."""
        return self._iri("property", name)

    def node(self, element: str) -> str:
        """A node, by its ``elementId``: the database may give that of a node that was deleted to another one."""
        return self._iri("node", element)

    def of_label(self, term: str) -> str | None:
        """The label of a class; None: it is none of this graph."""
        return self._name("label", term)

    def of_relationship(self, term: str) -> str | None:
        """The type of a predicate."""
        return self._name("relationship", term)

    def of_property(self, term: str) -> str | None:
        """The key of a predicate."""
        return self._name("property", term)

    def of_node(self, term: str) -> str | None:
        """The ``elementId`` of a node."""
        return self._name("node", term)

    def _iri(self, kind: str, name: str) -> str:
        return f"<{self.base}foreign/{kind}/{quote(name, safe=':')}>"

    def _name(self, kind: str, term: str) -> str | None:
        name = unquote(term.removeprefix(f"<{self.base}foreign/{kind}/")[:-1])
        return name if term == self._iri(kind, name) else None
