"""What clients of the reconciliation endpoint ask beside it: suggestions, previews, flyouts, properties, views.

Parameters that are not known are passed over: widgets of the protocol's clients send some of their own.
"""

from flask import Response, redirect, render_template
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from markupsafe import Markup
from pydantic import BaseModel, Field
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from api.access import PUBLIC, requires
from api.language import page_language
from api.paths import page_address, resource_address
from api.platform import platform
from api.views.v1.answers import answer
from api.views.v1.reconcile import refuse_callback
from services.hits.describe import describe
from services.hits.hit import Hit
from services.reconciliation import suggesting
from services.reconciliation.extension import proposed
from services.reconciliation.identity import LONGEST, iri_of
from services.reconciliation.properties import property_of
from services.reconciliation.reconcile import description
from services.reconciliation.types import Type, type_of

blueprint = APIBlueprint(
    "reconcile_services", __name__, url_prefix="/api/v1/reconcile", abp_tags=[Tag(name="Reconciliation")]
)

_LONGEST_PREFIX = 200
_MOST_TYPES = 20
_A_MINUTE = "max-age=60"
_LANGUAGE = Field(None, max_length=35, description="Language of names; default: as Accept-Language")


class SuggestParameters(BaseModel):
    """What has been typed."""

    prefix: str = Field("", max_length=_LONGEST_PREFIX, description="The beginning of a name, or an identifier")
    cursor: int = Field(0, ge=0, le=suggesting.DEEPEST, description="Suggestions to skip")
    lang: str | None = _LANGUAGE


class EntityParameters(SuggestParameters):
    """With the types that an entity should have one of."""

    type: list[str] = Field([], max_length=_MOST_TYPES, description="Only of one of these types")


class IdParameters(BaseModel):
    """Which entity, type or property."""

    id: str = Field(max_length=LONGEST, description="The identifier, as answers give it, or the IRI")
    lang: str | None = _LANGUAGE


class PropertiesParameters(BaseModel):
    """Of which type, how many."""

    type: str = Field("", max_length=_LONGEST_PREFIX, description="Identifier of the type; default: any")
    limit: int = Field(0, ge=0, le=1_000, description="Most properties; 0: all")
    lang: str | None = _LANGUAGE


@blueprint.get("/suggest/entity")
@requires(PUBLIC)
def suggest_entity(query: EntityParameters) -> Response:
    """Entities whose name begins so."""
    refuse_callback()
    types = [type_of(name) for name in query.type if name]
    searcher, graph = platform().searcher, platform().graph
    found = suggesting.entities(graph, searcher, query.prefix, types, page_language(), query.cursor)
    return answer({"result": found}, searcher.sequence, _A_MINUTE)


@blueprint.get("/suggest/type")
@requires(PUBLIC)
def suggest_type(query: SuggestParameters) -> Response:
    """Types whose name begins so, in any language."""
    refuse_callback()
    return _listed({"result": suggesting.types(query.prefix, page_language(), query.cursor)})


@blueprint.get("/suggest/property")
@requires(PUBLIC)
def suggest_property(query: SuggestParameters) -> Response:
    """Properties whose name begins so, in any language."""
    refuse_callback()
    return _listed({"result": suggesting.properties(query.prefix, page_language(), query.cursor)})


@blueprint.get("/properties")
@requires(PUBLIC)
def properties(query: PropertiesParameters) -> Response:
    """Properties that can be fetched of entities of a type."""
    refuse_callback()
    lang = page_language()
    found = (
        proposed(type_of(query.type), lang, query.limit) if query.type else suggesting.every_property(lang, query.limit)
    )
    body: dict[str, object] = {"properties": found}
    body |= {"type": query.type} if query.type else {}
    body |= {"limit": query.limit} if query.limit else {}
    return _listed(body)


@blueprint.get("/flyout/entity")
@requires(PUBLIC)
def flyout_entity(query: IdParameters) -> Response:
    """What tells an entity from its namesakes, as a piece of HTML."""
    refuse_callback()
    hit = _hit(query.id)
    return _flyout(query.id, hit.title or hit.label, description(hit))


@blueprint.get("/flyout/type")
@requires(PUBLIC)
def flyout_type(query: IdParameters) -> Response:
    """A type and the broader one, as a piece of HTML."""
    refuse_callback()
    found, lang = type_of(query.id), page_language()
    return _flyout(query.id, found.label(lang), type_of(found.broader).label(lang) if found.broader else "")


@blueprint.get("/flyout/property")
@requires(PUBLIC)
def flyout_property(query: IdParameters) -> Response:
    """A property and the kinds of things that have it, as a piece of HTML."""
    refuse_callback()
    found, lang = property_of(query.id), page_language()
    return _flyout(query.id, found.label(lang), ", ".join(each.label(lang) for each in _bearers(found.kinds)))


@blueprint.get("/preview")
@requires(PUBLIC)
def preview(query: IdParameters) -> Response:
    """A small page about an entity, to stand in a frame of any site."""
    hit = _hit(query.id)
    address = page_address(f"<{hit.iri}>") or resource_address(f"<{hit.iri}>")
    made = Response(render_template("preview.html", hit=hit, address=address))
    made.content_type = "text/html; charset=utf-8"
    made.content_language = page_language()
    return made


@blueprint.get("/view")
@requires(PUBLIC)
def view(query: IdParameters) -> BaseResponse:
    """Leads to the page about an entity."""
    iri = iri_of(query.id, platform().settings.base)
    return redirect(page_address(f"<{iri}>") or resource_address(f"<{iri}>"), 303)


def _hit(id_: str) -> Hit:
    graph, lang = platform().graph, page_language()
    iri = suggesting.canonical(graph, id_)
    hit = describe(graph, [iri], lang).get(iri) if iri else None
    if hit is None:
        raise NotFound("The graph says nothing about this entity.")
    return hit


def _bearers(kinds: tuple[str, ...]) -> list[Type]:
    return [
        found for found in map(type_of, ("Work", "Agent", "Subject", "Place", "Hub", "Event")) if found.kind in kinds
    ]


def _flyout(id_: str, name: str, more: str) -> Response:
    # What is put into the markup is escaped; the client shows the rest as it is.
    shown = Markup("<p><b>{}</b></p>").format(name) + (Markup("<p>{}</p>").format(more) if more else Markup())
    return _listed({"id": id_, "html": str(shown)})


def _listed(body: dict[str, object]) -> Response:
    return answer(body, platform().graph.sequence)
