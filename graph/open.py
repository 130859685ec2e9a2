"""Opens the knowledge graph that the settings name.

An embedded store is opened by one process; the others reach it through that one's socket. A store on a server is opened
by each process for itself, and those that write take turns.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from common.errors import FormatError, StoreBusyError
from common.settings import Settings
from graph.changes import ChangeLog
from graph.directory import DataDirectory, open_directory
from graph.engines import is_embedded, is_foreign, open_store, scheme, store_address
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import MergedGraph
from graph.owner.client import connect
from graph.owner.server import Owner
from graph.store import GraphStore

UNFINISHED = "urn:bibliograph:unfinished"
"""Graph of the mark that a store has while a copy into it is not whole (``services.copying``)."""
_PATIENCE = 2.0
"""Seconds to wait for a short command that holds the store and does not listen."""
_PAUSE = 0.05
_Opened = TypeVar("_Opened")


@contextmanager
def open_graph(settings: Settings, *, listen: bool = False) -> Iterator[KnowledgeGraph]:
    """The knowledge graph, closed at the end of the ``with`` block.

    Args:
        settings: Name the data directory and the store.
        listen: If this process comes to own an embedded store, let others work through it meanwhile; for long commands.

    Raises:
        StoreBusyError: Another process has the store open and does not listen.
        FormatError: A server holds the data of somebody else.
    """
    scheme(settings)  # a wrong setting is said before anything is made
    directory = open_directory(settings)
    graph = _patiently(lambda: _connect_or_open(settings, directory))
    try:
        if listen and isinstance(graph, MergedGraph) and not graph.shared:
            with Owner(graph, directory.socket):
                yield graph
        else:
            yield graph
    finally:
        graph.close()


@contextmanager
def own_graph(settings: Settings) -> Iterator[MergedGraph]:
    """The knowledge graph in this process, which others reach through its socket if it is embedded; for ``serve``.

    Raises:
        StoreBusyError: Another process owns the store.
        FormatError: See ``open_graph``.
    """
    scheme(settings)  # a wrong setting is said before anything is made
    directory = open_directory(settings)
    graph = _patiently(lambda: _open(settings, directory))
    try:
        if graph.shared:
            yield graph
        else:
            with Owner(graph, directory.socket):
                yield graph
    finally:
        graph.close()


def _connect_or_open(settings: Settings, directory: DataDirectory) -> KnowledgeGraph:
    if is_embedded(settings) and (owned := connect(directory.socket, settings.graphs)):
        return owned
    return _open(settings, directory)


def _open(settings: Settings, directory: DataDirectory) -> MergedGraph:
    store = open_store(settings)
    try:
        _refuse_unfinished(store, settings)
        graph = MergedGraph(store, settings.graphs, ChangeLog(directory.changes))
        if store.shared and graph.sequence == 0 and not is_foreign(settings):
            _refuse_strangers(store, settings)
    except BaseException:
        store.close()
        raise
    return graph


def _refuse_unfinished(store: GraphStore, settings: Settings) -> None:
    """A part of a graph must not be taken for the graph.

    Raises:
        FormatError: A copy into this store has not come to its end.
    """
    if next(store.quads((None, None, None), UNFINISHED), None) is not None:
        raise FormatError(f"{store_address(settings)} holds part of a copy: run the same bibliograph copy again")


def _refuse_strangers(store: GraphStore, settings: Settings) -> None:
    """A server's dataset that holds something, but no changeset of ours, is somebody else's.

    Raises:
        FormatError: It is.
    """
    for _, graph in store.quads((None, None, None), None):
        if graph != settings.graphs.writers:
            raise FormatError(
                f"{store_address(settings)} holds data without a changeset of {settings.base}: "
                "name an empty dataset, or the base IRI of this one"
            )


def _patiently(opening: Callable[[], _Opened]) -> _Opened:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return opening()
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
