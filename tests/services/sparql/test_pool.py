"""The worker pool over a real snapshot: death of any kind is survived and explained."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from common.errors import InputError, QueryError, QueryLimitError, QueryRefusedError
from common.settings import Settings
from graph.changeset import Changeset
from graph.directory import DataDirectory
from graph.open import own_graph
from graph.snapshots import SnapshotKeeper
from services.sparql import sandbox
from services.sparql.messages import Document, NotAcceptableError, Query
from services.sparql.pool import Answer, BusyError, QueryPool
from services.sparql.process import CrashError

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?x . ?b <urn:p> ?y . ?c <urn:p> ?z FILTER(CONCAT(?x, ?y, ?z) = '!') }"


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[QueryPool]:
    """One worker over 2,000 statements, with a second of time and 150 MB."""
    settings = Settings(data=tmp_path, query_workers=1, query_seconds=1, query_megabytes=150)
    statements = [f'<urn:n:{n}> <urn:p> "{n}"' for n in range(2_000)]
    with own_graph(settings) as graph:
        graph.commit(Changeset("system:test", "numbers", replace={settings.graphs.vocabulary("numbers"): statements}))
        keeper = SnapshotKeeper(graph, DataDirectory(tmp_path).snapshots)
        pool = QueryPool(settings, keeper)
        yield pool
        pool.close()
        keeper.close()


def _text(answer: Answer) -> str:
    with answer.file as file:
        return file.read().decode()


def _process_id(pool: QueryPool) -> int:
    """Process of the only worker."""
    (process,) = pool._workers
    assert process.offline
    assert process._process.pid is not None
    return process._process.pid


def test_a_native_crash_harms_nobody_and_is_named(pool: QueryPool) -> None:
    """A worker that segfaults in the middle of a query: the error says so, the next query has a new worker."""
    first = _process_id(pool)
    threading.Timer(0.3, os.kill, (first, signal.SIGSEGV)).start()
    with pytest.raises(CrashError, match="SIGSEGV"):
        pool.query(Query(ENDLESS))
    assert _text(pool.query(Query("ASK {}", "csv"))) == "true\n"
    assert _process_id(pool) != first


def test_a_worker_that_died_while_idle_is_replaced(pool: QueryPool) -> None:
    """The next query doesn't notice."""
    first = _process_id(pool)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    assert _text(pool.query(Query("ASK {}", "csv"))) == "true\n"


def test_time_runs_out(pool: QueryPool) -> None:
    """After the time limit the process is dead, not only given up."""
    worker = _process_id(pool)
    with pytest.raises(QueryLimitError, match="1 second"):
        pool.query(Query(ENDLESS))
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def _run_into_limit(pool: QueryPool) -> None:
    with pytest.raises(QueryLimitError):
        pool.query(Query(ENDLESS))


def test_a_busy_pool_says_so(pool: QueryPool) -> None:
    """While the only worker runs, a second query waits at most the time limit."""
    pool._settings = pool._settings.model_copy(update={"query_seconds": 0.2})
    thread = threading.Thread(target=_run_into_limit, args=(pool,))
    thread.start()
    time.sleep(0.1)
    with pytest.raises(BusyError):
        pool.query(Query("ASK {}"))
    thread.join()


def test_queries_see_what_is_committed(pool: QueryPool, tmp_path: Path) -> None:
    """Each answer reflects the last changeset and says which it was."""
    graph = pool._snapshots._graph
    before = pool.query(Query("ASK { <urn:new> ?p ?o }", "csv"))
    assert (_text(before), before.sequence) == ("false\n", 1)
    where = Settings(data=tmp_path).graphs.curation
    graph.commit(Changeset("system:test", "one more", add=[("<urn:new> <urn:p> <urn:o>", where)]))
    after = pool.query(Query("ASK { <urn:new> ?p ?o }", "csv"))
    assert (_text(after), after.sequence) == ("true\n", 2)


def test_nothing_is_left_behind(pool: QueryPool) -> None:
    """Result files are gone when they are opened, whether the query worked or not."""
    _text(pool.query(Query("SELECT * { ?s ?p ?o }")))
    with pytest.raises(QueryLimitError):
        pool.query(Query("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c ?o"))
    assert not list(Path(pool._directory.name).glob("result-*"))


def test_errors_keep_their_kind(pool: QueryPool) -> None:
    """What the worker finds arrives as the error class that it is."""
    with pytest.raises(NotAcceptableError):
        pool.query(Query("CONSTRUCT WHERE { ?s ?p ?o }", "json", None))
    with pytest.raises(QueryRefusedError, match="update"):
        pool.query(Query("CLEAR ALL"))
    with pytest.raises(InputError, match="turtle"):
        pool.read(Document(b"?", "turtle", "urn:g"))
    with pytest.raises(QueryError, match="triple term"):
        pool.query(Query("SELECT (<<( <urn:a> <urn:b> <urn:c> )>> AS ?t) {}"))


def _try_network(connection: object) -> None:
    """Runs in a process of its own: closes the network, then tries to use it."""
    blocked = sandbox.close_network()
    try:
        socket.socket()
        opened = True
    except PermissionError:
        opened = False
    connection.send((blocked, opened))  # type: ignore[attr-defined]


def test_workers_have_no_network() -> None:
    """After close_network no socket can be made, by any library."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_try_network, args=(theirs,))
    process.start()
    assert ours.poll(20)
    assert ours.recv() == (True, False)
    process.join()
    ours.close()
    theirs.close()


def _allocate(lift: bool, done: Connection) -> None:
    sandbox.limit_memory(50)
    if lift:
        sandbox.lift_memory()
    try:
        done.send(len(bytearray(300_000_000)) > 0)
    except MemoryError:
        done.send(False)


@pytest.mark.parametrize("lift", [True, False])
def test_the_limit_of_the_last_query_is_lifted_before_a_store_is_opened(lift: bool) -> None:
    """What that query left may have used up nearly all of it, and RocksDB ends its process where it gets no memory."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_allocate, args=(lift, theirs))
    process.start()
    assert ours.poll(30)
    assert ours.recv() is lift
    process.join()
