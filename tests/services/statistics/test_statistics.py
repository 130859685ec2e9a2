"""Counts of the graph: right, anew when it has changed, and never in anybody's way."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.namespaces import BF, RDF
from common.settings import Settings
from graph.changeset import Changeset
from graph.directory import DataDirectory
from graph.knowledge_graph import KnowledgeGraph
from graph.open import own_graph
from graph.snapshots import snapshots
from services.sparql.pool import QueryPool
from services.statistics.statistics import Statistics, StatisticsKeeper

_WORK = f"<{RDF}type> <{BF}Work>"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[KnowledgeGraph, QueryPool]]:
    """A graph of two records that share a statement, one cited heading and a vocabulary, with a worker."""
    settings = Settings(data=tmp_path, query_workers=1)
    graphs = settings.graphs
    replace = {
        graphs.record("s", "1"): [
            f"<urn:1> {_WORK}",
            "<urn:1> <urn:p> <urn:x>",
            "<urn:x> <urn:p> 'x'".replace("'", '"'),
        ],
        graphs.record("s", "2"): [f"<urn:2> {_WORK}", '<urn:x> <urn:p> "x"'],
        graphs.cited("s", "3"): ["<urn:3> <urn:q> <urn:x>"],
        graphs.vocabulary("v"): ["<urn:4> <urn:q> <urn:x>"],
    }
    with own_graph(settings) as graph:
        graph.commit(Changeset("system:test", "two records", replace=replace))
        kept = snapshots(graph, DataDirectory(tmp_path).snapshots)
        pool = QueryPool(settings, kept)
        try:
            yield graph, pool
        finally:
            pool.close()
            kept.close()


def _later(keeper: StatisticsKeeper, graph: KnowledgeGraph) -> Statistics:
    """The counts of the graph as it is now, when they are there."""
    end = time.monotonic() + 20
    while (found := keeper.current(graph.sequence)) is None or found.sequence < graph.sequence:
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def test_what_is_counted(opened: tuple[KnowledgeGraph, QueryPool]) -> None:
    """A statement of two records counts once; graphs of records are counted, others listed, headings neither."""
    graph, pool = opened
    found = StatisticsKeeper(pool, graph.graphs).current(graph.sequence)
    assert found is not None
    assert found.classes == {f"{BF}Work": 2}
    assert found.properties == {f"{RDF}type": 2, "urn:p": 2, "urn:q": 2}
    assert (found.triples, found.records, found.sequence) == (6, 2, graph.sequence)
    assert graph.graphs.vocabulary("v") in found.graphs
    assert not any("/record/" in name or "/cited/" in name for name in found.graphs)


def test_a_changed_graph_is_counted_anew(opened: tuple[KnowledgeGraph, QueryPool]) -> None:
    """Who asks meanwhile gets the counts before it."""
    graph, pool = opened
    keeper = StatisticsKeeper(pool, graph.graphs, pause=0)
    assert keeper.current(graph.sequence) is not None
    graph.commit(Changeset("system:test", "one less", replace={graph.graphs.record("s", "2"): []}))
    before = keeper.current(graph.sequence)
    assert before is not None
    assert before.records == 2
    after = _later(keeper, graph)
    assert (after.records, after.classes) == (1, {f"{BF}Work": 1})


def test_counts_are_not_made_all_the_time(opened: tuple[KnowledgeGraph, QueryPool]) -> None:
    """A graph that changes all the time is counted once in a while."""
    graph, pool = opened
    keeper = StatisticsKeeper(pool, graph.graphs, pause=1_000)
    first = keeper.current(graph.sequence)
    graph.commit(Changeset("system:test", "one less", replace={graph.graphs.record("s", "2"): []}))
    time.sleep(0.5)
    assert keeper.current(graph.sequence) is first


def test_what_can_not_be_counted_is_unknown(opened: tuple[KnowledgeGraph, QueryPool]) -> None:
    """Where a count runs into a limit there is none, and no error."""
    graph, pool = opened
    pool._limits = type(pool._limits)(1e-6, 1, 64)
    assert StatisticsKeeper(pool, graph.graphs).current(graph.sequence) is None
