"""How the routes answer: JSON in UTF-8, in the reader's language, as of a changeset; and the shapes of the answers."""

from typing import Any

from flask import Response, json
from pydantic import BaseModel

from api.headers import SEQUENCE
from api.language import page_language
from services.hits.hit import Hit
from services.search.request import FacetValue, Suggestion


class SearchAnswer(BaseModel):
    """The hits of a search, with facets."""

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    relaxed: list[str]
    sparql: str
    next: str | None


class SuggestAnswer(BaseModel):
    """Entities whose name begins as the reader types."""

    suggestions: list[Suggestion]


class RelatedAnswer(BaseModel):
    """What the graph associates with an entity, each with the reason."""

    hits: list[Hit]
    sparql: str


class Term(BaseModel):
    """An IRI with its name in the reader's language."""

    iri: str
    label: str


class Object(BaseModel):
    """Object of a statement: of type ``iri`` or ``literal``; the label of an IRI is in the reader's language."""

    type: str
    value: str
    label: str | None = None
    lang: str | None = None
    datatype: str | None = None


class StatementAnswer(BaseModel):
    """A statement, and the named graphs that say so."""

    subject: str
    predicate: Term
    object: Object
    graphs: list[str]


class Provenance(BaseModel):
    """A named graph: a source record (supplier and control number), or one of the platform's own."""

    graph: str
    name: str
    modified: str | None
    record: bool


class Neighbour(BaseModel):
    """An entity that is linked to the one at hand; ``direction`` is ``out`` where the link leads to the neighbour."""

    iri: str
    label: str
    type: str
    year: str
    predicate: Term
    direction: str


class EntityAnswer(BaseModel):
    """What the graph says about an entity."""

    iri: str
    members: list[str]
    hit: Hit
    labels: dict[str, list[str]]
    types: list[Term]
    statements: list[StatementAnswer]
    statements_total: int
    provenance: list[Provenance]
    neighbours: list[Neighbour]
    sparql: str


def answer(body: dict[str, Any], sequence: int, fresh: str = "no-cache") -> Response:
    """The answer; whoever keeps it asks whether it is still true, unless ``fresh`` says how long it is."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    response = Response(text, content_type="application/json")
    response.content_language = page_language()
    response.headers[SEQUENCE] = str(sequence)
    response.headers["Cache-Control"] = f"public, {fresh}"
    return response
