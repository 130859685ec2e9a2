"""What servers say when they refuse, as the nearest of our errors, in one sentence.

The status tells whose fault it was; where in the query, only the text does, and each server words it differently.
"""

import json
import re

import pyoxigraph as ox

from common.errors import QueryError, QueryLimitError, QueryRefusedError, QuerySyntaxError, StoreError
from graph import guard
from graph.backends.oxigraph_syntax import syntax_error

_LONGEST = 300
_LONGEST_CHECKED = 100_000
_DEEPEST_CHECKED = 64
_PLACE = re.compile(
    r"\berror at (?P<l1>\d+):(?P<c1>\d+)"  # Oxigraph
    r"|(?:\bat )?\bline:? (?P<l2>\d+)(?:,? col(?:umn)?:? (?P<c2>\d+))?",  # Jena, RDF4J, Virtuoso
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"(?:parse error|malformed query|error \d+|sparql compiler)\W*", re.IGNORECASE)
_TIME = re.compile(r"time[d]?[ -]?out|time limit|cancel+ed|interrupted|too long", re.IGNORECASE)
_BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_LARGE = 400, 401, 403, 404, 413
_SERVER_ERROR = 500
_OF_THE_SERVER = frozenset({_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_LARGE})
_TIMED_OUT = frozenset({408, 504})


def one_line(text: str) -> str:
    """A server's words in one line of bounded length; of a page or a JSON object, what it says."""
    try:
        given = json.loads(text)
        text = str(given.get("exception") or given.get("message") or given.get("error") or text)
    except (ValueError, AttributeError):
        text = re.sub(r"<[^>]{1,200}>", " ", text) if text.lstrip().startswith("<") else text
    return " ".join(text.split())[:_LONGEST]


def server_error(status: int, words: str, host: str) -> StoreError:
    """A refusal that no other query would have spared us."""
    if status == _UNAUTHORIZED:
        return StoreError(f"{host} asks for a name and password: set store_user and store_password")
    if status == _FORBIDDEN:
        return StoreError(f"{host} does not allow this to the user of the setting store_user")
    if status == _NOT_FOUND:
        return StoreError(f"{host}: no SPARQL service at this address; see the setting store")
    if status == _TOO_LARGE:
        return StoreError(f"{host} takes no request of this size; lower the setting batch_records")
    return StoreError(f"{host} answered {status}: {one_line(words) or 'no reason given'}")


def broken_result(words: str, error: Exception, host: str) -> QueryError | StoreError:
    """A result that can't be read to its end; ``words`` are its last ones, where the server may say why."""
    if _TIME.search(words[-_LONGEST:]):
        return QueryLimitError(f"{host} stopped the query, which took too long")
    return StoreError(f"{host}: the result can't be read: {one_line(str(error))}")


def query_error(status: int, words: str, text: str | None, host: str) -> QueryError | StoreError:
    """A refusal of a query or update.

    Args:
        status: HTTP status, 400 or above.
        words: The server's words.
        text: The query; None for an update.
        host: The server, for the message.
    """
    if status in _OF_THE_SERVER:
        return server_error(status, words, host)
    if status == _BAD_REQUEST:
        own = None if text is None else _own_words(text)
        return own or _place(words) or QueryError(f"the query failed: {one_line(words)}")
    if _TIME.search(words) or status in _TIMED_OUT:
        return QueryLimitError(f"{host} stopped the query, which took too long")
    if status <= _SERVER_ERROR:
        return QueryError(f"the query failed: {one_line(words) or f'status {status}'}")
    return server_error(status, words, host)


def _own_words(text: str) -> QuerySyntaxError | None:
    """What the embedded engine says about the query: the same words for the same mistake, whatever the server."""
    try:
        guard.check(text, characters=_LONGEST_CHECKED, depth=_DEEPEST_CHECKED)
        ox.Store().query(text)
    except QuerySyntaxError as error:
        return error
    except SyntaxError as error:
        found = syntax_error(" ".join(str(error).split()), text)
        return found if found.line is not None else None
    except (QueryRefusedError, ValueError, RuntimeError, OSError):
        return None
    return None


def _place(words: str) -> QuerySyntaxError | None:
    """The place that the server names, for syntax that the embedded engine accepts (or an update, which it can't read).

    >>> str(_place("Parse error: Line 2, column 6: Unresolved prefixed name: x:a"))
    'syntax error at line 2, column 6: Unresolved prefixed name: x:a'
    """
    match = _PLACE.search(words)
    if match is None:
        return None
    line, column = match["l1"] or match["l2"], match["c1"] or match["c2"]
    rest = _PREAMBLE.sub("", _PLACE.sub("", one_line(words), count=1), count=1)
    return QuerySyntaxError(rest.strip(" :,.") or "no reason given", int(line), int(column or 1))
