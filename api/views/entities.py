"""Linked data: ``/id/…`` leads to a page or to data, as the client prefers (https://www.w3.org/TR/cooluris/)."""

import io

from flask import Response, redirect, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from api import entity_page as pages
from api.access import PUBLIC, requires
from api.language import page_language
from api.negotiation import HTML, choose
from api.paths import local, requested_path, term_of
from api.platform import platform
from common.errors import InputError
from common.namespaces import BF
from graph.canonical import is_absolute_iri
from services.entities import marcxml
from services.entities.naming import Names
from services.entities.page import Page, entity_page
from services.entities.statements import About, cluster_of, exists, statements_about
from services.sparql.formats import GRAPH_EXTENSIONS, Format, rdf_formats
from services.sparql.graphs import write_graph
from services.sparql.messages import NotAcceptableError

blueprint = APIBlueprint("entities", __name__, abp_tags=[Tag(name="Linked data")])

_SEE_OTHER = 303
_PERMANENT = 308
_MARCXML_EXTENSION = "marcxml"
_ADMIN_METADATA = f"<{BF}adminMetadata>"
_OFFERED = {
    "html": (HTML, "application/xhtml+xml"),
    **{f.extension: (f.media_type, *f.aliases) for f in rdf_formats()},
    _MARCXML_EXTENSION: (marcxml.MEDIA_TYPE,),
}


class EntityPath(BaseModel):
    """The part of an entity's IRI after ``…/id/``."""

    path: str


class DataPath(BaseModel):
    """The same with the extension of a format: ttl, nt, jsonld, rdf or marcxml."""

    path: str


class PageParameters(BaseModel):
    """Language, and which page of what links here."""

    lang: str | None = Field(None, max_length=35, description="Language of the page; default: as Accept-Language")
    links: str | None = Field(None, max_length=2_000, description="IRI of a predicate: only links by it")
    after: str | None = Field(None, max_length=4_000, description="IRI of the last link of the page before")


class ResourceParameters(PageParameters):
    """An IRI that is not of this installation."""

    iri: str = Field(max_length=4_000, description="The IRI")
    format: str | None = Field(None, description="ttl, nt, jsonld or rdf; instead of Accept")


@blueprint.get("/id/<path:path>")
@requires(PUBLIC)
def identify(path: EntityPath) -> BaseResponse:  # noqa: ARG001  read undecoded from the request line
    """Leads (303) to the page or the data of an entity; of the one that stands for it, if it was merged."""
    asked = requested_path("/id/")
    cluster = cluster_of(platform().graph, term_of("id", asked))
    about = statements_about(platform().graph, cluster.members)
    if not exists(about):
        raise NotFound("The graph says nothing about this entity.")
    chosen = choose(request.headers.get("Accept"), _offered(about))
    if chosen is None:
        raise NotAcceptableError(f"offered are {', '.join(types[0] for types in _offered(about).values())}")
    canonical = cluster.canonical.removeprefix(f"<{platform().settings.base}id/")[:-1]
    if chosen == "html":
        return _see(local(f"/page/{canonical}"))
    # The MARC record is that of the entity asked for, whatever the resolver thinks of it.
    subject = asked if chosen == _MARCXML_EXTENSION else canonical
    return _see(f"{request.script_root}/data/{subject}.{chosen}")


def _see(address: str) -> BaseResponse:
    response = redirect(address, _SEE_OTHER)
    response.vary.add("Accept")
    return response


def _offered(about: About) -> dict[str, tuple[str, ...]]:
    if _record_graphs(about):
        return _OFFERED
    return {name: types for name, types in _OFFERED.items() if name != _MARCXML_EXTENSION}


def _record_graphs(about: About) -> list[str]:
    """Graphs of archived records that describe the entity."""
    stated = [s.object[1:-1] for s in about.all() if s.predicate == _ADMIN_METADATA]
    named = [graph for s in about.all() for graph in s.graphs if graph.startswith(f"{_graphs()}record/")]
    return list(dict.fromkeys((*stated, *named)))


def _graphs() -> str:
    return f"{platform().settings.base}graph/"


@blueprint.get("/page/<path:path>")
@requires(PUBLIC)
def show(path: EntityPath, query: PageParameters) -> BaseResponse:  # noqa: ARG001  as above
    """The page of an entity."""
    asked = requested_path("/page/")
    return _page(term_of("id", asked), f"/data/{asked}", query)


def _page(term: str, data: str | None, query: PageParameters) -> BaseResponse:
    names = Names(platform().graph, page_language())
    page = entity_page(platform().graph, term, names)
    if page is None:
        raise NotFound("The graph says nothing about this entity.")
    if page.cluster.canonical != term and page.cluster.canonical.startswith(f"<{platform().settings.base}id/"):
        canonical = page.cluster.canonical.removeprefix(f"<{platform().settings.base}id/")[:-1]
        return redirect(local(f"/page/{canonical}"), _PERMANENT)
    return pages.render(page, names, _links(page, data), links=query.links, after=query.after)


def _links(page: Page, data: str | None) -> list[tuple[str, str, str]]:
    """Name, media type and address of each format of a page's data."""
    iri = page.cluster.canonical[1:-1]
    formats = [
        (
            f.media_type,
            local(f"{data}.{f.extension}") if data else local("/resource", iri=iri, format=f.extension),
            f.name,
        )
        for f in rdf_formats()
    ]
    if data and any(marcxml.archived_record(platform().archive, graph) for graph in _record_graphs(page.about)):
        formats.append((marcxml.MEDIA_TYPE, local(f"{data}.{_MARCXML_EXTENSION}"), "marcxml"))
    return [(name, media_type, address) for media_type, address, name in formats]


@blueprint.get("/data/<path:path>")
@requires(PUBLIC)
def data(path: DataPath) -> Response:  # noqa: ARG001  as above
    """The statements about an entity, or the MARC record that it came from, in the format of the extension."""
    asked, _, extension = requested_path("/data/").rpartition(".")
    if extension != _MARCXML_EXTENSION and extension not in GRAPH_EXTENSIONS:
        raise NotFound(f"Data come as .{', .'.join([*GRAPH_EXTENSIONS, _MARCXML_EXTENSION])}.")
    term = term_of("id", asked)
    about = statements_about(platform().graph, cluster_of(platform().graph, term).members)
    if not exists(about):
        raise NotFound("The graph says nothing about this entity.")
    return _marc(about) if extension == _MARCXML_EXTENSION else _statements(about, GRAPH_EXTENSIONS[extension])


def _marc(about: About) -> Response:
    for graph in _record_graphs(about):
        archived = marcxml.archived_record(platform().archive, graph)
        if archived is not None:
            return Response(marcxml.marcxml(archived), content_type=f"{marcxml.MEDIA_TYPE}; charset=utf-8")
    raise NotFound("This entity did not come from a MARC record that is in the archive.")


def _statements(about: About, chosen: Format) -> Response:
    output = io.BytesIO()
    write_graph(output, chosen.name, [statement.text for statement in about.all()])
    return Response(output.getvalue(), content_type=chosen.content_type)


@blueprint.get("/resource")
@requires(PUBLIC)
def resource(query: ResourceParameters) -> BaseResponse:
    """What the graph says about an IRI of others: a term of the ontology, a code, a web address."""
    if not is_absolute_iri(query.iri):
        raise InputError("?iri= is no IRI")
    term = f"<{query.iri}>"
    offered = {name: types for name, types in _OFFERED.items() if name != _MARCXML_EXTENSION}
    chosen = query.format or choose(request.headers.get("Accept"), offered)
    if chosen == "html":
        return _page(term, None, query)
    if chosen not in GRAPH_EXTENSIONS:
        raise NotAcceptableError(f"offered are {', '.join(types[0] for types in offered.values())}")
    about = statements_about(platform().graph, [term])
    if not exists(about):
        raise NotFound("The graph says nothing about this IRI.")
    return _statements(about, GRAPH_EXTENSIONS[chosen])
