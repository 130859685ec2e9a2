"""What an address of the search page asks for, and the addresses that ask for a little more or less."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from api.language import page_language
from services.search import cursor
from services.search.request import FACETS, FIELDS, SORTS, SearchRequest
from services.search.searcher import KINDS

LONGEST_TEXT = 2_000
FACET = "facet."
_HITS = 20
_MOST_HITS = 100
_LATEST = 9_999
_MOST_VALUES = 50
_LONGEST_VALUE = 4_000
_DEFAULTS = SearchRequest("")
#: Name in the address -> what it may be.
_CHOICES: dict[str, tuple[str, ...]] = {"type": (*KINDS, "all"), "field": ("", *FIELDS), "sort": SORTS}


class WrongParameterError(Exception):
    """A parameter of the address can't have its value; ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its address has it.

    Attributes:
        request: The search.
    """

    request: SearchRequest

    def address(self) -> str:
        """The address of this search's first page."""
        return f"{request.script_root}/search?{urlencode([*self.pairs(), *_language()])}"

    def at(self, offset: int) -> str:
        """The address of the page that begins after ``offset`` hits."""
        if offset <= 0:
            return self.address()
        return f"{self.address()}&{urlencode({'cursor': cursor.encode(self.request, offset)})}"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Names and values of the address, without the page."""
        asked = self.request
        yield "q", asked.text
        given = {"type": asked.type, "field": asked.field, "sort": asked.sort, "limit": asked.limit}
        for name, value in given.items():
            if value != getattr(_DEFAULTS, name):
                yield name, str(value)
        for name, year in (("from", asked.first_year), ("to", asked.last_year)):
            if year is not None:
                yield name, str(year)
        for name, values in asked.facets.items():
            for value in values:
                yield f"{FACET}{name}", value

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form sends along beside its own fields, which are ``without``."""
        return [*((name, value) for name, value in self.pairs() if name not in without), *_language()]

    def but(self, **changes: str | int | None) -> "Asked":
        """The same search with other values; its filters stay unless ``facets`` is changed."""
        return Asked(replace(self.request, cursor=None, **changes))  # type: ignore[arg-type]  # names and types are SearchRequest's

    def of_kind(self, kind: str) -> "Asked":
        """The same words among another kind of things, of which most filters say nothing."""
        return Asked(SearchRequest(self.request.text, self.request.lang, kind, limit=self.request.limit))

    def has(self, facet: str, value: str) -> bool:
        """Whether it is narrowed to a value."""
        return value in self.request.facets.get(facet, ())

    def toggled(self, facet: str, value: str) -> "Asked":
        """Narrowed to a value, or no more if it is."""
        chosen = self.request.facets.get(facet, ())
        values = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        facets = {**self.request.facets, facet: values}
        return Asked(replace(self.request, cursor=None, facets={name: v for name, v in facets.items() if v}))

    def unfiltered(self) -> "Asked":
        """Without any filter."""
        return Asked(replace(self.request, cursor=None, facets={}, first_year=None, last_year=None))

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words narrows it."""
        asked = self.request
        return bool(asked.facets) or asked.first_year is not None or asked.last_year is not None


def _language() -> list[tuple[str, str]]:
    return [("lang", request.args["lang"])] if "lang" in request.args else []


def asked() -> Asked:
    """The search of the address at hand.

    Raises:
        WrongParameterError: A parameter can't have its value.
    """
    given = request.args
    text = given.get("q", "")
    if len(text) > LONGEST_TEXT:
        raise WrongParameterError("q")
    first, last = _number("from", _LATEST), _number("to", _LATEST)
    if first is not None and last is not None and first > last:
        raise WrongParameterError("to")
    return Asked(
        SearchRequest(
            text.strip(),
            page_language(),
            type=_choice("type", _DEFAULTS.type),
            field=_choice("field", _DEFAULTS.field),
            first_year=first,
            last_year=last,
            sort=_choice("sort", _DEFAULTS.sort),
            facets=_facets(given),
            limit=_number("limit", _MOST_HITS) or _HITS,
            cursor=given.get("cursor") or None,
        )
    )


def _choice(name: str, otherwise: str) -> str:
    value = request.args.get(name) or otherwise
    if value not in _CHOICES[name]:
        raise WrongParameterError(name)
    return value


def _number(name: str, most: int) -> int | None:
    """A number from 1 on; None where there is none: a form sends an empty one along."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or not 1 <= int(text) <= most:
        raise WrongParameterError(name)
    return int(text)


def _facets(given: MultiDict[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Values by facet, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for key in given:
        if not key.startswith(FACET):
            continue
        name, values = key.removeprefix(FACET), tuple(dict.fromkeys(value for value in given.getlist(key) if value))
        if name not in FACETS or len(values) > _MOST_VALUES or any(len(value) > _LONGEST_VALUE for value in values):
            raise WrongParameterError(key)
        if values:
            found[name] = values
    return found
