"""The guide for Cypher users (``docs/cypher.md``) against some of the samples."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import Driver

from common.settings import Settings
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.preferences import of_ontology
from graph.backends.neo4j.state import batches
from graph.backends.neo4j.store import Neo4jStore
from services import demonstration
from services.derived import open_followed
from tools.neo4j.demo import queries

GUIDE = dict(queries())


@pytest.fixture(scope="module")
def classics(address: str, driver: Driver, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The classics and records about several persons, ingested and associated, in Neo4j."""
    all_files = demonstration.sample_files()
    few = [path for path in all_files if path.parent.name == "classics" or path.name == "loc.xml"]
    dumped = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "sample_files", lambda: few)
        with open_followed(Settings(data=Path(tmp_path_factory.mktemp("classics")) / "data")) as workspace:
            demonstration.ingest_samples(workspace)
        with open_followed(workspace.settings) as workspace:
            workspace.graph.dump(dumped)
    driver.execute_query("MATCH (n) DETACH DELETE n")
    store = Neo4jStore(Address.of(address), preferences=of_ontology)
    for lines in batches(dumped.getvalue().splitlines(keepends=True), 100_000):
        store.bulk_load(lines)
    store.close()


def test_there_are_ten() -> None:
    """The demo prints those that the guide has."""
    assert len(GUIDE) == 10


@pytest.mark.parametrize("title", GUIDE)
@pytest.mark.usefixtures("classics")
def test_queries(title: str, cypher: Callable[..., list[list[object]]]) -> None:
    """Each gives rows, whole ones."""
    rows = cypher(GUIDE[title])
    assert rows
    assert all(cell is not None and cell != [] for row in rows for cell in row), rows[:3]
