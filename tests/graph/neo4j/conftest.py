"""A Neo4j server for the tests of its store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from common.errors import ConfigurationError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from tools.neo4j.server import V5, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here need Java."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.java)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server; the test is skipped where Java or Maven is missing."""
    try:
        with running(V5, tmp_path_factory.mktemp("neo4j") / "data") as found:
            yield found
    except ConfigurationError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def driver(address: str) -> Iterator[Driver]:
    """What a Cypher user has."""
    with GraphDatabase.driver(address, notifications_min_severity="OFF") as found:
        yield found


@pytest.fixture
def cypher(driver: Driver) -> Callable[..., list[list[object]]]:
    """Runs Cypher past the store."""
    return lambda text, **parameters: [record.values() for record in driver.execute_query(text, parameters).records]


@pytest.fixture
def store(address: str, cypher: Callable[..., list[list[object]]]) -> Iterator[Neo4jStore]:
    """A store without quads and without names."""
    cypher("MATCH (n) DETACH DELETE n")
    opened = Neo4jStore(Address(address))
    yield opened
    opened.close()
