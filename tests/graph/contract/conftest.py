"""An empty store of each engine, and the merge over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from common.namespaces import Graphs
from graph.merge import MergedGraph
from graph.store import GraphStore
from tests.graph.engines import BASE, STORES, Servers, parameters


@pytest.fixture(params=parameters(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path, servers: Servers) -> Iterator[GraphStore]:
    """An empty store of each engine."""
    opened = STORES[request.param](tmp_path, servers)
    yield opened
    opened.close()


@pytest.fixture
def merged(store: GraphStore) -> MergedGraph:
    """The merge over an empty store."""
    return MergedGraph(store, Graphs(BASE))
