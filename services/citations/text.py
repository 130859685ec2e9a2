"""A citation as pieces of text, some of them emphasised, and the joints that styles share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a citation.

    Attributes:
        text: The words.
        is_title: Set in italics where the medium has them.
    """

    text: str
    is_title: bool = False


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece.text for piece in pieces)


Part = Piece | tuple[Piece, ...]
"""What one full stop closes: a piece, or several without a space between them."""

_BRACKETS = str.maketrans("", "", "[]")
_STOPS = (".", "?", "!", "…", "。", "？", "！", "…”", ".”")


def sentences(parts: Iterable[Part], *, is_open: bool = False) -> list[Piece]:
    """Parts as sentences: a full stop and a space between two, no stop after one that has its own; empty ones left out.

    Args:
        parts: The sentences.
        is_open: No stop at the very end, as after an address.

    >>> plain(sentences([Piece("Spence, J. D."), Piece(""), (Piece("Why?"), Piece(" (2nd ed.)")), Piece("Knopf")]))
    'Spence, J. D. Why? (2nd ed.). Knopf.'
    """
    found: list[Piece] = []
    for part in parts:
        pieces = [piece for piece in (part if isinstance(part, tuple) else (part,)) if piece.text]
        if not pieces:
            continue
        found += [*([Piece(" ")] if found else []), *pieces]
        if not pieces[-1].text.endswith(_STOPS):
            found.append(Piece("."))
    return found[:-1] if is_open and found and found[-1].text == "." else found


def listed(names: Sequence[str], last: str, between: str = ", ", two: str | None = None) -> str:
    """Names in a row: ``A, B, and C`` with ``last`` before the last one; ``two`` if there are only two.

    >>> listed(["A", "B", "C"], ", and ", two=" and ")
    'A, B, and C'
    """
    if len(names) == 2 and two is not None:  # noqa: PLR2004  a pair
        return two.join(names)
    head = between.join(names[:-1])
    return f"{head}{last}{names[-1]}" if head else "".join(names[-1:])


def bare(text: str) -> str:
    """A statement without the brackets of what the cataloguer supplied and the marks that ISBD ends it with."""
    return text.translate(_BRACKETS).strip(" ,;:/")
