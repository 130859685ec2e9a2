"""Named graphs of records: what one source record says, as it says it."""

from flask import Response, redirect, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from api import html
from api.access import PUBLIC, requires
from api.language import page_language
from api.negotiation import HTML, choose
from api.paths import local, requested_path
from api.platform import platform
from services.entities import queries
from services.entities.naming import Names
from services.sparql.formats import rdf_formats

blueprint = APIBlueprint("records", __name__, abp_tags=[Tag(name="Linked data")])
_OFFERED = {"html": (HTML,), "data": tuple(name for f in rdf_formats() for name in (f.media_type, *f.aliases))}


class RecordPath(BaseModel):
    """Source and control number."""

    path: str


@blueprint.get("/graph/record/<path:path>")
@requires(PUBLIC)
def record(path: RecordPath) -> BaseResponse:  # noqa: ARG001  read undecoded from the request line
    """A record's graph: a page for browsers; for others the way (303) to the graph itself."""
    graph = f"{platform().settings.base}graph/record/{requested_path('/graph/record/')}"
    if choose(request.headers.get("Accept"), _OFFERED) == "data":
        response = redirect(f"{request.script_root}/graphs?graph={_quoted(graph)}", 303)
        response.vary.add("Accept")
        return response
    return _page(graph)


def _quoted(graph: str) -> str:
    return local("", graph=graph).partition("graph=")[2].partition("&")[0]


def _page(graph: str) -> Response:
    parameters = {"graph": f"<{graph}>"}
    rows = queries.rows(platform().graph, "record", parameters)
    if not rows:
        raise NotFound("There is no such record.")
    names = Names(platform().graph, page_language())
    names.load(term for row in rows for term in row if term)
    by_subject: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, obj in rows:
        if subject and predicate and obj:
            by_subject.setdefault(subject, []).append((predicate, obj))
    return html.page(
        "record.html",
        graph=graph,
        subjects=by_subject,
        names=names,
        archived=platform().archive.find_graph(graph),
        query=queries.bound("record", parameters),
    )
