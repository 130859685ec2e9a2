"""What is not SPARQL: in words, with the place at which a person would put the finger."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from common.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.parser import parse_query, parse_update
from graph.sparql.serialize import serialize_query

#: Query -> line and column of what is wrong, and a part of the message.
QUERIES = (
    ("", (1, 1), "ends too early"),
    ("SELECT", (1, 7), "ends too early"),
    ("selct * { ?s ?p ?o }", (1, 1), '"selct"'),
    ("SELECT * WHER { ?s ?p ?o }", (1, 10), '"WHER"'),
    ("SELECT * {\n  ?s a ?t .\n  ?s ?p }", (3, 9), '"}"'),
    ("SELECT * { ?s ?p ?o }}", (1, 22), '"}"'),
    ("SELECT * { ?s ?p 1 . # a comment\n ?x # another\n", (3, 1), "ends too early"),
    ("SELECT * { ?s ?p ?o . FILTER(?o = ) }", (1, 35), '")"'),
    ("SELECT * { ?s ?p '红楼梦' . ?x }", (1, 29), '"}"'),
    ("SELECT * { ?s A ?o }", (1, 15), '"A"'),
    ("ſELECT * {}", (1, 1), '"ſELECT"'),
    ("SELECT * {\n ?s foo:bar ?o }", (2, 5), "prefix foo: is not declared"),
    ("SELECT * { ?s : ?o }", (1, 15), "prefix : is not declared"),
    ("SELECT * { ?s <b> ?o }", (1, 15), "relative IRI"),
    ("SELECT * { ?s <http://[> ?o }", (1, 15), "not an IRI"),
    ("SELECT * { ?s ?p 'a\\x' }", (1, 18), "\\x is not an escape"),
    ("SELECT * { ?s ?p 'a\n' }", (1, 18), "not closed"),
    ("SELECT * { ?s ?p '''a' }", (1, 18), "not closed"),
    ("SELECT * { ?\\u0073 ?p '\\uD800' }", (1, 23), "\\uD800 is no character"),
    ("SELECT * { ?\\uDC00 ?p ?o }", (1, 13), "\\uDC00 is no character"),
    ("SELECT * { ?\\u0073 ?\\U00000070 ?o ?o }", (1, 35), '"?o"'),
    ("SELECT * { _:a ?p ?o OPTIONAL { _:a ?q 1 } }", (1, 33), "blank node _:a stands in two graph patterns"),
    ("SELECT * { ?s ?p ?o BIND(1 AS ?o) }", (1, 31), "?o has a value before this BIND"),
    ("SELECT (1 AS ?o) { ?s ?p ?o }", (1, 14), "?o has a value before AS"),
    ("SELECT ?o (1 AS ?o) {}", (1, 8), "selected twice"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", (1, 1), "SELECT * can't stand with GROUP BY"),
    ("SELECT ?o { ?s ?p ?o } GROUP BY ?s", (1, 8), "?o is neither grouped nor in an aggregate"),
    ("SELECT (COUNT(?s) + ?o AS ?n) { ?s ?p ?o }", (1, 27), "?o is neither grouped"),
    ("SELECT ?s { ?s ?p ?o } GROUP BY (1 AS ?o)", (1, 39), "?o has a value before GROUP BY"),
    ("SELECT (SUM(COUNT(?s)) AS ?n) { ?s ?p ?o }", (1, 13), "can't stand inside another"),
    ("SELECT * { ?s ?p ?o FILTER(COUNT(?s) > 1) }", (1, 28), "can't stand in FILTER"),
    ("SELECT * { ?s ?p ?o BIND(COUNT(?s) AS ?n) }", (1, 26), "can't stand in BIND"),
    ("SELECT (SUM(*) AS ?n) { ?s ?p ?o }", (1, 9), "only COUNT takes *"),
    ("SELECT (SUM(?o; SEPARATOR='') AS ?n) { ?s ?p ?o }", (1, 9), "SUM has no SEPARATOR"),
    ("SELECT (STRLEN('a', 'b') AS ?n) {}", (1, 9), "STRLEN takes 1 argument, not 2"),
    ("SELECT (REGEX('a') AS ?n) {}", (1, 9), "REGEX takes 2 to 3 arguments, not 1"),
    ("SELECT (BOUND(1) AS ?n) {}", (1, 9), "BOUND takes a variable"),
    ("SELECT * { VALUES (?a ?b) { (1) } }", (1, 30), "2 variables, and this row 1 values"),
    ("SELECT * { VALUES (?a ?a) { (1 2) } }", (1, 23), "names a variable twice"),
    ("CONSTRUCT { ?s <p:a>/<p:b> ?o } { ?s ?p ?o }", (1, 22), "property path can't stand here"),
    ("ASK {} ASK {}", (1, 8), '"ASK"'),
)

UPDATES = (
    ("INSERT DATA { ?s <p:a> 1 }", (1, 15), "variable can't stand in INSERT DATA"),
    ("INSERT DATA { 'a' <p:a> 1 }", (1, 25), "literal can't be the subject in INSERT DATA"),
    ("DELETE DATA { _:a <p:a> 1 }", (1, 15), "blank node can't stand in DELETE DATA"),
    ("DELETE WHERE { _:a <p:a> 1 }", (1, 16), "blank node can't stand in DELETE WHERE"),
    ("DELETE { ?s <p:a> [] } WHERE { ?s ?p ?o }", (1, 19), "blank node can't stand in DELETE"),
    ("INSERT DATA { _:a <p:a> 1 }; INSERT DATA { _:a <p:a> 2 }", (1, 44), "_:a stands in two INSERT DATA"),
    ("INSERT { _:a ?p 1 } WHERE { _:a ?p 1 }; INSERT {} WHERE { _:a ?p 1 }", (1, 59), "in two graph patterns"),
    ("CLEAR ALL;; CLEAR ALL", (1, 11), '";"'),
    ("SELECT * {}", (1, 1), '"SELECT"'),
)


@pytest.mark.parametrize(("query", "where", "message"), QUERIES, ids=[query or "empty" for query, _, _ in QUERIES])
def test_wrong_query(query: str, where: tuple[int, int], message: str) -> None:
    """The error names the place and says in a line what is wrong."""
    with pytest.raises(QuerySyntaxError, match=r"^[^\n]*$") as caught:
        parse_query(query)
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == where


@pytest.mark.parametrize(("update", "where", "message"), UPDATES, ids=[update for update, _, _ in UPDATES])
def test_wrong_update(update: str, where: tuple[int, int], message: str) -> None:
    """Likewise."""
    with pytest.raises(QuerySyntaxError, match=r"^[^\n]*$") as caught:
        parse_update(update)
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == where


#: Texts whose trees would be deeper than what walks them can go.
DEEP = {
    "braces": "ASK " + "{" * 10_000 + "}" * 10_000,
    "parentheses": "ASK { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
    "brackets": "ASK { ?s ?p " + "[ ?p " * 10_000 + "1" + "]" * 10_000 + "}",
    "paths": "ASK { ?s " + "^(<a:b>/" * 10_000 + "<a:b>" + ")" * 10_000 + " ?o }",
    "sums": "ASK { FILTER(" + "1+" * 100_000 + "1) }",
    "sums in an aggregate": "SELECT (SUM(" + "1+" * 100_000 + "1) AS ?x) {}",
    "sums of aggregates": "SELECT (" + "SUM(?x)+" * 10_000 + "1 AS ?y) {}",
    "OPTIONAL": "ASK {" + "OPTIONAL { ?a ?b ?c }" * 10_000 + "}",
    "UNION": "ASK {" + "{} UNION " * 10_000 + "{}}",
    "BIND": "ASK {" + "".join(f"BIND(1 AS ?a{n})" for n in range(4_000)) + "}",
    "columns": "SELECT " + "".join(f"(1 AS ?a{n})" for n in range(4_000)) + " {}",
    "keys": "SELECT ?a1 {} GROUP BY " + "".join(f"(1 AS ?a{n})" for n in range(4_000)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_too_deep_is_refused(text: str) -> None:
    """Neither the parser nor what walks its trees ends the process or runs out of stack."""
    with pytest.raises(QueryRefusedError, match=r"deep"):
        parse_query(text)


#: Long, but not deep.
WIDE = {
    "conditions": "ASK { FILTER(" + "1||" * 10_000 + "1) }",
    "HAVING": "SELECT ?x {} GROUP BY ?x HAVING " + "(?x)" * 10_000,
    "path": "ASK { ?s " + "<a:b>/" * 10_000 + "<a:b> ?o }",
    "collection": "ASK { ?s ?p (" + "1 " * 10_000 + ") }",
    "VALUES": "ASK { VALUES ?x { " + "1 " * 10_000 + "} }",
    "columns": "SELECT " + "".join(f"?x{n} " for n in range(10_000)) + "(1 AS ?y) {}",
    "a group nested as deep as allowed": "ASK " + "{ ?s ?p ?o OPTIONAL " * 99 + "{}" + "}" * 99,
    "operators in a chain as long as allowed": "ASK { FILTER(" + "1+" * 240 + "1) }",
    "functions nested as deep as allowed": "ASK { FILTER(" + "STR(" * 190 + "1" + ")" * 190 + ") }",
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
def test_what_is_only_long_is_read_and_written(text: str) -> None:
    """Width takes time in proportion, and no stack."""
    assert serialize_query(parse_query(text))


def test_many_triples_are_inserted() -> None:
    """20,000 statements are read in one piece."""
    (operation,) = parse_update("INSERT DATA { " + '<a:b> <a:c> "x" . ' * 20_000 + "}").operations
    assert len(operation.quads) == 20_000


def test_threads_do_not_meet() -> None:
    """Prefixes of a text that one thread reads mean nothing in another's."""
    texts = [f"PREFIX p: <http://{n}.example/> SELECT * {{ ?s p:a ?o ; p:b _:x }}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda text: serialize_query(parse_query(text)), texts))
    assert all(f"<http://{n}.example/b>" in text for n, text in enumerate(written))
    assert "p:a" not in "".join(written)
