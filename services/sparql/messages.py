"""What passes between the server and a worker process."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from common.errors import InputError, QueryError, QueryLimitError, QueryRefusedError, QuerySyntaxError, StoreError
from common.settings import Settings
from services.sparql.formats import Kind

ErrorKind = Literal["query", "syntax", "limit", "refused", "input", "unacceptable", "store"]


ADDED, REMOVED = "+", "-"
"""How lines of what an update changes begin."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float
    rows: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query to run.

    Attributes:
        text: The query.
        solutions: Format for SELECT and ASK; None: the client accepts none.
        graph: Format for CONSTRUCT and DESCRIBE; None: the client accepts none.
        default_graphs: The protocol's ``default-graph-uri``.
        named_graphs: The protocol's ``named-graph-uri``.
        first_rows: Stop after so many rows instead of failing at the limit; None: fail.
    """

    text: str
    solutions: str | None = "json"
    graph: str | None = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    first_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An RDF document to read into statements; blank nodes become IRIs below ``graph``."""

    data: bytes
    format: str
    graph: str


@dataclass(frozen=True, slots=True)
class Update:
    """An update to work out; nothing is written.

    Attributes:
        text: The update.
        default_graphs: The protocol's ``using-graph-uri``.
        named_graphs: The protocol's ``using-named-graph-uri``.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


Task = Query | Document | Update


@dataclass(frozen=True, slots=True)
class Job:
    """A task for a worker, with what to read, the file to write and the limits.

    Attributes:
        source: A snapshot, or the settings that name the server which keeps the graph; None for a document.
        index: Directory of the text index.
    """

    task: Task
    source: Path | Settings | None
    output: Path
    limits: Limits
    index: Path


@dataclass(frozen=True, slots=True)
class Done:
    """A worker finished.

    Attributes:
        kind: Kind of result; statements of a document, and what an update changes, count as ``graph``.
        format: Name of the format that was written.
        rows: Rows or statements written.
        truncated: Whether there would have been more than ``first_rows``.
        expanded: The query as the engine saw it, where it held ``bg:text``.
    """

    kind: Kind
    format: str
    rows: int
    truncated: bool
    expanded: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A worker could not finish; carries what the error classes need, for they don't pass a pipe unharmed."""

    error: ErrorKind
    message: str
    line: int | None = None
    column: int | None = None

    def exception(self) -> Exception:
        """The error to raise in the server."""
        if self.error == "syntax":
            return QuerySyntaxError(self.message, self.line, self.column)
        return _EXCEPTIONS[self.error](self.message)


class NotAcceptableError(QueryError):
    """The client accepts no format that this kind of query has."""


_EXCEPTIONS: dict[str, type[Exception]] = {
    "query": QueryError,
    "limit": QueryLimitError,
    "refused": QueryRefusedError,
    "input": InputError,
    "store": StoreError,
    "unacceptable": NotAcceptableError,
}
