"""A real Oxigraph server, and a proxy before it that does what networks and busy servers do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.backends.remote import Address, RemoteStore, connection
from tests.graph.remote.faulty import FaultyProxy
from tools.oxigraph_server import oxigraph_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an Oxigraph server."""
    directory: Path = tmp_path_factory.mktemp("server") / "store"
    with oxigraph_server(directory) as address:
        yield address


@pytest.fixture
def proxy(server: str) -> Iterator[FaultyProxy]:
    """A proxy before the emptied server."""
    store = RemoteStore(Address(server))
    store.update("CLEAR ALL")
    store.close()
    with FaultyProxy(server) as started:
        yield started


@pytest.fixture
def store(proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteStore]:
    """A store behind the proxy, which waits little between two tries."""
    monkeypatch.setattr(connection, "_FIRST_PAUSE", 0.01)
    opened = RemoteStore(Address(proxy.address))
    proxy.requests.clear()
    yield opened
    opened.close()
