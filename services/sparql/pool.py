"""The warm pool of worker processes, and what the server gets back from it."""

import itertools
import queue
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from common.errors import QueryError, QueryRefusedError
from common.settings import Settings
from graph import guard
from graph.directory import DataDirectory
from graph.lexer import place, tokens
from graph.snapshots import Snapshots
from graph.store import Quad
from services.sparql.formats import FORMATS, Format, Kind
from services.sparql.messages import ADDED, REMOVED, Document, Done, Job, Limits, Query, Task, Update
from services.sparql.process import WorkerProcess

_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
_PROLOGUE = frozenset({"PREFIX", "BASE", "VERSION"})
_END_OF_LINE = " .\n"


class BusyError(QueryError):
    """All workers are busy and stayed so: come back in a moment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query.

    Attributes:
        file: The result, open at its start and already without a name: closing it deletes it.
        size: Its length in bytes.
        format: Its format.
        kind: Table or graph.
        rows: Rows or statements in it.
        truncated: Whether there were more than the ``first_rows`` asked for.
        sequence: Number of the changeset that it reflects; on a server, of one that it reflects at least.
        expanded: The query as the engine saw it, where it held ``bg:text``.
    """

    file: IO[bytes]
    size: int
    format: Format
    kind: Kind
    rows: int
    truncated: bool
    sequence: int
    expanded: str | None


def check(text: str, settings: Settings) -> None:
    """Returns if ``text`` may go to a parser.

    Raises:
        QueryRefusedError: It is too long, too deep, federates, or is an update.
        QuerySyntaxError: A string is not closed.
    """
    guard.check(text, characters=settings.query_characters, depth=settings.query_depth)
    words = (token for token in tokens(text) if token.kind == "word")
    first = next((word for word in words if word.text.upper() not in _PROLOGUE), None)
    if first is not None and first.text.upper() in _UPDATES:
        line, column = place(text, first.start)
        raise QueryRefusedError(
            f"refused at line {line}, column {column}: this is an update; send it to /update, with a token"
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update changes.

    Attributes:
        removed: Quads that it removes, whether they are there or not.
        added: Quads that it adds, likewise.
        sequence: Number of the changeset up to which it has read; on a server, of one that it has seen at least.
    """

    removed: list[Quad]
    added: list[Quad]
    sequence: int


class QueryPool:
    """Runs queries in ``settings.query_workers`` processes, each replaced when it dies.

    Args:
        settings: Limits and number of workers.
        snapshots: Gives the current snapshot for as long as a query reads it, or says that there are none.
    """

    def __init__(self, settings: Settings, snapshots: Snapshots) -> None:
        self._settings = settings
        self._snapshots = snapshots
        self._limits = Limits(settings.query_seconds, settings.query_rows, settings.query_megabytes)
        self._index = DataDirectory(settings.data).text_index
        self._directory = tempfile.TemporaryDirectory(prefix="bibliograph-queries-")
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._closed = False
        self._workers: set[WorkerProcess] = set()
        self._idle: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        for _ in range(settings.query_workers):
            self._start_worker()

    @property
    def offline(self) -> bool:
        """Whether the system keeps all workers from the network; waits until they have started."""
        return all(process.offline for process in list(self._workers))

    def query(self, query: Query) -> Answer:
        """Runs a user's query over the current snapshot or on the server; the caller closes the answer's file.

        Raises:
            QueryRefusedError, QuerySyntaxError: Before any process sees it, or as its parser found.
            NotAcceptableError: The kind of the result has no format among those asked for.
            QueryLimitError: Time, rows or memory ran out.
            BusyError: No worker came free in time.
            QueryError: Anything else, a crash of the worker included.
        """
        check(query.text, self._settings)
        with self._snapshots.lease() as lease, self._worker() as process:
            return self._run(process, query, lease.path or self._settings, lease.sequence)

    def read(self, document: Document) -> list[str]:
        """Statements of an RDF document, read in a worker.

        Raises:
            InputError: It can't be read; says where.
            QueryLimitError, QueryError: As for a query.
        """
        with self._worker() as process:
            answer = self._run(process, document, None, 0)
        with answer.file as file:
            return [line.removesuffix(_END_OF_LINE) for line in file.read().decode().splitlines(keepends=True)]

    def work_out(self, update: Update) -> Changes:
        """What an update would change as of now; nothing is written.

        Raises:
            QueryRefusedError, QuerySyntaxError, QueryLimitError, BusyError, QueryError: As for a query.
            InputError: The dataset of the protocol and USING are both there.
        """
        guard.check(update.text, characters=self._settings.query_characters, depth=self._settings.query_depth)
        with self._snapshots.lease() as lease, self._worker() as process:
            answer = self._run(process, update, lease.path or self._settings, lease.sequence)
        found: dict[str, list[Quad]] = {REMOVED: [], ADDED: []}
        with answer.file as file:
            for line in file.read().decode().split("\n")[:-1]:
                sign, graph, statement = line.split("\t", 2)
                found[sign].append((statement, graph or None))
        return Changes(found[REMOVED], found[ADDED], answer.sequence)

    def close(self) -> None:
        """Ends all workers."""
        with self._lock:
            self._closed = True
            workers = list(self._workers)
            self._workers.clear()
        for process in workers:
            process.kill()
        self._directory.cleanup()

    def _run(self, process: WorkerProcess, task: Task, source: Path | Settings | None, sequence: int) -> Answer:
        output = self._new_path("result")
        try:
            done = process.ask(Job(task, source, output, self._limits, self._index))
            return _answer(done, output, sequence)
        finally:
            output.unlink(missing_ok=True)

    @contextmanager
    def _worker(self) -> Iterator[WorkerProcess]:
        process = self._take()
        try:
            yield process
        finally:
            if process.alive:
                self._idle.put(process)
            else:
                self._replace(process)

    def _take(self) -> WorkerProcess:
        """An idle worker; one that died while idle (killed by the system, say) is replaced and the next one taken."""
        while True:
            try:
                process = self._idle.get(timeout=self._settings.query_seconds)
            except queue.Empty:
                raise BusyError("all query workers are busy: try again in a moment") from None
            if process.alive:
                return process
            self._replace(process)

    def _replace(self, process: WorkerProcess) -> None:
        process.kill()
        with self._lock:
            self._workers.discard(process)
            closed = self._closed
        if not closed:
            self._start_worker()

    def _start_worker(self) -> None:
        process = WorkerProcess(self._new_path("stderr"), online=not self._snapshots.exist)
        with self._lock:
            self._workers.add(process)
        self._idle.put(process)

    def _new_path(self, kind: str) -> Path:
        with self._lock:
            return Path(self._directory.name) / f"{kind}-{next(self._numbers)}"


def _answer(done: Done, path: Path, sequence: int) -> Answer:
    file = path.open("rb")
    size = path.stat().st_size
    return Answer(file, size, FORMATS[done.format], done.kind, done.rows, done.truncated, sequence, done.expanded)
