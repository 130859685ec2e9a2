"""Dates as EDTF (ISO 8601-2), from 008, from coded fields and from transcription.

Each function gives ``Span``s: the EDTF text, and the years it can mean at the earliest and at the latest.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from common import namespaces as ns
from common.terms import literal

_YEAR_LENGTH = 4
_NO_END = "9999"
_MAX_TEXT = 80
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)|(?<!\d)(1\d|20)(\d|-|\?|_)(-|\?|_)(?![\d])")
_RANGE = re.compile(r"(?<!\d)(1\d{3}|20\d{2})\??\]?\s?[-–/]\s?\[?(1\d{3}|20\d{2})(?!\d)")
_OPEN_RANGE = re.compile(r"(?<!\d)(1\d{3}|20\d{2})\]?\s?[-–]\s?(?:\]|\.|>|$)")
_BETWEEN = re.compile(r"between (1\d{3}|20\d{2}) and (1\d{3}|20\d{2})")


class Span(NamedTuple):
    """A date: EDTF, first and last year; None where there is no bound."""

    edtf: str
    first: int | None
    last: int | None


class CodedDates(NamedTuple):
    """What 008/06-14 says: when it was published, and a second date by what it means."""

    published: Span | None = None
    copyrighted: Span | None = None
    original: Span | None = None


@lru_cache(maxsize=16_384)
def year(text: str) -> Span | None:
    """A year of 008, unknown digits as ``X``; None where nothing is known.

    >>> year("19uu"), year("2004"), year("uuuu")
    (Span(edtf='19XX', first=1900, last=1999), Span(edtf='2004', first=2004, last=2004), None)
    """
    text = text.replace("u", "X").replace("?", "X").replace("-", "X")
    first, last = text.replace("X", "0"), text.replace("X", "9")
    if len(text) != _YEAR_LENGTH or not (first.isascii() and first.isdecimal()) or text.startswith("X"):
        return None
    return None if text in {_NO_END, "0000"} else Span(text, int(first), int(last))


@lru_cache(maxsize=16_384)
def coded(kind: str, date1: str, date2: str) -> CodedDates:
    """Dates of 008 by their type (008/06).

    >>> coded("c", "1998", "9999").published
    Span(edtf='1998/..', first=1998, last=None)
    >>> coded("t", "2010", "2009").copyrighted.edtf
    '2009'
    """
    if kind == "e":
        return CodedDates(_detailed(date1, date2))
    if kind in _RANGES:
        return CodedDates(_RANGES[kind](date1, date2))
    if kind == "t":
        return CodedDates(year(date1), copyrighted=year(date2))
    if kind in _WITH_ORIGINAL:
        return CodedDates(year(date1), original=year(date2))
    return CodedDates(year(date1)) if kind in _SINGLE else CodedDates()


def _detailed(date1: str, date2: str) -> Span | None:
    """``e``: year, then month and day."""
    known = year(date1)
    month, day = date2[:2], date2[2:4]
    if known is None or "X" in known.edtf or not month.isdecimal() or not 1 <= int(month) <= 12:  # noqa: PLR2004 months
        return known
    end = f"-{day}" if day.isdecimal() and 1 <= int(day) <= 31 else ""  # noqa: PLR2004  days
    return Span(f"{known.edtf}-{month}{end}", known.first, known.last)


def _span(date1: str, date2: str) -> Span | None:
    """``d``, ``i``, ``k``, ``m``: from one year to the other."""
    start, end = year(date1), year(date2)
    if date2 == _NO_END:
        return _current(date1, date2)
    if start is None or end is None or start.edtf == end.edtf:
        if start is not None and end is None and date2.strip(" |"):
            return Span(f"{start.edtf}/", start.first, None)
        return start or (Span(f"/{end.edtf}", None, end.last) if end else None)
    return Span(f"{start.edtf}/{end.edtf}", start.first, end.last)


def _current(date1: str, _: str) -> Span | None:
    """``c``: still published."""
    start = year(date1)
    return Span(f"{start.edtf}/..", start.first, None) if start else None


def _status_unknown(date1: str, _: str) -> Span | None:
    """``u``: nobody knows whether it has ended."""
    start = year(date1)
    return Span(f"{start.edtf}/", start.first, None) if start else None


def _questionable(date1: str, date2: str) -> Span | None:
    """``q``: one year of these."""
    start, end = year(date1), year(date2)
    if start is None or end is None or start.edtf == end.edtf:
        return start or end
    return Span(f"[{start.edtf}..{end.edtf}]", start.first, end.last)


_RANGES = {
    "c": _current,
    "d": _span,
    "i": _span,
    "k": _span,
    "m": _span,
    "q": _questionable,
    "u": _status_unknown,
}
#: Single dates; ``|`` and the obsolete blank still carry a year in real records.
_SINGLE = frozenset("s| ")
#: Date 2 is that of the original: ``p`` of production, ``r`` of what is reprinted.
_WITH_ORIGINAL = frozenset("pr")


@lru_cache(maxsize=16_384)
def transcribed(text: str) -> Span | None:
    """The date that a transcription holds, None where it holds no year.

    >>> transcribed("[between 1990 and 1995?]").edtf, transcribed("c1998.").edtf, transcribed("[196-?]").edtf
    ('[1990..1995]', '1998', '196X')
    >>> transcribed("1967-1973").edtf, transcribed("1983-").edtf, transcribed("[2001?]").edtf
    ('1967/1973', '1983/..', '2001?')
    """
    text = text[:_MAX_TEXT]
    for pattern, form in ((_BETWEEN, "[{}..{}]"), (_RANGE, "{}/{}")):
        match = pattern.search(text)
        if match:
            return Span(form.format(*match.groups()), int(match[1]), int(match[2]))
    match = _OPEN_RANGE.search(text)
    if match:
        return Span(f"{match[1]}/..", int(match[1]), None)
    match = _YEAR.search(text)
    return _found_year(text, match) if match else None


def _found_year(text: str, match: re.Match[str]) -> Span | None:
    span = year(match.group().replace("_", "u"))
    if span is None or "X" in span.edtf:
        return span
    sign = "?" if text[match.end() : match.end() + 1] == "?" else ""
    approximate = "~" if text[max(0, match.start() - 4) : match.start()].rstrip().endswith(("ca.", "ca")) else ""
    return span._replace(edtf=span.edtf + ("%" if sign and approximate else sign or approximate))


@lru_cache(maxsize=4096)
def compact(text: str) -> str | None:
    """``yyyymmdd`` (033, 045, 046; with - for unknown digits) as EDTF; None where it is no such date.

    >>> compact("20030521"), compact("199---"), compact("1984-06"), compact("d-0044")
    ('2003-05-21', '199X', '1984-06', None)
    """
    text = text.strip().replace("-", "") if text.count("-") in {1, 2} and text[4:5] == "-" else text.strip()
    span = year(text[:4])
    if span is None:
        return None
    month, day, time = text[4:6], text[6:8], text[8:14]
    if "X" in span.edtf or not month.isdecimal():
        return span.edtf
    date = f"{span.edtf}-{month}-{day}" if day.isdecimal() else f"{span.edtf}-{month}"
    return f"{date}T{time[:2]}:{time[2:4]}:{time[4:]}" if len(time) == len("hhmmss") and time.isdecimal() else date


def edtf(text: str) -> str:
    """An EDTF literal."""
    return literal(text, datatype=ns.EDTF)


@lru_cache(maxsize=1024)
def period(code: str) -> str | None:
    """A time period code of 045 $a as EDTF: a letter for the century, a digit or hyphen for the decade, twice.

    >>> period("w3w9"), period("x-x-"), period("v5"), period("d7d6")
    ('183X/189X', '19XX', '175X', None)
    """
    halves = [_half_period(code[at : at + 2]) for at in (0, 2) if code[at : at + 2]]
    if not halves or None in halves:
        return None
    return halves[0] if len(set(halves)) == 1 else f"{halves[0]}/{halves[-1]}"


def _half_period(half: str) -> str | None:
    """``w3`` is 183X: ``e`` stands for the first century of our era, each letter for the next."""
    letter, decade = half[:1].lower(), half[1:2]
    century = ord(letter or " ") - ord("e")
    if not 0 <= century <= ord("y") - ord("e") or not (decade in {"-", ""} or decade.isdecimal()):
        return None
    return f"{century:02d}{decade if decade.isdecimal() else 'X'}X"
