"""What the graph associates with an entity."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import Field
from werkzeug.exceptions import NotFound

from api.access import PUBLIC, requires
from api.language import page_language
from api.platform import platform
from api.views.v1.answers import RelatedAnswer, answer
from api.views.v1.parameters import LONGEST_IRI, Parameters, term
from services.related import related as service

blueprint = APIBlueprint("related", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="Related")])


class RelatedParameters(Parameters):
    """To which entity, how many, how far."""

    iri: str = Field(max_length=LONGEST_IRI, description="IRI of the entity; of any that it was merged from")
    limit: int = Field(10, ge=1, le=service.MOST, description="Most hits")
    depth: int = Field(2, ge=1, le=service.DEEPEST, description="Most steps from the entity")


@blueprint.get("/related", responses={200: RelatedAnswer})
@requires(PUBLIC)
def related(query: RelatedParameters) -> Response:
    """Related entities, the closest first, each with the reason in words and as a path through the graph."""
    graph = platform().graph
    sequence, asked = graph.sequence, term(query.iri)
    found = service.related(graph, asked[1:-1], page_language(), limit=query.limit, depth=query.depth)
    if found is None:
        raise NotFound("The graph says nothing about this entity.")
    return answer({"hits": [hit.as_json() for hit in found.hits], "sparql": found.sparql}, sequence)
