"""Whatever a table holds, a batch is answered: a cell with strange signs finds nothing, and breaks nothing."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reconcile_calls import sent
from serving import Server

from services.reconciliation.properties import PROPERTIES
from services.reconciliation.types import TYPES

CELLS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\x00\t\n\r\"'\\<>{}()[]^~*?:|&!+-/%#,，0123456789曹红abc", max_size=40),
    st.sampled_from(["曹雪芹, 约1717-1763", "work/DLC/5287459", "http://[", "urn:", "(DLC)", "ISBN", "authority/"]),
)
VALUES = st.one_of(CELLS, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())
GIVEN = st.one_of(VALUES, st.lists(VALUES, max_size=3), st.builds(lambda i, n: {"id": i, "name": n}, CELLS, CELLS))
QUERIES = st.fixed_dictionaries(
    {"query": CELLS},
    optional={
        "type": st.sampled_from(list(TYPES)),
        "limit": st.integers(1, 40),
        "properties": st.lists(
            st.builds(lambda pid, v: {"pid": pid, "v": v}, st.sampled_from(list(PROPERTIES)), GIVEN), max_size=4
        ),
        "type_strict": st.sampled_from(["any", "all", "should"]),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.dictionaries(CELLS, QUERIES, max_size=5))
def test_any_cells_are_answered(catalogue: Server, batch: dict[str, Any]) -> None:
    """Each query its result, scores from 0 to 100 in order, and at most one match."""
    answer = sent(catalogue, queries=batch)
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)
    assert set(found) == set(batch)
    for key, each in found.items():
        candidates = each["result"]
        scores = [candidate["score"] for candidate in candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
        assert sum(candidate["match"] for candidate in candidates) <= 1
        assert len(candidates) <= batch[key].get("limit", 10)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ids=st.lists(CELLS, max_size=4),
    properties=st.lists(st.sampled_from(list(PROPERTIES)), max_size=6, unique=True),
    limit=st.one_of(st.none(), st.integers(0, 9)),
)
def test_any_rows_are_extended(catalogue: Server, ids: list[str], properties: list[str], limit: int | None) -> None:
    """Each row each column, whatever the identifier."""
    asked = {"ids": ids, "properties": [{"id": each, "settings": {"limit": limit}} for each in properties]}
    answer = sent(catalogue, extend=asked)
    assert answer.status == 200, answer.text
    rows = json.loads(answer.body)["rows"]
    assert set(rows) == set(ids)
    assert all(set(row) == set(properties) for row in rows.values())
