"""When a query asks whether the names are still those that it was compiled for."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from graph.backends.neo4j import catalogue
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.sources import LiveSource
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta, Solutions

_QUERY = "SELECT ?t { <a:1> <p:title> ?t }"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Registry]:
    """Grows whenever the database is asked for its names."""
    found: list[Registry] = []
    ask = catalogue.current

    def current(transaction: Transaction | LiveSource, known: Registry) -> Registry:
        found.append(known)
        return ask(transaction, known)

    monkeypatch.setattr(catalogue, "current", current)
    return found


@pytest.fixture
def other(store: Neo4jStore, address: str) -> Iterator[Neo4jStore]:
    """Another process' store on the same database, which holds one title."""
    store.apply(Delta(add=[('<a:1> <p:title> "one"', None)]))
    with closing(Neo4jStore(Address(address))) as found:
        yield found


def _titles(store: Neo4jStore) -> set[str | None]:
    found = store.query(_QUERY)
    assert isinstance(found, Solutions)
    return {row[0] for row in found.rows}


def test_while_nothing_is_committed_a_query_is_one_request(
    store: Neo4jStore, other: Neo4jStore, asked: list[Registry]
) -> None:
    """The names are asked for until a state of the database is known in which they are right, and not again."""
    assert _titles(other) == _titles(other) == {'"one"'}
    before = len(asked)
    assert _titles(other) == {'"one"'}
    assert len(asked) == before
    store.apply(Delta(add=[('<a:2> <p:title> "two"', None)]))
    assert _titles(other) == {'"one"'}
    assert len(asked) > before


def test_names_that_another_process_changes_are_noticed(store: Neo4jStore, other: Neo4jStore) -> None:
    """A second value makes a list of the property, a language another property: each is seen at once."""
    wanted = {'"one"'}
    for title in ('"two"', '"three"@en', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'):
        assert _titles(other) == _titles(other) == wanted
        store.apply(Delta(add=[(f"<a:1> <p:title> {title}", None)]))
        wanted |= {title}
        assert _titles(other) == wanted


def test_what_is_not_read_to_its_end_settles_nothing(
    store: Neo4jStore, other: Neo4jStore, asked: list[Registry]
) -> None:
    """ASK stops at the first row: how far the database had come is not known then."""
    assert store.query("ASK { ?s ?p ?o }") is True
    for _ in range(2):
        before = len(asked)
        assert other.query("ASK { ?s ?p ?o }") is True
        assert len(asked) > before
