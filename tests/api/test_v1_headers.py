"""Headers of the interface: caching, compression, other origins, methods."""

import gzip
import json

import brotli
import pytest
from serving import Answer, Server
from v1_calls import LIU_HUI, address, refusal

SEARCH = address("search", q="history")
CALLS = [SEARCH, address("suggest", q="his"), address("entities", iri=LIU_HUI), address("related", iri=LIU_HUI)]


def conditional(server: Server, path: str, tag: str, **headers: str) -> Answer:
    """Asks whether what is kept under ``tag`` is still good."""
    return server.ask(path, If_None_Match=tag, **headers)


@pytest.mark.parametrize("path", CALLS)
def test_what_is_unchanged_is_not_sent_again(catalogue: Server, path: str) -> None:
    """Every answer says of which changeset it is and has a tag; with the tag it is 304 and empty."""
    answer = catalogue.ask(path)
    assert int(answer.headers["x-bibliograph-changeset"]) > 0
    assert answer.headers["cache-control"].startswith("public, ")
    assert {"Accept-Language", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
    again = conditional(catalogue, path, answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    assert again.headers["access-control-allow-origin"] == "*"


def test_a_tag_is_good_for_its_query_and_language_only(catalogue: Server) -> None:
    """Another query, page or language with the tag is answered in full."""
    tag = catalogue.ask(SEARCH).headers["etag"]
    for other in (address("search", q="histor"), f"{SEARCH}&limit=19", f"{SEARCH}&lang=zh", f"{SEARCH}&sort=title"):
        assert conditional(catalogue, other, tag).status == 200
    assert conditional(catalogue, SEARCH, tag, Accept_Language="zh").status == 200
    assert conditional(catalogue, f"{SEARCH}&lang=en", tag).status == 304


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_long_answers_are_compressed(catalogue: Server, coding: str, decode: object) -> None:
    """As the client accepts; the same content, the same tag, and 304 as without."""
    plain, packed = catalogue.ask(SEARCH), catalogue.ask(SEARCH, Accept_Encoding=coding)
    assert packed.headers["content-encoding"] == coding
    assert decode(packed.body) == plain.body  # type: ignore[operator]
    assert len(packed.body) == int(packed.headers["content-length"]) < len(plain.body) / 2
    assert packed.headers["etag"] == plain.headers["etag"]
    assert conditional(catalogue, SEARCH, packed.headers["etag"], Accept_Encoding=coding).status == 304


@pytest.mark.parametrize("path", ["/static/base.css", "/openapi.json"])
def test_other_texts_are_compressed_too(catalogue: Server, path: str) -> None:
    """Style sheets and descriptions; kept ones are told by their tag."""
    packed = catalogue.ask(path, Accept_Encoding="br")
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(packed.body) == catalogue.ask(path).body
    assert conditional(catalogue, path, packed.headers["etag"], Accept_Encoding="br").status == 304


def test_short_answers_are_sent_as_they_are(catalogue: Server) -> None:
    """What fits into a packet is not worth compressing; nor is it without being asked for."""
    assert "content-encoding" not in catalogue.ask(address("suggest", q=""), Accept_Encoding="br, gzip").headers
    assert "content-encoding" not in catalogue.ask(SEARCH).headers
    assert "content-encoding" not in catalogue.ask(SEARCH, Accept_Encoding="br;q=0, gzip;q=0").headers


@pytest.mark.parametrize("path", CALLS)
def test_methods(catalogue: Server, path: str) -> None:
    """HEAD is GET without the body; OPTIONS says what there is; nothing else is allowed."""
    whole, head = catalogue.ask(path), catalogue.ask(path, method="HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    assert head.headers["content-length"] == whole.headers["content-length"]
    options = catalogue.ask(path, method="OPTIONS", Origin="https://portal.example")
    assert options.status == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["allow"].split(", "))
    assert options.headers["access-control-allow-origin"] == "*"
    assert "GET" in options.headers["access-control-allow-methods"]
    for method in ("POST", "PUT", "DELETE"):
        refused = catalogue.ask(path, method=method)
        assert refused.status == 405
        refusal(refused)


def test_another_origin_reads_answers_and_refusals(catalogue: Server) -> None:
    """Open to all pages, without credentials; what they may read besides the body is named."""
    for path in (SEARCH, address("search", colour="red"), "/api/v1/nothing"):
        headers = catalogue.ask(path, Origin="https://portal.example").headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers
        assert "X-Bibliograph-Changeset" in headers["access-control-expose-headers"]


def test_there_is_a_description_to_make_clients_of(catalogue: Server) -> None:
    """/openapi.json names the routes, each parameter in words, and the shape of the answer and of problems."""
    document = json.loads(catalogue.ask("/openapi.json").body)
    for route in ("search", "suggest", "entities", "related"):
        operation = document["paths"][f"/api/v1/{route}"]["get"]
        assert operation["summary"]
        assert all(parameter["description"] for parameter in operation["parameters"])
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert document["components"]["schemas"][answer.rpartition("/")[2]]["properties"]
        assert "400" in operation["responses"]
    names = [each["name"] for each in document["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert {"q", "from", "to", "cursor", "facet.subject"} <= set(names)
    hit = document["components"]["schemas"]["Hit"]["properties"]
    assert {"iri", "title", "creators", "why", "holdings"} <= set(hit)
