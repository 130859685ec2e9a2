"""Passages around what matched, with ``<mark>``; everything else in them is escaped."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

import tantivy

from services.search import words
from services.search.parsing import Typed

_AROUND = 90
"""Characters before and after the first match."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sought:
    """What counts as a match.

    Attributes:
        stems: Of the words.
        chinese: Chinese words, which count only as a whole.
    """

    stems: frozenset[str]
    chinese: tuple[str, ...]


def sought(typed: Typed) -> Sought:
    """What counts as a match for a query."""
    content = typed.content
    return Sought(
        frozenset(unit.stems[0] for unit in content if not unit.chinese),
        tuple(unit.text for unit in content if unit.chinese),
    )


def marked(text: str, wanted: Sought) -> str | None:
    """The whole text with its matches marked; None where nothing matches."""
    spans = _spans(text, wanted)
    return _mark(text, spans) if spans else None


def passages(texts: Iterable[str], wanted: Sought, most: int) -> list[str]:
    """Passages of the first texts in which something matches; no text is read after those."""
    found = (passage for text in texts if (passage := _passage(text, wanted)))
    return list(islice(found, most))


def _passage(text: str, wanted: Sought) -> str | None:
    """The text around its first match; None where nothing matches."""
    spans = _spans(text, wanted)
    if not spans:
        return None
    start = max(0, spans[0][0] - _AROUND)
    end = min(len(text), spans[0][1] + 2 * _AROUND)
    start, end = _at_words(text, start, end)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{_mark(text[start:end], inside)}{after}"


def _spans(text: str, wanted: Sought) -> list[Span]:
    """Where words of the query stand, in order."""
    spans = _word_spans(text, wanted.stems) if wanted.stems else []
    if wanted.chinese and words.has_han(text):
        spans += _chinese_spans(text, wanted.chinese)
    return sorted(spans)


def _word_spans(text: str, stems: Collection[str]) -> list[Span]:
    tokens: list[tantivy.Token] = words.stemming().pre_tokenize(text).tokens
    return [(token.char_offset_from, token.char_offset_to) for token in tokens if token.text in stems]


def _chinese_spans(text: str, wanted: Collection[str]) -> list[Span]:
    """Simplifying keeps the number of characters; where it does not, nothing is marked rather than something else."""
    simple = words.simplified(text)
    if len(simple) != len(text):
        return []
    spans: list[Span] = []
    for word in wanted:
        at = simple.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = simple.find(word, at + len(word))
    return spans


def _at_words(text: str, start: int, end: int) -> Span:
    """The piece widened to the ends of its words."""
    while start > 0 and text[start - 1].isalnum() and text[start - 1].isascii():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end].isascii():
        end += 1
    return start, end


def _mark(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in spans:
        if start >= end:
            parts += (escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>")
            end = stop
    return "".join((*parts, escape(text[end:])))
