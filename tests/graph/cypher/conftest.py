"""A Neo4j server for the tests of the compiler."""

from collections.abc import Iterator

import pytest

from tests.graph.cypher.pair import Pair
from tests.graph.engines import Servers


@pytest.fixture(scope="module")
def pair(servers: Servers) -> Iterator[Pair]:
    """The same data on Neo4j and in pyoxigraph."""
    found = Pair(servers.neo4j())
    yield found
    found.close()
