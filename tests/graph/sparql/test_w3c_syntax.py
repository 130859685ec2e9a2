"""The W3C's syntax tests of SPARQL 1.0 and 1.1: what must be read is read, what must not is refused in words."""

import pytest

from common.errors import QuerySyntaxError
from graph.sparql.algebra import Query, Update
from graph.sparql.parser import parse_query, parse_update
from tests.graph.sparql.w3c import Case, cases, needs_data

SYNTAX = [case for case in cases() if "SyntaxTest" in case.kind]
EVALUATION = [case for case in cases() if case.kind in {"QueryEvaluationTest", "UpdateEvaluationTest"}]


def _parse(case: Case) -> Query | Update:
    base = case.file.as_uri()
    return parse_update(case.text, base) if case.is_update else parse_query(case.text, base)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", [case for case in SYNTAX if case.kind.startswith("Positive")], ids=str)
def test_what_is_sparql_is_read(case: Case) -> None:
    """Each positive syntax test becomes algebra."""
    _parse(case)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", [case for case in SYNTAX if case.kind.startswith("Negative")], ids=str)
def test_what_is_not_sparql_is_refused(case: Case) -> None:
    """Each negative syntax test is an error that names line and column."""
    with pytest.raises(QuerySyntaxError, match=r"^syntax error at line \d+, column \d+: [^\n]+$"):
        _parse(case)


@pytest.mark.shared_data
@needs_data
def test_all_suites_are_there() -> None:
    """No manifest is passed over: the suites hold as many tests as their publishers wrote."""
    assert (len(SYNTAX), len(EVALUATION)) == (368, 687)


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", EVALUATION, ids=str)
def test_what_is_evaluated_is_read(case: Case) -> None:
    """The query or update of each evaluation test becomes algebra."""
    _parse(case)
