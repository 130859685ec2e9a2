"""A delta, sorted by what it changes in the property graph."""

from collections.abc import Iterable
from typing import TypeVar

import pyoxigraph as ox

from common.errors import StoreError
from common.namespaces import RDF
from graph.backends.neo4j.terms import KeyId, Value, encode
from graph.canonical import refuse_triple_terms
from graph.store import Delta

TYPE = f"{RDF}type"
Marks = dict[str | None, bool]
"""By graph (None: the default graph): whether a statement is there afterwards."""


_Named = TypeVar("_Named")


class NodeChange:
    """What changes about one resource.

    Attributes:
        labels: By class.
        literals: By key and value.
        links: By predicate and IRI of the object.
    """

    __slots__ = ("labels", "links", "literals")

    def __init__(self) -> None:
        self.labels: dict[str, Marks] = {}
        self.literals: dict[KeyId, dict[Value, Marks]] = {}
        self.links: dict[tuple[str, str], Marks] = {}


Changes = dict[str, NodeChange]
"""By IRI of the resource, or ``_:label``."""


def changes(delta: Delta, *, blank: bool = False) -> Changes:
    """The changes of a delta of IRIs and literals, and blank nodes if ``blank``.

    Raises:
        StoreError: A text is not one N-Triples statement, or holds a blank node; shows it.
    """
    marks: dict[str, Marks] = {}
    for quads, held in ((delta.remove, False), (delta.add, True)):
        for statement, graph in quads:
            if (found := marks.get(statement)) is None:
                marks[statement] = {graph: held}
            else:
                found[graph] = held
    _check_graphs({graph for found in marks.values() for graph in found if graph is not None})
    return _sorted(zip(parse(list(marks), blank=blank), marks.values(), strict=True))


def loaded(nquads: bytes) -> Changes:
    """The changes of a bulk load, which may hold blank nodes.

    Raises:
        StoreError: It is not N-Quads.
    """
    by_triple: dict[ox.Triple, Marks] = {}
    try:
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
            graph = quad.graph_name
            name = None if isinstance(graph, ox.DefaultGraph) else _node(graph)
            triple = quad.triple
            if (found := by_triple.get(triple)) is None:
                by_triple[triple] = {name: True}
            else:
                found[name] = True
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"not N-Quads: {error}") from error
    return _sorted(by_triple.items())


def parse(statements: list[str], *, blank: bool = False) -> list[ox.Triple]:
    """The triples of ``statements``, in order; they may hold blank nodes if ``blank``.

    Raises:
        StoreError: A text is not one N-Triples statement of IRIs and literals; shows it.
    """
    refuse_triple_terms(statements)
    parsed = [quad.triple for quad in _parse_text("".join(f"{statement} .\n" for statement in statements), statements)]
    if len(parsed) != len(statements):
        raise StoreError(f"{len(statements)} statements read as {len(parsed)}: one holds a line end or a comment")
    for place, statement in enumerate(statements):
        if str(parsed[place]) != statement:
            # Written in another way, or two texts share three statements between them: this one by itself.
            alone = _parse_text(f"{statement} .\n", [statement])
            if len(alone) != 1 or "\n" in statement or "\r" in statement:
                raise StoreError(f"not one N-Triples statement: {statement[:200]}")
            parsed[place] = alone[0].triple
        triple = parsed[place]
        refused = ox.Triple if blank else ox.BlankNode | ox.Triple
        if isinstance(triple.subject, refused) or isinstance(triple.object, refused):
            raise StoreError(f"statement with a blank node or triple term: {statement[:200]}")
    return parsed


def _parse_text(text: str, given: list[str]) -> list[ox.Quad]:
    try:
        return list(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        shown = f": {given[line - 1][:200]}" if line and line <= len(given) else ""
        raise StoreError(f"not an N-Triples statement ({error}){shown}") from error


def _check_graphs(graphs: Iterable[str]) -> None:
    for graph in graphs:
        try:
            ox.NamedNode(graph)
        except ValueError as error:
            raise StoreError(f"not the IRI of a graph: {graph[:200]}") from error


def _sorted(triples: Iterable[tuple[ox.Triple, Marks]]) -> Changes:
    found: Changes = {}
    for triple, marks in triples:
        subject, predicate, obj = _node(triple.subject), triple.predicate.value, triple.object
        if (node := found.get(subject)) is None:
            node = found[subject] = NodeChange()
        if isinstance(obj, ox.Literal):
            key, kept = encode(predicate, obj)
            _note(node.literals.setdefault(key, {}), kept, marks)
        elif predicate == TYPE and isinstance(obj, ox.NamedNode):
            _note(node.labels, obj.value, marks)
        else:
            _note(node.links, (predicate, _node(obj)), marks)
    return found


def _note(marks: dict[_Named, Marks], name: _Named, found: Marks) -> None:
    """Takes in the marks of a statement; two texts may be the same statement, and adding comes after removing."""
    if (known := marks.setdefault(name, found)) is not found:
        marks[name] = {graph: known.get(graph, False) or found.get(graph, False) for graph in {**known, **found}}


def _node(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    raise StoreError(f"statement with a triple term: {str(term)[:200]}")
