"""Resolution as a job: over what was touched, over everything, and the undoing of one link."""

import io
import re
from typing import Any

from common.errors import InputError
from common.progress import ProgressCallback
from common.terms import iri
from graph.queries import select
from ingest.upkeep import CANONICAL
from reasoning.resolution import Resolver
from services.ingestion import resolve
from services.workspace import Workspace

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+\Z")
_BATCH = 10_000


def resolve_all(workspace: Workspace, progress: ProgressCallback | None = None) -> int:
    """Lets the resolver look at every entity; returns how many links it changed."""
    _touch_all(workspace)
    with workspace.directory.ingest_lock():
        return resolve(workspace, progress)


def resolve_touched(workspace: Workspace, progress: ProgressCallback | None = None) -> int:
    """Lets the resolver look at what was touched since it last looked; returns how many links it changed."""
    with workspace.directory.ingest_lock():
        return resolve(workspace, progress)


def undo(workspace: Workspace, entity: str, author: str) -> str:
    """Takes back the link of ``entity`` and keeps it from being made again; returns what it was linked to.

    Args:
        workspace: Where.
        entity: Bare IRI of the entity that is to stand alone.
        author: Token id or ``system:…``.

    Raises:
        InputError: It is not known, or linked to nothing; where others are linked to it, they are named.
    """
    if not _ABSOLUTE.match(entity):
        raise InputError(f"{entity}: not the IRI of an entity")
    term = iri(entity)
    target = next(iter(_objects(workspace, term)), None)
    if target is None:
        raise InputError(f"{entity}: no such entity")
    if target == term:
        members = [member[1:-1] for member in _members(workspace, term) if member != term]
        others = f"; linked to it are {', '.join(members[:5])}" if members else ""
        raise InputError(f"{entity} stands for itself{others}")
    with workspace.directory.ingest_lock():
        Resolver(workspace.graph).forbid(term, target, author)
        workspace.touched.add([term, target])
        resolve(workspace)
    return target[1:-1]


def _objects(workspace: Workspace, term: str) -> list[str]:
    return _column(workspace, f"SELECT ?other {{ GRAPH $resolution {{ $entity {CANONICAL} ?other }} }}", term)


def _members(workspace: Workspace, term: str) -> list[str]:
    return _column(workspace, f"SELECT ?other {{ GRAPH $resolution {{ ?other {CANONICAL} $entity }} }}", term)


def _column(workspace: Workspace, query: str, term: str) -> list[str]:
    graph = workspace.graph
    rows = select(graph, query, {"entity": term, "resolution": f"<{graph.graphs.resolution}>"})
    return sorted(row[0] for row in rows if row[0])


def _touch_all(workspace: Workspace) -> None:
    """Streams the resolution graph: there may be millions of entities."""
    with io.BufferedWriter(_Subjects(workspace)) as output:
        workspace.graph.dump(output, workspace.graph.graphs.resolution)


class _Subjects(io.RawIOBase):
    """Takes N-Triples, and notes the subjects of canonical links as touched."""

    def __init__(self, workspace: Workspace) -> None:
        self._touched = workspace.touched
        self._rest = b""
        self._found: list[str] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Takes some more bytes."""
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        mark = f" {CANONICAL} ".encode()
        self._found.extend(line.split(b" ", 1)[0].decode() for line in lines if mark in line)
        if len(self._found) >= _BATCH:
            self._note()
        return len(data)

    def close(self) -> None:
        """Notes the last ones."""
        if not self.closed:
            self._note()
        super().close()

    def _note(self) -> None:
        self._touched.add(self._found)
        self._found = []
