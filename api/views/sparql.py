"""The query endpoint of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-operation).

A browser gets a form and readable tables, everything else the formats of the specifications.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, redirect, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response as BaseResponse

from api.access import PUBLIC, requires
from api.negotiation import HTML, choose
from api.platform import platform
from api.requests import FORM, body_text, expect_text
from api.results import send
from api.views import sparql_page
from api.views.service_description import description
from common.errors import InputError, QueryRefusedError
from services.sparql.formats import FORMATS, of_kind, rdf_formats
from services.sparql.messages import NotAcceptableError, Query

blueprint = APIBlueprint("sparql", __name__, abp_tags=[Tag(name="SPARQL")])

_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_SOLUTIONS = {f.name: (f.media_type, *f.aliases) for f in of_kind("solutions")}
#: Names of formats that clients such as SPARQLWrapper send -> ours for tables and for graphs.
_CLIENTS_NAMES: dict[str, tuple[str | None, str | None]] = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "rdf+xml": (None, "rdfxml"),
    "json-ld": (None, "jsonld"),
    "n3": (None, "turtle"),
}
_GRAPHS = {f.name: (f.media_type, *f.aliases) for f in of_kind("graph")}
_DESCRIPTIONS = {f.name: _GRAPHS[f.name] for f in rdf_formats()}


class QueryParameters(BaseModel):
    """Parameters of the protocol, and ``format`` for who can't set a header."""

    query: str | None = Field(None, description="A SPARQL 1.1 query; without it: the form or the service description")
    format: str | None = Field(None, description=f"Instead of Accept: {', '.join(FORMATS)}, html")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The formats that the client accepts for tables and graphs, and whether it would rather read a page."""

    solutions: str | None
    graph: str | None
    html: bool


@blueprint.get("/sparql")
@requires(PUBLIC)
def get_query(query: QueryParameters) -> Response:  # noqa: ARG001  documents the parameters
    """Runs ``query``; without it, tells about the service: a form for browsers, RDF for clients."""
    if "query" not in request.args:
        _refuse_update(request.args)
        return _about()
    return _run(request.args)


@blueprint.get("/.well-known/void")
@requires(PUBLIC)
def well_known() -> BaseResponse:
    """Where the data is described (https://www.w3.org/TR/void/#well-known)."""
    return redirect(f"{request.script_root}/sparql", HTTPStatus.SEE_OTHER)


@blueprint.post("/sparql")
@requires(PUBLIC)
def post_query() -> Response:
    """Runs the query that was sent as ``application/sparql-query`` or as a form."""
    expect_text()
    if request.mimetype == _DIRECT:
        return _run(MultiDict([*request.args.items(multi=True), ("query", body_text("query"))]))
    if request.mimetype == FORM:
        return _run(request.form)
    if request.mimetype == _UPDATE:
        raise QueryRefusedError("updates are not accepted here: send them to /update, with a token")
    raise UnsupportedMediaType(f"Send {_DIRECT} or {FORM}.")


def _refuse_update(arguments: MultiDict[str, str]) -> None:
    if "update" in arguments:
        raise QueryRefusedError("updates are not accepted here: send them to /update, with a token")


def _run(arguments: MultiDict[str, str]) -> Response:
    _refuse_update(arguments)
    texts = arguments.getlist("query")
    if len(texts) != 1:
        raise InputError("send exactly one query")
    wanted = _wanted(arguments.get("format") or None)
    query = Query(
        texts[0],
        wanted.solutions,
        wanted.graph,
        tuple(arguments.getlist("default-graph-uri")),
        tuple(arguments.getlist("named-graph-uri")),
    )
    return sparql_page.results(query) if wanted.html else send(platform().pool.query(query))


def _wanted(name: str | None) -> _Wanted:
    if name is not None:
        return _named(name)
    accept = request.headers.get("Accept")
    solutions, graph = choose(accept, _SOLUTIONS), choose(accept, _GRAPHS)
    if choose(accept, {**_SOLUTIONS, **_GRAPHS, "html": [HTML]}) == "html":
        return _Wanted(None, None, html=True)
    if solutions is None and graph is None:
        raise NotAcceptableError(f"results come as {', '.join(f.media_type for f in FORMATS.values())} and {HTML}")
    return _Wanted(solutions, graph, html=False)


def _named(name: str) -> _Wanted:
    if name == "html":
        return _Wanted(None, None, html=True)
    if name in _CLIENTS_NAMES:
        return _Wanted(*_CLIENTS_NAMES[name], html=False)
    if name not in FORMATS:
        raise NotAcceptableError(f"no format {name[:40]!r}: choose {', '.join(FORMATS)} or html")
    kind = FORMATS[name].kind
    return _Wanted(name if kind == "solutions" else None, name if kind == "graph" else None, html=False)


def _about() -> Response:
    name = choose(request.headers.get("Accept"), {"html": [HTML], **_DESCRIPTIONS})
    if name is None:
        raise NotAcceptableError(f"the service description comes as {', '.join(f.media_type for f in rdf_formats())}")
    return sparql_page.form() if name == "html" else description(FORMATS[name])
