"""``python -m benchmarks.engines [--json] [--quick] [--cache DIRECTORY]``."""

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase

from benchmarks import report
from benchmarks.engines import loading, sharing, workload
from benchmarks.engines.comparing import Comparison
from benchmarks.engines.workload import Asked
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.preferences import of_ontology
from graph.backends.neo4j.store import Neo4jStore
from graph.cypher import evaluation
from graph.merge import MergedGraph
from graph.store import PLAIN
from tools.neo4j.server import V5, running

_RECORDS, _QUICK_RECORDS = 10_000, 300
_CALLS, _QUICK_CALLS = 60, 10
_HEAP = "3g"
_RATIO, _TRIPLES_A_SECOND, _HIT_MS, _COMPILE_MS = 1.2, 25_000, 0.3, 5.0
_FLAT = 1.5
"""A changeset among 200,000 records that share an object may take so many times as long as among 1,000."""


def main() -> None:
    """Measures and prints."""
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--cache", type=Path, help="keep the records' graphs there, and use them again")
    options = parser.parse_args()
    records, calls = (_QUICK_RECORDS, _QUICK_CALLS) if options.quick else (_RECORDS, _CALLS)
    result = report.Report("engines")
    with tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as name:
        folder = options.cache or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        graphs = loading.record_graphs(folder, records)
        triples = sum(len(statements) for _, statements in graphs)
        result.data = {"records": len(graphs), "triples": triples, "Neo4j": V5}
        with _neo4j(Path(name) / "changesets") as (store, _):
            seconds = loading.by_changesets(MergedGraph(store, loading.graphs()), graphs)
            result.figures["changesets, triples/s"] = round(triples / seconds)
        with _neo4j(Path(name) / "bulk") as (store, address):
            seconds = loading.by_bulk(MergedGraph(store, loading.graphs()), graphs)
            result.figures["first load, triples/s"] = round(triples / seconds)
            loading.derive(MergedGraph(store, loading.graphs()))
            _compare(result, store, address, calls)
            assert options.quick or not result.data["nothing to find"], result.data["nothing to find"]
        if not options.quick:
            with _neo4j(Path(name) / "sharing") as (store, _):
                _sharing(result, store)
    result.bars += [
        report.Bar("changesets, triples/s", result.figures["changesets, triples/s"], _TRIPLES_A_SECOND),
        report.Bar("generated, times Cypher by hand", result.figures["geometric mean"], _RATIO, least=False),
        *(
            report.Bar(what, result.figures[what], most, least=False)
            for kind in workload.KINDS
            for what, most in ((f"plan from the cache, {kind}, ms", _HIT_MS), (f"compiling, {kind}, ms", _COMPILE_MS))
        ),
    ]
    if "times as long" in result.figures:
        result.bars.append(
            report.Bar("a changeset among many, times", result.figures["times as long"], _FLAT, least=False)
        )
    result.show(as_json=options.json)


@contextmanager
def _neo4j(directory: Path) -> Iterator[tuple[Neo4jStore, str]]:
    with running(V5, directory, heap=_HEAP) as address:
        store = Neo4jStore(Address.of(address), preferences=of_ontology)
        try:
            yield store, address
        finally:
            store.close()


def _sharing(result: report.Report, store: Neo4jStore) -> None:
    few, many = (sharing.milliseconds(store, sharers) for sharers in (sharing.FEW, sharing.MANY))
    result.figures["changeset among 1,000 sharers, ms"] = round(few, 1)
    result.figures["changeset among 200,000 sharers, ms"] = round(many, 1)
    result.figures["times as long"] = round(many / few, 2)


def _compare(result: report.Report, store: Neo4jStore, address: str, calls: int) -> None:
    asked = [*workload.typical(store, calls), *workload.of_services(store, calls)]
    with GraphDatabase.driver(address, notifications_min_severity="OFF") as driver:
        comparison = Comparison(store, driver)
        made, hand = comparison.medians(asked)
    result.data["nothing to find"] = comparison.idle
    ratios = {name: made[name] / hand[name] for name in hand}
    result.figures["p50 ms, generated"] = _rounded(made)
    result.peers["p50 ms, by hand"] = _rounded(hand)
    result.figures["times by hand"] = _rounded(ratios)
    for kind in workload.KINDS:
        names = {each.name for each in asked if each.kind == kind} & ratios.keys()
        result.data[f"{kind} queries"] = len(names)
        result.figures[f"geometric mean, {kind}"] = _mean(ratios[name] for name in names)
        _compiling(result, store, kind, [each for each in asked if each.kind == kind])
    result.figures["geometric mean"] = _mean(ratios.values())


def _mean(ratios: Iterable[float]) -> float:
    return round(statistics.geometric_mean(ratios), 2)


def _compiling(result: report.Report, store: Neo4jStore, kind: str, asked: list[Asked]) -> None:
    registry = store.registry
    new: list[float] = []
    known: list[float] = []
    for number, each in enumerate(asked):
        text = f"{each.sparql}\n# {number}"
        for times in (new, known):
            start = time.perf_counter()
            evaluation.plan(text, PLAIN, registry)
            times.append((time.perf_counter() - start) * 1_000)
    result.figures[f"compiling, {kind}, ms"] = round(statistics.median(new), 2)
    result.figures[f"plan from the cache, {kind}, ms"] = round(statistics.median(known), 3)


def _rounded(values: dict[str, Any]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


if __name__ == "__main__":
    main()
