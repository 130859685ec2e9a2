"""The process in which users' queries run: it can be killed at any moment and nothing is lost.

It reads an immutable snapshot, writes its result to a file and says over a pipe that it is done. Whatever happens here,
a crash of native code included, the server only sees a pipe that closes.
"""

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from common.errors import QueryError, QueryLimitError, QuerySyntaxError
from graph.backends.oxigraph_errors import query_error
from services.sparql import sandbox
from services.sparql.documents import read_document
from services.sparql.formats import Kind
from services.sparql.graphs import write_graph
from services.sparql.messages import Document, Done, ErrorKind, Failed, Job, Limits, NotAcceptableError, Query
from services.sparql.solutions import WRITERS, Row, write_boolean

_STDERR = 2
_Item = TypeVar("_Item")


def run(connection: Connection, stderr: str) -> None:
    """Serves jobs until the pipe closes.

    Args:
        connection: The worker's end of the pipe.
        stderr: File that gets the last words of a crash.
    """
    sandbox.ignore_terminal()
    sandbox.no_core_dumps()
    _redirect_stderr(stderr)
    # Before the first thread of the store is made: the filter holds for this thread and those it starts.
    connection.send(sandbox.close_network())
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
    """The snapshot at hand, opened anew when another one is asked for."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._store: ox.Store | None = None

    def store(self, path: Path | None) -> ox.Store:
        if self._store is None or path != self._path:
            self._store = None
            self._store = ox.Store() if path is None else ox.Store.read_only(str(path))
            self._path = path
        return self._store


def _answer(reader: _Reader, job: Job) -> Done | Failed:
    try:
        return _work(reader, job)
    except QuerySyntaxError as error:
        where = f" at line {error.line}, column {error.column}: " if error.line is not None else ": "
        return Failed("syntax", str(error).removeprefix("syntax error").removeprefix(where), error.line, error.column)
    except MemoryError:
        return Failed("limit", f"this needs more than {job.limits.megabytes} MB of memory")
    except QueryError as error:
        return Failed(_kind(error), str(error))
    except OSError as error:
        return Failed("limit", f"the result could not be written: {error.strerror or error}")


def _kind(error: QueryError) -> ErrorKind:
    if isinstance(error, NotAcceptableError):
        return "unacceptable"
    return "limit" if isinstance(error, QueryLimitError) else "query"


def _work(reader: _Reader, job: Job) -> Done | Failed:
    store = reader.store(job.snapshot)
    sandbox.limit_memory(job.limits.megabytes)
    sandbox.limit_file(job.limits.megabytes)
    sandbox.limit_cpu(job.limits.seconds)
    if isinstance(job.task, Document):
        return read_document(job.task, job.output, job.limits)
    try:
        return _query(store, job.task, job.output, job.limits)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise query_error(error, job.task.text) from error


def _query(store: ox.Store, query: Query, output: Path, limits: Limits) -> Done:
    result = _evaluate(store, query)
    rows = _Rows(limits, query.first_rows)
    kind: Kind = "graph" if isinstance(result, ox.QueryTriples) else "solutions"
    name = query.graph if kind == "graph" else query.solutions
    if name is None:
        raise NotAcceptableError(f"the result of this query is {'a graph' if kind == 'graph' else 'a table'}")
    with output.open("wb") as file:
        if isinstance(result, ox.QueryTriples):
            write_graph(file, name, rows.counted(_distinct(str(triple) for triple in result)))
        elif isinstance(result, ox.QueryBoolean):
            write_boolean(file, name, bool(result))
        else:
            WRITERS[name](file, [v.value for v in result.variables], rows.counted(_terms(result)))
    return Done(kind, name, rows.count, rows.truncated)


def _evaluate(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Evaluates over the dataset of the protocol, which goes before FROM, or else over the store's own."""
    if not query.default_graphs and not query.named_graphs:
        return store.query(query.text)
    try:
        default = [ox.NamedNode(iri) for iri in query.default_graphs]
        named = [ox.NamedNode(iri) for iri in query.named_graphs]
    except ValueError as error:
        raise QueryError(f"default-graph-uri or named-graph-uri is no IRI: {error}") from error
    return store.query(query.text, default_graph=[*default], named_graphs=[*named])


def _terms(solutions: ox.QuerySolutions) -> Iterator[Row]:
    for solution in solutions:
        yield tuple(None if term is None else _text(term) for term in solution)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Triple):
        raise QueryError("the result holds a triple term of RDF 1.2, which SPARQL 1.1 results can't express")
    return str(term)


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
