"""Servers for the tests of stores and of SPARQL."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.graph.engines import Servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers for the whole run."""
    with ExitStack() as stack:
        yield Servers(tmp_path_factory.mktemp("servers"), stack)
