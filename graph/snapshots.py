"""Snapshots of the graph for query workers: one for each sequence number in use, deleted when it no longer is.

A store on a server has none: its users' queries read the live store.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Protocol

from common.errors import StoreReadOnlyError
from graph.knowledge_graph import KnowledgeGraph


@dataclass(slots=True)
class Lease:
    """What a query may read.

    Args:
        path: Directory of a snapshot; None: the live store is to be read.
        sequence: Number of the last changeset in the snapshot; the live store may come to hold more.
    """

    path: Path | None
    sequence: int
    users: int = 0


class Snapshots(Protocol):
    """Says what users' queries read."""

    @property
    def exist(self) -> bool:
        """Whether there are snapshots."""
        ...

    def lease(self) -> AbstractContextManager[Lease]:
        """What to read for the length of the ``with`` block."""
        ...

    def close(self) -> None:
        """Deletes what there is."""
        ...


def snapshots(graph: KnowledgeGraph, directory: Path) -> Snapshots:
    """Snapshots of ``graph`` in ``directory``, if its store has any."""
    return NoSnapshots(graph) if graph.shared else SnapshotKeeper(graph, directory)


class NoSnapshots:
    """For a graph on a server.

    Args:
        graph: The graph.
    """

    exist = False

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """The live store, which holds the graph's last changeset and maybe later ones."""
        yield Lease(None, self._graph.sequence)

    def close(self) -> None:
        """Nothing is left."""


class SnapshotKeeper:
    """Gives the snapshot of the current sequence number, made when the sequence has moved.

    Args:
        graph: The graph to take snapshots of.
        directory: ``DataDirectory.snapshots``. Each keeper has a locked directory of its own in it, so that another
            process's start does not sweep it away.
    """

    exist = True

    def __init__(self, graph: KnowledgeGraph, directory: Path) -> None:
        self._graph = graph
        self._lock = Lock()
        self._current: Lease | None = None
        self._made = 0
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with _one_at_a_time(directory):
                sweep(directory)
                self._directory = Path(mkdtemp(dir=directory))
                self._descriptor = os.open(self._directory, os.O_RDONLY | os.O_CLOEXEC)
                fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        except OSError as error:
            raise StoreReadOnlyError(f"{directory} can't be written: {error.strerror}") from error

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """The current snapshot, which stays at least for the length of the ``with`` block."""
        with self._lock:
            lease = self._up_to_date()
            lease.users += 1
        try:
            yield lease
        finally:
            with self._lock:
                lease.users -= 1
                self._drop_if_unused(lease)

    def close(self) -> None:
        """Deletes all snapshots; call when no lease is out."""
        with self._lock:
            self._current = None
            shutil.rmtree(self._directory, ignore_errors=True)
            os.close(self._descriptor)

    def _up_to_date(self) -> Lease:
        sequence = self._graph.sequence
        if self._current is None or self._current.sequence != sequence:
            self._made += 1
            path = self._directory / f"{sequence}-{self._made}"
            made = self._graph.snapshot(path)
            old, self._current = self._current, Lease(made.path, made.sequence)
            if old is not None:
                self._drop_if_unused(old)
        return self._current

    def _drop_if_unused(self, lease: Lease) -> None:
        if lease.users == 0 and lease is not self._current and lease.path is not None:
            shutil.rmtree(lease.path, ignore_errors=True)


@contextmanager
def _one_at_a_time(directory: Path) -> Iterator[None]:
    """Another keeper that starts must not find this one's directory before it is locked."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sweep(directory: Path) -> None:
    """Deletes the directories of keepers whose process is gone: their lock is free."""
    for left in directory.iterdir():
        try:
            descriptor = os.open(left, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:  # its keeper has just closed
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(descriptor)
