"""Strings in the order of code points, which is SPARQL's.

Neo4j compares what it keeps by code points, but what comes from outside, and what is made of that, by units of UTF-16:
there `"\U0001f600"` comes before `"\uff5e"`. A *sortable* string has the same order either way.
What a transaction has written itself is as if from outside: in an update, which has no guards, nothing counts as kept.
"""

from __future__ import annotations

import re

from graph.cypher.pipeline import Names

_STORED = re.compile(r"v[0-9]+\.(?:`(?:[^`]|``)+`|\w+)|coalesce\((v[0-9]+)\.longIri, \1\.iri\)")
_HIGH = "[\\\\uE000-\\\\uFFFF]"
"""Code points that come before surrogates in one order and after them in the other."""
_LOWEST_SURROGATE = "\ud800"


def sortable(text: str, *, guards: bool) -> str:
    """An expression that orders strings as their code points do: a high one is put behind U+D7FF, which no text has."""
    if guards and is_stored(text):
        return text
    letters = f"[c IN split(x, '') | CASE WHEN c =~ '{_HIGH}' THEN '\\uD7FF' + c ELSE c END]"
    high = f"reduce(key = '', c IN {letters} | key + c)"
    return f"[x IN [{text}] | CASE WHEN x =~ '(?s).*{_HIGH}.*' THEN {high} ELSE x END][0]"


def compare(operator: str, left: str, right: str, names: Names, *, guards: bool) -> str:
    """``<`` and the like between two strings."""
    if not any(_is_low(text, names) for text in (left, right)):
        left, right = sortable(left, guards=guards), sortable(right, guards=guards)
    return f"({left} {operator} {right})"


def is_stored(text: str) -> bool:
    """Whether an expression is a property, as it is."""
    return _STORED.fullmatch(text) is not None


def _is_low(text: str, names: Names) -> bool:
    """Whether it is a constant that stands alike to all strings in both orders."""
    known = names.parameters.get(text[1:]) if text.startswith("$") else None
    return isinstance(known, str) and all(letter < _LOWEST_SURROGATE for letter in known)
