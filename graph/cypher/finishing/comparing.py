"""Which terms are equal, and which comes first (SPARQL 1.1, sections 15.1 and 17.3)."""

from __future__ import annotations

import math
from functools import cmp_to_key

from graph.cypher.finishing import times
from graph.cypher.finishing.numbers import is_number, promoted
from graph.cypher.finishing.values import (
    Moment,
    Other,
    Resource,
    Tagged,
    Value,
    datatype_of,
    lexical_form,
    parse,
    term,
)


def equals(left: Value, right: Value) -> bool | None:  # noqa: PLR0911  a case for each type
    """``=``; None is an error.

    Raises:
        Unsure: Some dates and durations.
    """
    if isinstance(left, Resource) or isinstance(right, Resource):
        return left == right
    if isinstance(left, Other) or isinstance(right, Other):
        if left == right:
            return True
        return False if isinstance(left, Tagged) or isinstance(right, Tagged) else None
    if is_number(left) and is_number(right):
        _, one, other = promoted(left, right)
        return one == other
    if isinstance(left, Tagged) or isinstance(right, Tagged):
        return left == right
    if isinstance(left, Moment):
        return left == right or times.equal(left, right)
    if isinstance(right, Moment):
        return times.equal(right, left)
    return type(left) is type(right) and left == right


def compare(left: Value, right: Value) -> int | None:
    """-1, 0 or 1; None: they have no order, unless they are the same term, whatever it is.

    Raises:
        Unsure: As for ``equals``.
    """
    if is_number(left) and is_number(right):
        _, one, other = promoted(left, right)
        return 0 if term(left) == term(right) else _order(one, other)
    if type(left) is type(right) and left == right:
        return 0
    if isinstance(left, Moment) and isinstance(right, Moment):
        return times.compare(left, right)
    if isinstance(left, Tagged) and isinstance(right, Tagged):
        return _order(left.lexical, right.lexical) if left.language == right.language else None
    if isinstance(left, str) and isinstance(right, str):
        return _order(left, right)
    return None


def _order(left: object, right: object) -> int | None:
    if isinstance(left, float) and isinstance(right, float) and (math.isnan(left) or math.isnan(right)):
        return None
    found: int = (left > right) - (left < right)  # type: ignore[operator]
    return found


def _rank(value: Value | None) -> int:
    if value is None:
        return 0
    if isinstance(value, Resource):
        return 1 if value.text.startswith("_:") else 2
    return 3


def order(left: Value | None, right: Value | None) -> int:
    """The order of ORDER BY, MIN and MAX: unbound, blank nodes, IRIs, literals; these by value, else as text.

    Raises:
        Unsure: As for ``equals``.
    """
    ranks = _rank(left), _rank(right)
    if left is None or right is None or ranks[0] != ranks[1]:
        return (ranks[0] > ranks[1]) - (ranks[0] < ranks[1])
    if isinstance(left, Resource) and isinstance(right, Resource):
        if ranks[0] == 1:
            return 0
        one, other = left.text[1:-1], right.text[1:-1]
        return (one > other) - (one < other)
    found = None if isinstance(left, Other) or isinstance(right, Other) else compare(left, right)
    if found is not None:
        return found
    texts = _as_text(left), _as_text(right)
    return (texts[0] > texts[1]) - (texts[0] < texts[1])


def _as_text(value: Value) -> tuple[str, str, str]:
    language = value.language if isinstance(value, Tagged) else ""
    return lexical_form(value) or "", datatype_of(value) or "", language


Key = cmp_to_key(order)
"""A key for sorting values."""


def order_of(text: str | None) -> object:
    """The sorting key of a term."""
    return Key(None if text is None else parse(text))
