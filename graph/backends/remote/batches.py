"""Queries that look up some hundreds of statements at once."""

from collections.abc import Iterable, Iterator

from common.terms import split_statement
from graph.parameters import check_term
from graph.store import Quad

MOST = 500
"""Statements in one query: longer lists make slow plans on some engines."""
_MOST_CHARACTERS = 1_000_000
MOST_HOLDERS = 20 * MOST
"""Rows that are read of who holds the statements of one query."""


def batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Quads in batches that one query may hold."""
    batch: list[Quad] = []
    size = 0
    for quad in quads:
        if batch and (len(batch) == MOST or size + len(quad[0]) > _MOST_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(quad)
        size += len(quad[0])
    if batch:
        yield batch


def held_query(quads: list[Quad]) -> str:
    """Which of ``quads``, all of named graphs or all of the default graph, are there?"""
    if quads[0][1] is None:
        return f"SELECT ?s ?p ?o {{ VALUES (?s ?p ?o) {{ {_rows(quads)} }} ?s ?p ?o }}"
    return f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o ?g) {{ {_rows(quads)} }} GRAPH ?g {{ ?s ?p ?o }} }}"


def holders_query(quads: list[Quad]) -> str:
    """Which named graphs hold the statements of ``quads``, all of the default graph?"""
    rows = _rows(quads)
    return f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o) {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {MOST_HOLDERS}"


def _rows(quads: list[Quad]) -> str:
    return "\n".join(f"({' '.join(_terms(*quad))})" for quad in quads)


def _terms(statement: str, graph: str | None) -> Iterator[str]:
    for term, name in zip(split_statement(statement), ("subject", "predicate", "object"), strict=True):
        yield check_term(term, name)
    if graph is not None:
        yield check_term(f"<{graph}>", "graph")
