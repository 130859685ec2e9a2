"""The SPARQL protocol over a real server: formats, limits, refusals."""

import csv
import io
import json
import time
import xml.etree.ElementTree as ET
from urllib.parse import quote, urlencode

import pytest
import rdflib
from serving import BASE, Server

JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
SELECT = f"SELECT ?label WHERE {{ <{BASE}id/work/demo/r1> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{BASE}id/work/demo/r1> ?p ?o }}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_every_way_to_send_a_query_gives_the_same(server: Server) -> None:
    """GET, POST as a form and POST of the query itself are equal."""
    form = urlencode({"query": SELECT}).encode()
    answers = [
        server.query(SELECT),
        server.ask("/sparql", JSON, "POST", form, Content_Type="application/x-www-form-urlencoded"),
        server.ask("/sparql", JSON, "POST", SELECT.encode(), Content_Type="application/sparql-query"),
    ]
    assert [a.status for a in answers] == [200] * 3
    assert answers[0].body == answers[1].body == answers[2].body
    assert {b["label"]["value"] for b in json.loads(answers[0].body)["results"]["bindings"]} == {
        "Hong lou meng",
        "红楼梦",
    }


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, JSON),
        (SELECT, "*/*", JSON),
        (SELECT, XML, XML),
        (SELECT, "application/json", JSON),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values;q=0.6", TSV),
        (SELECT, "text/csv, application/sparql-results+json;q=0.9", CSV),
        (SELECT, "text/*", CSV),
        (SELECT, "text/csv;q=0, text/tab-separated-values;q=0.1", TSV),
        (SELECT, BROWSER, "text/html"),
        (SELECT, "text/turtle, text/csv;q=0.1", CSV),
        ("ASK { ?s ?p ?o }", XML, XML),
        (CONSTRUCT, None, "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml;q=0.4, text/csv", "application/rdf+xml"),
        (CONSTRUCT, BROWSER, "text/html"),
    ],
)
def test_negotiation(server: Server, query: str, accept: str | None, expected: str) -> None:
    """The format follows Accept with its weights, among those that the kind of query has."""
    answer = server.query(query, accept)  # type: ignore[arg-type]  # None sends no Accept
    assert (answer.status, answer.type) == (200, expected)


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, CSV), (SELECT, "image/png")])
def test_what_a_client_does_not_accept_is_not_sent(server: Server, query: str, accept: str) -> None:
    """A table is not sent as Turtle, nor a graph as CSV: 406 with problem details."""
    answer = server.query(query, accept)
    assert (answer.status, answer.type) == (406, "application/problem+json")


def test_all_formats_hold_the_same_rows(server: Server) -> None:
    """JSON, XML, CSV and TSV can be read by others' parsers and agree."""
    values = {"Hong lou meng", "红楼梦"}
    assert {b["label"]["value"] for b in json.loads(server.query(SELECT, JSON).body)["results"]["bindings"]} == values
    root = ET.fromstring(server.query(SELECT, XML).body)  # noqa: S314  our own answer
    assert {e.text for e in root.iter("{http://www.w3.org/2005/sparql-results#}literal")} == values
    assert {row[0] for row in list(csv.reader(io.StringIO(server.query(SELECT, CSV).text)))[1:]} == values
    assert set(server.query(SELECT, TSV).text.splitlines()[1:]) == {'"Hong lou meng"@zh-latn', '"红楼梦"@zh-hani'}
    for accept, name in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")):
        assert len(rdflib.Graph().parse(data=server.query(CONSTRUCT, accept).text, format=name)) == 7


def test_strange_literals_survive_every_format(server: Server) -> None:
    """Quotes, tabs, line ends, separators and characters that XML can't hold break no format."""
    query = r"""SELECT ?x WHERE { VALUES ?x { "a\"b\tc\nd,e" "<&>" "\u0001" "=1+1" } }""".replace(r"\u0001", "\x01")
    assert len(json.loads(server.query(query, JSON).body)["results"]["bindings"]) == 4
    assert len(list(ET.fromstring(server.query(query, XML).body)[1])) == 4  # noqa: S314
    assert len(list(csv.reader(io.StringIO(server.query(query, CSV).text, newline="")))) == 5
    assert len(server.query(query, TSV).text.splitlines()) == 5


def test_dataset_of_the_protocol(server: Server) -> None:
    """default-graph-uri narrows the default graph and goes before FROM; named-graph-uri narrows GRAPH."""
    record = quote(f"{BASE}graph/record/demo/r2")
    count = quote("SELECT (COUNT(*) AS ?n) FROM <urn:none> WHERE { ?s ?p ?o }")
    narrowed = server.ask(f"/sparql?query={count}&default-graph-uri={record}", CSV)
    assert narrowed.text.splitlines()[1] == "13"
    graphs = quote("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert server.ask(f"/sparql?query={graphs}&named-graph-uri={record}", CSV).text.split() == [
        "g",
        f"{BASE}graph/record/demo/r2",
    ]
    assert server.ask(f"/sparql?query={graphs}&default-graph-uri=not%20an%20iri", CSV).status == 400


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("SELECT * WHERE {\n  ?s ?p\n  }", 3, 3), ("SELEKT", 1, None), ('SELECT * { ?s ?p "open }', 1, 18)],
)
def test_syntax_errors_say_where(server: Server, query: str, line: int, column: int | None) -> None:
    """400 with line and column, as problem details and in words."""
    answer = server.query(query)
    problem = json.loads(answer.body)
    assert (answer.status, answer.type, problem["line"]) == (400, "application/problem+json", line)
    assert column is None or problem["column"] == column
    page = server.query(query, BROWSER)
    assert page.status == 400
    assert f"line {line}" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:1/>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "SELECT * {" + "{" * 4_000,
        "SELECT * { ?s ?p " + '"' + "x" * 120_000 + '"}',
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 5_000 + "?o) }",
    ],
)
def test_refused_before_any_parser(server: Server, query: str) -> None:
    """Federation, loading, updates, depth, chains and length are refused, with the reason."""
    answer = server.ask("/sparql", JSON, "POST", query.encode(), Content_Type="application/sparql-query")
    assert (answer.status, json.loads(answer.body)["type"].rpartition("/")[2]) == (403, "query-refused")


def test_updates_are_refused_by_parameter_and_type(server: Server) -> None:
    """``update=`` and application/sparql-update are refused, and change nothing."""
    before = server.ask("/readyz").body
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    form = urlencode({"update": update}).encode()
    assert server.ask("/sparql", None, "POST", form, Content_Type="application/x-www-form-urlencoded").status == 403
    assert server.ask("/sparql", None, "POST", update.encode(), Content_Type="application/sparql-update").status == 403
    assert server.ask("/sparql", None, "POST", b"x", Content_Type="text/plain").status == 415
    assert server.ask("/readyz").body == before


def test_a_runaway_query_is_stopped_and_the_server_goes_on(server: Server) -> None:
    """A product of 110,000 rows with itself ends near the limit of 10 seconds; the next query answers."""
    started = time.monotonic()
    answer = server.query(
        "SELECT (COUNT(*) AS ?n) WHERE { ?a <urn:p> ?x . ?b <urn:p> ?y FILTER(CONCAT(?x, ?y) = '!') }"
    )
    assert time.monotonic() - started < 13
    assert (answer.status, json.loads(answer.body)["type"].rpartition("/")[2]) == (422, "query-limit")
    assert "10 seconds" in answer.text
    assert server.query("ASK {}").status == 200


@pytest.mark.embedded
def test_a_memory_bomb_is_stopped_and_the_server_goes_on(server: Server) -> None:
    """Sorting a huge product needs more than 200 MB: the worker ends, the server does not."""
    answer = server.query("SELECT * WHERE { ?a <urn:p> ?x . ?b <urn:p> ?y } ORDER BY ?y ?x")
    assert answer.status == 422
    assert "memory" in answer.text
    assert server.query("ASK {}").status == 200


def test_all_workers_can_die_at_once(server: Server) -> None:
    """Four bombs in a row over two workers leave a server that answers."""
    for _ in range(4):
        assert server.query("SELECT * WHERE { ?a <urn:p> ?x . ?b <urn:p> ?y } ORDER BY ?y ?x").status == 422
    assert server.query("ASK {}").status == 200


def test_rows_are_limited_and_never_cut_silently(server: Server) -> None:
    """110,000 rows fail with the reason; 100,000 come; a page shows 1,000 and says so."""
    everything = "SELECT * WHERE { ?s <urn:p> ?o }"
    answer = server.query(everything)
    assert answer.status == 422
    assert "100000 rows" in answer.text
    whole = server.query(f"{everything} LIMIT 100000", CSV)
    assert whole.text.count("\n") == 100_001
    page = server.query(everything, BROWSER)
    assert page.status == 200
    assert page.text.count("<tr>") == 1_001
    assert "The first 1,000 rows" in page.text


def test_bodies_are_limited_before_they_are_read(server: Server) -> None:
    """Two megabytes of query are refused by length alone."""
    answer = server.ask("/sparql", JSON, "POST", b"#" * 2_000_000, Content_Type="application/sparql-query")
    assert answer.status == 413


def test_without_a_query(server: Server) -> None:
    """A form for browsers; and one query is enough."""
    assert "<textarea" in server.ask("/sparql", BROWSER).text
    assert server.ask("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", JSON).status == 400


def test_answers_carry_changeset_and_entity_tag(server: Server) -> None:
    """The number of the changeset is in a header; what is unchanged is not sent again."""
    answer = server.query(SELECT)
    assert answer.headers["x-bibliograph-changeset"].isdigit()
    again = server.query(SELECT, If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.query(SELECT, CSV, If_None_Match=answer.headers["etag"]).status == 200


def test_other_origins_may_read(server: Server) -> None:
    """CORS: GET and preflight are open; writing is not."""
    assert server.query(SELECT).headers["access-control-allow-origin"] == "*"
    assert "POST" in server.ask("/sparql", method="OPTIONS").headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in server.write("PUT", f"{BASE}graph/curation", b"", None).headers


def test_a_page_shows_how_its_query_is_answered(server: Server) -> None:
    """Under the rows stand the algebra and what the engine makes of it."""
    page = server.query("SELECT ?s { ?s ?p ?o } LIMIT 1", BROWSER)
    assert "How the database answers it" in page.text
    assert "(Slice" in page.text


@pytest.mark.parametrize(
    ("name", "media_type", "start"),
    [
        ("graphml", "application/graphml+xml", b"<?xml"),
        ("gexf", "application/gexf+xml", b"<?xml"),
    ],
)
def test_networks(server: Server, name: str, media_type: str, start: bytes) -> None:
    """Of a graph, by name or by media type; other queries have none, and nothing else is said in them."""
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?s a <http://id.loc.gov/ontologies/bibframe/Work> }"
    by_type = server.query(text, media_type)
    assert (by_type.status, by_type.type) == (200, media_type)
    assert by_type.body.startswith(start)
    assert server.ask(f"/sparql?query={quote(text, safe='')}&format={name}").body == by_type.body
    assert server.query(SELECT, media_type).status == 406
    assert server.ask("/sparql", media_type).status == 406


def test_csv_for_spreadsheets(server: Server) -> None:
    """By its name; who asks for CSV by its media type gets that of the specification."""
    sheet = server.ask(f"/sparql?query={quote(SELECT, safe='')}&format=spreadsheet")
    assert (sheet.status, sheet.type) == (200, "text/csv")
    assert sheet.body.decode("utf-8-sig") == server.query(SELECT, CSV).text
    assert sheet.body.startswith(b"\xef\xbb\xbf")
