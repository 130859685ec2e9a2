"""The error tree of the platform. Third parties' errors become the nearest of these with ``raise … from``.

::

    BibliographError            one line that says what and where; the CLI prints it and exits with 2
    ├── ConfigurationError      a setting is wrong: names the setting
    ├── FormatError             the data directory or store is of another format version or base IRI
    ├── StoreError              the graph store can't do what was asked
    │   ├── StoreBusyError      another process owns the store and does not answer
    │   └── StoreReadOnlyError  the disk or directory can't be written
    ├── QueryError              a query was refused or failed
    │   ├── QuerySyntaxError    names line and column
    │   ├── QueryRefusedError   SERVICE, LOAD, too long, too deep
    │   └── QueryLimitError     time, rows or memory ran out
    ├── InputError              a file, URL or record can't be read: names it, with position
    └── AccessError             no token, or one without the role
"""


class BibliographError(Exception):
    """Base of all errors that a user can do something about. ``str(error)`` is one line."""


class ConfigurationError(BibliographError):
    """A setting is missing or wrong."""


class FormatError(BibliographError):
    """The data directory was written by another format version or for another base IRI."""


class StoreError(BibliographError):
    """The graph store can't do what was asked."""


class StoreBusyError(StoreError):
    """Another process owns the store and does not answer."""


class StoreReadOnlyError(StoreError):
    """The store's directory can't be written."""


class QueryError(BibliographError):
    """A query was refused or failed."""


class QuerySyntaxError(QueryError):
    """The query is not SPARQL; carries where.

    Args:
        message: What was expected, in one line.
        line: Line of the error, from 1; None where the engine does not say.
        column: Column of the error, from 1.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        where = f" at line {line}, column {column}" if line is not None else ""
        super().__init__(f"syntax error{where}: {message}")
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """The query asks for something that is not allowed here, such as SERVICE."""


class QueryLimitError(QueryError):
    """The query ran out of time, rows or memory."""


class InputError(BibliographError):
    """A file, URL or record can't be read."""


class AccessError(BibliographError):
    """The request has no token, or its role does not allow this."""
