"""Queries that are meant to harm whoever answers them, each with the statuses that are a fitting end.

They run over 2,000 numbers in a chain: ``<urn:n:1> <urn:next> <urn:n:2> ; <urn:p> "1"``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

OUTSIDE = "http://127.0.0.1:9/sparql"
"""Where nothing may be asked."""

LIMIT = frozenset({422})
REFUSED = frozenset({403})
NO_QUERY = frozenset({400, 403})
LONG = frozenset({403, 413})
ANY = frozenset({200, 403, 422})
"""It may also be answered, for an engine may be clever."""


@dataclass(frozen=True, slots=True)
class Bomb:
    """A query and how it may end."""

    name: str
    text: str
    ends: frozenset[int]


def bombs() -> Iterator[Bomb]:
    """All of them."""
    yield from _joins()
    yield from _paths()
    yield from _strings()
    yield from _nested()
    yield from _outside()


def _joins() -> Iterator[Bomb]:
    for count in (3, 5, 20):
        product = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(count))
        yield Bomb(f"a cross product of {count} graphs", f"SELECT (COUNT(*) AS ?n) {{ {product} }}", LIMIT)
    product = " . ".join(f"?a{i} <urn:p> ?b{i}" for i in range(4))
    yield Bomb("a cross product in order", f"SELECT * {{ {product} }} ORDER BY ?b0 ?b1 ?b2 ?b3", LIMIT)
    yield Bomb("a cross product without duplicates", f"SELECT DISTINCT * {{ {product} }}", LIMIT)
    yield Bomb(
        "a cross product to be grouped", f"SELECT ?a0 ?a1 (MAX(?b2) AS ?m) {{ {product} }} GROUP BY ?a0 ?a1", LIMIT
    )
    yield Bomb("a cross product to be constructed", f"CONSTRUCT {{ ?a0 <urn:q> ?a1 }} {{ {product} }}", LIMIT)
    yield Bomb("a cross product with a filter", f"ASK {{ {product} FILTER(CONCAT(?b0, ?b1, ?b2, ?b3) = 'x') }}", LIMIT)
    triangle = "?a ?p1 ?b . ?b ?p2 ?c . ?c ?p3 ?a . ?d ?p4 ?e . ?e ?p5 ?f"
    yield Bomb("paths through all there is", f"SELECT (COUNT(*) AS ?n) {{ {triangle} }}", ANY)
    for count in (100, 450):
        patterns = " . ".join(f"?x{i} ?p{i} ?x{i + 1}" for i in range(count))
        yield Bomb(f"a join of {count} patterns", f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}", ANY)
    patterns = " . ".join(f"?x{i} <urn:next> ?x{i + 1}" for i in range(500))
    yield Bomb("a chain of 500 patterns", f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}", ANY)
    for count in (100, 300):
        options = " ".join(f"OPTIONAL {{ ?s ?p{i} ?o{i} }}" for i in range(count))
        yield Bomb(f"{count} OPTIONALs", f"SELECT (COUNT(*) AS ?n) {{ ?s <urn:p> ?o {options} }}", LIMIT | REFUSED)
    union = " UNION ".join("{ ?s ?p ?o . ?a ?b ?c }" for _ in range(100))
    yield Bomb("100 UNIONs", f"SELECT (COUNT(*) AS ?n) {{ {union} }}", LIMIT)
    minus = "?a ?b ?c . ?d ?e ?f MINUS { ?a ?g ?h . ?d ?i ?j }"
    yield Bomb("MINUS of two products", f"SELECT (COUNT(*) AS ?n) {{ {minus} }}", LIMIT)
    yield Bomb(
        "NOT EXISTS of a product",
        "ASK { ?a <urn:p> ?b FILTER NOT EXISTS { ?c <urn:p> ?d . ?e <urn:p> ?f FILTER(CONCAT(?d, ?f) != ?b) } }",
        ANY,
    )
    rows = " ".join(map(str, range(1_500)))
    values = " ".join(f"VALUES ?v{i} {{ {rows} }}" for i in range(4))
    yield Bomb("VALUES by VALUES", f"SELECT (COUNT(*) AS ?n) {{ {values} }}", LIMIT)
    yield Bomb("DESCRIBE of everything", "DESCRIBE ?s { ?s ?p ?o . ?a ?b ?c }", LIMIT)
    yield Bomb("a product of subqueries", f"SELECT * {{ {' '.join(_subquery(i) for i in range(4))} }}", LIMIT)


def _subquery(number: int) -> str:
    return f"{{ SELECT ?a{number} {{ ?a{number} ?p ?o }} ORDER BY ?o }}"


def _paths() -> Iterator[Bomb]:
    for path in (
        "(<urn:next>*)*",
        "((<urn:next>|^<urn:next>)*)*",
        "(!<urn:x>)*",
        "(<urn:next>/<urn:next>)+",
        "(<urn:next>*)+",
    ):
        yield Bomb(f"the path {path}", f"SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b . ?c {path} ?d }}", ANY)
    long = "/".join(["(<urn:next>|^<urn:next>)"] * 60)
    yield Bomb("a long path of alternatives", f"SELECT (COUNT(*) AS ?n) {{ ?a {long} ?b }}", ANY)


def _strings() -> Iterator[Bomb]:
    doubled = "BIND('0123456789' AS ?s0) " + " ".join(f"BIND(CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(40))
    yield Bomb("CONCAT doubled 40 times", f"SELECT (STRLEN(?s40) AS ?n) {{ {doubled} }}", LIMIT)
    replaced = "BIND('aaaaaaaaaa' AS ?s0) "
    replaced += " ".join(f"BIND(REPLACE(?s{i}, 'a', 'aaaaaaaaaa') AS ?s{i + 1})" for i in range(12))
    yield Bomb("REPLACE by ten times as much", f"SELECT (STRLEN(?s12) AS ?n) {{ {replaced} }}", LIMIT)
    text = "a" * 30
    yield Bomb("a regular expression that backtracks", f"ASK {{ FILTER REGEX('{text}!', '^(a+)+$') }}", ANY)
    yield Bomb(
        "a regular expression of millions of states",
        "ASK { FILTER REGEX('x', '((a{1000}){1000}){1000}') }",
        ANY | NO_QUERY,
    )
    yield Bomb(
        "GROUP_CONCAT of a product",
        "SELECT (STRLEN(GROUP_CONCAT(?b)) AS ?n) { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f }",
        LIMIT,
    )
    yield Bomb("a string of a hundred thousand", f"ASK {{ FILTER('{'x' * 99_000}' = '') }}", ANY)
    yield Bomb("a string of two millions", f"ASK {{ FILTER('{'x' * 2_000_000}' = '') }}", LONG)


def _nested() -> Iterator[Bomb]:
    for depth in (64, 100, 1_000, 10_000, 100_000):
        yield Bomb(f"{depth} groups in each other", f"ASK {'{' * depth}{'}' * depth}", ANY | LONG)
        yield Bomb(f"{depth} brackets in each other", f"ASK {{ FILTER({'(' * depth}1{')' * depth} = 1) }}", ANY | LONG)
        yield Bomb(f"{depth} open groups", f"ASK {'{' * depth}", NO_QUERY | LONG)
    yield Bomb("10,000 NOTs", f"ASK {{ FILTER({'!' * 10_000}true) }}", REFUSED)
    yield Bomb("10,000 additions", f"ASK {{ FILTER({'1+' * 10_000}1 = 1) }}", REFUSED)
    yield Bomb("1,000 IFs in each other", f"ASK {{ FILTER({'IF(true, ' * 1_000}1{', 2)' * 1_000} = 1) }}", REFUSED)
    yield Bomb("500 EXISTS in each other", f"ASK {{ {'FILTER EXISTS { ?s ?p ?o ' * 500}{'}' * 500} }}", REFUSED)
    yield Bomb("lists in lists", f"ASK {{ ?s ?p {'(' * 5_000}1{')' * 5_000} }}", REFUSED)
    yield Bomb("blank nodes in blank nodes", f"ASK {{ ?s ?p {'[ ?p ' * 5_000}1{']' * 5_000} }}", REFUSED)


def _outside() -> Iterator[Bomb]:
    for call in (
        f"SERVICE <{OUTSIDE}> {{ ?s ?p ?o }}",
        f"SERVICE SILENT <{OUTSIDE}> {{ ?s ?p ?o }}",
        f"service\n<{OUTSIDE}>{{?s ?p ?o}}",
        f"SeRvIcE#\n<{OUTSIDE}> {{ ?s ?p ?o }}",
        f"BIND(<{OUTSIDE}> AS ?e) SERVICE ?e {{ ?s ?p ?o }}",
        f"?s ?p true SERVICE<{OUTSIDE}>{{ ?s ?p ?o }}",
        f"FILTER(1<2)SERVICE <{OUTSIDE}> {{ ?s ?p ?o }}",
        f"OPTIONAL {{ SERVICE <{OUTSIDE}> {{ ?s ?p ?o }} }}",
        f"FILTER NOT EXISTS {{ SERVICE <{OUTSIDE}> {{ ?s ?p ?o }} }}",
        f"{{ SELECT * {{ SERVICE SILENT <{OUTSIDE}> {{ ?s ?p ?o }} }} }}",
        f"\\u0053ERVICE <{OUTSIDE}> {{ ?s ?p ?o }}",
    ):
        yield Bomb(f"a call by {call[:24]!r}", f"SELECT * {{ {call} }}", NO_QUERY)
    yield Bomb("LOAD", f"LOAD <{OUTSIDE}>", NO_QUERY)
    yield Bomb("LOAD after a query", f"SELECT * {{ ?s ?p ?o }} ; LOAD SILENT <{OUTSIDE}>", NO_QUERY)
    yield Bomb("FROM an address of others", f"ASK FROM <{OUTSIDE}> {{ ?s ?p ?o }}", frozenset({200}))
