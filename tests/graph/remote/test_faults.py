import time
import traceback

import pytest
from pydantic import SecretStr

from common.errors import QueryError, QueryLimitError, QuerySyntaxError, StoreError
from graph.backends.remote import Address, RemoteStore
from graph.backends.remote.connection import Credentials
from graph.store import Delta, Solutions
from tests.graph.remote.faulty import (
    Fault,
    FaultyProxy,
    answered,
    broken_answer,
    lost_answer,
    lost_request,
    put_off,
    refused,
)

ONE, TWO = ('<a:s> <a:p> "1"', "g:1"), ('<a:s> <a:p> "2"', None)
ALL = (None, None, None)
JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    "fault", [lost_request, lost_answer, put_off(503), put_off(502), put_off(429, Retry_After="0")]
)
def test_a_change_is_made_once_whatever_is_lost(store: RemoteStore, proxy: FaultyProxy, fault: Fault) -> None:
    """A change whose request or answer is lost, or that is put off, is sent again and stands once."""
    store.apply(Delta(add=[ONE]))
    proxy.faults.extend([fault, fault])
    store.apply(Delta(add=[TWO], remove=[ONE]))
    proxy.faults.append(fault)
    store.bulk_load([b"<a:b> <a:b> <a:b> .\n"])
    assert set(store.quads(ALL, None)) == {TWO, ("<a:b> <a:b> <a:b>", None)}


def test_a_users_update_is_not_sent_twice(store: RemoteStore, proxy: FaultyProxy) -> None:
    """An update may count or move: one whose answer was lost is reported, not repeated."""
    proxy.faults.append(lost_answer)
    with pytest.raises(StoreError, match="was lost"):
        store.update("INSERT { <a:s> <a:p> ?id } WHERE { BIND(STRUUID() AS ?id) }")
    assert len(list(store.quads(ALL, ""))) == 1


def test_the_time_that_a_server_names_is_waited_for(store: RemoteStore, proxy: FaultyProxy) -> None:
    """Retry-After decides when to come back."""
    proxy.faults.append(put_off(503, Retry_After="1"))
    start = time.monotonic()
    assert store.query("ASK {}") is True
    assert time.monotonic() - start >= 1


def test_patience_ends(store: RemoteStore, proxy: FaultyProxy) -> None:
    """A server that never has time, and one that is gone, are errors in one line."""
    proxy.faults.extend([put_off(503)] * 6)
    with pytest.raises(StoreError, match="answered 503: busy"):
        store.apply(Delta(add=[ONE]))
    assert len(proxy.requests) == 6
    proxy.__exit__(None, None, None)
    with pytest.raises(StoreError, match="can't be reached"):
        list(store.quads(ALL, None))


def test_a_broken_answer_is_no_short_answer(store: RemoteStore, proxy: FaultyProxy) -> None:
    """A result that breaks off raises; nobody takes its beginning for all of it."""
    store.apply(Delta(add=[(f'<a:s> <a:p> "{n}"', None) for n in range(5_000)]))
    for read in (lambda: store.query("SELECT * { ?s ?p ?o }"), lambda: list(store.quads(ALL, ""))):
        proxy.faults.append(broken_answer)
        with pytest.raises(StoreError, match="broke off"):
            read()
    proxy.faults.append(answered(b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri",', JSON))
    with pytest.raises(StoreError, match="can't be read"):
        store.query("SELECT * { ?s ?p ?o }")


def test_a_lookup_leaves_the_connection_free(store: RemoteStore) -> None:
    """A search that stops at the first find needs no new connection for the next one."""
    store.apply(Delta(add=[(f'<a:s> <a:p> "{n}"', None) for n in range(100)]))
    for _ in range(50):
        next(store.quads(ALL, ""))
    pool = store._connection._client._transport._pool  # type: ignore[attr-defined]  # httpx's own
    assert len(pool.connections) == 1


@pytest.mark.parametrize(
    ("status", "words", "kind", "expected"),
    [
        (
            400,
            "Parse error: Line 2, column 6: Unresolved prefixed name: x:a",
            QuerySyntaxError,
            "line 2, column 6: Unres",
        ),
        (
            400,
            'MALFORMED QUERY: Encountered "x" at line 3, column 9.',
            QuerySyntaxError,
            "at line 3, column 9: Encountered",
        ),
        (400, "Virtuoso 37000 Error SP030: SPARQL compiler, line 4: syntax error", QuerySyntaxError, "at line 4"),
        (400, '{"exception": "too many\\n joins"}', QueryError, "the query failed: too many joins"),
        (500, "<html><body><h1>Out of memory</h1></body></html>", QueryError, "failed: Out of memory"),
        (503, "Query timed out", QueryLimitError, "took too long"),
        (504, "", QueryLimitError, "took too long"),
        (401, "", StoreError, "set store_user and store_password"),
        (403, "", StoreError, "does not allow"),
        (404, "", StoreError, "no SPARQL service"),
        (413, "", StoreError, "batch_records"),
        (418, "no\nteapot", QueryError, "no teapot"),
    ],
)
def test_refusals_become_our_errors(
    store: RemoteStore, proxy: FaultyProxy, status: int, words: str, kind: type[Exception], expected: str
) -> None:
    """Each status and wording of a server becomes the nearest error, in one line."""
    proxy.faults.append(refused(status, words))
    with pytest.raises(kind, match=expected) as caught:
        store.query("SELECT * { ?s ?p ?o }")
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)


RESULT_XML = """<sparql xmlns="http://www.w3.org/2005/sparql-results#">
<head><variable name="b"/><variable name="a"/></head><results><result><binding name="a">
<literal datatype="http://www.w3.org/2001/XMLSchema#double">1.0e0</literal></binding></result></results></sparql>"""
RESULT_JSON = """{"head": {"vars": ["b", "a"]}, "results": {"bindings": [{"a": {
"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#double", "value": "1.0e0"}}]}}"""


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/sparql-results+xml", RESULT_XML),
        ("text/tab-separated-values; charset=utf-8", "?b\t?a\n\t1.0e0\n"),
        ("application/json", RESULT_JSON),
    ],
)
def test_any_format_of_results_is_read(store: RemoteStore, proxy: FaultyProxy, content_type: str, body: str) -> None:
    """Servers without JSON, and JSON of older servers, give the same canonical terms."""
    proxy.faults.append(answered(body.encode(), content_type))
    double = '"1"^^<http://www.w3.org/2001/XMLSchema#double>'
    assert store.query("SELECT ?b ?a {}") == Solutions(["b", "a"], [(None, double)])


def test_a_page_is_no_result(store: RemoteStore, proxy: FaultyProxy) -> None:
    """A web page in place of a result is named."""
    proxy.faults.append(answered(b"<html>", "text/html"))
    with pytest.raises(StoreError, match="in text/html: is this a SPARQL service"):
        store.query("ASK {}")


@pytest.mark.parametrize(
    ("user", "password", "header"),
    [("ada", "sesame", "Basic YWRhOnNlc2FtZQ=="), ("", "sesame", "Bearer sesame"), ("", "", None)],
)
def test_credentials_go_into_the_header_only(
    proxy: FaultyProxy, user: str, password: str, header: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    """Name and password, or a token, are sent with each request, and stand in no address, error or output."""
    store = RemoteStore(Address(proxy.address), Credentials(user, SecretStr(password)))
    store.apply(Delta(add=[ONE]))
    assert {headers.get("Authorization") for _, headers in proxy.requests} == {header}
    assert not any("sesame" in path for path, _ in proxy.requests)
    proxy.faults.append(refused(401, "sesame street"))
    with pytest.raises(StoreError) as caught:
        store.query("ASK {}")
    shown = "".join(traceback.format_exception(caught.value)) + repr(store.__dict__) + str(capfd.readouterr())
    assert "sesame" not in shown
    store.close()


def test_a_server_that_takes_no_n_quads_is_loaded_by_an_update(proxy: FaultyProxy) -> None:
    """What the server offers is found out at opening; without a way to load, one update loads as a whole."""
    proxy.faults.extend([None, None, *[refused(404, "")] * 2])
    store = RemoteStore(Address(proxy.address))
    store.bulk_load([b'<a:s> <a:p> "1" <g:1> .\n<a:s> <a:p> "2"', b" .\n"])
    assert set(store.quads(ALL, None)) == {ONE, TWO}
    assert proxy.requests[-2][0] == "/update"
    with pytest.raises(StoreError, match="not N-Quads"):
        store.bulk_load([b"<a:s> <a:p> <a:o> .\nnonsense\n"])
    store.close()


def test_what_is_no_sparql_service_is_not_opened(proxy: FaultyProxy) -> None:
    """An address with nothing there, and one that wants a password, are said so."""
    with pytest.raises(StoreError, match="no SPARQL service with query and update at"):
        RemoteStore(Address(f"{proxy.address}/nothing"))
    proxy.faults.append(refused(401, ""))
    with pytest.raises(StoreError, match="store_user"):
        RemoteStore(Address(proxy.address))


def test_a_closed_store_says_so(store: RemoteStore) -> None:
    """After close nothing works, in words."""
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")
