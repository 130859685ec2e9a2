"""What is calculated here is what Oxigraph calculates, for all pairs of terms of many types, or is left to others."""

from itertools import product

import pyoxigraph as ox
import pytest

from common.namespaces import RDF, XSD
from graph.cypher.bindings import Inexact
from graph.cypher.finishing.aggregates import accumulator
from graph.cypher.finishing.evaluator import Evaluator
from graph.cypher.finishing.values import Unsure, parse, term
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_query
from graph.sparql.terms import Variable

X, Y = Variable("x"), Variable("y")
_TEXTS = [
    *("<a:a>", "<a:b/c>", '""', '"a"', '"b a"', '"1"', '"1.5"', '"-2e3"', '"true"', '"2020-01-01T00:00:00Z"'),
    *('"a"@en', '"ab"@en-us', '"ß"@de', '"q\\"\\\\\\n"', '"\U0001f600k"', '"INF"', '"en"', '"a:x"', '"K\u212a"'),
]
_TYPED = {
    "integer": ("0", "1", "-7", "2", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "x"),
    "decimal": ("0", "1", "0.5", "-2.5", "1.1", "0.000000000000000001", "123456789012345678.5", "x"),
    "double": ("1", "0.5", "-0", "-2.5", "NaN", "INF", "1E21", "1.1", "x"),
    "float": ("1", "0.5", "1.1", "NaN", "-INF", "16777217"),
    "boolean": ("true", "false", "x"),
    "dateTime": (
        "2020-01-01T00:00:00",
        "2020-01-01T00:00:00Z",
        "2020-01-01T02:30:00.5+02:30",
        "2021-12-31T23:59:59",
        "x",
    ),
    "date": ("2020-01-01", "2020-01-01Z", "2019-02-28+05:00", "2020-02-30", "bad"),
    "time": ("10:00:00", "10:00:00Z", "23:59:59.25-08:00"),
    "gYear": ("2020", "1999Z", "2020Z", "99999", "x"),
    "gYearMonth": ("2020-01", "2019-12", "2020-13", "2020-01+02:00"),
    "duration": ("P1Y",),
    "dayTimeDuration": ("PT0S", "PT1H"),
}
TERMS = [
    *_TEXTS,
    *(f'"{lexical}"^^<{XSD}{name}>' for name, forms in _TYPED.items() for lexical in forms),
    '"x"^^<d:own>',
    '"y"^^<d:own>',
    f'"<b/>"^^<{RDF}XMLLiteral>',
]
UNARY = [
    *("!?x", "-?x", "+?x", "STR(?x)", "LANG(?x)", "DATATYPE(?x)", "ISIRI(?x)", "ISLITERAL(?x)", "ISNUMERIC(?x)"),
    *("ABS(?x)", "CEIL(?x)", "FLOOR(?x)", "ROUND(?x)", "STRLEN(?x)", "UCASE(?x)", "LCASE(?x)", "ENCODE_FOR_URI(?x)"),
    *("MD5(?x)", "SHA256(?x)", "YEAR(?x)", "MONTH(?x)", "DAY(?x)", "HOURS(?x)", "MINUTES(?x)", "SECONDS(?x)", "TZ(?x)"),
    *("TIMEZONE(?x)", "IRI(?x)", "CONCAT(?x)", "SUBSTR(?x, 2)", "SUBSTR(?x, 0, 2)", "BOUND(?x)", "ISBLANK(?x)"),
    *(f"<{XSD}{name}>(?x)" for name in ("integer", "decimal", "double", "float", "boolean", "string")),
    *(f"<{XSD}{name}>(?x)" for name in ("dateTime", "date", "time")),
    *('REGEX(?x, "A", "i")', 'REGEX(?x, "^k?.$", "i")', 'REPLACE(?x, "(a)", "[$1]")', 'STRLANG(?x, "EN")'),
    *(f"STRDT(?x, <{XSD}integer>)", "STRDT(?x, <d:own>)", 'REGEX(?x, "[a-k1-3]+|\\\\.")', "IF(?x, 1, 2)", "?x + 0.25"),
]
BINARY = [
    *("?x = ?y", "?x != ?y", "?x < ?y", "?x >= ?y", "?x + ?y", "?x - ?y", "?x * ?y", "?x / ?y", "?x && ?y", "?x || ?y"),
    *("CONCAT(?x, ?y)", "STRBEFORE(?x, ?y)", "STRAFTER(?x, ?y)", "CONTAINS(?x, ?y)", "STRSTARTS(?x, ?y)"),
    *("STRENDS(?x, ?y)", "LANGMATCHES(?x, ?y)", "SAMETERM(?x, ?y)", "COALESCE(?x, ?y)", "?x IN (?y, 1)"),
    *("?x NOT IN (2, ?y)", "SUBSTR(?x, ?y)", "IF(?x, ?y, ?x)", "?x < ?y || ?x = ?y"),
]


def _expression(text: str) -> object:
    pattern = parse_query(f"SELECT ({text} AS ?r) {{}}").pattern
    while not isinstance(pattern, alg.Extend):
        pattern = pattern.pattern  # type: ignore[union-attr]
    return pattern.expression


def _canonical(text: str) -> str:
    (row,) = ox.Store().query(f"SELECT ?x {{ VALUES ?x {{ {text} }} }}")
    return str(row["x"])


STORED = [_canonical(text) for text in TERMS]


def _values(rows: list[tuple[str | None, ...]]) -> str:
    return " ".join(f"({' '.join('UNDEF' if cell is None else cell for cell in row)})" for row in rows)


@pytest.mark.parametrize("text", [*UNARY, *BINARY])
def test_a_function_is_that_of_oxigraph(text: str) -> None:
    """Of each term, or each pair of terms, the same term or the same error."""
    cells: list[str | None] = [*STORED, None]
    rows = list(product(cells, cells)) if text in BINARY else [(cell, None) for cell in cells]
    numbered = _values([(*row, str(i)) for i, row in enumerate(rows)])
    query = f"SELECT ({text} AS ?r) {{ VALUES (?x ?y ?i) {{ {numbered} }} }}"
    wanted = [None if row["r"] is None else str(row["r"]) for row in ox.Store().query(query)]
    compiled = Evaluator((X, Y)).compile(_expression(text))  # type: ignore[arg-type]
    sure = 0
    for row, expected in zip(rows, wanted, strict=True):
        try:
            found = compiled(row)
        except Unsure:
            continue
        sure += 1
        assert (None if found is None else term(found)) == expected, (text, row)
    assert sure > len(rows) / 3


@pytest.mark.parametrize("function", ["SUM", "AVG", "MIN", "MAX", "GROUP_CONCAT", "COUNT", "SAMPLE"])
@pytest.mark.parametrize("distinct", [False, True])
def test_an_aggregate_is_that_of_oxigraph(function: str, distinct: bool) -> None:
    """Of each pair of terms, and of some larger groups."""
    cells: list[str | None] = [*STORED, None]
    groups = [[one, other] for one, other in product(cells, cells)] + [[], [cells[3]], STORED[:19], STORED[22:25]]
    rows = [(str(index), cell) for index, group in enumerate(groups) for cell in group]
    inner = f"{'DISTINCT ' * distinct}?x"
    query = f"SELECT ?i ({function}({inner}) AS ?r) {{ VALUES (?i ?x) {{ {_values(rows)} }} }} GROUP BY ?i"
    wanted = {int(row["i"].value): row["r"] for row in ox.Store().query(query)}
    for index, group in enumerate(groups):
        if not group:
            continue
        try:
            kept = accumulator(function, distinct=distinct, separator=None)
            for cell in group:
                kept.add(None if cell is None else parse(cell))
            found = kept.result()
        except Unsure:
            continue
        expected = wanted[index]
        assert (None if found is None else term(found)) == (None if expected is None else str(expected)), group


def test_what_is_unknown_is_refused() -> None:
    """Nothing is guessed."""
    with pytest.raises(Inexact):
        Evaluator(()).compile(_expression("<a:f>(1)"))  # type: ignore[arg-type]
