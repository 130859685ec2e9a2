"""Inline data as parameters."""

from __future__ import annotations

from collections.abc import Sequence

from graph.backends.neo4j.registry import LONGEST_IRI
from graph.cypher.bindings import NULL, Binding, Inexact, iri, tagged, value
from graph.cypher.kinds import Kind, literal_value
from graph.cypher.kinds import tagged as tagged_constant
from graph.sparql.terms import Iri, Literal


def column(cells: Sequence[Iri | Literal | None]) -> tuple[Binding, list[object]]:
    """A column of VALUES: what it is, without name, and its values.

    Raises:
        Inexact: An IRI in it is too long to be looked up from within a statement.
    """
    nullable = None in cells
    terms = [cell for cell in cells if cell is not None]
    kinds: frozenset[Kind] = frozenset(None if isinstance(term, Iri) else literal_value(term)[0] for term in terms)
    if not kinds:
        return NULL, list(cells)
    if kinds == {None}:
        if any(len(term.value.encode()) > LONGEST_IRI for term in terms if isinstance(term, Iri)):
            raise Inexact("VALUES with a very long IRI")
        return iri("", nullable=nullable), [cell.value if isinstance(cell, Iri) else None for cell in cells]
    if len(kinds) == 1 and (kind := next(iter(kinds))) is not None:
        natives: list[object] = [literal_value(cell)[1] if isinstance(cell, Literal) else None for cell in cells]
        return value("", kind, nullable=nullable), natives
    return tagged("", kinds, nullable=nullable), [None if cell is None else tagged_constant(cell) for cell in cells]
