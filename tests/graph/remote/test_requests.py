"""How many requests a change costs, and what they hold."""

import pytest

from common.namespaces import Graphs
from graph.backends.remote import RemoteStore, batches
from graph.bulk import render
from graph.changeset import Changeset, Suppression
from graph.merge import MergedGraph
from graph.store import Delta
from tests.graph.remote.faulty import FaultyProxy

GRAPHS = Graphs("https://b.example/")


def requests_of_one_change(store: RemoteStore, proxy: FaultyProxy, statements: int) -> int:
    """Replaces a graph by as many other statements, of which another graph holds half."""
    merged = MergedGraph(store, GRAPHS)
    store.update("CLEAR ALL")
    old, new = ([f'<a:s> <a:p> "{kind} {n}"' for n in range(statements)] for kind in ("old", "new"))
    merged.bulk_commit([render("g:1", old), render("g:2", old[: statements // 2])], "system:test", "")
    proxy.requests.clear()
    receipt = merged.commit(Changeset("system:test", "", replace={"g:1": new}, add=[(line, "g:3") for line in new]))
    assert receipt.added == 2 * statements
    counted = len(proxy.requests)
    assert merged.verify() == []
    return counted


def test_a_change_of_many_statements_is_few_requests(store: RemoteStore, proxy: FaultyProxy) -> None:
    """Fifty times the statements: only the batches of look-ups are more, one for some hundreds each."""
    few, many = requests_of_one_change(store, proxy, 20), requests_of_one_change(store, proxy, 1_000)
    assert many - few <= 4 * (1_000 // batches.MOST)
    assert few < 20


def test_what_too_many_graphs_hold_is_looked_up_by_itself(store: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement of very many graphs is not read from all of them, and is still judged right."""
    monkeypatch.setattr(batches, "MOST_HOLDERS", 5)
    merged = MergedGraph(store, GRAPHS)
    shared, rare = "<a:s> <a:p> <a:shared>", "<a:s> <a:p> <a:rare>"
    merged.bulk_commit([render(f"g:{n}", [shared]) for n in range(8)], "system:test", "")
    merged.commit(
        Changeset("system:test", "", add=[(rare, "g:0")], suppress=[Suppression(shared, "g:7", "account:1", "no")])
    )
    assert list(store.holders([shared, rare])) == [None, None]
    merged.commit(Changeset("system:test", "", replace={f"g:{n}": [] for n in range(6)}))
    assert merged.graph_statements("") == [shared]
    merged.commit(Changeset("system:test", "", replace={"g:6": []}))
    assert merged.graph_statements("") == []
    assert merged.verify() == []


def test_long_lists_are_asked_in_parts(store: RemoteStore, proxy: FaultyProxy) -> None:
    """By number and by length: quads of the default graph and of named ones, there or not."""
    there = [(f'<a:s> <a:p> "{n}"', "g:1" if n % 2 else None) for n in range(1_500)]
    store.apply(Delta(add=there))
    absent = [(statement, "g:2") for statement, _ in there]
    proxy.requests.clear()
    assert store.holding([*there, *absent]) == set(there)
    assert len(proxy.requests) == 7
    long = [(f'<a:s> <a:p> "{n}{"x" * 600_000}"', None) for n in range(3)]
    store.apply(Delta(add=long[:2]))
    proxy.requests.clear()
    assert store.holding(long) == set(long[:2])
    assert len(proxy.requests) == 3
