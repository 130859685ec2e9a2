"""Opens the knowledge graph that the settings name: through the store's owner if there is one, else directly."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common.errors import ConfigurationError, StoreBusyError
from common.settings import Settings
from graph.backends.oxigraph import OxigraphStore
from graph.changes import ChangeLog
from graph.directory import DataDirectory, open_directory
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import MergedGraph
from graph.owner.client import connect
from graph.owner.server import Owner

_PATIENCE = 2.0
"""Seconds to wait for a short command that holds the store and does not listen."""
_PAUSE = 0.05


def store_path(settings: Settings) -> Path:
    """Directory of the embedded store.

    Raises:
        ConfigurationError: The setting ``store`` names an engine that is not known.
    """
    scheme, _, rest = settings.store.partition(":")
    if scheme != "oxigraph":
        raise ConfigurationError(f"setting store: {settings.store!r} is not known; known is oxigraph:[DIRECTORY]")
    return Path(rest) if rest else DataDirectory(settings.data).graph


@contextmanager
def open_graph(settings: Settings, *, listen: bool = False) -> Iterator[KnowledgeGraph]:
    """The knowledge graph, closed at the end of the ``with`` block.

    Args:
        settings: Name the data directory and the store.
        listen: If this process comes to own the store, let others work through it meanwhile; for long commands.

    Raises:
        StoreBusyError: Another process has the store open and does not listen.
    """
    path, directory = store_path(settings), open_directory(settings)
    graph = _connect_or_own(settings, path, directory)
    try:
        if listen and isinstance(graph, MergedGraph):
            with Owner(graph, directory.socket):
                yield graph
        else:
            yield graph
    finally:
        graph.close()


@contextmanager
def own_graph(settings: Settings) -> Iterator[MergedGraph]:
    """The knowledge graph in this process, which others reach through its socket; for ``serve``.

    Raises:
        StoreBusyError: Another process owns the store.
    """
    path, directory = store_path(settings), open_directory(settings)
    graph = MergedGraph(_patiently(path), settings.graphs, ChangeLog(directory.changes))
    try:
        with Owner(graph, directory.socket):
            yield graph
    finally:
        graph.close()


def _connect_or_own(settings: Settings, path: Path, directory: DataDirectory) -> KnowledgeGraph:
    deadline = time.monotonic() + _PATIENCE
    while True:
        if owned := connect(directory.socket, settings.graphs):
            return owned
        try:
            return MergedGraph(OxigraphStore(path), settings.graphs, ChangeLog(directory.changes))
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def _patiently(path: Path) -> OxigraphStore:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return OxigraphStore(path)
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
