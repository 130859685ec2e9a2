"""The shape of a hit, the same wherever entities are listed (shapes on the wire)."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is listed: words in the reader's language, and the path of IRIs through the graph behind them."""

    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a copy is.

    Attributes:
        location: Library and shelf, in words.
        call_number: As on the spine.
        status: As the source says it; "" where it says nothing.
        as_of: Date of the source record, ISO 8601; "" where unknown.
    """

    location: str
    call_number: str
    status: str = ""
    as_of: str = ""


@dataclass(slots=True)
class Hit:
    """One entity in a list.

    Attributes:
        iri: Of the canonical entity, without brackets.
        type: Local name of its most telling class: ``Text``, ``Person``, ``Topic`` …
        label: In the reader's language where there is one.
        lang: Language tag of the label, "" where it has none.
        score: Comparable within one list only.
        title: Title proper with subtitle; the label where there is none.
        creators: Names of the primary contributors, then of others, at most five.
        creator_links: The same as ``{"iri", "label"}``.
        date: Year of the earliest publication, or what the source says.
        publisher: Name as transcribed.
        format: Kind of material, in the reader's language.
        cover: Web address of a picture, "" where the graph has none.
        rights: Rights statement or licence, "" where the graph has none.
        url: Where the resource itself can be read, "" where nowhere.
        holdings: Its copies, at most five.
        identifiers: ``{"scheme", "value"}``: ISBN, ISSN, DOI …
        sources: ``{"source", "id"}``: supplier and control number of each record behind it.
        other_script: The label in another script, "" where there is none.
        scheme: Short name of the vocabulary that a heading belongs to, "" where the graph names none.
        why: Reasons, the weightiest first.
        highlights: Field -> passages with ``<mark>`` around what matched, everything else escaped.
    """

    iri: str
    type: str
    label: str
    lang: str = ""
    score: float = 0.0
    title: str = ""
    creators: list[str] = field(default_factory=list)
    creator_links: list[dict[str, str]] = field(default_factory=list)
    date: str = ""
    publisher: str = ""
    format: str = ""
    cover: str = ""
    rights: str = ""
    url: str = ""
    holdings: list[Holding] = field(default_factory=list)
    identifiers: list[dict[str, str]] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    other_script: str = ""
    scheme: str = ""
    why: list[Reason] = field(default_factory=list)
    highlights: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object as it goes over the wire; its lists are the hit's own."""
        plain = {name: getattr(self, name) for name in _FIELDS}
        plain["holdings"] = [asdict(holding) for holding in self.holdings]
        plain["why"] = [{"text": reason.text, "path": list(reason.path)} for reason in self.why]
        return plain


_FIELDS = tuple(each.name for each in fields(Hit))
