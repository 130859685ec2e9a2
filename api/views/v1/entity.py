"""One entity as data: names, classes, statements with the graphs that say so, and what it is linked to."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import Field
from werkzeug.exceptions import NotFound

from api.access import PUBLIC, requires
from api.language import page_language
from api.platform import platform
from api.views.v1.answers import EntityAnswer, answer
from api.views.v1.parameters import LONGEST_IRI, Parameters, term
from common import terms
from services.entities.description import MOST_MEMBERS, Description, description
from services.entities.naming import Names
from services.entities.page import Source
from services.entities.statements import Statement
from services.hits.describe import describe
from services.neighbourhood.neighbourhood import Neighbourhood, Node, neighbourhood

blueprint = APIBlueprint("entity", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="Entities")])

_MOST_NEIGHBOURS = 50
_Json = dict[str, Any]


class EntityParameters(Parameters):
    """Which entity."""

    iri: str = Field(max_length=LONGEST_IRI, description="IRI of the entity; of any that it was merged from")
    neighbours: int = Field(24, ge=0, le=_MOST_NEIGHBOURS, description="Most neighbours")


@blueprint.get("/entities", responses={200: EntityAnswer})
@requires(PUBLIC)
def entity(query: EntityParameters) -> Response:
    """What the graph says about an entity; a merged one answers as the one that stands for it."""
    graph = platform().graph
    sequence, asked, names = graph.sequence, term(query.iri), Names(graph, page_language())
    found = description(graph, asked, names)
    if found is None:
        raise NotFound("The graph says nothing about this entity.")
    canonical = found.cluster.canonical
    hit = describe(graph, [canonical[1:-1]], names.lang).get(canonical[1:-1])
    around = neighbourhood(graph, canonical, names, query.neighbours) if query.neighbours else None
    body = {
        "iri": canonical[1:-1],
        "members": [member[1:-1] for member in found.cluster.members[:MOST_MEMBERS]],
        "hit": hit.as_json() if hit else None,
        **_said(found, names),
        "neighbours": _neighbours(around, names) if around else [],
        "sparql": found.sparql,
    }
    return answer(body, sequence)


def _said(found: Description, names: Names) -> _Json:
    return {
        "labels": found.labels,
        "types": [_term(kind, names) for kind in found.types],
        "statements": [_statement(statement, names) for statement in found.statements],
        "statements_total": found.total,
        "provenance": [_source(source) for source in found.sources],
    }


def _term(named: str, names: Names) -> _Json:
    return {"iri": named[1:-1], "label": terms.value(names.term_label(named))}


def _statement(statement: Statement, names: Names) -> _Json:
    return {
        "subject": statement.subject[1:-1],
        "predicate": _term(statement.predicate, names),
        "object": _object(statement.object, names),
        "graphs": list(statement.graphs),
    }


def _object(value: str, names: Names) -> _Json:
    if terms.is_iri(value):
        return {"type": "iri", "value": value[1:-1], "label": terms.value(names.label(value))}
    more = {"lang": terms.language(value), "datatype": terms.datatype(value)}
    return {"type": "literal", "value": terms.value(value), **{name: said for name, said in more.items() if said}}


def _source(source: Source) -> _Json:
    return {"graph": source.graph, "name": source.name, "modified": source.modified, "record": source.is_record}


def _neighbours(around: Neighbourhood, names: Names) -> list[_Json]:
    return [
        _neighbour(node, _term(spoke.predicate, names), outgoing=spoke.outgoing)
        for spoke in around.spokes
        for node in spoke.nodes
    ]


def _neighbour(node: Node, predicate: _Json, *, outgoing: bool) -> _Json:
    return {
        "iri": node.entity[1:-1],
        "label": terms.value(node.label),
        "type": node.type,
        "year": node.year,
        "predicate": predicate,
        "direction": "out" if outgoing else "in",
    }
