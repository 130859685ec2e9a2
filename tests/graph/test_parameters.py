from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import QueryError
from common.terms import literal, value
from graph.parameters import bind
from graph.queries import load_query

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


def test_query_files_name_their_parameters(tmp_path: Path) -> None:
    """The header describes each parameter; one that only the query or only the header has is an error."""
    file = tmp_path / "a.rq"
    file.write_text("# Works of an agent.\n# $agent: IRI of the agent\nSELECT ?w { ?w bf:agent $agent }")
    query = load_query(file)
    assert query.title == "Works of an agent."
    assert query.parameters == {"agent": "IRI of the agent"}
    assert query.text.startswith("PREFIX bf: <http://id.loc.gov/ontologies/bibframe/>\n# Works")
    other = tmp_path / "b.rq"
    other.write_text("# Wrong.\n# $a: one\nSELECT ?w { ?w ?p $b }")
    with pytest.raises(QueryError, match=r"\$a, \$b"):
        load_query(other)
