"""Search and suggestions."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import Field, create_model

from api.access import PUBLIC, requires
from api.language import page_language
from api.platform import platform
from api.views.v1.answers import SearchAnswer, SuggestAnswer, answer
from api.views.v1.parameters import LONGEST_TEXT, Parameters
from common.errors import InputError
from services.search.request import FACETS, FIELDS, SORTS, SearchRequest
from services.search.searcher import KINDS, MOST_HITS

blueprint = APIBlueprint("search", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="Search")])

_A_MINUTE = "max-age=60"
_MOST_SUGGESTIONS = 50
_EARLIEST, _LATEST = -9999, 9999
_FACET = "facet."
_TYPES = (*KINDS, "all")


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    return {"enum": [*values]}


class _Search(Parameters):
    """Parameters of a search but the facets."""

    q: str = Field("", max_length=LONGEST_TEXT, description="What is looked for; empty lists everything")
    type: str = Field("work", description="Kind of entity", json_schema_extra=_one_of(_TYPES))
    field: str = Field("", description="Only in these; default: in all", json_schema_extra=_one_of(FIELDS))
    first_year: int | None = Field(None, alias="from", ge=_EARLIEST, le=_LATEST, description="Earliest year")
    last_year: int | None = Field(None, alias="to", ge=_EARLIEST, le=_LATEST, description="Latest year")
    sort: str = Field("relevance", description="Order of the hits", json_schema_extra=_one_of(SORTS))
    limit: int = Field(20, ge=0, le=MOST_HITS, description="Hits a page")
    cursor: str | None = Field(None, max_length=500, description="`next` of the page before")


_facets: dict[str, Any] = {
    f"facet_{name}": (list[str], Field([], alias=f"{_FACET}{name}", description="Only with one of these values"))
    for name in FACETS
}
SearchParameters = create_model("SearchParameters", __base__=_Search, **_facets)
"""With ``facet.NAME``, which may stand several times, for each facet."""


class SuggestParameters(Parameters):
    """What has been typed."""

    q: str = Field("", max_length=LONGEST_TEXT, description="The beginning of a name")
    type: str = Field("", description="Kind of entity; default: all", json_schema_extra=_one_of(_TYPES))
    limit: int = Field(10, ge=1, le=_MOST_SUGGESTIONS, description="Most suggestions")


@blueprint.get("/search", responses={200: SearchAnswer})
@requires(PUBLIC)
def search(query: SearchParameters) -> Response:  # type: ignore[valid-type]  # made of the table of facets
    """Hits for some words, with facets of the result."""
    found = platform().searcher.search(_request(query))
    body = {
        "total": found.total,
        "hits": [hit.as_json() for hit in found.hits],
        "facets": {
            name: [{"value": each.value, "label": each.label, "count": each.count} for each in values]
            for name, values in found.facets.items()
        },
        "relaxed": found.relaxed,
        "sparql": found.sparql,
        "next": found.next,
    }
    return answer(body, found.sequence)


def _request(query: _Search) -> SearchRequest:
    if query.first_year is not None and query.last_year is not None and query.first_year > query.last_year:
        raise InputError(f"from: {query.first_year} is after to: {query.last_year}")
    facets = {name: tuple(getattr(query, f"facet_{name}")) for name in FACETS}
    return SearchRequest(
        text=query.q,
        lang=page_language(),
        type=query.type,
        field=query.field,
        first_year=query.first_year,
        last_year=query.last_year,
        sort=query.sort,
        facets={name: values for name, values in facets.items() if values},
        limit=query.limit,
        cursor=query.cursor or None,
    )


@blueprint.get("/suggest", responses={200: SuggestAnswer})
@requires(PUBLIC)
def suggest(query: SuggestParameters) -> Response:
    """Entities whose name begins as the reader types, with what tells namesakes apart."""
    if query.type and query.type not in _TYPES:
        raise InputError(f"type: {query.type[:40]!r} is not known; known are {', '.join(_TYPES)}")
    searcher = platform().searcher
    found = searcher.suggest(query.q, page_language(), query.type, query.limit)
    return answer({"suggestions": [asdict(suggestion) for suggestion in found]}, searcher.sequence, _A_MINUTE)
