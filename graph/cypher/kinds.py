"""Kinds of terms, and terms as values of the property graph.

A value whose kind is known at compile time is the bare value. Where kinds mix, it is a *tagged string*: the kind's tag,
then IRI or lexical form, so that two are equal exactly if the terms are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from common.namespaces import RDF, XSD
from graph.backends.neo4j.registry import Key
from graph.backends.neo4j.terms import encode
from graph.canonical import canonical_literal
from graph.sparql.terms import Iri, Literal

STRING = f"{XSD}string"
LANG_STRING = f"{RDF}langString"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f\ufffe\uffff]')


@dataclass(frozen=True, slots=True)
class LiteralKind:
    """Literals of one datatype or language that are kept in one way; attributes as of ``registry.Key``."""

    datatype: str
    language: str | None
    encoding: str

    @property
    def tag(self) -> str:
        """What stands before the lexical form in a tagged string."""
        if self.encoding == "double":
            return "~"
        if self.language is not None:
            return f"@{self.language} "
        return '"' if self.datatype == STRING else f"^{self.datatype} "


Kind = LiteralKind | None
"""None: IRIs and blank nodes."""

RESOURCE_TAG = "<"
TEXT = LiteralKind(STRING, None, "string")
INTEGER = LiteralKind(f"{XSD}integer", None, "integer")
BOOLEAN = LiteralKind(f"{XSD}boolean", None, "boolean")
RESOURCES: frozenset[Kind] = frozenset({None})


def tag(kind: Kind) -> str:
    """Of a kind."""
    return RESOURCE_TAG if kind is None else kind.tag


def kind_of(key: Key) -> LiteralKind:
    """Of the values of a property."""
    return LiteralKind(key.datatype, key.language, key.encoding)


def literal_value(literal: Literal) -> tuple[LiteralKind, str | int | float | bool]:
    """A literal's kind and its value in the property graph.

    >>> literal_value(Literal("01", f"{XSD}integer"))
    (LiteralKind(datatype='http://www.w3.org/2001/XMLSchema#integer', language=None, encoding='integer'), 1)
    """
    key, kept = encode("", _canonical(literal))
    return LiteralKind(key.datatype, key.language, key.encoding), kept


def _canonical(literal: Literal) -> ox.Literal:
    if literal.language is not None:
        return ox.Literal(literal.lexical, language=literal.language.lower())
    given = ox.Literal(literal.lexical, datatype=ox.NamedNode(literal.datatype))
    return _parsed(canonical_literal(str(given))) if literal.datatype.startswith(XSD) else given


def _parsed(literal: str) -> ox.Literal:
    (found,) = [quad.object for quad in ox.parse(f"<a:a> <a:a> {literal} .".encode(), format=ox.RdfFormat.N_QUADS)]
    if not isinstance(found, ox.Literal):
        raise TypeError(literal)
    return found


def quoted(lexical: str) -> str:
    """A lexical form as in canonical N-Triples."""
    return f'"{_SPECIAL.sub(_escape, lexical)}"' if _SPECIAL.search(lexical) else f'"{lexical}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group()) or f"\\u{ord(match.group()):04X}"


def resource_text(iri: str) -> str:
    """``<iri>``, or a blank node as it is."""
    return iri if iri.startswith("_:") else f"<{iri}>"


def literal_text(kind: LiteralKind, value: object) -> str:
    """A native value as a term."""
    if kind.encoding == "double" and isinstance(value, float):
        lexical = ox.Literal(value).value
    elif isinstance(value, bool):
        lexical = "true" if value else "false"
    else:
        lexical = str(value)
    return _literal(lexical, kind.datatype, kind.language)


def _literal(lexical: str, datatype: str, language: str | None) -> str:
    if language is not None:
        return f"{quoted(lexical)}@{language}"
    return quoted(lexical) if datatype == STRING else f"{quoted(lexical)}^^<{datatype}>"


def tagged(term: Iri | Literal) -> str:
    """A constant as a tagged string.

    >>> tagged(Iri("a:b")), tagged(Literal("x", language="en"))
    ('<a:b', '@en x')
    """
    if isinstance(term, Iri):
        return f"{RESOURCE_TAG}{term.value}"
    kind, value = literal_value(term)
    if isinstance(value, bool):
        value = "true" if value else "false"
    return f"{kind.tag}{java_double(value) if isinstance(value, float) else value}"


def java_double(number: float) -> str:
    """A double as Cypher's ``toString`` writes it.

    >>> java_double(1e-7), java_double(150.0), java_double(1e21)
    ('1.0E-7', '150.0', '1.0E21')
    """
    if number != number:  # noqa: PLR0124  not a number
        return "NaN"
    if number in {float("inf"), float("-inf")}:
        return "Infinity" if number > 0 else "-Infinity"
    digits, _, exponent = repr(abs(number)).partition("e")
    sign = "-" if str(number).startswith("-") else ""
    if not exponent and (number == 0 or 1e-3 <= abs(number) < 1e7):  # noqa: PLR2004  Double.toString says so
        return f"{sign}{digits}"
    return f"{sign}{_scientific(digits, int(exponent or 0))}"


def _scientific(digits: str, exponent: int) -> str:
    whole, _, part = digits.partition(".")
    part = "" if part == "0" else part
    shift = len(whole) - 1
    figures = f"{whole}{part}"
    if whole == "0":
        stripped = part.lstrip("0")
        shift = -(len(part) - len(stripped)) - 1
        figures = stripped
    figures = figures.rstrip("0") or "0"
    return f"{figures[0]}.{figures[1:] or '0'}E{exponent + shift}"


def tagged_text(text: str) -> str:
    """A tagged string as a term."""
    sign = text[0]
    if sign == RESOURCE_TAG:
        return resource_text(text[1:])
    if sign == '"':
        return quoted(text[1:])
    if sign == "~":
        return f'"{ox.Literal(float(text[1:])).value}"^^<{XSD}double>'
    name, _, lexical = text[1:].partition(" ")
    return f"{quoted(lexical)}@{name}" if sign == "@" else f"{quoted(lexical)}^^<{name}>"
