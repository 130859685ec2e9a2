"""Queries: ``text → algebra → plan → rows``."""

from __future__ import annotations

from dataclasses import replace

from common.errors import QueryError
from graph.canonical import is_absolute_iri
from graph.cypher import residual
from graph.cypher.source import Source
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_query
from graph.store import PLAIN, QueryOptions, Result


def evaluate(text: str, options: QueryOptions, source: Source) -> Result:
    """The answer to a SPARQL 1.1 query over a source.

    Raises:
        QuerySyntaxError: With line and column.
        QueryLimitError: It would need too much memory; names the construct.
        QueryError: Any other failure.
    """
    query = with_dataset(parse_query(text), options)
    return residual.evaluate(query, text, options, source)


def with_dataset(query: alg.Query, options: QueryOptions = PLAIN) -> alg.Query:
    """The query over the dataset of the protocol, which comes before its own.

    Raises:
        QueryError: A graph of the protocol is no IRI.
    """
    if not options.default_graphs and not options.named_graphs:
        return query
    for iri in (*options.default_graphs, *options.named_graphs):
        if not is_absolute_iri(iri):
            raise QueryError(f"default-graph-uri or named-graph-uri is no IRI: {iri[:200]}")
    dataset = alg.Dataset(tuple(dict.fromkeys(options.default_graphs)), tuple(dict.fromkeys(options.named_graphs)))
    return replace(query, dataset=dataset)
