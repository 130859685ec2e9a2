"""Content negotiation: https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation-fields."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

HTML = "text/html"
_MOST_RANGES = 50
_EXACT = 3


class _Range(NamedTuple):
    type: str
    subtype: str
    quality: float

    def rank(self, media_type: str) -> int:
        """How exactly this range names a media type; 0: not at all."""
        kind, _, subtype = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != kind:
            return 0
        return 2 if self.subtype == "*" else _EXACT * (self.subtype == subtype)


def choose(accept: str | None, offered: Mapping[str, Sequence[str]]) -> str | None:
    """Name of the offer that a client likes best, None if it accepts none of them.

    Args:
        accept: The Accept header; None or empty accepts anything.
        offered: Name of each offer and its media types, most preferred first.

    >>> choose("text/csv;q=0.5, */*;q=0.1", {"json": ["application/json"], "csv": ["text/csv"]})
    'csv'
    """
    ranges = _ranges(accept)
    best, best_quality = None, 0.0
    for name, media_types in offered.items():
        # Another name of a format counts only where it is named: text/* asks for CSV, not for XML by its old name.
        quality = max(_quality(ranges, media_type, exact=n > 0) for n, media_type in enumerate(media_types))
        if quality > best_quality:
            best, best_quality = name, quality
    return best


def _quality(ranges: list[_Range], media_type: str, *, exact: bool) -> float:
    """The quality that the most exact range gives to a media type; of none but the exact one if so asked."""
    rank, quality = max(((r.rank(media_type), r.quality) for r in ranges), default=(0, 0.0))
    return quality if rank >= (_EXACT if exact else 1) else 0.0


def _ranges(accept: str | None) -> list[_Range]:
    if accept is None or not accept.strip():
        return [_Range("*", "*", 1.0)]
    return [found for part in accept.split(",")[:_MOST_RANGES] if (found := _range(part))]


def _range(part: str) -> _Range | None:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    kind, slash, subtype = media.partition("/")
    if not slash or not kind or not subtype:
        return None
    return _Range(kind, subtype, _weight(parameters))


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
