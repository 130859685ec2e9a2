"""The Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Every named graph can be read; those that people write, curation and vocabularies, can be written with a token of role
editor. Each writing request is one changeset.
"""

from http import HTTPStatus

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.exceptions import NotFound, UnsupportedMediaType

from api.access import PUBLIC, current_token, requires
from api.headers import SEQUENCE
from api.negotiation import choose
from api.platform import platform
from api.results import send
from common.errors import AccessError, InputError
from graph.canonical import is_absolute_iri
from graph.changeset import Changeset, Receipt
from people.roles import Role
from services.sparql.formats import rdf_formats
from services.sparql.messages import Document, NotAcceptableError, Query
from services.sparql.writing import check_writable

LONGEST_BODY = 10_000_000
"""Longest document accepted, in bytes."""

blueprint = APIBlueprint("graphs", __name__, abp_tags=[Tag(name="Graph Store")])
_EDITOR: list[dict[str, list[str]]] = [{"token": []}]
_FORMATS = {f.name: (f.media_type, *f.aliases) for f in rdf_formats()}
_WHOLE_MERGE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ONE_GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{}> {{ ?s ?p ?o }} }}"


class GraphParameters(BaseModel):
    """Which graph."""

    graph: str | None = Field(None, max_length=4_000, description="IRI of a named graph")
    default: str | None = Field(None, max_length=10, description="Present, with or without a value: the merge")


@blueprint.get("/graphs")
@requires(PUBLIC)
def read_graph(query: GraphParameters) -> Response:
    """One graph in the format asked for; the default graph is the merge of all, within the limits of a query."""
    name = choose(request.headers.get("Accept"), _FORMATS)
    if name is None:
        raise NotAcceptableError(f"graphs come as {', '.join(f.media_type for f in rdf_formats())}")
    if query.graph is None:
        if query.default is None:
            raise InputError("say which graph: ?graph=IRI or ?default")
        text = _WHOLE_MERGE
    else:
        text = _ONE_GRAPH.format(_existing(query.graph))
    return send(platform().pool.query(Query(text, None, name)))


@blueprint.put("/graphs", security=_EDITOR)
@requires(Role.EDITOR)
def replace_graph(query: GraphParameters) -> Response:
    """Makes the graph hold just what is sent."""
    graph = _writable(query)
    existed = platform().graph.has_graph(graph)
    receipt = _commit(Changeset(current_token().author, "PUT /graphs", replace={graph: _statements(graph)}))
    return _written(receipt, existed)


@blueprint.post("/graphs", security=_EDITOR)
@requires(Role.EDITOR)
def add_to_graph(query: GraphParameters) -> Response:
    """Adds what is sent to the graph; what is added to the default graph goes to the curation graph."""
    graph = _writable(query)
    existed = platform().graph.has_graph(graph)
    added = [(statement, graph) for statement in _statements(graph)]
    return _written(_commit(Changeset(current_token().author, "POST /graphs", add=added)), existed)


@blueprint.delete("/graphs", security=_EDITOR)
@requires(Role.EDITOR)
def delete_graph(query: GraphParameters) -> Response:
    """Deletes the graph; what other graphs say stays."""
    graph = _existing(_writable(query))
    receipt = _commit(Changeset(current_token().author, "DELETE /graphs", replace={graph: []}))
    return _written(receipt, existed=True)


def _existing(graph: str) -> str:
    if not is_absolute_iri(graph) or not platform().graph.has_graph(graph):
        raise NotFound("There is no such graph.")
    return graph


def _writable(parameters: GraphParameters) -> str:
    """The graph if people may write it; what is added to the default graph goes to the curation graph.

    Raises:
        InputError: None is named.
        AccessError: It belongs to records, to the resolver or to the platform.
    """
    if parameters.graph is not None:
        return check_writable(parameters.graph, platform().graph.graphs)
    if parameters.default is None:
        raise InputError("name the graph to write: ?graph=IRI, or ?default to add to the merge")
    if request.method != "POST":
        raise AccessError("the default graph is the merge of all: it can be added to, not replaced or deleted")
    return platform().graph.graphs.curation


def _statements(graph: str) -> list[str]:
    """The document that was sent, read in a worker process within limits."""
    name = next((n for n, types in _FORMATS.items() if request.mimetype in types), None)
    if name is None:
        raise UnsupportedMediaType(f"Send one of {', '.join(f.media_type for f in rdf_formats())}.")
    request.max_content_length = LONGEST_BODY
    return platform().pool.read(Document(request.get_data(), name, graph))


def _commit(changeset: Changeset) -> Receipt:
    return platform().graph.commit(changeset)


def _written(receipt: Receipt, existed: bool) -> Response:
    response = Response(status=HTTPStatus.NO_CONTENT if existed else HTTPStatus.CREATED)
    response.headers[SEQUENCE] = str(receipt.number)
    return response
