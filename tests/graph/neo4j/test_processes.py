"""Several processes on one database, without taking turns: the locks of the database are what keeps them right."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from graph.backends.neo4j.writing import Writer
from graph.backends.oxigraph import OxigraphStore
from graph.store import Delta, Quad
from tests.graph.neo4j.test_neo4j_changes import check_mapping

ROOT = Path(__file__).parents[3]
ALL = (None, None, None)
RECORDS, EACH = 60, 400

WRITER = f"""
import random, sys
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta
from tests.graph.neo4j.test_processes import record
store = Neo4jStore(Address(sys.argv[1]))
order = list(range({RECORDS}))
random.Random(int(sys.argv[2])).shuffle(order)
print("open", flush=True)
sys.stdin.readline()
for n in order:
    store.apply(Delta(remove=record(n, "old"), add=record(n, "new") + record(n, sys.argv[2])))
    store.apply(Delta(remove=record(n, sys.argv[2])))
print("done", flush=True)
"""

ENDLESS = f"""
import sys
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta
store = Neo4jStore(Address(sys.argv[1]))
print("open", flush=True)
for run in range(int(sys.argv[2]), 10**9):
    quads = [(f'<a:{{run}}> <a:p{{n % 7}}> <a:o{{run}}-{{n}}>', f"g:{{run}}") for n in range({EACH})]
    if run % 2:
        store.bulk_load([f"{{s}} <{{g}}> .\\n".encode() for s, g in quads])
    else:
        store.apply(Delta(add=quads))
    print(run, flush=True)
"""


def record(number: int, version: str) -> list[Quad]:
    """A record that shares its subjects, objects, classes and values with others."""
    group, graph = number % 5, f"g:{number % 7}"
    statements = [
        f"<a:{group}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <c:{version}>",
        f"<a:{group}> <p:shared> <a:object-{version}>",
        f'<a:{group}> <p:title> "{version}"',
        f'<a:{group}> <p:number> "{number} {version}"',
        f"<a:{group}> <p:{version}> <a:{number}>",
    ]
    return [(statement, name) for statement in statements for name in (graph, None)]


@pytest.mark.parametrize("processes", [2])
def test_overlapping_records_end_as_one_process_would_leave_them(
    store: Neo4jStore, address: str, cypher: Callable[..., list[list[object]]], processes: int
) -> None:
    """Processes that change the same resources, graphs and names at once lose nothing and leave nothing behind."""
    store.apply(Delta(add=[quad for n in range(RECORDS) for quad in record(n, "old")]))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, address, str(seed)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for seed in range(processes)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        output, errors = writer.communicate(timeout=240)
        assert (output, errors) == ("done\n", "")
    alone = OxigraphStore(None)
    alone.apply(Delta(add=[quad for n in range(RECORDS) for quad in record(n, "new")]))
    expected = set(alone.quads(ALL, None))
    assert set(store.quads(ALL, None)) == expected
    check_mapping(store._registry, cypher, expected)


def test_a_killed_writer_leaves_whole_changes(store: Neo4jStore, address: str) -> None:
    """Killed at any moment: what was acknowledged is there, and of the next change all or nothing."""
    rng, run = random.Random(3), 0  # noqa: S311  when to kill is no secret
    for _ in range(4):
        command = [sys.executable, "-c", ENDLESS, address, str(run)]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0.1, 2.0))
        child.kill()
        acknowledged = [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        store.apply(Delta(remove=[(f"<a:{acknowledged[-1] + 1 if acknowledged else run}> <a:no> <a:no>", "g:no")]))
        time.sleep(1.0)  # the server may be committing
        found = len(list(store.quads(ALL, None)))
        assert found % EACH == 0
        assert found // EACH - max(acknowledged, default=run - 1) in {1, 2}
        run = found // EACH


def test_threads_that_make_the_same_resources_make_them_once(store: Neo4jStore, address: str) -> None:
    """Transactions that meet are tried again: nodes, names and relationships exist once."""
    quads: list[Quad] = [(f"<a:{n % 10}> <p:{n % 4}> <a:{n % 11}>", "g:1") for n in range(200)]
    failed: list[BaseException] = []

    def work(seed: int) -> None:
        mine = Neo4jStore(Address(address))
        order = random.Random(seed).sample(quads, len(quads))  # noqa: S311  no secret
        try:
            for start in range(0, len(order), 40):
                mine.apply(Delta(add=order[start : start + 40]))
        except BaseException as error:  # noqa: BLE001  shown by the test
            failed.append(error)
        finally:
            mine.close()

    threads = [Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    found = list(store.quads(ALL, "g:1"))
    assert len(found) == len(set(found))
    assert set(found) == set(quads)


@pytest.mark.parametrize("known", [False, True])
def test_a_graph_that_another_process_empties_meanwhile_is_made_anew(
    store: Neo4jStore, address: str, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    """What is written to it is in it: its node is deleted between the moment it was found and the statement's count."""
    store.apply(Delta(add=[("<a:1> <p:a> <o:1>", "g:shared"), *[("<a:2> <p:a> <o:1>", "g:own")] * known]))
    found = Writer._graphs
    emptied: list[bool] = []

    def graphs(writer: Writer, text: str, names: set[str]) -> dict[str, int]:
        ids = found(writer, text, names)
        if names == {"g:shared"} and not emptied:
            emptied.append(True)
            with closing(Neo4jStore(Address(address))) as other:
                other.apply(Delta(remove=[("<a:1> <p:a> <o:1>", "g:shared")]))
        return ids

    monkeypatch.setattr(Writer, "_graphs", graphs)
    store.apply(Delta(add=[("<a:2> <p:a> <o:2>", "g:shared")]))
    assert emptied
    assert list(store.quads(ALL, "g:shared")) == [("<a:2> <p:a> <o:2>", "g:shared")]
