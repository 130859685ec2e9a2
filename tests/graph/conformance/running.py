"""Runs one of the W3C's evaluation tests on a store that is a plain dataset, without the merge."""

import io
from pathlib import Path

import pyoxigraph as ox

from graph.sparql.algebra import OrderBy, Pattern, Query, Select
from graph.sparql.inspect import has_service
from graph.sparql.parser import parse_query
from graph.store import Delta, GraphStore
from tests.graph.conformance.results import Answer, as_answer, dataset_form, form, read_expected
from tests.graph.sparql.engine import dataset_of, store_of
from tests.graph.sparql.w3c import MF, Case, cases

NO_ENTAILMENT = "the store answers what is stated; reasoning is a service above it"
NO_FEDERATION = "no query may reach another server"


def evaluation_cases() -> list[Case]:
    """All query and update evaluation tests of SPARQL 1.0 and 1.1."""
    return [case for case in cases() if case.kind in {"QueryEvaluationTest", "UpdateEvaluationTest"}]


def left_out(case: Case) -> str:
    """Why no engine runs the test; "" for one that all run."""
    if case.manifest.path.parent.name == "entailment":
        return NO_ENTAILMENT
    if case.kind == "QueryEvaluationTest" and has_service(parse_query(case.text, case.file.as_uri())):
        return NO_FEDERATION
    return ""


def run(case: Case, store: GraphStore) -> None:
    """Runs it on an emptied store.

    Raises:
        AssertionError: The answer, or the dataset afterwards, is another than expected.
    """
    _empty(store)
    based = f"BASE <{case.file.as_uri()}>\n{case.text}"
    if case.kind == "UpdateEvaluationTest":
        _load(store, dataset_of(case, "action"))
        store.update(based)
        _assert_same_dataset(store, case)
        return
    query = parse_query(case.text, case.file.as_uri())
    _load(store, store_of(case, query))
    expected = read_expected(Path(case.manifest.value(case.node, f"{MF}result").value.removeprefix("file://")))
    found = as_answer(store.query(based))
    if case.manifest.values(case.node, f"{MF}resultCardinality"):
        found, expected = _once(found), _once(expected)
    ordered = _is_ordered(query)
    assert form(found, in_order=ordered) == form(expected, in_order=ordered), f"expected {expected}, got {found}"


def _empty(store: GraphStore) -> None:
    store.update("DROP ALL")
    # Jena's TDB2 keeps a whole decimal as "1" and looks for it as "1.0" when a pattern is deleted.
    if left := list(store.quads((None, None, None), None)):
        store.apply(Delta(remove=left))


def _load(store: GraphStore, data: ox.Store) -> None:
    nquads = data.dump(format=ox.RdfFormat.N_QUADS)
    if nquads:
        store.bulk_load([nquads])


def _assert_same_dataset(store: GraphStore, case: Case) -> None:
    found = io.BytesIO()
    store.dump(found)
    expected = dataset_of(case, "result").dump(format=ox.RdfFormat.N_QUADS) or b""
    assert dataset_form(found.getvalue()) == dataset_form(expected), f"expected {expected!r}, got {found.getvalue()!r}"


def _once(answer: Answer) -> Answer:
    """Each row once: for REDUCED, which may leave out duplicates."""
    assert not isinstance(answer, bool)
    return list({str(row): row for row in answer}.values())


def _is_ordered(query: Query) -> bool:
    pattern: Pattern | None = query.pattern if isinstance(query, Select) else None
    while pattern is not None:
        if isinstance(pattern, OrderBy):
            return True
        pattern = getattr(pattern, "pattern", None)
    return False
