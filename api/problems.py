"""One error shape for everything: RFC 9457 problem details, or the same as a page for a browser."""

from dataclasses import asdict, dataclass
from http import HTTPStatus

import structlog
from flask import Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from api.access import MissingTokenError, RoleError
from api.negotiation import HTML, choose
from common.errors import (
    AccessError,
    BibliographError,
    InputError,
    QueryError,
    QueryLimitError,
    QueryRefusedError,
    QuerySyntaxError,
    StoreBusyError,
    StoreReadOnlyError,
)
from services.sparql.messages import NotAcceptableError
from services.sparql.pool import BusyError
from services.sparql.process import CrashError

MEDIA_TYPE = "application/problem+json"
_TYPES = "https://w3id.org/bibliograph/problem/"
_JSON_ONLY = "/api/"
_log = structlog.get_logger()

#: Error class -> status, name of the problem type and its title; the first that fits counts.
_PROBLEMS: tuple[tuple[type[BibliographError], int, str, str], ...] = (
    (QuerySyntaxError, 400, "query-syntax", "The query is not SPARQL"),
    (QueryRefusedError, 403, "query-refused", "The query asks for something that is not allowed here"),
    (QueryLimitError, 422, "query-limit", "The query ran into a limit"),
    (BusyError, 503, "busy", "All query workers are busy"),
    (CrashError, 500, "query-crash", "The query crashed the engine"),
    (NotAcceptableError, 406, "not-acceptable", "None of the formats that you accept is offered"),
    (QueryError, 400, "query", "The query failed"),
    (InputError, 400, "input", "What was sent can't be read"),
    (MissingTokenError, 401, "token", "A token is needed"),
    (RoleError, 403, "role", "The token does not allow this"),
    (AccessError, 403, "access", "This is not allowed"),
    (StoreBusyError, 503, "store-busy", "The graph is busy"),
    (StoreReadOnlyError, 503, "store-read-only", "The graph can't be written"),
    (BibliographError, 500, "internal", "The server could not do this"),
)
_HEADERS: dict[int, dict[str, str]] = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem details; ``line`` and ``column`` where a query has the error."""

    type: str
    title: str
    status: int
    detail: str
    line: int | None = None
    column: int | None = None


def problem_of(error: BibliographError) -> Problem:
    """The problem that an error of the platform is."""
    _, status, name, title = next(entry for entry in _PROBLEMS if isinstance(error, entry[0]))
    line, column = (error.line, error.column) if isinstance(error, QuerySyntaxError) else (None, None)
    return Problem(f"{_TYPES}{name}", title, status, str(error), line, column)


def from_platform(error: BibliographError) -> Response:
    """Answer to an error of the platform."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Of a crash it says how the process ended, and nothing of the query.
        reason = {"reason": str(error)} if isinstance(error, CrashError) else {}
        _log.warning("problem", type=problem.type, error=type(error).__name__, **reason)
    return respond(problem)


def from_http(error: HTTPException) -> Response:
    """Answer to an error of the protocol: no such address, too long a body, wrong method."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = respond(Problem("about:blank", HTTPStatus(status).phrase, status, error.description or ""))
    for name, value in error.get_headers():
        if name in {"Allow", "Location"}:
            response.headers[name] = value
    return response


def from_defect(error: Exception) -> Response:
    """Answer to a mistake of ours: nothing of it goes out, the log has where it happened."""
    _log.exception("defect", error=type(error).__name__)
    detail = "Something went wrong in the server. The log says what; trying again may help."
    return respond(Problem("about:blank", "Internal Server Error", HTTPStatus.INTERNAL_SERVER_ERROR, detail))


def respond(problem: Problem) -> Response:
    """The problem as JSON, or as a page for who prefers one and did not ask the JSON interface."""
    offered = {"json": [MEDIA_TYPE, "application/json"], "html": [HTML]}
    if not request.path.startswith(_JSON_ONLY) and choose(request.headers.get("Accept"), offered) == "html":
        response = Response(render_template("problem.html", problem=problem), mimetype=HTML)
    else:
        body = {name: value for name, value in asdict(problem).items() if value is not None}
        response = Response(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE)
    response.status_code = problem.status
    response.headers.update(_HEADERS.get(problem.status, {}))
    return response
