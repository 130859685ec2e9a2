"""The engines that suites run over: a later one joins by one entry in ``STORES``."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from common.errors import ConfigurationError
from graph.backends.neo4j.address import Address as Neo4jAddress
from graph.backends.neo4j.store import Neo4jStore
from graph.backends.oxigraph import OxigraphStore
from graph.backends.remote import Address, RemoteStore
from graph.store import GraphStore
from tools.fuseki import fuseki
from tools.neo4j.server import V5, V2026, running
from tools.oxigraph_server import oxigraph_server

BASE = "https://b.example/"


class Servers:
    """Servers that tests share, each started when the first test asks for it.

    Args:
        directory: Where their data is.
        stack: Ends them.
    """

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self._directory = directory
        self._stack = stack
        self._addresses: dict[str, str] = {}

    def oxigraph(self) -> str:
        """Address of an Oxigraph server."""
        return self._address("oxigraph", lambda directory: self._stack.enter_context(oxigraph_server(directory)))

    def fuseki(self) -> str:
        """Address of a dataset of a Fuseki server; the test is skipped where Java or Maven is missing."""
        return self._address("fuseki", lambda directory: self._stack.enter_context(fuseki(directory)))

    def neo4j(self) -> str:
        """Address of a Neo4j with long-term support; the test is skipped where Java or Maven is missing."""
        return self._address("neo4j", lambda directory: self._stack.enter_context(running(V5, directory)))

    def neo4j_2026(self) -> str:
        """Address of the newest Neo4j; the test is skipped where a new JDK or Maven is missing."""
        return self._address("neo4j-2026", lambda directory: self._stack.enter_context(running(V2026, directory)))

    def _address(self, name: str, start: Callable[[Path], str]) -> str:
        if name not in self._addresses:
            try:
                self._addresses[name] = start(self._directory / name)
            except ConfigurationError as error:
                pytest.skip(str(error))
        return self._addresses[name]


def open_shared(engine: str, address: str) -> GraphStore:
    """The store of an engine at its server's address."""
    assert engine in SHARED
    if engine.startswith("neo4j"):
        return Neo4jStore(Neo4jAddress(address))
    return RemoteStore(Address(address))


def empty(store: GraphStore) -> GraphStore:
    """The store, emptied, of blank nodes too, which a changeset can't name."""
    store.update("CLEAR ALL")
    return store


SHARED: dict[str, Callable[[Servers], str]] = {
    "oxigraph server": Servers.oxigraph,
    "fuseki": Servers.fuseki,
    "neo4j": Servers.neo4j,
    "neo4j 2026": Servers.neo4j_2026,
}
"""Engines on a server, and what gives the server's address."""

STORES: dict[str, Callable[[Path, Servers], GraphStore]] = {
    "oxigraph": lambda directory, _: OxigraphStore(directory / "graph"),
    "oxigraph in memory": lambda _, __: OxigraphStore(None),
    **{name: lambda _, servers, name=name: empty(open_shared(name, SHARED[name](servers))) for name in SHARED},
}
MARKS = {name: [pytest.mark.java] for name in ("fuseki", "neo4j", "neo4j 2026")}


def parameters(names: Iterable[str]) -> list[ParameterSet]:
    """Names of engines as parameters, marked by what they need."""
    return [pytest.param(name, marks=MARKS.get(name, [])) for name in names]
