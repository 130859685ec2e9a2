"""Requests of SRU as a client makes them."""

import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import urlencode

from serving import Answer, Server

NS = {
    "srw": "http://www.loc.gov/zing/srw/",
    "diag": "http://www.loc.gov/zing/srw/diagnostic/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "srw_dc": "info:srw/schema/1/dc-schema",
    "marc": "http://www.loc.gov/MARC21/slim",
    "zr": "http://explain.z3950.org/dtd/2.0/",
}
FORM = "application/x-www-form-urlencoded"


def get(server: Server, **parameters: Any) -> Answer:
    """The answer to parameters sent by GET; ``x_`` stands for ``x-``."""
    return server.ask(f"/sru?{urlencode({name.replace('_', '-'): value for name, value in parameters.items()})}")


def document(answer: Answer) -> ET.Element:
    """The answer's XML; every answer of the protocol has status 200."""
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    return ET.fromstring(answer.body)  # noqa: S314  our own answer


def search(server: Server, query: str, **more: Any) -> ET.Element:
    """The answer to a query."""
    return document(get(server, **{"operation": "searchRetrieve", "version": "1.2", "query": query, **more}))


def scan(server: Server, clause: str, **more: Any) -> list[tuple[str, int]]:
    """Headings and how many records each has."""
    found = document(get(server, operation="scan", version="1.2", scanClause=clause, **more))
    assert diagnostics(found) == []
    terms = found.findall("srw:terms/srw:term", NS)
    return [(text(each, "srw:value"), int(text(each, "srw:numberOfRecords"))) for each in terms]


def text(element: ET.Element, path: str) -> str:
    """Text of the one element at a path, "" where there is none."""
    return element.findtext(path, "", NS)


def total(answer: ET.Element) -> int:
    """How many records were found."""
    return int(text(answer, "srw:numberOfRecords"))


def works(answer: ET.Element) -> list[str]:
    """Identifiers of the records."""
    return [each.text or "" for each in answer.findall("srw:records/srw:record/srw:recordIdentifier", NS)]


def all_works(server: Server, query: str) -> set[str]:
    """Identifiers of everything that a query finds; asked for page by page."""
    found: list[str] = []
    start: str = "1"
    while start:
        page = search(server, query, startRecord=start, maximumRecords=100)
        assert diagnostics(page) == [], query
        found += works(page)
        start = text(page, "srw:nextRecordPosition")
        if not start:
            assert len(found) == total(page)
    assert len(set(found)) == len(found)
    return set(found)


def diagnostics(answer: ET.Element) -> list[int]:
    """Numbers of the diagnostics beside the records."""
    uris = [each.text or "" for each in answer.findall("srw:diagnostics/diag:diagnostic/diag:uri", NS)]
    return [int(uri.removeprefix("info:srw/diagnostic/1/")) for uri in uris]
