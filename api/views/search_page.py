"""The search page: a form, filters with counts, hits with reasons, and addresses that hold the whole state."""

from dataclasses import dataclass

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from api import html
from api.access import PUBLIC, requires
from api.asked import Asked, WrongParameterError, asked
from api.platform import platform
from common.errors import InputError
from services.search import cursor
from services.search.request import FIELDS, SORTS, FacetValue, SearchResult, Suggestion

blueprint = APIBlueprint("search_page", __name__, abp_tags=[Tag(name="Pages")])

#: Kinds of things in the order of the page.
_KINDS = ("work", "agent", "subject", "place", "hub", "event", "all")
#: Facets in the order of the page; years and decades stand together.
_FACETS = ("format", "language", "creator", "subject", "decade", "classification", "place", "series", "source", "type")
_OPEN_VALUES = 6
"""Values of a facet that stand open; more fold."""
_SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link.

    Attributes:
        label: In the reader's language.
        count: Hits that have it.
        address: Of the search with it, or without it if it is chosen.
        is_chosen: Whether the search is narrowed to it.
        share: Of the commonest value's count, in percent.
    """

    label: str
    count: int
    address: str
    is_chosen: bool
    share: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values; those in ``more`` fold."""

    name: str
    shown: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that can be taken away: of which kind, its value in words, and the address without it."""

    name: str
    label: str
    address: str


@blueprint.get("/search")
@requires(PUBLIC)
def search() -> Response:
    """A page of results; its address takes the parameters of /api/v1/search."""
    try:
        wanted = asked()
        result = platform().searcher.search(wanted.request)
        offset = cursor.offset_of(wanted.request)
    except WrongParameterError as error:
        return _wrong(error.name)
    except InputError as error:
        return _wrong(str(error).partition(":")[0])
    return _page(wanted, result, offset)


def _wrong(name: str) -> Response:
    """What is wrong in words, with a form to go on with."""
    response = html.page("search_wrong.html", name=name)
    response.status_code = 400
    return response


def _page(wanted: Asked, result: SearchResult, offset: int) -> Response:
    limit = wanted.request.limit
    return html.page(
        "search.html",
        asked=wanted,
        result=result,
        offset=offset,
        kinds=_KINDS,
        fields=("", *FIELDS),
        sorts=SORTS,
        facets=[facet for name in _FACETS if (facet := _facet(wanted, name, result.facets.get(name, [])))],
        chips=_chips(wanted, result),
        decades=_decades(wanted, result.facets.get("decade", [])),
        previous=wanted.at(max(offset - limit, 0)) if offset else None,
        following=wanted.at(offset + limit) if result.next else None,
        suggested=[] if result.total else _suggestions(wanted),
    )


def _suggestions(wanted: Asked) -> list[Suggestion]:
    """What the reader may have meant."""
    return platform().searcher.suggest(wanted.request.text, wanted.request.lang, "", _SUGGESTED)


def _facet(wanted: Asked, name: str, values: list[FacetValue]) -> Facet | None:
    """A facet that tells hits apart, or that is chosen from; the chosen values stand open."""
    most = max((value.count for value in values), default=0)
    choices = [_choice(wanted, name, value, most) for value in values]
    chosen = [choice for choice in choices if choice.is_chosen]
    if not chosen and (len(choices) < 2 or name == "decade"):  # noqa: PLR2004  one value tells nothing apart
        return None
    others = [choice for choice in choices if not choice.is_chosen]
    free = max(_OPEN_VALUES - len(chosen), 2)
    return Facet(name, chosen + others[:free], others[free:])


def _choice(wanted: Asked, name: str, value: FacetValue, most: int) -> Choice:
    address = wanted.toggled(name, value.value).address()
    share = round(100 * value.count / most) if most else 0
    return Choice(value.label, value.count, address, wanted.has(name, value.value), share)


def _chips(wanted: Asked, result: SearchResult) -> list[Chip]:
    labels = {(name, v.value): v.label for name, values in result.facets.items() for v in values}
    chips = [
        Chip(name, labels.get((name, value), value), wanted.toggled(name, value).address())
        for name, values in wanted.request.facets.items()
        for value in values
    ]
    first, last = wanted.request.first_year, wanted.request.last_year
    if first is not None or last is not None:
        chips.append(Chip("years", html.years(first, last), wanted.but(first_year=None, last_year=None).address()))
    return chips


@dataclass(frozen=True, slots=True)
class Bar:
    """A decade in the histogram: first year, hits, address of the search in it, place and height in percent."""

    year: int
    count: int
    address: str
    place: int
    height: int


def _decades(wanted: Asked, values: list[FacetValue]) -> list[Bar]:
    """The decades of the result in order of time, the empty ones between them left free; [] if there are too few."""
    counts = {int(v.value): v.count for v in values if v.value.removeprefix("-").isdigit() and v.count}
    if len(counts) < 3:  # noqa: PLR2004  fewer make no picture
        return []
    most = max(counts.values())
    return [
        Bar(year, count, _in_decade(wanted, year), place, max(round(100 * count / most), 4))
        for place, (year, count) in enumerate(sorted(counts.items()))
    ]


def _in_decade(wanted: Asked, year: int) -> str:
    return wanted.but(first_year=year, last_year=year + 9).address()
