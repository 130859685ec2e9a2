"""The stores that the contract suite runs over: a later engine joins by one entry."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.merge import MergedGraph
from graph.store import GraphStore

BASE = "https://b.example/"

STORES: dict[str, Callable[[Path], GraphStore]] = {
    "oxigraph": lambda directory: OxigraphStore(directory / "graph"),
    "oxigraph in memory": lambda _: OxigraphStore(None),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store of each engine."""
    opened = STORES[request.param](tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def merged(store: GraphStore) -> MergedGraph:
    """The merge over an empty store."""
    return MergedGraph(store, Graphs(BASE))
