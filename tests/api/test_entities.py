"""Linked data and entity pages over a real server."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import pytest
import rdflib
from serving import BASE, EVIL, MARCXML, Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
WORK, INSTANCE, AGENT = "work/demo/r1", "instance/demo/r1", "agent/demo/r1/Cao,_Xueqin"
PAGES = [
    "/",
    f"/page/{WORK}",
    f"/page/{INSTANCE}",
    f"/page/{AGENT}",
    "/page/item/demo/r1.1",
    "/page/work/demo/r2",
    "/page/subject/demo/r2/50%25%2F50",
    "/page/subject/demo/many/All",
    "/graph/record/demo/r1",
    "/graph/record/demo/r2",
    "/resource?iri=http%3A%2F%2Fid.loc.gov%2Fontologies%2Fbibframe%2FWork",
    "/open?q=Cao,%20Xueqin",
    "/api",
    "/search",
    "/search?q=hong",
    "/search?q=nothing%20of%20the%20kind&type=agent&facet.language=chi",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020",
]


class Elements(HTMLParser):
    """Start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the tag."""
        self.found.append((tag, dict(attrs)))

    def foreign_scripts(self) -> list[dict[str, str | None]]:
        """Script elements other than the one that every page has."""
        scripts = [attributes for tag, attributes in self.found if tag == "script"]
        return [a for a in scripts if not (a.get("src") or "").startswith("/static/page.js?v=")]

    def links(self) -> list[str]:
        """Addresses of all links."""
        return [
            attributes["href"] or "" for tag, attributes in self.found if tag in {"a", "link"} and "href" in attributes
        ]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, f"/page/{INSTANCE}"),
        (BROWSER, f"/page/{INSTANCE}"),
        ("text/turtle", f"/data/{INSTANCE}.ttl"),
        ("application/ld+json, text/turtle;q=0.5", f"/data/{INSTANCE}.jsonld"),
        ("application/n-triples", f"/data/{INSTANCE}.nt"),
        ("application/rdf+xml", f"/data/{INSTANCE}.rdf"),
        ("application/marcxml+xml", f"/data/{INSTANCE}.marcxml"),
        ("text/html;q=0.2, text/turtle;q=0.3", f"/data/{INSTANCE}.ttl"),
    ],
)
def test_an_entity_leads_to_what_the_client_prefers(server: Server, accept: str | None, expected: str) -> None:
    """303 to the page or the data, which then answers."""
    answer = server.ask(f"/id/{INSTANCE}", accept)
    assert (answer.status, answer.headers["location"]) == (303, expected)
    assert "Accept" in answer.headers["vary"]
    assert server.ask(expected, accept).status == 200


def test_unknown_entities_and_formats(server: Server) -> None:
    """404 as problem details or as a page, 406 for a format that there is none of."""
    answer = server.ask("/id/work/demo/nothing", "text/turtle")
    assert (answer.status, answer.type, json.loads(answer.body)["status"]) == (404, "application/problem+json", 404)
    assert server.ask("/page/work/demo/nothing", BROWSER).type == "text/html"
    assert server.ask(f"/id/{INSTANCE}", "image/png").status == 406
    assert server.ask(f"/data/{INSTANCE}.png").status == 404
    assert server.ask("/data/work/demo/r2.marcxml").status == 404
    assert server.ask("/nowhere", BROWSER).status == 404


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize(
    ("extension", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")]
)
def test_data_are_the_same_in_every_format(server: Server, extension: str, name: str) -> None:
    """Statements of the entity and its dependent nodes, read by another library."""
    graph = rdflib.Graph().parse(data=server.ask(f"/data/{WORK}.{extension}").text, format=name)
    subjects = {str(s).removeprefix(f"{BASE}id/") for s in graph.subjects()}
    assert subjects == {WORK, f"{WORK}#contribution-100-1", f"{INSTANCE}#title-245-1"}
    assert len(graph) == 14


def test_marcxml_is_the_archived_record(server: Server) -> None:
    """The MARC record comes back, field by field."""
    answer = server.ask(f"/data/{INSTANCE}.marcxml")
    assert answer.type == "application/marcxml+xml"
    sent, kept = (
        [(e.tag, sorted(e.attrib.items()), (e.text or "").strip()) for e in ET.fromstring(text).iter()]  # noqa: S314
        for text in (answer.text, MARCXML)
    )
    assert sent == kept


def test_a_page_tells_what_the_records_say(server: Server) -> None:
    """Title in both scripts, creator with link, ISBN, provenance, formats and queries."""
    page = server.ask(f"/page/{INSTANCE}", BROWSER, Accept_Language="en").text
    assert '<html lang="en">' in page
    assert '<span lang="zh-hani" dir="auto">红楼梦</span>' in page
    assert f'href="/page/{AGENT}"' in page
    assert "曹雪芹" in page
    assert "9787020002207" in page
    assert "ISBN" in page
    assert 'href="#source-1"' in page
    assert "since changeset 1" in page
    assert f'href="/data/{INSTANCE}.marcxml"' in page
    assert 'id="title-245-1"' in page
    assert "VALUES ?subject" in page


def test_pages_come_in_the_language_asked_for(server: Server) -> None:
    """?lang= goes before Accept-Language, which goes before the settings; links keep ?lang=."""
    assert '<html lang="zh">' in server.ask(f"/page/{WORK}", BROWSER, Accept_Language="zh-CN,zh;q=0.9").text
    assert '<html lang="en">' in server.ask(f"/page/{WORK}", BROWSER, Accept_Language="fr").text
    page = server.ask(f"/page/{WORK}?lang=zh", BROWSER, Accept_Language="en")
    assert "责任者" in page.text
    assert f'href="/page/{AGENT}?lang=zh"' in page.text
    assert page.headers["content-language"] == "zh"
    assert re.search(r"<h1[^>]*>红楼梦</h1>", page.text)


def test_a_merged_entity_leads_to_the_one_that_stands_for_it(server: Server) -> None:
    """Both addresses of a member lead to the canonical page, which tells what links to any member."""
    member = "agent/demo/r2/Cao,_Xueqin"
    assert server.ask(f"/id/{member}", BROWSER).headers["location"] == f"/page/{AGENT}"
    moved = server.ask(f"/page/{member}", BROWSER)
    assert (moved.status, moved.headers["location"]) == (308, f"/page/{AGENT}")
    page = server.ask(f"/page/{AGENT}", BROWSER).text
    assert f"{BASE}id/{member}" in page
    assert '/page/work/demo/r1"' in page
    assert '/page/work/demo/r2"' in page


def test_many_links_are_paged(server: Server) -> None:
    """Sixty works about one subject are seen in three pages, each once."""
    address, seen = "/page/subject/demo/many/All", []
    for _ in range(3):
        page = server.ask(address, BROWSER).text
        seen += re.findall(r'href="/page/(work/demo/m\d+)"', page)
        following = re.search(r'class="more" href="([^"]+)"', page)
        address = unescape(following.group(1)).partition("#")[0] if following else ""
    assert address == ""
    assert len(seen) == len(set(seen)) == 60


def test_data_never_become_markup_or_script(server: Server) -> None:
    """A title that is a script is shown as text; javascript: and data: addresses are no links."""
    pages = ("/page/work/demo/r2", "/graph/record/demo/r2", "/search?q=alert", "/search?type=hub&q=alert")
    for path in (
        *pages,
        *(f"{address}{quote(EVIL)}" for address in ("/open?q=", "/page/", "/search?q=", "/search?sort=")),
    ):
        page = server.ask(path, BROWSER).text
        elements = Elements(page)
        assert elements.foreign_scripts() == [], path
        assert not [a for _, a in elements.found if any(name.startswith("on") for name in a)], path
        assert not [link for link in elements.links() if urlsplit(link).scheme in {"javascript", "data"}], path
    assert "&lt;script&gt;" in server.ask("/page/work/demo/r2", BROWSER).text
    query = quote(f"SELECT ({json.dumps(EVIL)} AS ?x) (<javascript:alert(1)> AS ?y) {{}}", safe="")
    elements = Elements(server.ask(f"/sparql?query={query}", BROWSER).text)
    assert elements.foreign_scripts() == []
    assert not [link for link in elements.links() if link.startswith("javascript")]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_answers(server: Server, path: str) -> None:
    """No link of ours on any page is dead, fragments name something, and no page has two like ids."""
    answer = server.ask(path, BROWSER)
    if answer.status == 303:
        path = answer.headers["location"]
        answer = server.ask(path, BROWSER)
    assert answer.status == 200
    elements = Elements(answer.text)
    ids = [a["id"] for _, a in elements.found if "id" in a]
    assert len(ids) == len(set(ids))
    for link in dict.fromkeys(elements.links()):
        target = urljoin(path, link)
        if urlsplit(target).scheme:
            continue
        if link.startswith("#"):
            assert link[1:] in ids, link
        else:
            assert server.ask(target.partition("#")[0], BROWSER).status < 400, link


def test_headers_of_every_page(server: Server) -> None:
    """Policy with scripts of our own only, no sniffing, no referrer, no cookie, the changeset."""
    for path in ("/", f"/page/{WORK}", "/nowhere", "/sparql", "/healthz"):
        headers = server.ask(path, BROWSER).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-bibliograph-changeset"].isdigit()
        assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("9787020002207", f"/page/{INSTANCE}"),
        ("978-7-02-000220-7", f"/page/{INSTANCE}"),
        ("r1", f"/page/{INSTANCE}"),
        ("曹雪芹", f"/page/{AGENT}"),
        (f"{BASE}id/{WORK}", f"/page/{WORK}"),
    ],
)
def test_identifiers_and_headings_open_their_entity(server: Server, wanted: str, expected: str) -> None:
    """An ISBN with or without hyphens, a control number, a heading and an IRI lead to the one entity they name."""
    answer = server.ask(f"/open?q={quote(wanted, safe='')}", BROWSER)
    assert (answer.status, answer.headers.get("location")) == (303, expected)


def test_a_line_end_in_what_is_to_be_opened_reaches_no_header(server: Server) -> None:
    """An IRI with a line end is none: nothing of that name is found."""
    answer = server.ask(f"/open?q={quote(f'{BASE}id/x', safe='')}%0D%0ASet-Cookie:%20a=b", BROWSER)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers


def test_reserved_characters_in_iris(server: Server) -> None:
    """An IRI with an encoded slash and percent sign is found as it is written, not as WSGI decodes it."""
    page = server.ask("/page/subject/demo/r2/50%25%2F50", BROWSER)
    assert page.status == 200
    assert "50%/50" in page.text
    assert server.ask("/page/subject/demo/r2/50%25/50", BROWSER).status == 404
