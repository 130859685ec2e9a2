"""What is derived from the graph and follows it, by the changesets it has missed: associations, then the text index.

Whoever owns the graph brings them up to date: a command when it has written, the server by a thread.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

import structlog

from common.errors import BibliographError
from common.progress import Progress, ProgressCallback
from common.settings import Settings
from graph.directory import DataDirectory
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import MergedGraph
from reasoning.associations import bring_up_to_date as associate
from services.apart import run_apart
from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date as index
from services.workspace import Workspace, open_workspace

_PAUSE = 0.3
"""Seconds between two looks at the graph's sequence number."""
_PATIENCE = 20.0
"""Seconds that a stream of changesets may hold up its indexing: many at once are less work than each alone."""
_MUCH = 10_000
"""Changed records or entities from which on following them is done in processes of its own."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Derived:
    """What bringing it up to date did.

    Attributes:
        sequence: Number of the last changeset that all of it reflects.
        documents: Documents of the text index that were written.
        seconds: How long it took.
    """

    sequence: int
    documents: int
    seconds: float


def bring_up_to_date(
    graph: KnowledgeGraph, directory: DataDirectory, progress: ProgressCallback | None = None, *, rebuild: bool = False
) -> Derived:
    """Makes all that is derived reflect the graph; with ``rebuild``, all of it anew.

    Raises:
        StoreReadOnlyError: The directory can't be written.
    """
    start = time.monotonic()
    text = TextIndex(directory.text_index)
    _compact_first(graph, text, rebuild=rebuild)
    associate(graph, progress, rebuild=rebuild, memory=directory.associations)
    documents = index(graph, text, progress, rebuild=rebuild)
    return Derived(text.sequence or 0, documents, time.monotonic() - start)


def _compact_first(graph: KnowledgeGraph, text: TextIndex, *, rebuild: bool = False) -> None:
    """Compacts the store where everything is about to be read: a first index, or one made anew."""
    if rebuild or text.sequence is None:
        graph.compact()


@contextmanager
def open_followed(settings: Settings, progress: ProgressCallback | None = None) -> Iterator[Workspace]:
    """A workspace for a job that writes: afterwards what is derived is brought up to date.

    A server that owns the graph does so itself. After a job that failed, the next one does.
    """
    with open_workspace(settings) as workspace:
        yield workspace
        owned = isinstance(workspace.graph, MergedGraph)
        apart = owned and _is_much(workspace)
        if owned and not apart:
            bring_up_to_date(workspace.graph, workspace.directory, progress)
    if apart:
        # After a large job this process holds much memory that the next steps don't need; and each step likewise.
        for step in (_associate, _index):
            run_apart(step, settings, progress)


def _is_much(workspace: Workspace) -> bool:
    """Whether what is derived lags behind by so much that processes of its own are worth their start."""
    changes = workspace.graph.changes_since(TextIndex(workspace.directory.text_index).sequence or 0)
    return changes is None or len(changes.graphs) + len(changes.described) > _MUCH


def _associate(settings: Settings, progress: ProgressCallback) -> None:
    with open_workspace(settings) as workspace:
        _compact_first(workspace.graph, TextIndex(workspace.directory.text_index))
        associate(workspace.graph, progress, memory=workspace.directory.associations)


def _index(settings: Settings, progress: ProgressCallback) -> None:
    with open_workspace(settings) as workspace:
        index(workspace.graph, TextIndex(workspace.directory.text_index), progress)


class _StoppedError(Exception):
    """The server ends while something is brought up to date."""


class Follower:
    """A thread that keeps what is derived up to date while a server runs.

    Args:
        graph: The graph that this process owns.
        directory: Its data directory.
    """

    def __init__(self, graph: KnowledgeGraph, directory: DataDirectory) -> None:
        self._graph = graph
        self._directory = directory
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Starts to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stops, soon: what is under way is begun again by the next server or command."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        reached = -1
        while not self._stopped.is_set():
            if (sequence := self._graph.sequence) != reached:
                self._wait_for_quiet(sequence)
                reached = self._follow(reached)
            self._stopped.wait(_PAUSE)

    def _wait_for_quiet(self, sequence: int) -> None:
        """Waits while further changesets come, but not for ever."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and not self._stopped.wait(_PAUSE):
            before, sequence = sequence, self._graph.sequence
            if sequence == before:
                return

    def _follow(self, reached: int) -> int:
        try:
            done = bring_up_to_date(self._graph, self._directory, self._heed)
        except _StoppedError:
            return reached
        except BibliographError as error:
            _log.warning("not followed", error=str(error))
            return reached
        if done.documents:
            _log.info("followed", changeset=done.sequence, documents=done.documents, seconds=round(done.seconds, 2))
        return done.sequence

    def _heed(self, _: Progress) -> None:
        if self._stopped.is_set():
            raise _StoppedError
