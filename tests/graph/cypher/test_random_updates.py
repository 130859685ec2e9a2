"""Random updates on Neo4j against pyoxigraph: the same dataset after each."""

from dataclasses import replace
from random import Random

import pyoxigraph as ox
import pytest

from common.errors import QueryError
from graph.cypher.unions import with_unions
from graph.sparql import algebra as alg
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
            request = updates.update()
            done.append(serialize_update(request))
            _run(request, store, data)
            assert _quads(store) == set(map(str, data)), "\n;\n".join(done)


def _run(request: alg.Update, store: GraphStore, data: ox.Store) -> None:
    """The update on both; one that Oxigraph refuses must be refused, and changes nothing."""
    text = serialize_update(request)
    try:
        data.update(serialize_update(_with_unions(request)))
    except (SyntaxError, ValueError, RuntimeError):
        with pytest.raises(QueryError):
            store.update(text)
    else:
        _leave_to_iris(data)
        store.update(text)


def _with_unions(request: alg.Update) -> alg.Update:
    """For Oxigraph, which takes alternatives in paths for sets; they are unions (SPARQL 1.1 Query, section 18.4)."""
    return alg.Update(
        tuple(
            replace(operation, pattern=with_unions(operation.pattern))
            if isinstance(operation, alg.Modify)
            else operation
            for operation in request.operations
        )
    )


def _leave_to_iris(data: ox.Store) -> None:
    """Takes out graphs named by blank nodes, which Oxigraph makes where a template says so.

    The names of SPARQL's datasets are IRIs (https://www.w3.org/TR/sparql11-query/#sparqlDataset).
    """
    for quad in list(data):
        if isinstance(quad.graph_name, ox.BlankNode):
            data.remove(quad)


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
