"""Text to algebra to text: pyoxigraph gives the same answer to both, over the data of the W3C's evaluation tests."""

from pathlib import Path

import pytest

from graph.sparql.algebra import Select
from graph.sparql.inspect import has_service
from graph.sparql.parser import parse_query, parse_update
from graph.sparql.serialize import serialize_query, serialize_update
from graph.sparql.terms import Variable
from tests.graph.sparql.engine import answer, graph_form, store_of
from tests.graph.sparql.w3c import Case, cases, needs_data

EXCLUDED = dict(
    line.split("\t")
    for line in Path(__file__).with_name("w3c_round_trip.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


def _params(kind: str) -> list[object]:
    marks = {iri: pytest.mark.xfail(reason=reason, strict=True) for iri, reason in EXCLUDED.items()}
    return [
        pytest.param(case, id=str(case), marks=[marks[case.iri]] if case.iri in marks else [])
        for case in cases()
        if case.kind == kind
    ]


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", _params("QueryEvaluationTest"))
def test_a_query_written_anew_has_the_same_answer(case: Case) -> None:
    """Rows as a multiset, statements up to blank nodes. With SERVICE, the text is only read again."""
    base = case.file.as_uri()
    query = parse_query(case.text, base)
    text = serialize_query(query)
    if has_service(query):
        assert has_service(parse_query(text))
        return
    store = store_of(case, query)
    columns = [variable.name for variable in query.variables] if isinstance(query, Select) else None
    assert answer(store, text, base, columns) == answer(store, case.text, base, columns)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", _params("UpdateEvaluationTest"))
def test_an_update_written_anew_has_the_same_effect(case: Case) -> None:
    """The dataset afterwards is the same, up to blank nodes."""
    base = case.file.as_uri()
    original, written = store_of(case), store_of(case)
    original.update(case.text, base_iri=base)
    written.update(serialize_update(parse_update(case.text, base)), base_iri=base)
    assert graph_form(written) == graph_form(original)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", [case for case in cases() if case.kind.startswith("Positive")], ids=str)
def test_what_is_read_is_written_as_sparql(case: Case) -> None:
    """The text of every positive syntax test's algebra is read again: the same form, with the same columns."""
    base = case.file.as_uri()
    if case.is_update:
        update = parse_update(case.text, base)
        again = parse_update(serialize_update(update))
        assert list(map(type, again.operations)) == list(map(type, update.operations))
    else:
        query = parse_query(case.text, base)
        text = serialize_query(query)
        assert type(parse_query(text)) is type(query)
        assert not isinstance(query, Select) or not query.variables or _columns(text) == query.variables


def _columns(text: str) -> tuple[Variable, ...] | None:
    query = parse_query(text)
    return query.variables if isinstance(query, Select) else None
