"""Reads a foreign graph as quads of the default graph: labels are classes, properties and relationships statements."""

import re
from collections.abc import Iterator

from common.namespaces import RDF
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.foreign.names import Names
from graph.backends.neo4j.foreign.values import literals
from graph.backends.neo4j.reading import Pattern
from graph.store import Quad

_TYPE = f"<{RDF}type>"
_PLAIN = re.compile(r"\w[\w .:-]*")
"""Names that may stand between backticks as they are. In others even an escape such as ``\\u0060`` could end it."""


class ForeignSource:
    """One read transaction of a foreign graph.

    Args:
        transaction: The transaction.
        names: Names and IRIs.
    """

    def __init__(self, transaction: Transaction, names: Names) -> None:
        self._transaction = transaction
        self._names = names

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match; see ``GraphStore.quads``. Relationships of one type between two nodes are one."""
        subject, predicate, obj = pattern
        node = None if subject is None else self._names.of_node(subject)
        if graph or (subject is not None and node is None):
            return
        found = [self._types(node, obj)] if predicate in {None, _TYPE} else []
        if obj is None or obj.startswith('"'):
            found.append(self._properties(node, predicate, obj))
        if obj is None or not obj.startswith('"'):
            found.append(self._relationships(node, predicate, obj))
        for statements in found:
            for statement in statements:
                yield statement, None

    def _types(self, node: str | None, cls: str | None) -> Iterator[str]:
        name = None if cls is None else self._names.of_label(cls)
        if cls is not None and name is None:
            return
        label, wanted = _named(name, "$name IN labels(n)")
        text = f"MATCH (n{label}) {_where(wanted, n=node)} RETURN elementId(n), labels(n)"
        for element, labels in self._transaction.stream(text, {"n": node, "name": name}):
            for each in labels if name is None else [name]:
                yield f"{self._names.node(element)} {_TYPE} {self._names.label(each)}"

    def _properties(self, node: str | None, predicate: str | None, literal: str | None) -> Iterator[str]:
        name = None if predicate is None else self._names.of_property(predicate)
        if predicate is not None and name is None:
            return
        kept, wanted = ("properties(n)", "") if name is None else ("n[$name]", "n[$name] IS NOT NULL")
        text = f"MATCH (n) {_where(wanted, n=node)} RETURN elementId(n), {kept}"
        for element, found in self._transaction.stream(text, {"n": node, "name": name}):
            for key, value in (found if name is None else {name: found}).items():
                for each in literals(value):
                    if literal in {None, each}:
                        yield f"{self._names.node(element)} {self._names.property(key)} {each}"

    def _relationships(self, node: str | None, predicate: str | None, obj: str | None) -> Iterator[str]:
        name = None if predicate is None else self._names.of_relationship(predicate)
        end = None if obj is None else self._names.of_node(obj)
        if (predicate is not None and name is None) or (obj is not None and end is None):
            return
        kind, wanted = _named(name, "type(r) = $name")
        where = _where(wanted, n=node, o=end)
        text = f"MATCH (n)-[r{kind}]->(o) {where} RETURN elementId(n), type(r), elementId(o)"
        for element, found, other in self._transaction.stream(text, {"n": node, "o": end, "name": name}):
            yield f"{self._names.node(element)} {self._names.relationship(found)} {self._names.node(other)}"


def _named(name: str | None, condition: str) -> tuple[str, str]:
    """A label or type in a pattern, which is looked up, and what must hold beside it."""
    if name is None:
        return "", ""
    return (f":`{name}`", "") if _PLAIN.fullmatch(name) else ("", condition)


def _where(condition: str, **nodes: str | None) -> str:
    """A WHERE clause; nodes are given by ``elementId``, as parameters of the names of their variables."""
    wanted = [condition] if condition else []
    wanted += [f"elementId({name}) = ${name}" for name, node in nodes.items() if node is not None]
    return f"WHERE {' AND '.join(wanted)}" if wanted else ""
