"""Random updates on Neo4j against pyoxigraph: the same dataset after each."""

from random import Random

import pyoxigraph as ox
import pytest

from common.errors import QueryError
from graph.sparql.serialize import serialize_update
from graph.store import GraphStore
from tests.graph.cypher.pair import Pair
from tests.graph.cypher.random_queries import random_data
from tests.graph.cypher.random_updates import Updates

_UPDATES = 4


def _check(seed: int, pair: Pair) -> None:
    random = Random(seed)  # noqa: S311  chance that can be repeated
    data = random_data(random)
    pair.load(data)
    updates = Updates(random)
    with pair.store() as store:
        done: list[str] = []
        for _ in range(_UPDATES):
            done.append(serialize_update(updates.update()))
            _run(done[-1], store, data)
            assert _quads(store) == set(map(str, data)), "\n;\n".join(done)


def _run(text: str, store: GraphStore, data: ox.Store) -> None:
    """The update on both; one that Oxigraph refuses must be refused, and changes nothing."""
    try:
        data.update(text)
    except (SyntaxError, ValueError, RuntimeError):
        with pytest.raises(QueryError):
            store.update(text)
    else:
        store.update(text)


def _quads(store: GraphStore) -> set[str]:
    found = store.quads((None, None, None), None)
    return {f"{statement} <{graph}>" if graph else statement for statement, graph in found}


@pytest.mark.java
@pytest.mark.parametrize("seed", range(60))
def test_random_updates_leave_the_same_dataset(seed: int, pair: Pair) -> None:
    """Four requests, one after the other."""
    _check(seed, pair)


@pytest.mark.java
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1_000, 3_000))
def test_many_random_updates_leave_the_same_dataset(seed: int, pair: Pair) -> None:
    """Two thousand sequences."""
    _check(seed, pair)
