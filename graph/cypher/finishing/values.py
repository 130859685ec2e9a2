"""Terms as values of Python that can be calculated with, and back."""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from common.namespaces import XSD
from common.terms import split_literal
from common.terms import value as lexical_of
from graph.canonical import canonical_literal
from graph.cypher.finishing.calendar import FORMS, MOMENTS, is_valid
from graph.cypher.kinds import quoted

ONE = 10**18
"""The decimal 1."""
MOST_DECIMAL = 2**127
MOST_INTEGER = 2**63
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPECIAL = {"INF": float("inf"), "+INF": float("inf"), "-INF": float("-inf"), "NaN": float("nan")}


class Unsure(Exception):  # noqa: N818  it never leaves the evaluation
    """What is not sure to be as on the other engines."""


@dataclass(frozen=True, slots=True)
class Resource:
    """An IRI or blank node, as canonical N-Triples text."""

    text: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A string with a language."""

    lexical: str
    language: str


@dataclass(frozen=True, slots=True)
class Decimal:
    """An ``xsd:decimal``, in units of 10^-18."""

    scaled: int


@dataclass(frozen=True, slots=True)
class Single:
    """An ``xsd:float``."""

    number: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, time, part of one, or duration; its datatype is an IRI."""

    lexical: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Other:
    """A literal of an unknown datatype, or one that is none of its datatype."""

    lexical: str
    datatype: str


Value = Resource | Tagged | Decimal | Single | Moment | Other | str | bool | int | float
"""``str``: ``xsd:string``; ``bool``, ``int``, ``float``: boolean, integer, double. None is unbound and error."""


@lru_cache(maxsize=8_192)
def parse(text: str) -> Value:
    """The value of canonical N-Triples text.

    Raises:
        Unsure: It is a date or time, or none, that is not looked at closely here.

    >>> parse('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    Decimal(scaled=500000000000000000)
    """
    if not text.startswith('"'):
        return Resource(text)
    _, language, datatype = split_literal(text)
    lexical = lexical_of(text)
    if language:
        return Tagged(lexical, language)
    if not datatype or datatype == f"{XSD}string":
        return lexical
    found = _typed(lexical, datatype)
    return Other(lexical, datatype) if found is None else found


def _typed(lexical: str, datatype: str) -> Value | None:  # noqa: PLR0911  a case for each type
    if datatype in MOMENTS:
        return _moment(lexical, datatype)
    match datatype.removeprefix(XSD):
        case "integer":
            return integer_of(lexical)
        case "decimal":
            return decimal_of(lexical)
        case "boolean":
            return {"true": True, "false": False}.get(lexical)
        case "double":
            return double_of(lexical)
        case "float":
            number = double_of(lexical)
            return None if number is None else Single(rounded(number))
    return None


def _moment(lexical: str, datatype: str) -> Moment | None:
    """One that is none of its datatype is no moment; a duration is one, whatever it says."""
    found = is_valid(lexical, datatype)
    if found is None and datatype in FORMS:
        raise Unsure
    return None if found is False else Moment(lexical, datatype)


def rounded(number: float) -> float:
    """To 32 bits."""
    try:
        found: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)
    return found


def integer_of(lexical: str) -> int | None:
    """An integer of 64 bits."""
    return in_64(int(lexical)) if len(lexical) <= 40 and _INTEGER.fullmatch(lexical) else None  # noqa: PLR2004  digits


def in_64(number: int) -> int | None:
    """The number, if it has 64 bits."""
    return number if -MOST_INTEGER <= number < MOST_INTEGER else None


def decimal_of(lexical: str) -> Decimal | None:
    """A decimal.

    Raises:
        Unsure: It has more than 18 digits after the point.
    """
    found = _DECIMAL.fullmatch(lexical)
    if found is None or len(lexical) > 60:  # noqa: PLR2004  digits
        return None
    sign, whole, part = found.group(1), found.group(2), (found.group(3) or "").rstrip("0")
    if not whole and not found.group(3):
        return None
    if len(part) > 18:  # noqa: PLR2004  of the unit
        raise Unsure
    scaled = int(whole or "0") * ONE + int(part.ljust(18, "0"))
    return decimal(-scaled if sign == "-" else scaled)


def decimal(scaled: int) -> Decimal | None:
    """A decimal, if there is such a one."""
    return Decimal(scaled) if -MOST_DECIMAL <= scaled < MOST_DECIMAL else None


def double_of(lexical: str) -> float | None:
    """A double."""
    if lexical in _SPECIAL:
        return _SPECIAL[lexical]
    return float(lexical) if _DOUBLE.fullmatch(lexical) else None


def lexical_form(value: Value) -> str | None:  # noqa: PLR0911  a case for each type
    """What STR gives; None for a blank node."""
    match value:
        case Resource(text):
            return text[1:-1] if text.startswith("<") else None
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value
        case Decimal(scaled):
            return _decimal_text(scaled)
        case float():
            return ox.Literal(value).value
        case Single(number):
            return lexical_of(_single(number))
        case _:
            return value.lexical


def _decimal_text(scaled: int) -> str:
    whole, part = divmod(abs(scaled), ONE)
    sign = "-" if scaled < 0 else ""
    digits = f"{part:018d}".rstrip("0")
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def _single(number: float) -> str:
    lexical = {float("inf"): "INF", float("-inf"): "-INF"}.get(number, "NaN" if number != number else repr(number))  # noqa: PLR0124
    return canonical_literal(f'"{lexical}"^^<{XSD}float>')


def datatype_of(value: Value) -> str | None:  # noqa: PLR0911  a case for each type
    """The datatype; None: it is no literal."""
    match value:
        case Resource():
            return None
        case str():
            return f"{XSD}string"
        case Tagged():
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
        case bool():
            return f"{XSD}boolean"
        case int():
            return f"{XSD}integer"
        case Decimal():
            return f"{XSD}decimal"
        case float():
            return f"{XSD}double"
        case Single():
            return f"{XSD}float"
        case _:
            return value.datatype


def term(value: Value) -> str:
    """Canonical N-Triples text.

    >>> term(Decimal(1500000000000000000))
    '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    match value:
        case Resource(text):
            return text
        case str():
            return quoted(value)
        case Tagged(lexical, language):
            return f"{quoted(lexical)}@{language}"
        case _:
            return f"{quoted(lexical_form(value) or '')}^^<{datatype_of(value)}>"
