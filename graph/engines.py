"""The engines that may keep the graph, and how the setting ``store`` names them."""

from collections.abc import Callable
from pathlib import Path

from common.errors import ConfigurationError
from common.settings import Settings
from graph.backends.oxigraph import OxigraphStore
from graph.directory import DataDirectory
from graph.store import GraphStore

EMBEDDED = "oxigraph"


def scheme(settings: Settings) -> str:
    """Name of the engine.

    Raises:
        ConfigurationError: It is not known; says which are.
    """
    found = settings.store.partition(":")[0]
    if found != EMBEDDED and found not in SERVERS:
        known = f"{EMBEDDED}:[DIRECTORY], {', '.join(f'{name}://HOST' for name in SERVERS)}"
        shown = found if "@" in settings.store else settings.store
        raise ConfigurationError(f"setting store: {shown!r} is not known; known are {known}")
    return found


def is_embedded(settings: Settings) -> bool:
    """Whether the graph is kept by a process of ours, in a directory that one process opens at a time."""
    return scheme(settings) == EMBEDDED


def store_path(settings: Settings) -> Path | None:
    """Directory of the embedded store; None where the graph is kept by a server."""
    if not is_embedded(settings):
        return None
    rest = settings.store.partition(":")[2]
    return Path(rest) if rest else DataDirectory(settings.data).graph


def is_foreign(settings: Settings) -> bool:
    """Whether the store is somebody else's graph, which is only read."""
    if scheme(settings) not in _NEO4J:
        return False
    from graph.backends.neo4j.address import Address  # noqa: PLC0415  loads late: the driver may not be installed

    return Address.of(settings.store).foreign


def store_address(settings: Settings) -> str:
    """Where the graph is, in words that hold no secret."""
    path = store_path(settings)
    return settings.store.rpartition("@")[2] if path is None else str(path)


def open_store(settings: Settings) -> GraphStore:
    """The store, open.

    Raises:
        ConfigurationError: The setting is wrong, or a part is not installed.
        StoreError: It can't be opened.
    """
    path = store_path(settings)
    return SERVERS[scheme(settings)](settings, None) if path is None else OxigraphStore(path)


def open_reader(settings: Settings) -> GraphStore:
    """The store on a server, for users' queries alone: the server is told the settings' time limit, if it can be.

    Raises:
        ConfigurationError, StoreError: As ``open_store``; also where the store is embedded, and has snapshots instead.
    """
    if is_embedded(settings):
        raise ConfigurationError("users' queries read snapshots of an embedded store")
    return SERVERS[scheme(settings)](settings, settings.query_seconds)


def _remote(settings: Settings, query_seconds: float | None) -> GraphStore:
    from graph.backends.remote import Address, RemoteStore  # noqa: PLC0415  loads late: the embedded store needs no HTTP
    from graph.backends.remote.connection import Credentials  # noqa: PLC0415

    credentials = Credentials(settings.store_user, settings.store_password)
    store = RemoteStore(Address.of(settings.store), credentials, query_seconds=query_seconds)
    try:
        if query_seconds is None:
            store.check_default_graph(settings.graphs.outside_merge)
    except BaseException:
        store.close()
        raise
    return store


def _neo4j(settings: Settings, query_seconds: float | None) -> GraphStore:
    from graph.backends.neo4j.address import Address  # noqa: PLC0415  loads late: the driver may not be installed
    from graph.backends.neo4j.connection import Credentials  # noqa: PLC0415
    from graph.backends.neo4j.foreign.store import ForeignStore  # noqa: PLC0415
    from graph.backends.neo4j.preferences import of_ontology  # noqa: PLC0415
    from graph.backends.neo4j.store import Neo4jStore  # noqa: PLC0415

    credentials = Credentials(settings.store_user, settings.store_password)
    address = Address.of(settings.store)
    if address.foreign:
        return ForeignStore(address, credentials, settings.base, query_seconds=query_seconds)
    return Neo4jStore(address, credentials, of_ontology, query_seconds=query_seconds)


_NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

SERVERS: dict[str, Callable[[Settings, float | None], GraphStore]] = {
    "sparql+https": _remote,
    "sparql+http": _remote,
    **dict.fromkeys(_NEO4J, _neo4j),
}
"""Schemes of engines on a server, and what opens them, with a time limit if it is for users' queries alone."""
