"""Syntax errors of queries: in words, with the place at which a person would put the finger."""

import pytest

from common.errors import QuerySyntaxError
from graph.backends.oxigraph import OxigraphStore

#: Query -> line and column of what is wrong, and a part of the message.
WRONG = (
    ("", (1, 1), "ends too early"),
    ("SELECT", (1, 7), "ends too early"),
    ("selct * { ?s ?p ?o }", (1, 1), '"selct"'),
    ("SELECT * WHER { ?s ?p ?o }", (1, 10), '"WHER"'),
    ("SELECT * {\n  ?s a ?t .\n  ?s ?p }", (3, 9), '"}"'),
    ("SELECT * { ?s ?p ?o }}", (1, 22), '"}"'),
    ("SELECT * { ?s ?p 1 . # a comment\n ?x # another\n", (3, 1), "ends too early"),
    ("SELECT * { ?s ?p ?o . FILTER(?o = ) }", (1, 35), '")"'),
    ("SELECT * { ?s ?p '红楼梦' . ?x }", (1, 29), '"}"'),
    ("SELECT * { ?s ?p ?o }\nORDER BY ?s\nLIMIT 10 20", (3, 10), '"20"'),
    ("SELECT * {\n ?s foo:bar ?o }", (2, 5), "prefix foo: is not declared"),
    ("SELECT ?x { ?x ?y ?z } GROUP BY ?z", (1, 35), "variable that is unbound"),
)


@pytest.mark.parametrize(("query", "where", "message"), WRONG, ids=[query or "empty" for query, _, _ in WRONG])
def test_the_place_is_where_it_is_wrong(query: str, where: tuple[int, int], message: str) -> None:
    """The first token that can't stand there is named, not where the engine's look-ahead ended."""
    store = OxigraphStore(None)
    with pytest.raises(QuerySyntaxError, match=r"^[^\n]*$") as caught:
        store.query(query)
    store.close()
    assert (caught.value.line, caught.value.column) == where
    assert message in str(caught.value)
