"""The queries of the W3C's evaluation tests on Neo4j against pyoxigraph: never another answer."""

import pytest

from graph.sparql.inspect import has_service
from graph.sparql.parser import parse_query
from tests.graph.cypher.pair import Pair
from tests.graph.sparql.engine import store_of
from tests.graph.sparql.w3c import Case, cases, needs_data

_CASES = [
    case
    for case in cases()
    if case.kind == "QueryEvaluationTest" and not has_service(parse_query(case.text, case.file.as_uri()))
]
_ONE_IN = 4
"""Of the queries, one in so many is asked in each run: the answers themselves are compared with the W3C's in all
(``tests/graph/conformance``)."""
CASES = [
    pytest.param(each, id=str(each), marks=[pytest.mark.slow] * (n % _ONE_IN > 0)) for n, each in enumerate(_CASES)
]
FEWEST = {len(_CASES): (550, 325), len(_CASES[::_ONE_IN]): (137, 87)}
"""Of all queries, and of those of each run: for how many rows of the database are enough, and how many it answers
alone; more only when the compiler has learnt more."""


@pytest.mark.java
@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", CASES)
def test_a_query_has_the_same_answer(case: Case, pair: Pair) -> None:
    """Rows as a multiset, in the order of ORDER BY; statements up to blank nodes."""
    text = f"BASE <{case.file.as_uri()}>\n{case.text}"
    pair.load(store_of(case, parse_query(text)))
    pair.check(text)


@pytest.mark.java
@pytest.mark.shared_data
@needs_data
def test_most_is_answered_by_the_database(pair: Pair) -> None:
    """What is compiled whole does not become less."""
    asked = sum(pair.counts[kind] for kind in Pair.KINDS)
    if asked in FEWEST:
        whole, alone = FEWEST[asked]
        assert pair.counts["cypher"] + pair.counts["finished"] >= whole
        assert pair.counts["cypher"] >= alone
