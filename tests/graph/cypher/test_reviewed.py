"""Queries that researchers may ask, over few but difficult terms: pyoxigraph's answers, and no error of our own."""

import pyoxigraph as ox
import pytest

from graph.sparql.parser import parse_query
from tests.graph.cypher.pair import Pair

_DATA = """
PREFIX : <x:>
INSERT DATA {
  :a :next :b ; :also :c ; :n 5 ; :label "chat", "chat"@en, "chat"@de, "Chat", "\uff5e", "chats", "chat "@fr .
  :b :next :c ; :n -7 ; :label "\U0001f600" .
  :c :next :a ; :n 9223372036854775807 ; :size 0.00001 . :d :size 5.25 .
  :e :has _:u . _:u :next _:v ; :label "blank", "blank"@en . _:v :label "blank" .
}
"""
QUERIES = (
    "SELECT ?s { ?s :n ?n } LIMIT 9223372036854775808",
    "SELECT ?s { ?s :n ?n } OFFSET 18446744073709551615",
    "SELECT (UCASE(STR(?n)) AS ?u) { ?s :size ?n } ORDER BY ?n OFFSET 1 LIMIT 9223372036854775807",
    "SELECT ?s { ?s :size ?n FILTER(?n > 0.0000000000000000000000000001) }",
    "SELECT ?s (?n * 0.0000000000000000000000000001 AS ?m) { ?s :size ?n }",
    "SELECT * { ?s :label ?l . ?l (^:next|:also)+ ?t }",
    "SELECT * { ?s :label ?l . ?s (^:next|:also)+ ?t }",
    "SELECT ?l { ?s :label|:next ?l } ORDER BY ?l",
    "SELECT DISTINCT ?l ?s { ?s :next ?t OPTIONAL { ?s :label ?l } } ORDER BY DESC(?l) ?s",
    "SELECT ?l { ?s :label ?l } ORDER BY DESC(STR(?l)) ?l",
    "SELECT ?s { ?s :label ?l FILTER(STR(?l) < '\U0001f600') }",
    "SELECT ?s { ?s :label ?l FILTER('\uff5e' < ?l) }",
    "SELECT ?x { VALUES ?x { '\U0001f600' '\uff5e' 'x' } } ORDER BY ?x",
    "SELECT ?s (MAX(?t) AS ?m) { ?s :label ?l BIND(STR(?l) AS ?t) } GROUP BY ?s",
    "SELECT DISTINCT ?s ?never { VALUES (?n ?never) { (5 UNDEF) } ?s :n ?n }",
    "SELECT * { ?s :next ?t OPTIONAL { ?t (:next/:also)* ?z } }",
)


@pytest.mark.java
@pytest.mark.parametrize("text", QUERIES)
def test_answers_are_those_of_pyoxigraph(text: str, pair: Pair) -> None:
    """Numbers that nothing counts to, decimals that nothing keeps, blank nodes where parts of a query are joined."""
    data = ox.Store()
    data.update(_DATA)
    pair.load(data)
    pair.check(f"PREFIX : <x:> {text}")


def test_a_limit_that_nothing_counts_to_is_read() -> None:
    """It is as if there were none."""
    assert len({parse_query(f"SELECT * {{ ?s ?p ?o }} LIMIT {number}") for number in (2**63 - 1, 2**63, 10**30)}) == 1
