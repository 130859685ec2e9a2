"""SRU over HTTP: what a client of the protocol relies on, over real records and against the platform's own search."""

import json
import time
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import BASE, Server
from sru_calls import FORM, NS, all_works, diagnostics, document, get, scan, search, text, total, works
from v1_calls import LIU_HUI, call

from services.sru.indexes import INDEXES

ASK = {"operation": "searchRetrieve", "version": "1.2"}


@pytest.mark.parametrize("path", ["/sru", "/sru?", "/sru?x-client=y", "/sru?operation=explain&version=1.1"])
def test_explain_says_what_can_be_asked(catalogue: Server, path: str) -> None:
    """The answer to no parameters, too: server, sets, indexes and schemas."""
    found = document(catalogue.ask(path))
    assert found.tag == f"{{{NS['srw']}}}explainResponse"
    assert text(found, "srw:version") == ("1.1" if "1.1" in path else "1.2")
    record = found.find("srw:record/srw:recordData/zr:explain", NS)
    assert record is not None
    address = f"http://{text(record, 'zr:serverInfo/zr:host')}:{text(record, 'zr:serverInfo/zr:port')}"
    assert address == catalogue.address
    assert text(record, "zr:serverInfo/zr:database") == "sru"
    assert {s.get("name") for s in record.findall("zr:schemaInfo/zr:schema", NS)} == {"dc", "marcxml"}
    assert len(record.findall("zr:indexInfo/zr:index", NS)) == len(INDEXES)


def test_every_index_and_relation_of_explain_can_be_asked(catalogue: Server) -> None:
    """What the record lists is no promise only."""
    terms = {"date": "1950", "isbn": "7305022144", "issn": "00280836", "allRecords": "1"}
    record = document(catalogue.ask("/sru"))
    sets = {each.get("name") for each in record.iterfind(".//zr:set", NS)}
    for index in record.iterfind(".//zr:index", NS):
        name = index.find("zr:map/zr:name", NS)
        assert name is not None
        assert name.get("set") in sets
        for each in index.iterfind("zr:configInfo/zr:supports", NS):
            term = "1900 1950" if each.text == "within" else terms.get(name.text or "", "history")
            query = f'{name.get("set")}.{name.text} {each.text} "{term}"'
            found = diagnostics(search(catalogue, query, maximumRecords=0))
            assert found == [], query
        if index.get("scan") == "true":
            assert scan(catalogue, f"{name.get('set')}.{name.text} = a", maximumTerms=2)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ('"liu hui ping zhuan"', {"q": "liu hui ping zhuan"}),
        ("刘徽评传", {"q": "刘徽评传"}),
        ("dc.title = 红楼梦", {"q": "红楼梦", "field": "title"}),
        ("dc.title = 紅樓夢", {"q": "红楼梦", "field": "title"}),
        ("dc.creator = 曹雪芹", {"q": "曹雪芹", "field": "creator"}),
        ("dc.subject = fiction", {"q": "fiction", "field": "subject"}),
        ('dc.publisher = "Oxford University Press"', {"q": "Oxford University Press", "field": "publisher"}),
        ("bath.isbn = 7-305-02214-4", {"q": "7305022144", "field": "identifier"}),
        ("history and dc.date >= 1900 and dc.date <= 1980", {"q": "history", "from": 1900, "to": 1980}),
        ('history and dc.date within "1900 1980"', {"q": "history", "from": 1900, "to": 1980}),
        ("dc.language = chi", {"facet_language": "chi"}),
        ("dc.type = book", {"facet_format": "book"}),
        ("cql.allRecords = 1", {}),
        ("cql.allRecords = 1 sortBy dc.date/sort.descending", {"sort": "newest"}),
        ("history sortBy date", {"q": "history", "sort": "oldest"}),
        ("history sortBy dc.title", {"q": "history", "sort": "title"}),
    ],
)
def test_what_is_found_is_what_the_search_finds(catalogue: Server, query: str, parameters: dict[str, str]) -> None:
    """As many hits, and the same ones, in the same order where one is asked for; Chinese in either script."""
    ours = call(catalogue, "search", limit=20, **{n.replace("from", "from_"): v for n, v in parameters.items()})
    assert ours["relaxed"] == []
    found = search(catalogue, query, maximumRecords=20)
    assert diagnostics(found) == []
    assert total(found) == ours["total"] > 0
    if "sort" in parameters:
        assert works(found) == [hit["iri"] for hit in ours["hits"]]
    elif total(found) <= 20:
        assert set(works(found)) == {hit["iri"] for hit in ours["hits"]}


#: Clauses of which each finds some records and not all.
CLAUSES = (
    "dc.title = history", "dc.creator = cao", 'dc.subject any "fiction novels"', "dc.date < 1980",
    "dc.language = chi", "hist*", 'dc.title all "dream red"', "dc.type = book",
)  # fmt: skip


@pytest.fixture(scope="module")
def alone(catalogue: Server) -> dict[str, set[str]]:
    """What each clause finds by itself."""
    found = {clause: all_works(catalogue, clause) for clause in CLAUSES}
    assert all(found.values())
    return found


@pytest.mark.parametrize(("first", "second", "third"), [(0, 4, 3), (1, 3, 2), (5, 2, 7), (6, 4, 1), (4, 7, 0)])
def test_booleans_are_true(catalogue: Server, alone: dict[str, set[str]], first: int, second: int, third: int) -> None:
    """and, or and not give exactly the intersection, union and difference, from the left or as parentheses say."""
    a, b, c = (CLAUSES[n] for n in (first, second, third))
    assert all_works(catalogue, f"{a} and {b} not {c}") == alone[a] & alone[b] - alone[c]
    assert all_works(catalogue, f"{a} or {b} and {c}") == (alone[a] | alone[b]) & alone[c]
    assert all_works(catalogue, f"{a} or ({b} and {c})") == alone[a] | (alone[b] & alone[c])
    assert all_works(catalogue, f"{a} not ({b} or {c})") == alone[a] - (alone[b] | alone[c])


def test_years_are_true(catalogue: Server) -> None:
    """Each record of a range has its year in the range; the ranges before, in and after leave out none that has one."""
    page = search(catalogue, 'dc.date within "1900 1949"', maximumRecords=100)
    dates = [int(text(record, ".//dc:date")) for record in page.findall("srw:records/srw:record", NS)]
    assert dates
    assert all(1900 <= date <= 1949 for date in dates)
    every = total(search(catalogue, "cql.allRecords=1", maximumRecords=0))
    dated = total(search(catalogue, "dc.date < 1950 or dc.date = 1950 or dc.date > 1950", maximumRecords=0))
    without = total(search(catalogue, "cql.allRecords=1 not dc.date >= -9999", maximumRecords=0))
    assert dated + without == every


def test_relations_of_words_differ(catalogue: Server) -> None:
    """Side by side is more than all, all is more than any; the whole title is more than its words."""
    words = '"red chamber dream"'
    any_, all_, adjacent, titles = (
        all_works(catalogue, f"dc.title {relation} {words}") for relation in ("any", "all", "adj", "==")
    )
    assert titles <= adjacent <= all_ < any_
    assert all_works(catalogue, 'dc.title adj "dream of the red chamber"')
    one, other, third = (all_works(catalogue, f"dc.title all {word}") for word in ("red", "chamber", "dream"))
    assert any_ == one | other | third
    assert all_ == one & other & third


def test_masks_and_anchors(catalogue: Server) -> None:
    """A masked word stands for all words that fit; ^ holds a title at its beginning."""
    masked = all_works(catalogue, "dc.title = dream*")
    assert masked >= all_works(catalogue, "dc.title = dream") != set()
    assert all_works(catalogue, "dc.title = dre?m") == all_works(catalogue, "dc.title all dream")
    assert all_works(catalogue, "红楼*") >= all_works(catalogue, "dc.title adj 红楼梦")
    begun = all_works(catalogue, "dc.title = ^红楼梦")
    assert set() != begun < all_works(catalogue, "dc.title adj 红楼梦")
    assert all_works(catalogue, 'dc.title = "^红楼梦^"') == all_works(catalogue, "dc.title == 红楼梦") <= begun


def test_records_are_dublin_core(catalogue: Server) -> None:
    """By default: title, creator, language, date, identifiers of the hit, and its place."""
    found = search(catalogue, "bath.isbn = 7305022144")
    (record,) = found.findall("srw:records/srw:record", NS)
    assert text(record, "srw:recordSchema") == "info:srw/schema/1/dc-v1.1"
    assert text(record, "srw:recordPacking") == "xml"
    assert text(record, "srw:recordPosition") == "1"
    assert text(record, "srw:recordIdentifier") == LIU_HUI
    core = record.find("srw:recordData/srw_dc:dc", NS)
    assert core is not None
    titles = [each.text or "" for each in core.findall("dc:title", NS)]
    assert titles[0].startswith("Liu Hui ping zhuan")
    assert titles[1].startswith("刘徽评传")
    assert (text(core, "dc:date"), text(core, "dc:language"), text(core, "dc:type")) == ("1994", "chi", "Book")
    assert core.findall("dc:subject", NS)
    assert {"urn:ISBN:7305022144", LIU_HUI} <= {each.text for each in core.findall("dc:identifier", NS)}


@pytest.mark.parametrize("schema", ["marcxml", "info:srw/schema/1/marcxml-v1.1"])
def test_records_are_the_archived_marc(catalogue: Server, schema: str) -> None:
    """The same that is offered at the record's own address, by either name of the schema."""
    found = search(catalogue, f'rec.identifier = "{LIU_HUI}"', recordSchema=schema)
    record = found.find("srw:records/srw:record/srw:recordData/marc:record", NS)
    assert record is not None
    assert text(found, "srw:records/srw:record/srw:recordSchema") == "info:srw/schema/1/marcxml-v1.1"
    there = ET.fromstring(catalogue.ask(f"/data/{LIU_HUI.removeprefix(f'{BASE}id/')}.marcxml").body)  # noqa: S314  our own answer
    assert ET.canonicalize(ET.tostring(record), strip_text=True) == ET.canonicalize(ET.tostring(there), strip_text=True)
    assert works(search(catalogue, "rec.identifier = 5287459")) == [LIU_HUI]


def test_string_packing_holds_the_same_record(catalogue: Server) -> None:
    """As text that is XML itself."""
    packed = search(catalogue, "bath.isbn=7305022144", recordPacking="string")
    inner = ET.fromstring(text(packed, "srw:records/srw:record/srw:recordData"))  # noqa: S314
    plain = search(catalogue, "bath.isbn=7305022144").find(".//srw_dc:dc", NS)
    assert plain is not None
    assert ET.canonicalize(ET.tostring(inner)) == ET.canonicalize(ET.tostring(plain))


def test_pages_follow_each_other(catalogue: Server) -> None:
    """Each names the place of the next record; the last names none, and so does no record at all."""
    first = search(catalogue, "history sortBy title", maximumRecords=3)
    second = search(
        catalogue, "history sortBy title", maximumRecords=3, startRecord=text(first, "srw:nextRecordPosition")
    )
    both = works(search(catalogue, "history sortBy title", maximumRecords=6))
    assert works(first) + works(second) == both
    assert len(works(search(catalogue, "cql.allRecords=1", maximumRecords=5_000))) == 100
    count = total(first)
    last = search(catalogue, "history", startRecord=count)
    assert len(works(last)) == 1
    assert text(last, "srw:nextRecordPosition") == ""
    beyond = search(catalogue, "history", startRecord=count + 1)
    assert (diagnostics(beyond), total(beyond), works(beyond)) == ([61], count, [])
    none = search(catalogue, "zzyzx")
    assert (diagnostics(none), total(none), none.find("srw:records", NS)) == ([], 0, None)


def test_order_of_titles_goes_both_ways(catalogue: Server) -> None:
    """Descending is ascending read from the end."""
    up = works(search(catalogue, "dc.title=dream sortBy title", maximumRecords=100))
    assert len(up) == len(set(up)) > 3
    assert works(search(catalogue, "dc.title=dream sortBy title/sort.descending", maximumRecords=100)) == up[::-1]
    assert works(search(catalogue, "dc.title=dream", sortKeys="title,,0", maximumRecords=100)) == up[::-1]
    old = document(
        get(catalogue, **{**ASK, "version": "1.1"}, query="dc.title=dream", sortKeys="title", maximumRecords=100)
    )
    assert len(old.findall("srw:records/srw:record", NS)) == len(up)
    assert text(old, "srw:version") == "1.1"


@pytest.mark.parametrize(
    ("parameters", "number"),
    [
        ({"operation": "update", "version": "1.2"}, 4),
        ({"query": "a", "version": "1.2"}, 7),
        ({"operation": "searchRetrieve", "query": "a"}, 7),
        ({"operation": "searchRetrieve", "version": "1.2"}, 7),
        ({"operation": "scan", "version": "1.2"}, 7),
        ({**ASK, "query": "a", "version": "2.0"}, 5),
        ({**ASK, "query": "a", "version": "1.0"}, 5),
        ({**ASK, "query": "a", "foo": "1"}, 8),
        ({**ASK, "query": "a", "startRecord": "0"}, 6),
        ({**ASK, "query": "a", "startRecord": "x"}, 6),
        ({**ASK, "query": "a", "startRecord": "１"}, 6),
        ({**ASK, "query": "a", "startRecord": "999999999"}, 61),
        ({**ASK, "query": "a", "maximumRecords": "-1"}, 6),
        ({**ASK, "query": "a", "maximumRecords": "9" * 5_000}, 6),
        ({**ASK, "query": "a", "recordSchema": "mods"}, 66),
        ({**ASK, "query": "a", "recordPacking": "json"}, 71),
        ({**ASK, "query": "a", "recordXPath": "/dc"}, 72),
        ({**ASK, "query": "a", "sortKeys": "creator"}, 88),
        ({**ASK, "query": ""}, 27),
        ({**ASK, "query": "a and ("}, 10),
        ({**ASK, "query": "dc.foo = a"}, 16),
        ({**ASK, "query": "a prox b"}, 39),
        ({**ASK, "query": "cql.resultSetId = 1"}, 50),
        ({**ASK, "query": "(" * 1_000 + "a" + ")" * 1_000}, 13),
        ({**ASK, "query": "(" * 100_000}, 12),
        ({**ASK, "query": " ".join(f"w{n}" for n in range(70)).join('""')}, 23),
        ({"operation": "scan", "version": "1.2", "scanClause": "dc.date = 1"}, 16),
        ({"operation": "scan", "version": "1.2", "scanClause": "a and b"}, 10),
        ({"operation": "scan", "version": "1.2", "scanClause": "dc.title any b"}, 19),
        ({"operation": "scan", "version": "1.2", "scanClause": "dc.title=a", "responsePosition": "22"}, 120),
        ({"operation": "scan", "version": "1.2", "scanClause": "dc.title=a", "maximumTerms": "0"}, 6),
    ],
)
def test_refusals_are_diagnostics(catalogue: Server, parameters: dict[str, str], number: int) -> None:
    """In a response of the operation, with status 200, at once; by POST as by GET."""
    started = time.monotonic()
    body = urlencode(parameters).encode()
    answers = [catalogue.ask("/sru", None, "POST", body, Content_Type=FORM)]
    if len(body) < 10_000:
        answers.append(catalogue.ask(f"/sru?{body.decode()}"))
    for answer in answers:
        assert diagnostics(document(answer)) == [number]
    assert time.monotonic() - started < 5


def test_a_syntax_error_says_where(catalogue: Server) -> None:
    """The details have the position, and the request comes back as it was."""
    found = search(catalogue, "dc.title = <&", x_trace="1", stylesheet='"><script>')
    assert text(found, "srw:diagnostics/diag:diagnostic/diag:details").startswith("position 12: '<'")
    assert text(found, "srw:echoedSearchRetrieveRequest/srw:query") == "dc.title = <&"
    assert text(found, "srw:echoedSearchRetrieveRequest/srw:stylesheet") == '"><script>'


def test_a_form_that_is_too_large_is_a_diagnostic(catalogue: Server) -> None:
    """A query of a megabyte, and one that is larger than any body may be."""
    for size in (1_000_000, 1_200_000):
        body = urlencode({**ASK, "query": "a" * size}).encode()
        assert diagnostics(document(catalogue.ask("/sru", None, "POST", body, Content_Type=FORM))) == [12]
    assert catalogue.ask("/sru", None, "POST", b"{}", Content_Type="application/json").status == 415
    assert diagnostics(document(catalogue.ask("/sru?operation=explain&version=1.2&version=1.1"))) == [6]


@pytest.mark.parametrize(("index", "start"), [("dc.title", "history"), ("dc.creator", "cao"), ("dc.subject", "china")])
def test_headings_are_listed_in_order(catalogue: Server, index: str, start: str) -> None:
    """Each with the number of records that it finds as a whole; the term stands where the client wants it."""
    listed = scan(catalogue, f"{index} = {start}", maximumTerms=6)
    assert len(listed) == 6
    for heading, count in listed:
        escaped = heading.replace("\\", "\\\\").replace('"', '\\"')
        found = search(catalogue, f'{index} ==/unmasked "{escaped}"', maximumRecords=0)
        assert total(found) == count > 0
    middle = scan(catalogue, f"{index} = {start}", maximumTerms=6, responsePosition=4)
    assert middle[3:] == listed[:3]
    following = scan(catalogue, f'{index} = "{listed[2][0]}"', maximumTerms=3, responsePosition=0)
    assert following == listed[3:6]
    assert scan(catalogue, f'{index} = "{listed[2][0]}"', maximumTerms=2, responsePosition=3) == listed[:2]


def test_headings_begin_at_the_beginning(catalogue: Server) -> None:
    """An empty term lists from the first; all pages together have each heading once, and none follows the last."""
    found: list[str] = []
    page = scan(catalogue, 'dc.creator = ""', maximumTerms=100)
    while page:
        found += [heading for heading, _ in page]
        quoted = page[-1][0].replace('"', '\\"')
        page = scan(catalogue, f'dc.creator = "{quoted}"', maximumTerms=100, responsePosition=0)
    assert len(set(found)) == len(found) > 300
    assert scan(catalogue, "dc.title = 힣힣", maximumTerms=3) == []


SIGNS = st.text(alphabet='()=<>"/\\*?^ a红.1-\x00\x0b\ud7ff\ufffe😀', max_size=30)
PARTS = st.lists(
    st.sampled_from(
        ["dc.title", "=", "any", "and", "or", "not", "(", ")", "hist*", "红楼*", '"^a"', "date", "<", "1990", ">"]
    ),
    max_size=10,
).map(" ".join)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(SIGNS, PARTS, st.text(max_size=40)), operation=st.sampled_from(["searchRetrieve", "scan"]))
def test_no_query_breaks_the_server(catalogue: Server, query: str, operation: str) -> None:
    """Records or a diagnostic, in well-formed XML: never an error of ours."""
    name = "scanClause" if operation == "scan" else "query"
    document(get(catalogue, operation=operation, version="1.2", **{name: query}))


def test_the_language_of_the_reader_counts(catalogue: Server) -> None:
    """Names come in the language that the client prefers."""
    path = f"/sru?{urlencode({**ASK, 'query': 'bath.isbn=7305022144'})}"
    title = text(document(catalogue.ask(path, Accept_Language="zh")), ".//dc:title")
    assert title.startswith("刘徽评传")


def test_the_description_has_the_route(catalogue: Server) -> None:
    """/openapi.json lists the parameters."""
    paths = json.loads(catalogue.ask("/openapi.json").body)["paths"]
    assert {"query", "scanClause"} <= {each["name"] for each in paths["/sru"]["get"]["parameters"]}
