"""How much a change makes the server do, counted in its own unit, database hits."""

from collections.abc import Callable, Mapping
from functools import partialmethod
from typing import Any

import pytest

from common.namespaces import Graphs
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.store import Neo4jStore
from graph.bulk import render
from graph.changeset import Changeset
from graph.merge import MergedGraph

GRAPHS = Graphs("https://b.example/")
FEW, MANY = 50, 5_000


class Hits:
    """Counts the database hits of every statement.

    Args:
        monkeypatch: Has statements profiled.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.total = 0
        monkeypatch.setattr(Transaction, "run", partialmethod(_forwarded, self._run))
        monkeypatch.setattr(Transaction, "stream", partialmethod(_forwarded, lambda *given: iter(self._run(*given))))

    def _run(
        self, transaction: Transaction, cypher: str, parameters: Mapping[str, object] | None = None
    ) -> list[list[Any]]:
        result = transaction._transaction.run(f"PROFILE {cypher}", dict(parameters or {}))  # type: ignore[arg-type]
        rows = result.values()
        self.total += _hits(result.consume().profile)
        return rows


def _forwarded(transaction: Transaction, function: Callable[..., Any], *given: object) -> Any:
    return function(transaction, *given)


def _hits(plan: Any) -> int:
    return int(plan["args"].get("DbHits", 0)) + sum(_hits(child) for child in plan.get("children", ()))


def _work_of_one_change(store: Neo4jStore, sharers: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Hits of replacing two of the records that share a language, a class, a value and one triple."""
    merged = MergedGraph(store, GRAPHS)
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

    def statements(number: int, language: str) -> list[str]:
        node = f"<a:{number}>"
        return [f"{node} <a:language> <a:{language}>", f"{node} {type_} <a:Work>", f'{node} <a:date> "1900"']

    data = {f"g:{n}": statements(n, "english") for n in range(sharers)}
    merged.bulk_commit((render(graph, found) for graph, found in data.items()), "system:test", "")
    merged.commit(Changeset("system:test", "", replace={"g:9": statements(9, "german")}))
    with monkeypatch.context() as patch:
        hits = Hits(patch)
        merged.commit(Changeset("system:test", "", replace={"g:7": [], "g:8": statements(8, "german")}))
        return hits.total


def test_a_change_costs_the_same_however_many_share_its_objects(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 records point at one language: a change makes the server look at as much as with 50."""
    few = _work_of_one_change(store, FEW, monkeypatch)
    many = _work_of_one_change(store, MANY, monkeypatch)
    assert many < 1.2 * few + 50
