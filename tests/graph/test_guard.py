import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import QueryRefusedError, QuerySyntaxError
from graph.guard import check
from graph.lexer import tokens


def guard(text: str, *services: str) -> None:
    """The guard with the limits of the settings."""
    check(text, characters=100_000, depth=64, services=services)


DEADLY = {
    "braces": "SELECT * " + "{" * 4_000 + "}" * 4_000,
    "parentheses": "SELECT * {FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + "}",
    "IF": "SELECT * {FILTER(" + "IF(1,1," * 2_000 + "1" + ")" * 2_000 + ")}",
    "negations": "SELECT * {FILTER(" + "!" * 20_000 + "true)}",
    "sums": "SELECT * {FILTER(" + "1+" * 10_000 + "1)}",
    "alternatives": "SELECT * {FILTER(" + "?a||" * 10_000 + "1)}",
    "inverse paths": "SELECT * {?s " + "^(" * 20_000 + "<a:p>" + ")" * 20_000 + " ?o}",
    "OPTIONAL": "SELECT * {" + "OPTIONAL{?a ?b ?c}" * 4_000 + "}",
    "UNION": "SELECT * {" + "{}UNION" * 10_000 + "{}}",
    "BIND": "SELECT * {" + "".join(f"BIND(1 AS ?a{n})" for n in range(4_000)) + "}",
    "AS": "SELECT " + "".join(f"(1 AS ?a{n})" for n in range(4_000)) + " {}",
    "FILTER": "SELECT * {" + "FILTER(?a)" * 9_000 + "}",
    "glued FILTER": "PREFIX e:<a:> SELECT * {" + "FILTERe:f()" * 8_000 + "}",
    "triple terms": "SELECT * {" + "<<" * 10_000 + "?s ?p ?o" + ">>" * 10_000 + " ?p ?o}",
    "subselects": "SELECT * {" + "{SELECT * {" * 4_000 + "}}" * 4_000 + "}",
    "HAVING": "SELECT (COUNT(*) AS ?c) {} HAVING " + "(1)" * 10_000,
    "GRAPH": "SELECT * {" + "GRAPH<a:g>{}" * 8_000 + "}",
    "LATERAL": "SELECT * {" + "LATERAL{}" * 10_000 + "}",
}


@pytest.mark.parametrize("text", DEADLY.values(), ids=DEADLY)
def test_what_crashes_a_parser_is_refused(text: str) -> None:
    """Nesting and chains that end pyoxigraph's process never reach it."""
    with pytest.raises(QueryRefusedError, match="line 1, column"):
        guard(text)


def test_the_limits_are_needed() -> None:
    """The smallest such query really ends the process: when it no longer does, the limits can be loosened."""
    code = "import sys, pyoxigraph; pyoxigraph.Store().query(sys.stdin.read())"
    done = subprocess.run(
        [sys.executable, "-c", code], input=DEADLY["braces"], text=True, capture_output=True, check=False
    )
    assert done.returncode < 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> {} }",
        "SELECT * { service silent ?x {} }",
        "PREFIX :<http://x> SELECT * {SERVICE:x{}}",
        "PREFIX e:<http://x> SELECT * {SERVICESILENTe:x{}}",
        "PREFIX e:<http://x> SELECT * {?s ?p trueSERVICEe:x{}}",
        "SELECT * {?s ?p 1SERVICE<http://x>{}}",
        "SELECT * { FILTER(1<2)SERVICE SILENT#>\n?x{} }",
        "SELECT * { FILTER(1<2)SERVICE#>\n?x{} }",
        "SELECT * { ?s <http://a\\u0062#> ?o SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p '''a'b''' SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 'a\\'' SERVICE <http://x/> {} }",
        "PREFIX e:<http://x> SELECT * { ?s ?p e:a\\' . SERVICE <http://x/> {} # '\n }",
        'SELECT ("\\u0022 SERVICE" AS ?x) {}',
        "LOAD <http://x/>",
        "LOADSILENT<http://x/>",
        "PREFIX e:<http://x> LOADe:x",
        "SELECT * { SERVICE",
    ],
)
def test_federation_and_loading_are_refused(text: str) -> None:
    """Also where the keyword is glued to its neighbours or hides behind what looks like an IRI or a string."""
    with pytest.raises(QueryRefusedError):
        guard(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE" AS ?x) { # LOAD SERVICE\n ?s <http://x/SERVICE> ex:service }',
        "SELECT * { ?service ?load $SERVICE }",
        "SELECT ('''LOAD '' SERVICE''' AS ?x) { FILTER(?a<?b && ?c>?d) }",
        "SELECT * { ?s ex:p/ex:q* ?o ; ^ex:r [ ex:s (1 2 3) ] . VALUES ?o { -1 'a'@en-gb } }",
        "SELECT * { VALUES ?x {" + ' "x"' * 10_000 + "} }",
    ],
)
def test_harmless_queries_pass(text: str) -> None:
    """Keywords inside strings, comments, IRIs, names and variables are no keywords."""
    guard(text)


def test_listed_services_pass() -> None:
    """A full IRI on the list may be called, another one, a variable or a prefixed name may not."""
    guard("SELECT * { SERVICE SILENT <http://ok/> {} }", "http://ok/")
    for target in ("<http://other/>", "?x", "ok:x", '"http://ok/"'):
        with pytest.raises(QueryRefusedError, match="http://ok/"):
            guard(f"SELECT * {{ SERVICE {target} {{}} }}", "http://ok/")


def test_long_texts_are_refused() -> None:
    """The length is checked before anything else."""
    with pytest.raises(QueryRefusedError, match="characters"):
        guard(" " * 100_001)


@given(st.text(alphabet="ab:<>()[]{}'\"\\#?$@^|&!*/+-., \nu0é", max_size=300))
def test_the_scanner_ends_on_any_text(text: str) -> None:
    """Any text is scanned or refused, never anything else, and tokens stand where they say."""
    with suppress(QueryRefusedError, QuerySyntaxError):
        guard(text)
        assert all(text.startswith(token.text, token.start) for token in tokens(text))
