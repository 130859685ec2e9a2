"""The home page: what is in the graph, where to begin, and a box that opens an identifier or heading."""

from threading import Lock

from flask import Response, redirect, render_template, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response as BaseResponse

from api import html
from api.access import PUBLIC, requires
from api.language import page_language
from api.paths import local, page_address, resource_address
from api.platform import platform
from graph.canonical import is_absolute_iri
from services.entities.naming import Names
from services.entities.overview import Overview, jump, overview

blueprint = APIBlueprint("home", __name__, abp_tags=[Tag(name="Pages")])


class JumpParameters(BaseModel):
    """What to open."""

    q: str = Field("", max_length=500, description="An identifier, control number or heading, in full")


class _Cache:
    """The overview of each language, made again when there is a new changeset: its counts read much of the graph."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str], Overview] = {}

    def get(self, language: str) -> Overview:
        graph = platform().graph
        key = (graph.graphs.base, language)
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.sequence != graph.sequence:
                found = self._kept[key] = overview(graph, language)
            return found


_cache = _Cache()


@blueprint.get("/")
@requires(PUBLIC)
def home() -> Response:
    """Counts by class, some entities to begin with, the newest changeset."""
    language = page_language()
    return html.page("home.html", overview=_cache.get(language), names=Names(platform().graph, language))


@blueprint.get("/open")
@requires(PUBLIC)
def open_entity(query: JumpParameters) -> BaseResponse:
    """Leads to the entity with exactly this identifier or heading; to a list where there are several."""
    names = Names(platform().graph, page_language())
    base, wanted = platform().settings.base, query.q.strip()
    if wanted.startswith(base) and is_absolute_iri(wanted) and (address := page_address(f"<{wanted}>")):
        return redirect(address, 303)
    links, text = jump(platform().graph, wanted, names) if wanted else ([], "")
    if len(links) == 1:
        return redirect(page_address(links[0].entity) or resource_address(links[0].entity), 303)
    return html.page("open.html", wanted=wanted, links=links, query=text)


@blueprint.get("/opensearch.xml")
@requires(PUBLIC)
def opensearch() -> Response:
    """Lets a browser search here from its address bar (https://github.com/dewitt/opensearch)."""
    response = Response(render_template("opensearch.xml", origin=request.host_url.rstrip("/")))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    response.content_language = page_language()
    return response


@blueprint.get("/robots.txt", doc_ui=False)
@requires(PUBLIC)
def robots() -> Response:
    """Pages may be read by robots; queries may not."""
    lines = (
        "User-agent: *",
        f"Disallow: {local('/sparql')}",
        f"Disallow: {local('/open')}",
        f"Disallow: {local('/search')}",
        "",
    )
    return Response("\n".join(lines), mimetype="text/plain")
