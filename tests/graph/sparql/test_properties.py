"""Any text is read or refused in words; any algebra is written as text that is read as the same algebra."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from common.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.algebra import Query
from graph.sparql.parser import parse_query, parse_update
from graph.sparql.serialize import serialize_query, serialize_update
from tests.graph.sparql.strategies import queries

TOKENS = [
    *"{}()[].,;*/|^!+-=<>?a",
    *(
        "&&",
        "||",
        "^^",
        "!=",
        "()",
        "[]",
        "?x",
        "$y",
        "<p:a>",
        "p:a",
        ":",
        "_:b",
        "'s'",
        '"""l"""',
        "@en",
        "1",
        "-2.5",
        "1e0",
    ),
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "FROM",
        "NAMED",
        "DISTINCT",
        "BASE",
        "PREFIX",
        "VALUES",
        "UNDEF",
    ),
    *(
        "OPTIONAL",
        "UNION",
        "MINUS",
        "GRAPH",
        "SERVICE",
        "SILENT",
        "FILTER",
        "NOT",
        "EXISTS",
        "IN",
        "BIND",
        "AS",
        "true",
    ),
    *("GROUP", "BY", "HAVING", "ORDER", "DESC", "LIMIT", "OFFSET", "COUNT", "GROUP_CONCAT", "SEPARATOR", "STR", "IF"),
    *(
        "INSERT",
        "DELETE",
        "DATA",
        "WITH",
        "USING",
        "LOAD",
        "CLEAR",
        "ALL",
        "COPY",
        "TO",
        "DEFAULT",
        "\\u0041",
        "#",
        "\n",
    ),
]


def read(text: str) -> None:
    """Reads it as a query and as an update; what it is, is written and read again."""
    with contextlib.suppress(QuerySyntaxError, QueryRefusedError):
        query = parse_query(text)
        assert _is_read(parse_query, serialize_query(query))
    with contextlib.suppress(QuerySyntaxError, QueryRefusedError):
        update = parse_update(text)
        assert _is_read(parse_update, serialize_update(update))


def _is_read(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except QuerySyntaxError:
        return False
    return True


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join) | st.lists(st.sampled_from(TOKENS)).map("".join))
@example("SELECT * { ?x a [] ; a () }")
def test_soups_of_tokens(text: str) -> None:
    """Nothing but the two errors comes out."""
    read(text)


@given(st.text(max_size=60), st.sampled_from(["", "ASK { ?x ?y ", "INSERT DATA { <p:a> <p:b> ", "SELECT (", "PREFIX "]))
@example("\\ud800", "ASK { ?x ?y ")
@example('"""', "ASK { ?x ?y ")
@example("<\\u0020>", "ASK { ?x ?y ")
def test_any_characters(text: str, before: str) -> None:
    """Likewise for what is no token at all."""
    read(before + text)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # Hypothesis may describe its strategies
@given(queries)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
def test_algebra_survives_its_text(query: Query) -> None:
    """Patterns, expressions, paths and terms at random are the same after writing and reading."""
    assert parse_query(serialize_query(query)) == query
