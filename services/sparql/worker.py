"""The process in which users' queries run: it can be killed at any moment and nothing is lost.

It reads an immutable snapshot, or asks the server that keeps the graph, writes its result to a file and says over a
pipe that it is done. Whatever happens here, a crash of native code included, the server only sees a pipe that closes.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from common.errors import InputError, QueryError, QueryLimitError, QueryRefusedError, QuerySyntaxError, StoreError
from common.settings import Settings
from graph.engines import open_reader
from graph.store import GraphStore
from services.sparql import sandbox
from services.sparql.documents import read_document
from services.sparql.evaluation import Evaluated, Statements, in_snapshot, on_server
from services.sparql.formats import Kind
from services.sparql.graphs import write_graph
from services.sparql.mentions import mentions_text, refuse_in_update
from services.sparql.messages import Document, Done, ErrorKind, Failed, Job, Limits, NotAcceptableError, Query, Update
from services.sparql.solutions import WRITERS, write_boolean

if TYPE_CHECKING:
    from services.search.index import TextIndex

_STDERR = 2
_Item = TypeVar("_Item")


def run(connection: Connection, stderr: str, *, online: bool) -> None:
    """Serves jobs until the pipe closes.

    Args:
        connection: The worker's end of the pipe.
        stderr: File that gets the last words of a crash.
        online: The graph is on a server: the network stays open.
    """
    sandbox.ignore_terminal()
    sandbox.no_core_dumps()
    _redirect_stderr(stderr)
    # Before the first thread of the store is made: the filter holds for this thread and those it starts.
    connection.send(not online and sandbox.close_network())
    reader = _Reader()
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        connection.send(_answer(reader, job))


def _redirect_stderr(path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(file, _STDERR)
    os.close(file)


class _Reader:
    """The source at hand, opened anew when another one is asked for, and the text index once it is needed."""

    def __init__(self) -> None:
        self._source: Path | Settings | None = None
        self._store: ox.Store | GraphStore | None = None
        self._index: TextIndex | None = None

    def text_index(self, directory: Path) -> "TextIndex":
        """The text index, ready to be searched."""
        # With its dictionaries it takes longer to load than most queries take, and most never ask for text.
        from services.search.index import TextIndex  # noqa: PLC0415
        from services.sparql.text import prepare  # noqa: PLC0415

        self._index = self._index or TextIndex(directory)
        prepare(self._index)
        return self._index

    def store(self, source: Path | Settings | None) -> ox.Store | GraphStore:
        if self._store is None or source != self._source:
            self._store = None
            self._store = _opened(source)
            self._source = source
        return self._store


def _opened(source: Path | Settings | None) -> ox.Store | GraphStore:
    if isinstance(source, Settings):
        return open_reader(source)
    return ox.Store() if source is None else ox.Store.read_only(str(source))


def _answer(reader: _Reader, job: Job) -> Done | Failed:
    try:
        return _work(reader, job)
    except QuerySyntaxError as error:
        where = f" at line {error.line}, column {error.column}: " if error.line is not None else ": "
        return Failed("syntax", str(error).removeprefix("syntax error").removeprefix(where), error.line, error.column)
    except MemoryError:
        return Failed("limit", f"this needs more than {job.limits.megabytes} MB of memory")
    except (QueryError, StoreError, InputError) as error:
        return Failed(_kind(error), str(error))
    except OSError as error:
        return Failed("limit", f"the result could not be written: {error.strerror or error}")


def _kind(error: QueryError | StoreError | InputError) -> ErrorKind:
    if isinstance(error, InputError):
        return "input"
    if isinstance(error, StoreError):
        return "store"
    if isinstance(error, NotAcceptableError):
        return "unacceptable"
    if isinstance(error, QueryRefusedError):
        return "refused"
    return "limit" if isinstance(error, QueryLimitError) else "query"


def _work(reader: _Reader, job: Job) -> Done | Failed:
    sandbox.lift_memory()
    store = reader.store(job.source)
    asks_for_text = isinstance(job.task, Query) and mentions_text(job.task.text)
    index = reader.text_index(job.index) if asks_for_text else None  # before what it takes counts
    sandbox.limit_memory(job.limits.megabytes)
    sandbox.limit_file(job.limits.megabytes)
    sandbox.limit_cpu(job.limits.seconds)
    if isinstance(job.task, Document):
        return read_document(job.task, job.output, job.limits)
    if isinstance(job.task, Update):
        from services.sparql.updates import write_changes  # noqa: PLC0415  loads a parser that queries don't need

        refuse_in_update(job.task.text)
        return write_changes(store, job.task, job.output)
    text = None if index is None else _expanded(job.task.text, index)
    query = job.task if text is None else replace(job.task, text=text)
    result = in_snapshot(store, query) if isinstance(store, ox.Store) else on_server(store, query, job.limits)
    return replace(_write(result, query, job.output, job.limits), expanded=text)


def _expanded(text: str, index: "TextIndex") -> str | None:
    """A query with what the index finds in the place of ``bg:text``; None: it has none."""
    from services.sparql.text import expanded  # noqa: PLC0415  as above

    return expanded(text, index)


def _write(result: Evaluated, query: Query, output: Path, limits: Limits) -> Done:
    rows = _Rows(limits, query.first_rows)
    kind: Kind = "graph" if isinstance(result, Statements) else "solutions"
    name = query.graph if kind == "graph" else query.solutions
    if name is None:
        raise NotAcceptableError(f"the result of this query is {'a graph' if kind == 'graph' else 'a table'}")
    with output.open("wb") as file:
        if isinstance(result, Statements):
            write_graph(file, name, rows.counted(_distinct(result.found)))
        elif isinstance(result, bool):
            write_boolean(file, name, result)
        else:
            WRITERS[name](file, result.variables, rows.counted(result.rows))
    return Done(kind, name, rows.count, rows.truncated)


def _distinct(statements: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for statement in statements:
        if statement not in seen:
            seen.add(statement)
            yield statement


class _Rows:
    """Counts what passes, and stops or fails at the limit."""

    def __init__(self, limits: Limits, first_rows: int | None) -> None:
        self._most = limits.rows if first_rows is None else min(first_rows, limits.rows)
        self._fail = first_rows is None
        self.count = 0
        self.truncated = False

    def counted(self, rows: Iterator[_Item]) -> Iterator[_Item]:
        for row in rows:
            if self.count == self._most:
                if self._fail:
                    raise QueryLimitError(f"the result has more than {self._most} rows: add LIMIT, or ask for less")
                self.truncated = True
                return
            self.count += 1
            yield row
