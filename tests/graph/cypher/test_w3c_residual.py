"""Queries evaluated on the quads that they look at, and updates as deltas, against pyoxigraph over the whole data."""

import pyoxigraph as ox
import pytest

from common.errors import QueryError
from graph.cypher.residual import evaluate
from graph.cypher.updating import update
from graph.sparql.inspect import has_service
from graph.sparql.parser import parse_query, parse_update
from tests.graph.cypher.compare import expected, same
from tests.graph.cypher.memory import MemorySource
from tests.graph.sparql.engine import graph_form, store_of
from tests.graph.sparql.w3c import Case, cases, needs_data


def _cases(kind: str) -> list[object]:
    return [pytest.param(case, id=str(case)) for case in cases() if case.kind == kind and not _asks_others(case)]


def _asks_others(case: Case) -> bool:
    """Whether it has SERVICE, which no query here may have."""
    return not case.is_update and has_service(parse_query(case.text, case.file.as_uri()))


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", _cases("QueryEvaluationTest"))
def test_a_query_sees_all_that_it_looks_at(case: Case) -> None:
    """The answer is the one over the whole data."""
    text = f"BASE <{case.file.as_uri()}>\n{case.text}"
    query = parse_query(text)
    store = store_of(case, query)
    try:
        wanted = expected(store, query)
    except QueryError:
        with pytest.raises(QueryError):
            evaluate(query, MemorySource(store))
        return
    assert same(evaluate(query, MemorySource(store)), wanted, query)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", _cases("UpdateEvaluationTest"))
def test_an_update_does_what_oxigraph_does(case: Case) -> None:
    """The dataset afterwards is the same, up to blank nodes."""
    text = f"BASE <{case.file.as_uri()}>\n{case.text}"
    ours, theirs = store_of(case), store_of(case)
    theirs.update(text)
    update(parse_update(text), MemorySource(ours), evaluate)
    assert _quads(ours) == _quads(theirs)


def _quads(store: ox.Store) -> frozenset[str]:
    return graph_form(store)
