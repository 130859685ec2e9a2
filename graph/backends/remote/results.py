"""Reads what a server answers to a query, term by term and without keeping the text of it.

Whatever form the server gives to numbers and times (``1.0e0``, ``+00:00``), here they have the canonical one.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import IO, cast

import pyoxigraph as ox

from common.errors import QueryError, StoreError
from common.namespaces import XSD
from graph.backends.remote.connection import Body
from graph.backends.remote.errors import broken_result
from graph.canonical import canonical_literal
from graph.packed import packed
from graph.store import Result, Solutions

# XML can't hold every character of a literal, and TSV abbreviates numbers: they come last.
ACCEPT = (
    "application/sparql-results+json, application/n-triples, text/turtle;q=0.8, "
    "application/sparql-results+xml;q=0.7, text/tab-separated-values;q=0.6, application/rdf+xml;q=0.4"
)
_SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ANY = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_INTEGER = re.compile(rf'"(?:0|-?[1-9][0-9]{{0,17}})"\^\^<{re.escape(XSD)}integer>\Z')
_BY_VALUE = f'"^^<{XSD}'


def read_result(body: Body, host: str, most: int | None) -> Result:
    """The result of a query, of which ``most`` rows or statements are read (None: all).

    Raises:
        QueryError: It holds a triple term.
        StoreError: It breaks off or is in no format that is known.
    """
    if body.content_type in _GRAPHS:
        return list(islice(read_statements(body, host), most))
    found = _opened(body, host)
    if isinstance(found, bool):
        return found
    variables = [variable.value for variable in found.variables]
    return Solutions(variables, packed(islice(_rows(found, body, host), most)))


def read_rows(body: Body, host: str) -> Iterator[tuple[str | None, ...]]:
    """Rows of a SELECT query as they come, in the order of its variables; of ASK, one empty row for yes."""
    found = _opened(body, host)
    if not isinstance(found, bool):
        yield from _rows(found, body, host)
    elif found:
        yield ()


def read_statements(body: Body, host: str) -> Iterator[str]:
    """Statements of a CONSTRUCT query as they come."""
    try:
        for quad in ox.parse(cast("IO[bytes]", body), format=_GRAPHS[body.content_type]):
            yield f"{text(quad.subject)} {quad.predicate} {text(quad.object)}"
    except (SyntaxError, ValueError) as error:
        raise broken_result(body.last_words(), error, host) from error


def _opened(body: Body, host: str) -> ox.QuerySolutions | bool:
    results_format = _SOLUTIONS.get(body.content_type)
    if results_format is None:
        raise StoreError(f"{host} answers a query in {body.content_type or 'no format'}: is this a SPARQL service?")
    try:
        found = ox.parse_query_results(cast("IO[bytes]", body), format=results_format)
    except (SyntaxError, ValueError) as error:
        raise broken_result(body.last_words(), error, host) from error
    return bool(found) if isinstance(found, ox.QueryBoolean) else found


def _rows(found: ox.QuerySolutions, body: Body, host: str) -> Iterator[tuple[str | None, ...]]:
    try:
        for solution in found:
            yield tuple(None if term is None else text(term) for term in solution)
    except (SyntaxError, ValueError) as error:
        raise broken_result(body.last_words(), error, host) from error


def text(term: _ANY) -> str:
    """The term's canonical N-Triples text.

    Raises:
        QueryError: It is a triple term, whose text would look like an IRI with blanks.
    """
    if isinstance(term, ox.Triple):
        raise QueryError(f"the result holds a triple term of RDF 1.2, which is not supported: {str(term)[:200]}")
    found = str(term)
    # Most numbers are canonical integers, which are recognised faster than they are looked up.
    if found.startswith('"') and _BY_VALUE in found and not _INTEGER.match(found):
        return canonical_literal(found)
    return found
