"""Literals as values of properties, and back: exact, term for term."""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

import pyoxigraph as ox

from common.namespaces import RDF, XSD

Value = str | int | float | bool
LANG_STRING = f"{RDF}langString"
STRING, INTEGER, BOOLEAN, DOUBLE, LEXICAL = "string", "integer", "boolean", "double", "lexical"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_INT_64 = 1 << 63
_NEEDS_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f\ufffe\uffff]')


class KeyId(NamedTuple):
    """What a ``registry.Key`` stands for; see there."""

    predicate: str
    datatype: str
    language: str | None
    encoding: str


def encode(predicate: str, literal: ox.Literal) -> tuple[KeyId, Value]:
    """The key and value that keep a literal.

    >>> encode("p:p", ox.Literal("01", datatype=ox.NamedNode(f"{XSD}integer")))[1]
    '01'
    """
    lexical, datatype = literal.value, literal.datatype.value
    encoding: str = LEXICAL
    kept: Value = lexical
    if datatype in _STRINGS:
        encoding = STRING
    elif (native := _NATIVE.get(datatype)) and (found := native[1](lexical)) is not None:
        encoding, kept = native[0], found
    return KeyId(predicate, datatype, literal.language, encoding), kept


def render(datatype: str, language: str | None, encoding: str, kept: Value) -> str:
    """The literal as canonical N-Triples text."""
    if encoding == STRING:
        text = escaped(str(kept))
        return f"{text}@{language}" if language else text
    return f"{escaped(lexical_form(encoding, kept))}^^<{datatype}>"


def lexical_form(encoding: str, kept: Value) -> str:
    """The lexical form of a kept value."""
    if encoding == BOOLEAN:
        return "true" if kept else "false"
    if encoding == DOUBLE:
        return ox.Literal(float(kept)).value
    return str(kept)


def escaped(text: str) -> str:
    """The text in quotes."""
    return str(ox.Literal(text)) if _NEEDS_ESCAPE.search(text) else f'"{text}"'


def _integer(lexical: str) -> int | None:
    if _INTEGER.fullmatch(lexical) is None:
        return None
    number = int(lexical)
    return number if -_INT_64 <= number < _INT_64 else None


def _boolean(lexical: str) -> bool | None:
    return {"true": True, "false": False}.get(lexical)


def _double(lexical: str) -> float | None:
    """The number, if its canonical form (``graph.canonical``) is ``lexical``; zero has two, of which one is kept so."""
    try:
        number = float(lexical)
    except ValueError:
        return None
    if not math.isfinite(number) or lexical == "-0" or ox.Literal(number).value != lexical:
        return None
    return number


_STRINGS = frozenset({f"{XSD}string", LANG_STRING})
_NATIVE: dict[str, tuple[str, Callable[[str], Value | None]]] = {
    f"{XSD}integer": (INTEGER, _integer),
    f"{XSD}boolean": (BOOLEAN, _boolean),
    f"{XSD}double": (DOUBLE, _double),
}
