"""Users' queries where the graph is on a server: in killable workers, under the same limits, over the live store."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from common.errors import QueryError, QueryLimitError, QueryRefusedError, QuerySyntaxError, StoreError
from common.settings import Settings
from graph.changeset import Changeset
from graph.open import own_graph
from graph.snapshots import snapshots
from services.sparql.messages import Document, NotAcceptableError, Query
from services.sparql.pool import Answer, QueryPool
from services.sparql.process import CrashError

COUNT = 2_000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?x . ?b <urn:p> ?y . ?c <urn:p> ?z FILTER(CONCAT(?x, ?y, ?z) = '!') }"


@pytest.fixture
def pool(on_a_server: Settings) -> Iterator[QueryPool]:
    """One worker over 2,000 statements on a server, with ten seconds of time and 1,000 rows."""
    settings = on_a_server.model_copy(update={"query_workers": 1, "query_seconds": 10.0, "query_rows": 1_000})
    numbers = settings.graphs.vocabulary("numbers")
    with own_graph(settings) as graph:
        statements = [f'<urn:n:{n}> <urn:p> "{n}"' for n in range(COUNT)]
        graph.commit(Changeset("system:test", "numbers", replace={numbers: statements}))
        kept = snapshots(graph, settings.data / "snapshots")
        opened = QueryPool(settings, kept)
        yield opened
        opened.close()
        kept.close()
    assert not (settings.data / "snapshots").exists()


def text(answer: Answer) -> str:
    """The result."""
    with answer.file as file:
        return file.read().decode()


def test_results_come_in_every_form(pool: QueryPool) -> None:
    """SELECT, ASK and CONSTRUCT are answered by the server and written here, with the changeset's number."""
    answer = pool.query(Query("SELECT ?s { ?s <urn:p> '7' }", "csv"))
    assert (answer.sequence, answer.rows, text(answer)) == (1, 1, "s\r\nurn:n:7\r\n")
    assert text(pool.query(Query("ASK { ?s <urn:p> '7' }", "csv"))) == "true\n"
    assert text(pool.query(Query("CONSTRUCT { ?s <urn:q> 7 } { ?s <urn:p> '7' }", graph="ntriples"))) == (
        '<urn:n:7> <urn:q> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )
    with pytest.raises(NotAcceptableError, match="a table"):
        pool.query(Query("ASK {}", None))


def test_the_dataset_of_the_protocol_goes_before_the_stores_own(pool: QueryPool) -> None:
    """``default-graph-uri`` and ``named-graph-uri`` reach the server."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    numbers = "https://library.test/graph/vocabulary/numbers"
    assert text(pool.query(Query(count, "csv"))) == f"n\r\n{COUNT}\r\n"
    assert text(pool.query(Query(count, "csv", default_graphs=("urn:nothing",)))) == "n\r\n0\r\n"
    assert text(pool.query(Query(count, "csv", default_graphs=(numbers,)))) == f"n\r\n{COUNT}\r\n"
    named = Query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "csv", named_graphs=(numbers,))
    assert text(pool.query(named)) == f"n\r\n{COUNT}\r\n"


def test_limits_hold(pool: QueryPool) -> None:
    """Too many rows fail or are cut off, too long a query is stopped, and the next one is answered."""
    with pytest.raises(QueryLimitError, match="more than 1000 rows"):
        pool.query(Query("SELECT * { ?s ?p ?o }"))
    some = pool.query(Query("SELECT * { ?s ?p ?o }", "csv", first_rows=10))
    assert (some.rows, some.truncated) == (10, True)
    some.file.close()
    with pytest.raises(QueryLimitError, match=r"10\.0 seconds|10 seconds"):
        pool.query(Query(ENDLESS))
    assert text(pool.query(Query("ASK {}", "csv"))) == "true\n"


def test_what_is_wrong_is_said(pool: QueryPool) -> None:
    """Syntax errors have their place, updates and SERVICE never reach the server."""
    with pytest.raises(QuerySyntaxError) as caught:
        pool.query(Query("SELECT * {\n ?s ?p ) }"))
    assert (caught.value.line, caught.value.column) == (2, 8)
    for refused in ("DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        with pytest.raises(QueryRefusedError):
            pool.query(Query(refused))
    with pytest.raises(QueryError, match=r"no IRI|failed"):
        pool.query(Query("ASK {}", default_graphs=("not an iri",)))


def test_a_crash_harms_nobody(pool: QueryPool) -> None:
    """A worker that dies in the middle of a query is replaced."""
    (process,) = pool._workers
    assert not process.offline
    assert process._process.pid is not None
    threading.Timer(0.5, os.kill, (process._process.pid, signal.SIGSEGV)).start()
    with pytest.raises(CrashError, match="SIGSEGV"):
        pool.query(Query(ENDLESS))
    assert text(pool.query(Query("ASK {}", "csv"))) == "true\n"


def test_documents_are_read_as_ever(pool: QueryPool) -> None:
    """Reading an RDF document needs no graph."""
    assert pool.read(Document(b"<a:s> <a:p> <a:o> .", "turtle", "g:1")) == ["<a:s> <a:p> <a:o>"]


def test_a_query_sees_what_was_just_written(on_a_server: Settings) -> None:
    """There is no snapshot to wait for: the live store is read."""
    with own_graph(on_a_server) as graph:
        kept = snapshots(graph, on_a_server.data / "snapshots")
        pool = QueryPool(on_a_server.model_copy(update={"query_workers": 1}), kept)
        for number in range(1, 4):
            graph.commit(Changeset("system:test", "", add=[(f"<a:s> <a:p> <a:{number}>", "g:1")]))
            answer = pool.query(Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv"))
            assert (answer.sequence, text(answer)) == (number, f"n\r\n{number}\r\n")
        pool.close()


def test_a_server_that_is_gone_is_named(pool: QueryPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that can't reach the server says so."""
    monkeypatch.setattr(pool, "_settings", pool._settings.model_copy(update={"store": "sparql+http://127.0.0.1:9"}))
    monkeypatch.setattr(pool, "_limits", type(pool._limits)(60, 10, 100))
    with pytest.raises(StoreError, match="can't be reached"):
        pool.query(Query("ASK {}"))
