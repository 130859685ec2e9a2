"""Arithmetic (SPARQL 1.1, section 17.3): numbers are brought to the wider type of both; None is an error."""

from __future__ import annotations

import math
from collections.abc import Callable

from graph.cypher.finishing.values import (
    MOST_DECIMAL,
    ONE,
    Decimal,
    Moment,
    Single,
    Unsure,
    Value,
    decimal,
    in_64,
    rounded,
)

Number = int | Decimal | Single | float
_EXACT = 2**53
_DIGITS = 18


def is_number(value: Value | None) -> bool:
    """Whether it is one; a boolean is none."""
    return type(value) in {int, Decimal, Single, float}


def to_double(number: Value) -> float:
    """As a double, rounded as Oxigraph rounds."""
    match number:
        case Decimal(scaled):
            shift = ONE
            while shift != 1 and scaled % 10 == 0:
                scaled, shift = scaled // 10, shift // 10
            return float(scaled) / float(shift)
        case Single(found):
            return found
        case int() | float():
            return float(number)
    raise TypeError(number)


def to_single(number: Value) -> float:
    """As an ``xsd:float``.

    Raises:
        Unsure: It may be rounded twice.
    """
    if isinstance(number, int) and abs(number) > _EXACT:
        raise Unsure
    return rounded(to_double(number))


def promoted(left: Value, right: Value) -> tuple[type, object, object]:
    """Both in the wider type of them: integers, scaled decimals, or floats, and which type that is."""
    types = {type(left), type(right)}
    if float in types:
        return float, to_double(left), to_double(right)
    if Single in types:
        return Single, to_single(left), to_single(right)
    if Decimal in types:
        return Decimal, scaled(left), scaled(right)
    return int, left, right


def scaled(number: Value) -> int:
    """An integer or decimal in units of 10^-18."""
    if isinstance(number, Decimal):
        return number.scaled
    if isinstance(number, int):
        return number * ONE
    raise TypeError(number)


def calculate(operator: str, left: Value | None, right: Value | None) -> Value | None:
    """``left operator right``.

    Raises:
        Unsure: Dates and durations.
    """
    if left is None or right is None:
        return None
    if not (is_number(left) and is_number(right)):
        if isinstance(left, Moment) or isinstance(right, Moment):
            raise Unsure
        return None
    kind, one, other = promoted(left, right)
    if kind is int and operator == "/":
        kind, one, other = Decimal, scaled(left), scaled(right)
    return _OPERATIONS[kind](operator, one, other)


def _integers(operator: str, left: int, right: int) -> int | None:
    match operator:
        case "+":
            return in_64(left + right)
        case "-":
            return in_64(left - right)
        case _:
            return in_64(left * right)


def _decimals(operator: str, left: int, right: int) -> Decimal | None:
    match operator:
        case "+":
            return decimal(left + right)
        case "-":
            return decimal(left - right)
        case "*":
            whole, rest = divmod(left * right, ONE)
            return None if rest else decimal(whole)
        case _:
            return _divided(left, right)


def _divided(left: int, right: int) -> Decimal | None:
    """As Oxigraph does it: both are shifted as far as they can be, and what can't be shifted back is an error."""
    shift = 0
    while left and -MOST_DECIMAL <= left * 10 < MOST_DECIMAL:
        left, shift = left * 10, shift + 1
    while right and right % 10 == 0:
        right, shift = right // 10, shift + 1
    if right == 0 or shift < _DIGITS:
        return None
    found = abs(left) // abs(right) // 10 ** (shift - _DIGITS)
    return decimal(found if (left < 0) == (right < 0) else -found)


def _floats(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


_OPERATIONS: dict[type, Callable[..., Value | None]] = {
    int: _integers,
    Decimal: _decimals,
    float: _floats,
    Single: lambda operator, left, right: Single(rounded(_floats(operator, left, right))),
}


def negated(number: Value) -> Value | None:
    """``-number``."""
    match number:
        case bool():
            return None
        case int():
            return in_64(-number)
        case float():
            return -number
        case Decimal(found):
            return decimal(-found)
        case Single(single):
            return Single(-single)
        case Moment():
            raise Unsure
    return None


def _whole(by_decimal: Callable[[int], int], by_float: Callable[[float], float]) -> Callable[[Value], Value | None]:
    def function(number: Value) -> Value | None:
        match number:
            case bool():
                return None
            case int():
                return number
            case Decimal(found):
                return decimal(by_decimal(found))
            case float():
                return by_float(number)
            case Single(single):
                return Single(by_float(single))
        return None

    return function


def _by_float(function: Callable[[float], float]) -> Callable[[float], float]:
    """Keeps what is no number, and the sign of zero."""

    def apply(number: float) -> float:
        return number if not math.isfinite(number) else math.copysign(function(number), number)

    return apply


def _half_up(number: float) -> float:
    """Halves go up.

    Raises:
        Unsure: It is near one, where additions round.
    """
    low = math.floor(number)
    return low + 1.0 if number - low >= 0.5 else float(low)  # noqa: PLR2004  a half


ROUNDING = {
    "CEIL": _whole(lambda found: -(-found // ONE) * ONE, _by_float(lambda found: float(math.ceil(found)))),
    "FLOOR": _whole(lambda found: found // ONE * ONE, _by_float(lambda found: float(math.floor(found)))),
    "ROUND": _whole(lambda found: (2 * found + ONE) // (2 * ONE) * ONE, _by_float(_half_up)),
}


def absolute(number: Value) -> Value | None:
    """ABS."""
    match number:
        case bool():
            return None
        case int():
            return in_64(abs(number))
        case Decimal(found):
            return decimal(abs(found))
        case float():
            return abs(number)
        case Single(single):
            return Single(abs(single))
    return None
