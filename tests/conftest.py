"""Installations for tests: real stores on disk, each test with one of its own."""

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from graph import turns
from graph.backends.remote import Address, RemoteStore
from graph.engines import open_store
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE
from tools.fuseki import fuseki
from tools.neo4j.server import V5, running
from tools.oxigraph_server import oxigraph_server

ENGINES: dict[str, Callable[[Path], AbstractContextManager[str]] | None] = {
    "embedded": None,
    "oxigraph-server": partial(oxigraph_server, query_seconds=10),
    "fuseki": fuseki,
    "neo4j": partial(running, V5),
}

# A shell that runs the tests in the background has them ignore SIGINT, and the commands that they start with them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with nothing in it, not even the ontology."""
    data = tmp_path_factory.mktemp("empty") / "data"
    with open_workspace(Settings(data=data, base=BASE)):
        return data


@pytest.fixture(scope="session")
def full_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with ontology and code lists and no records, as a first ingest makes it."""
    data = tmp_path_factory.mktemp("full") / "data"
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        ensure_vocabularies(workspace.graph)
    return data


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets the tests of whole installations run on another engine."""
    parser.addoption("--engine", choices=ENGINES, default="embedded", help="Engine of the installations in tests.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what another engine does not have."""
    if config.getoption("--engine") != "embedded":
        left = [item for item in items if item.get_closest_marker("embedded")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def engine_of(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], str]]:
    """Gives the setting ``store`` for a data directory: of a server of its own, if this run is about servers."""
    start = ENGINES[request.config.getoption("--engine")]
    with ExitStack() as stack:

        def setting(data: Path) -> str:
            if start is None:
                return "oxigraph:"
            address = stack.enter_context(start(data.parent / f"{data.name}-engine"))
            return address if address.startswith("bolt") else f"sparql+{address}"

        yield setting


@pytest.fixture(scope="session")
def engine_setting(engine_of: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """Setting of the server that keeps the graphs of tests with settings of their own; None: they are embedded."""
    setting = engine_of(tmp_path_factory.mktemp("engine") / "data")
    return None if setting == "oxigraph:" else setting


@pytest.fixture(scope="session")
def shared_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an Oxigraph server."""
    with oxigraph_server(tmp_path_factory.mktemp("shared") / "store", query_seconds=10) as address:
        yield address


@pytest.fixture
def on_a_server(shared_oxigraph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation whose graph is on a server, and empty; processes of the test inherit them."""
    store = RemoteStore(Address(shared_oxigraph))
    store.update("CLEAR ALL")
    store.close()
    monkeypatch.setattr(turns, "LEASE", 6.0)  # tests kill processes while they write
    found = Settings(data=tmp_path / "data", base=BASE, store=f"sparql+{shared_oxigraph}")
    for name in ("data", "base", "store"):
        monkeypatch.setenv(f"BIBLIOGRAPH_{name.upper()}", str(getattr(found, name)))
    return found


@pytest.fixture
def engine(engine_setting: str | None, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """The setting of the engine, which processes of the test inherit, and whose graph is empty."""
    if engine_setting is None:
        return None
    store = open_store(Settings(store=engine_setting))
    store.update("CLEAR ALL")
    store.close()
    monkeypatch.setenv("BIBLIOGRAPH_STORE", engine_setting)
    # Tests kill processes while they write.
    monkeypatch.setattr(turns, "LEASE", 6.0)
    return engine_setting


@pytest.fixture
def settings(
    empty_library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: str | None,  # noqa: ARG001  the settings read it from the environment
) -> Settings:
    """Settings of an installation of this test's own, which stays without ontology and code lists.

    A digest or a verification of their 50,000 triples would take longer than the rest of a test.
    """
    for module in ("services.ingestion", "services.vocabularies"):
        monkeypatch.setattr(f"{module}.ensure_vocabularies", lambda _: None)
    copytree(empty_library, tmp_path / "data")
    return Settings(data=tmp_path / "data", base=BASE)


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    """The installation, open."""
    with open_workspace(settings) as opened:
        yield opened
