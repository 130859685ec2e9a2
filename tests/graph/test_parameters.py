import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import QueryError
from common.terms import literal, value
from graph.parameters import bind, parameter_names

ROOT = Path(__file__).parents[2]

NASTY = st.text(alphabet=st.sampled_from("a\"'\\\n\r\t$x?#}{)(<>@^ é😀\u0000"), max_size=30) | st.text(max_size=30)


@given(NASTY)
def test_no_value_changes_the_query(text: str) -> None:
    """Whatever a literal holds, it comes back as one literal and the rest of the query stays as it was."""
    term = literal(text)
    bound = bind("SELECT ?y ('$x' AS ?z) { BIND($x AS ?y) } # $x", {"x": term})
    (row,) = ox.Store().query(bound)  # type: ignore[misc, union-attr]
    assert row["y"].value == value(term)
    assert row["z"].value == "$x"


@given(st.lists(NASTY, min_size=1, max_size=5))
def test_lists_stand_in_values_and_in(texts: list[str]) -> None:
    """A list fits VALUES and IN, whatever its terms hold."""
    terms = [literal(text) for text in texts]
    bound = bind("SELECT ?x { VALUES ?x { $xs } FILTER(?x IN ($xs)) }", {"xs": terms})
    assert [row["x"].value for row in ox.Store().query(bound)] == [value(term) for term in terms]  # type: ignore[union-attr]


def test_rows_stand_in_values() -> None:
    """Rows become a table; None is UNDEF."""
    bound = bind("SELECT ?x ?y { VALUES (?x ?y) { $rows } }", {"rows": [("<a:1>", '"}"'), (None, '"2"@en')]})
    assert bound == 'SELECT ?x ?y { VALUES (?x ?y) { (<a:1> "}") (UNDEF "2"@en) } }'


def test_empty_lists_are_legal() -> None:
    """No seeds: no solutions, and no error."""
    query = bind("SELECT ?x { VALUES ?x { $xs } FILTER(?x IN ($xs)) }", {"xs": []})
    assert list(ox.Store().query(query)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "term",
    ["a", "<a b>", "<a>", '"a', '"a"b"', '"a"@', '"a"^^xsd:date', "_:b", "<a:b> <a:c>", '"a\n"', "?x", 1, None, {}, ""],
)
def test_what_is_not_a_term_is_refused(term: object) -> None:
    """The error names the parameter."""
    for given_value in (term, [term, '"x"'] if isinstance(term, str) else term):
        with pytest.raises(QueryError, match=r"\$x"):
            bind("ASK { ?s ?p $x }", {"x": given_value})  # type: ignore[dict-item]


def test_missing_and_unknown_parameters_are_named() -> None:
    """Neither a forgotten nor a misspelt parameter passes."""
    with pytest.raises(QueryError, match=r"\$y"):
        bind("ASK { $x ?p $y }", {"x": "<a:b>"})
    with pytest.raises(QueryError, match=r"\$z"):
        bind("ASK { $x ?p ?o }", {"x": "<a:b>", "z": "<a:b>"})


def test_rows_elsewhere_are_refused() -> None:
    """Rows have a meaning in VALUES only."""
    with pytest.raises(QueryError, match="VALUES"):
        bind("ASK { FILTER(?x IN ($rows)) }", {"rows": [("<a:b>",)]})


QUERIES = sorted(path for path in ROOT.rglob("*.rq") if not {".venv", "build"} & set(path.parts))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_files_describe_their_parameters(path: Path) -> None:
    """A header says what the query asks and names each of its parameters, and no others."""
    text = path.read_text(encoding="utf-8")
    header = "".join(line for line in text.splitlines() if line.startswith("#"))
    assert re.match(r"# \w", text)
    assert set(re.findall(r"\$(\w+)", header)) == set(parameter_names(text))
