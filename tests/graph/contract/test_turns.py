"""Several processes on one store: they write one after another, whatever happens to one of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.errors import StoreBusyError
from common.namespaces import Graphs
from graph import turns
from graph.bulk import render
from graph.changeset import Changeset, Receipt
from graph.merge import MergedGraph
from graph.store import Delta, GraphStore
from graph.turns import Turns
from tests.graph.engines import BASE, SHARED, Servers, empty, open_shared, parameters

ROOT = Path(__file__).parents[3]
GRAPHS = Graphs(BASE)
SHARED_TRIPLE = "<a:s> <a:p> <a:shared>"

WRITER = """
import sys, time
from tests.graph.contract.test_turns import GRAPHS, SHARED_TRIPLE
from tests.graph.engines import open_shared
from graph import turns
from graph.bulk import render
from graph.changeset import Changeset
from graph.merge import MergedGraph
engine, address, name, task = sys.argv[1:]
turns.BEAT = 0.2
merged = MergedGraph(open_shared(engine, address), GRAPHS)
print("open", flush=True)
if task in {"hold", "write"}:
    with merged.exclusive():
        if task == "write":
            merged._turn.write()
        print("held", flush=True)
        sys.stdin.readline()
        merged.commit(Changeset("system:test", "", add=[(f'<a:s> <a:p> "{name}"', "g:late")]))
else:
    for n in range(int(task)):
        graph, lines = f"g:{name}-{n}", [SHARED_TRIPLE, f'<a:s> <a:p> "{name} {n}"']
        if n % 3 == 2:
            merged.bulk_commit([render(graph, lines)], "system:test", "")
        else:
            both = [(f'<a:s> <a:q> "{name} {n}"', "g:both")]
            merged.commit(Changeset("system:test", "", replace={graph: lines}, add=both))
        if n % 3 == 1:
            merged.commit(Changeset("system:test", "", replace={graph: []}))
    print("done", flush=True)
merged.close()
"""


@pytest.fixture(params=parameters(SHARED))
def engine(request: pytest.FixtureRequest, servers: Servers) -> tuple[str, str]:
    """Name of an engine on a server, and the server's address."""
    return request.param, SHARED[request.param](servers)


@pytest.fixture
def merged(engine: tuple[str, str]) -> Iterator[MergedGraph]:
    """The merge over an emptied store."""
    store = open_shared(*engine)
    empty(store)
    opened = MergedGraph(store, GRAPHS)
    yield opened
    opened.close()


def writer(engine: tuple[str, str], name: str, task: str) -> subprocess.Popen[str]:
    """Another process, when it has opened the store."""
    command = [sys.executable, "-c", WRITER, *engine, name, task]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_processes_that_write_at_once_end_as_one_would(engine: tuple[str, str], merged: MergedGraph) -> None:
    """Three processes commit and bulk load at once: every changeset has its number, and the merge is right."""
    count = 9
    processes = [writer(engine, str(number), str(count)) for number in range(3)]
    for process in processes:
        assert process.communicate(timeout=120)[0] == "done\n"
    assert merged.sequence == 3 * (count + count // 3)
    assert len(merged.graph_statements("g:both")) == 3 * (count - count // 3)
    assert merged.verify() == []
    assert merged.graph_statements(GRAPHS.writers) == []
    numbers = merged.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPHS.changesets}> {{ ?c a ?type }} }}")
    assert numbers.rows == [(f'"{merged.sequence}"^^<http://www.w3.org/2001/XMLSchema#integer>',)]  # type: ignore[union-attr]


@pytest.mark.parametrize("task", ["hold", "write"])
def test_a_dead_writers_turn_ends(
    engine: tuple[str, str], merged: MergedGraph, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    """A process of this machine is killed in its turn: the next one writes at once, unless the dead one was writing."""
    lease = 1.5 if task == "write" else 30.0
    monkeypatch.setattr(turns, "LEASE", lease)
    monkeypatch.setattr(turns, "_GRACE", 0.1)
    process = writer(engine, "dead", task)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.communicate()
    start = time.monotonic()
    merged.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
    assert (time.monotonic() - start > lease) == (task == "write")
    assert merged.sequence == 1
    assert merged.graph_statements(GRAPHS.writers) == []


def test_a_living_writer_is_waited_for(
    engine: tuple[str, str], merged: MergedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that beats keeps its turn for longer than a dead one; who can't wait is told who writes."""
    monkeypatch.setattr(turns, "LEASE", 1.5)
    monkeypatch.setattr(turns, "PATIENCE", 3.0)
    process = writer(engine, "alive", "hold")
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(StoreBusyError, match=f"process {process.pid} on .* has been writing"):
        merged.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
    process.communicate("\n", timeout=60)
    assert process.returncode == 0
    assert merged.graph_statements("g:late") == ['<a:s> <a:p> "alive"']


def test_a_writer_that_slept_through_its_turn_writes_nothing(
    engine: tuple[str, str], merged: MergedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was stopped wakes after another took over: its changeset is refused as a whole."""
    monkeypatch.setattr(turns, "LEASE", 1.5)
    monkeypatch.setattr(turns, "_GRACE", 0.1)
    process = writer(engine, "sleeper", "hold")
    assert process.stdout is not None
    process.stdout.readline()
    os.kill(process.pid, signal.SIGSTOP)
    merged.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    os.kill(process.pid, signal.SIGCONT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert merged.sequence == 1
    assert not merged.has_graph("g:late")
    assert merged.verify() == []


def test_a_turn_that_was_lost_between_two_looks_is_noticed(merged: MergedGraph) -> None:
    """The condition of the changeset itself decides, and the log does not claim a number that others may take."""
    with merged.exclusive():
        turn = merged._turn
        assert turn is not None
        look = turn.check

        def look_too_early() -> None:
            look()
            turn.check = look  # type: ignore[method-assign]
            merged._store.apply(Delta(remove=[turn.flag]))

        turn.check = look_too_early  # type: ignore[method-assign]
        with pytest.raises(StoreBusyError, match="held up"):
            merged.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
    assert merged.sequence == 0
    merged._store.apply(Delta(add=merged._journal.quads(Receipt(1, 0, 0), "system:test", "another data directory's")))
    assert merged.changes_since(0) is None


def test_threads_of_one_process_need_one_turn_for_several_steps(merged: MergedGraph) -> None:
    """Steps within ``exclusive`` are one turn, whose flag is there while they last."""
    with merged.exclusive():
        merged.bulk_commit([render("g:1", ["<a:s> <a:p> <a:o>"])], "system:test", "")
        with merged.exclusive():
            merged.commit(Changeset("system:test", "", replace={"g:1": []}))
        assert sum("Writer>" in line for line in merged.graph_statements(GRAPHS.writers)) == 1
    assert merged.graph_statements(GRAPHS.writers) == []


def test_a_late_beat_leaves_no_trace(merged: MergedGraph) -> None:
    """What a taken-down flag's beat leaves is swept by the next turn."""
    store: GraphStore = merged._store
    store.apply(Delta(add=[(f'<{BASE}writer/0> <https://w3id.org/bibliograph/ontology#beat> "7"', GRAPHS.writers)]))
    with Turns(store, GRAPHS).take():
        pass
    assert list(store.quads((None, None, None), GRAPHS.writers)) == []
