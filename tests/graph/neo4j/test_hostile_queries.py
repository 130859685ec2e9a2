"""Names and values that try to be Cypher, in queries: Oxigraph's answers, and no value stands in the Cypher."""

from collections.abc import Callable, Iterator

import pytest

from common.errors import QuerySyntaxError
from common.namespaces import XSD
from common.terms import literal
from graph.backends.neo4j.store import Neo4jStore
from graph.backends.oxigraph import OxigraphStore
from graph.cypher.evaluation import plan
from graph.store import PLAIN, Delta, Solutions
from tests.graph.neo4j.test_hostile_names import IRIS, TEXTS, quads_of

Cypher = Callable[..., list[list[object]]]
SHORT = [iri for iri in IRIS if len(iri) < 5_000]
"""Longer ones are no IRI that a query of the usual limits holds."""


def about_iri(iri: str) -> Iterator[str]:
    """Queries with the IRI in every place."""
    yield f"SELECT ?s ?o {{ GRAPH <{iri}> {{ ?s <{iri}> ?o }} }}"
    yield f"SELECT ?p ?o {{ GRAPH ?g {{ <{iri}> ?p ?o }} FILTER(?g = <{iri}>) }}"
    yield f"SELECT ?s ?p {{ GRAPH <{iri}> {{ ?s ?p <{iri}> }} }}"
    yield f"SELECT ?s (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s a <{iri}> }} }} GROUP BY ?s"
    yield f"SELECT ?s {{ GRAPH ?g {{ ?s <{iri}>+ ?o }} VALUES ?g {{ <{iri}> }} }}"
    yield f"CONSTRUCT {{ ?o <{iri}> ?s }} WHERE {{ GRAPH <{iri}> {{ ?s <{iri}> ?o FILTER(isIRI(?o)) }} }}"
    yield f"SELECT (STR(?s) AS ?t) (DATATYPE(?o) AS ?d) {{ GRAPH <{iri}> {{ ?s <{iri}> ?o }} }}"


def about_text(iri: str, text: str) -> Iterator[str]:
    """Queries with the text as every kind of literal."""
    plain, english, typed = literal(text), literal(text, lang="en"), literal(text, datatype=iri)
    for value in (plain, english, typed):
        yield f"SELECT ?s ?p {{ GRAPH <{iri}> {{ ?s ?p {value} }} }}"
    yield f"SELECT ?s {{ GRAPH <{iri}> {{ ?s <{iri}> ?o FILTER(STR(?o) = {plain}) }} }}"
    yield f"SELECT ?s {{ GRAPH <{iri}> {{ ?s <{iri}> ?o FILTER(CONTAINS(STR(?o), {plain})) }} }}"
    values = f"VALUES ?o {{ {plain} {english} }}"
    yield f"SELECT ?s (CONCAT({plain}, STR(?s)) AS ?t) {{ GRAPH <{iri}> {{ ?s <{iri}> ?o }} {values} }}"


def same(store: Neo4jStore, other: OxigraphStore, query: str) -> None:
    """Both engines give the same solutions."""
    found, wanted = store.query(query), other.query(query)
    if isinstance(found, Solutions):
        assert isinstance(wanted, Solutions)
        assert sorted(found.rows, key=str) == sorted(wanted.rows, key=str), query[:500]
    else:
        assert isinstance(found, list)
        assert isinstance(wanted, list)
        assert sorted(found) == sorted(wanted), query[:500]


def is_cypher(store: Neo4jStore, cypher: Cypher, query: str, *hidden: str) -> None:
    """What a query becomes is Cypher that the database understands, and holds none of the values."""
    stages = {stage.name for stage in store.explain(query)}
    statements = plan(query, PLAIN, store.registry).statements
    assert ("cypher" in stages) == bool(statements)
    for statement in statements:
        if statement.text:
            cypher(f"EXPLAIN {statement.text}", **statement.parameters)
        assert not any(value in statement.text for value in hidden)


@pytest.fixture
def other(store: Neo4jStore) -> OxigraphStore:
    """The same hostile quads in Oxigraph; they are in ``store``, too."""
    quads = [quad for iri in SHORT for text in TEXTS for quad in quads_of(iri, text)]
    store.apply(Delta(add=quads))
    found = OxigraphStore(None)
    found.apply(Delta(add=quads))
    return found


def test_queries_with_hostile_iris(store: Neo4jStore, other: OxigraphStore, cypher: Cypher) -> None:
    """An IRI in every place of a query is that IRI."""
    for iri in SHORT:
        for query in about_iri(iri):
            same(store, other, query)
            is_cypher(store, cypher, query)


def test_queries_with_hostile_texts(store: Neo4jStore, other: OxigraphStore, cypher: Cypher) -> None:
    """A literal in every place of a query is that literal, and goes to the database as a parameter."""
    for text in TEXTS:
        for iri in (IRIS[1], IRIS[2], IRIS[3]):
            for query in about_text(iri, text):
                same(store, other, query)
                is_cypher(store, cypher, query, *([text] if len(text) > 4 else []))


@pytest.mark.parametrize("escape", ["\\u0060", "\\u0022", "\\u000A", "\\u003E", "\\U0000007B"])
def test_an_escape_in_a_query_brings_no_character_that_an_iri_may_not_have(
    store: Neo4jStore, other: OxigraphStore, escape: str
) -> None:
    """Both engines refuse it, in a query and in an update."""
    query = f"SELECT * {{ ?s <http://e.example/{escape})DETACH(n> ?o }}"
    for engine in (store, other):
        with pytest.raises(QuerySyntaxError):
            engine.query(query)
    with pytest.raises(QuerySyntaxError):
        store.update(f"INSERT DATA {{ <a:a> <http://e.example/{escape}> <a:b> }}")


def test_variables_and_prefixes_are_no_cypher(store: Neo4jStore, other: OxigraphStore, cypher: Cypher) -> None:
    """Names of a query that mean something in Cypher mean nothing there."""
    iri = IRIS[0]
    triples = "?n MATCH: ?MATCH . ?n a ?c0 . ?n ?p0 ?变量 . ?n MATCH: ?RETURN FILTER(isLiteral(?RETURN))"
    columns = "?n ?MATCH ?c0 ?p0 ?变量 (STRLEN(?RETURN) AS ?iri)"
    query = f"PREFIX MATCH: <{iri}> SELECT {columns} {{ GRAPH <{iri}> {{ {triples} }} }}"
    same(store, other, query)
    is_cypher(store, cypher, query)


def test_updates_with_hostile_terms(store: Neo4jStore, other: OxigraphStore) -> None:
    """Text of an update that tries to be Cypher is written as it is."""
    for iri in SHORT:
        text = literal("`}) DETACH DELETE (n) // \\u0060 $iri", datatype=f"{XSD}string")
        for engine in (store, other):
            engine.update(
                f"INSERT {{ GRAPH <{iri}> {{ ?s <{iri}> {text} }} }} WHERE {{ GRAPH <{iri}> {{ ?s a <{iri}> }} }}"
            )
    assert set(store.quads((None, None, None), None)) == set(other.quads((None, None, None), None))
