"""Literals that are looked up by an index, whatever is under its key."""

from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from neo4j import Driver

from graph.backends.neo4j.address import Address
from graph.backends.neo4j.names import Preferences
from graph.backends.neo4j.store import Neo4jStore
from graph.cypher.evaluation import plan
from graph.sparql.parser import parse_query
from graph.store import PLAIN, Delta, Solutions
from tests.graph.cypher.compare import expected, same

LABEL = "<p:label>"
BEARERS = 'SELECT * { VALUES ?l { "a" "b" "b"@en "b"@en "c"@de <n:x> } ?s <p:label> ?l }'
QUERIES = (
    BEARERS,
    'SELECT ?s { ?s a <c:Work> ; <p:label> "b"@en }',
    'SELECT * { VALUES (?l ?n) { ("a" 1) ("b"@en 2) ("b"@en 3) } ?s <p:label> ?l ; <p:n> ?n }',
    'SELECT * { VALUES ?l { "a" "b"@en } { ?s <p:label> ?l } UNION { ?s <p:other> ?l } ?s <p:n> ?n }',
    "SELECT * { <n:1> <p:label> ?l . ?s <p:label> ?l }",
    'SELECT * { GRAPH ?g { VALUES ?l { "a" "b"@en } ?s <p:label> ?l } }',
    'SELECT * { GRAPH <g:1> { ?s <p:label> "b"@en } }',
)


@pytest.fixture
def store(address: str, cypher: Callable[..., list[list[object]]]) -> Iterator[Neo4jStore]:
    """An empty store that looks labels up."""
    cypher("MATCH (n) DETACH DELETE n")
    known = Preferences(looked_up=frozenset({"p:label", "p:other"}))
    opened = Neo4jStore(Address.of(address), preferences=lambda: known)
    yield opened
    opened.close()
    for (name,) in cypher(
        "SHOW INDEXES YIELD name WHERE name STARTS WITH 'value_' AND name <> 'value_of_list' RETURN name"
    ):
        cypher(f"DROP INDEX {name}")


def check(store: Neo4jStore, text: str) -> None:
    """The answer is that of pyoxigraph over the same quads."""
    data = ox.Store()
    quads = [f"{s} <{g}> .\n" if g else f"{s} .\n" for s, g in store.quads((None, None, None), None)]
    data.load("".join(quads).encode(), format=ox.RdfFormat.N_QUADS)
    query = parse_query(text)
    found, wanted = store.query(text), expected(data, query)
    assert same(found, wanted, query), f"{text}: {found} is not {wanted}"


def fill(store: Neo4jStore) -> None:
    """Scalars, lists, values of a named graph only, of several languages."""
    store.apply(
        Delta(
            add=[
                (f'<n:1> {LABEL} "a"', None),
                (f'<n:1> {LABEL} "b"@en', None),
                (f'<n:2> {LABEL} "b"@en', None),
                (f'<n:2> {LABEL} "d"@en', "g:1"),
                (f'<n:3> {LABEL} "c"@de', "g:1"),
                (f'<n:3> {LABEL} "b"@en', "g:1"),
                (f"<n:3> {LABEL} <n:x>", None),
                ('<n:3> <p:other> "a"', None),
                ("<n:3> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <c:Work>", None),
                ("<n:2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <c:Work>", None),
                *((f'<n:{n}> <p:n> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer>', None) for n in (1, 2, 3)),
            ]
        )
    )


def operators(driver: Driver, store: Neo4jStore, text: str) -> set[str]:
    """What the server does for a query."""
    (statement,) = plan(text, PLAIN, store.registry).statements
    parameters = dict(statement.parameters)
    summary = driver.execute_query(f"EXPLAIN {statement.text}", parameters).summary
    found: set[str] = set()
    plans: list[Any] = [summary.plan]
    while plans:
        each = plans.pop()
        found.add(each["operatorType"].partition("@")[0])
        plans += each.get("children", [])
    return found


@pytest.mark.parametrize("text", QUERIES)
def test_answers(store: Neo4jStore, text: str) -> None:
    """They are those of Oxigraph, before and after values come and go."""
    fill(store)
    check(store, text)
    store.apply(Delta(add=[(f'<n:1> {LABEL} "e"@en', None), (f'<n:4> {LABEL} "a"', None)]))
    check(store, text)
    store.apply(Delta(remove=[(f'<n:2> {LABEL} "d"@en', "g:1"), (f'<n:1> {LABEL} "b"@en', None)]))
    check(store, text)


def test_nothing_is_scanned(store: Neo4jStore, driver: Driver) -> None:
    """Labels of several languages, lists among them, are found by index."""
    fill(store)
    store.apply(
        Delta(add=[(f'<n:more{n}> {LABEL} "label {n}"{tag}', None) for n in range(1_000) for tag in ("", "@en")])
    )
    for text in ('SELECT * { VALUES ?l { "a" "b"@en "c"@de } ?s <p:label> ?l }', QUERIES[1]):
        found = operators(driver, store, text)
        assert "NodeIndexSeek" in found
        assert not {"NodeByLabelScan", "AllNodesScan", "UnionNodeByLabelsScan"} & found


def test_a_pattern_with_a_value_is_looked_up(store: Neo4jStore) -> None:
    """``quads`` finds scalars and members of lists."""
    fill(store)
    found = {statement for statement, _ in store.quads((None, LABEL, '"b"@en'), None)}
    assert found == {f'<n:{n}> {LABEL} "b"@en' for n in (1, 2, 3)}


def test_no_value_is_too_long(store: Neo4jStore, cypher: Callable[..., list[list[object]]]) -> None:
    """64 KB under a key that has an index: it is written, the index goes, answers stay right."""
    fill(store)
    store.apply(Delta(add=[(f'<n:5> {LABEL} "{"x" * 64_000}"@en', None)]))
    assert not next(key for key in store.registry.keys["p:label"] if key.language == "en").indexed
    assert next(key for key in store.registry.keys["p:label"] if key.language is None).indexed
    assert cypher("MATCH (v:_Value {key: 'label@en'}) RETURN count(v)") == [[0]]
    for text in QUERIES:
        check(store, text)
    store.update(f'INSERT DATA {{ <n:6> {LABEL} "{"y" * 64_000}", "b"@en }}')
    assert not any(key.indexed for key in store.registry.keys["p:label"] if key.language is None)
    check(store, BEARERS)


def test_lists_of_any_length(store: Neo4jStore) -> None:
    """A resource with 500 labels: none is lost, and each is found."""
    fill(store)
    labels = [f'<n:9> {LABEL} "label {n} of many"@de' for n in range(500)]
    store.apply(Delta(add=[(label, None) for label in labels[:20]]))
    check(store, f'SELECT * {{ VALUES ?l {{ "label 7 of many"@de "a" }} ?s {LABEL} ?l }}')
    store.apply(Delta(add=[(label, None) for label in labels]))
    for n in (7, 499):
        check(store, f'SELECT * {{ VALUES ?l {{ "label {n} of many"@de "a" }} ?s {LABEL} ?l }}')


def test_another_process_ends_look_ups(store: Neo4jStore, address: str) -> None:
    """A store that still knows an index that another one has dropped answers right, and writes right."""
    fill(store)
    other = Neo4jStore(Address.of(address))
    try:
        other.apply(Delta(add=[(f'<n:5> {LABEL} "{"x" * 64_000}"@en', None), (f'<n:7> {LABEL} "b"@en', None)]))
    finally:
        other.close()
    check(store, BEARERS)
    store.apply(Delta(add=[(f'<n:8> {LABEL} "b"@en', None), (f'<n:8> {LABEL} "f"@en', None)]))
    check(store, BEARERS)


def test_a_list_that_goes_leaves_nothing(store: Neo4jStore, cypher: Callable[..., list[list[object]]]) -> None:
    """A resource whose list was looked up is deleted with its last statement."""
    quads = [(f'<n:1> {LABEL} "{text}"', None) for text in "abc"]
    store.apply(Delta(add=list(quads)))
    assert cypher("MATCH (v:_Value) RETURN count(v)") == [[3]]
    store.apply(Delta(remove=list(quads)))
    assert cypher("MATCH (n) WHERE n:Resource OR n:_Value RETURN count(n)") == [[0]]
    found = store.query(BEARERS)
    assert isinstance(found, Solutions)
    assert not found.rows
