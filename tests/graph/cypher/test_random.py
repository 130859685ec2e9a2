"""Random queries over random data on Neo4j against pyoxigraph: never another answer."""

from random import Random

import pytest

from graph.sparql.serialize import serialize_query
from tests.graph.cypher.pair import Pair
from tests.graph.cypher.random_queries import Queries, random_data

_QUERIES = 10


def _check(seed: int, pair: Pair) -> None:
    random = Random(seed)  # noqa: S311  chance that can be repeated
    pair.load(random_data(random))
    queries = Queries(random)
    for _ in range(_QUERIES):
        pair.check(serialize_query(queries.query()))


@pytest.mark.java
@pytest.mark.parametrize("seed", range(12))
def test_random_queries_have_the_same_answer(seed: int, pair: Pair) -> None:
    """Ten queries over one graph."""
    _check(seed, pair)


@pytest.mark.java
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1_000, 3_000))
def test_many_random_queries_have_the_same_answer(seed: int, pair: Pair) -> None:
    """Twenty thousand queries."""
    _check(seed, pair)
