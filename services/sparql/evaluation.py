"""Evaluates a user's query: over a snapshot in this process, or on the server that keeps the graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from common.errors import QueryError
from graph.backends.oxigraph import evaluate
from graph.backends.oxigraph_errors import query_error
from graph.store import GraphStore, QueryOptions, Solutions
from services.sparql.messages import Limits, Query
from services.sparql.solutions import Row


@dataclass(frozen=True, slots=True)
class Table:
    """Result of SELECT; rows are read as they are asked for."""

    variables: list[str]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Statements:
    """Result of CONSTRUCT or DESCRIBE, each statement as often as it was found."""

    found: Iterator[str]


_Item = TypeVar("_Item")
Evaluated = Table | Statements | bool


def in_snapshot(store: ox.Store, query: Query) -> Evaluated:
    """Evaluates in this process.

    Raises:
        QueryError: It can't be evaluated; the rows raise it too.
    """
    try:
        result = evaluate(store, query.text, QueryOptions(query.default_graphs, query.named_graphs))
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise query_error(error, query.text) from error
    if isinstance(result, ox.QueryTriples):
        return Statements(_watched((str(triple) for triple in result), query))
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    return Table([variable.value for variable in result.variables], _watched(_terms(result), query))


def on_server(store: GraphStore, query: Query, limits: Limits) -> Evaluated:
    """Lets the server evaluate, and reads no more of the result than may be shown.

    Raises:
        QueryError: It can't be evaluated.
        StoreError: The server can't be reached.
    """
    most = limits.rows if query.first_rows is None else min(query.first_rows, limits.rows)
    # One more, which tells that there are more.
    result = store.query(query.text, QueryOptions(query.default_graphs, query.named_graphs, most + 1))
    if isinstance(result, Solutions):
        return Table(result.variables, iter(result.rows))
    return result if isinstance(result, bool) else Statements(iter(result))


def _watched(found: Iterator[_Item], query: Query) -> Iterator[_Item]:
    """What is evaluated as it is read may fail as it is read."""
    try:
        yield from found
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise query_error(error, query.text) from error


def _terms(solutions: ox.QuerySolutions) -> Iterator[Row]:
    for solution in solutions:
        yield tuple(None if term is None else _text(term) for term in solution)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Triple):
        raise QueryError("the result holds a triple term of RDF 1.2, which SPARQL 1.1 results can't express")
    return str(term)
