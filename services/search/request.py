"""What is asked of a search, and what it answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as attribute
from typing import Any

from services.hits.hit import Hit

SORTS = ("relevance", "newest", "oldest", "title")
FIELDS = ("title", "creator", "subject", "identifier", "call_number", "series", "publisher", "text")
"""What ``field`` may restrict a search to."""
FACETS = ("type", "language", "creator", "subject", "format", "classification", "place", "series", "source", "decade")
"""What ``facet.NAME`` may filter by. Values are IRIs where the thing is an entity, else plain codes."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search.

    Attributes:
        text: The words; empty lists everything.
        lang: Language of the reader.
        type: ``work`` (the default), ``agent``, ``subject``, ``place``, ``hub``; "" or ``all`` for any.
        field: One of ``FIELDS``; "" for all.
        first_year: Earliest year of publication.
        last_year: Latest year of publication.
        sort: One of ``SORTS``.
        facets: Facet -> values, of which a hit must have one of each facet.
        limit: Hits a page, 0 to 100.
        cursor: Where the page begins; None: at the first hit.
    """

    text: str
    lang: str = "en"
    type: str = "work"
    field: str = ""
    first_year: int | None = None
    last_year: int | None = None
    sort: str = "relevance"
    facets: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, and how many hits of the current result have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a search.

    Attributes:
        total: Hits in all.
        hits: This page of them.
        facets: Facet -> its commonest values in the current result; a facet that is filtered by also offers the values
            that its own filter leaves out.
        relaxed: What was loosened because nothing matched, in words in the reader's language; [] if nothing was.
        sparql: A query that returns the hits of this page at ``/sparql``.
        next: Cursor of the next page; None: this is the last.
        sequence: Number of the last changeset that the index reflects.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    relaxed: list[str]
    sparql: str
    next: str | None
    sequence: int

    def as_json(self) -> dict[str, Any]:
        """The object as it goes over the wire (shapes on the wire)."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity whose name begins as the reader types.

    Attributes:
        iri: Of the canonical entity.
        label: In the reader's language; the name that matched, if that is another one.
        hint: What tells homonyms apart: dates, occupation, creator and year, broader term.
        type: As in a hit.
        count: Works behind it.
    """

    iri: str
    label: str
    hint: str
    type: str
    count: int
