"""Decimals and sums in the database are exact; what does not fit is evaluated another way, never rounded."""

import pyoxigraph as ox
import pytest

from tests.graph.cypher.pair import Pair

_PREFIX = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
_WEIGHTS = """
<l:1> <p:from> <n:1> ; <p:to> <n:2> ; <p:weight> 0.5 .
<l:2> <p:from> <n:1> ; <p:to> <n:3> ; <p:weight> 0.125 .
<l:3> <p:from> <n:2> ; <p:to> <n:3> ; <p:weight> 0.25 .
<l:4> <p:from> <n:2> ; <p:to> <n:4> ; <p:weight> 1.0 .
<l:5> <p:from> <n:3> ; <p:to> <n:4> ; <p:weight> -0.001 .
<n:1> <p:pages> 3 . <n:2> <p:pages> 9223372036854775807 . <n:3> <p:pages> 4 .
"""
"""Whether a sum of these fits does not depend on the order in which an engine adds."""
_LONG = "<l:6> <p:from> <n:1> ; <p:to> <n:4> ; <p:weight> 0.00001 . <l:7> <p:to> <n:4> ; <p:weight> 'x'^^xsd:decimal ."

TWO_STEPS = """SELECT ?hit (SUM(?part) AS ?score) {
  { ?one <p:from> <n:1> ; <p:to> ?hit ; <p:weight> ?part }
  UNION {
    SELECT ?hit (MAX(?path) AS ?part) {
      VALUES ?decay { 0.5 }
      { SELECT ?middle (MAX(?weight) AS ?first) { ?one <p:from> <n:1> ; <p:to> ?middle ; <p:weight> ?weight }
        GROUP BY ?middle ORDER BY DESC(?first) ?middle LIMIT 6 }
      ?two <p:from> ?middle ; <p:to> ?hit ; <p:weight> ?next .
      BIND(?first * ?next * ?decay AS ?path)
    } GROUP BY ?hit
  }
} GROUP BY ?hit HAVING (SUM(?part) >= 0.01) ORDER BY DESC(?score) ?hit VALUES ?hit { UNDEF }"""
QUERIES = [
    TWO_STEPS,
    "SELECT ?l { ?l <p:weight> ?w FILTER(?w >= 0.125 && ?w != 1) } ORDER BY ?w",
    "SELECT ?l (STR(?w * 2.50) AS ?t) { ?l <p:weight> ?w }",
    "SELECT ?l ?x { ?l <p:weight> ?w BIND(?w - 1 AS ?x) FILTER(?x + 0.5 < 0) }",
    "SELECT DISTINCT ?x { ?l <p:weight> ?w BIND(IF(?w > 0.2, 1.0, ?w) AS ?x) }",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?l <p:weight> ?w BIND(?w * 0 AS ?x) }",
    "SELECT ?l { ?l <p:weight> ?w BIND(?w + 0.0 AS ?x) ?l <p:weight> ?x }",
    "SELECT ?n (?p + 1 AS ?q) (?p * 3 AS ?r) { ?n <p:pages> ?p }",
    "SELECT (SUM(?p) AS ?s) { ?n <p:pages> ?p }",
    "SELECT ?n (SUM(?p) AS ?s) { ?l <p:from> ?n . ?n <p:pages> ?p } GROUP BY ?n ORDER BY ?n",
    "SELECT ?x { VALUES ?p { 1.5 0.25 } BIND(?p * 123456789012.5 * 98765432.25 AS ?x) ?l <p:weight> 0.5 }",
]


@pytest.mark.java
@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("more", ["", _LONG])
def test_decimals_are_exact(text: str, more: str, pair: Pair) -> None:
    """The database alone answers, or gives up where a number does not fit."""
    data = ox.Store()
    data.update(f"{_PREFIX}INSERT DATA {{ {_WEIGHTS} {more} }}")
    pair.load(data)
    assert pair.check(text).is_whole


@pytest.mark.java
def test_what_does_not_fit_is_asked_again(pair: Pair) -> None:
    """A weight with five digits after the point is more than the database calculates with."""
    data = ox.Store()
    data.update(f"{_PREFIX}INSERT DATA {{ {_WEIGHTS} {_LONG} }}")
    pair.load(data)
    before = pair.counts["again"]
    assert pair.check(TWO_STEPS).finish is None
    assert pair.counts["again"] == before + 1
