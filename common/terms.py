"""RDF terms as their canonical N-Triples text (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples).

A term is a ``str``: ``<https://…>``, ``"text"``, ``"text"@en`` or ``"1"^^<…#integer>``; a statement is ``"s p o"``
without the closing dot. Text is what mapping writes, the gate validates, bulk load reads and a digest sums,
so a term is never built twice. Blank nodes do not occur (decisions about data, 8).
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from common.namespaces import RDF, XSD

type_ = f"<{RDF}type>"

_ILLEGAL_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NEEDS_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_UNESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_UNESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?\Z', re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*\Z", re.IGNORECASE)


def iri(value: str) -> str:
    """``<value>``, with characters that no IRI may hold percent-encoded."""
    if _ILLEGAL_IN_IRI.search(value):
        value = _ILLEGAL_IN_IRI.sub(lambda m: quote(m.group()), value)
    return f"<{value}>"


def literal(value: str, lang: str | None = None, datatype: str | None = None) -> str:
    """A literal in Unicode NFC; ``lang`` is a BCP 47 tag (written lower case), ``datatype`` a full IRI."""
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if _NEEDS_ESCAPE.search(value):
        value = _NEEDS_ESCAPE.sub(_escape, value)
    if lang is not None:
        return f'"{value}"@{lang.lower()}'
    if datatype is not None and datatype != f"{XSD}string":
        return f'"{value}"^^<{datatype}>'
    return f'"{value}"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ESCAPES:
        return _ESCAPES[char]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return f"\\u{ord(char):04X}"


def integer(value: int) -> str:
    """An ``xsd:integer`` in canonical form."""
    return f'"{value}"^^<{XSD}integer>'


def is_iri(term: str) -> bool:
    """Whether the term is an IRI."""
    return term.startswith("<")


def value(term: str) -> str:
    """The IRI without brackets, or the literal's lexical form, unescaped."""
    if term.startswith("<"):
        return term[1:-1]
    return _unescape(split_literal(term)[0])


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _UNESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else _UNESCAPED.get(match.group(3), match.group(3))


def split_literal(term: str) -> tuple[str, str | None, str | None]:
    """``(escaped lexical form, language, datatype IRI)`` of a literal.

    Raises:
        ValueError: The text is not an N-Triples literal.
    """
    match = _LITERAL.match(term)
    if match is None:
        raise ValueError(f"not an N-Triples literal: {term[:80]}")
    return match.group(1), match.group(2), match.group(3)


def language(term: str) -> str | None:
    """Language tag of a literal, None for other terms."""
    return None if term.startswith("<") else split_literal(term)[1]


def datatype(term: str) -> str | None:
    """Datatype IRI of a literal that is not a plain or language string, else None."""
    return None if term.startswith("<") else split_literal(term)[2]


def is_language_tag(tag: str) -> bool:
    """Whether ``tag`` has the form of a BCP 47 language tag."""
    return _LANGUAGE.match(tag) is not None


def split_statement(statement: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a statement ``"s p o"``."""
    subject, predicate, obj = statement.split(" ", 2)
    return subject, predicate, obj


@lru_cache(maxsize=65_536)
def slug(text: str) -> str:
    """``text`` as one path segment of an IRI: NFC, white space to ``_``, other reserved characters percent-encoded."""
    text = unicodedata.normalize("NFC", " ".join(text.split())).replace(" ", "_")
    return quote(text, safe="-._~()',!*;:@")
