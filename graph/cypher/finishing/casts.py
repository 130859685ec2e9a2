"""Constructors of datatypes (SPARQL 1.1, section 17.5); each gives None where it is an error."""

from __future__ import annotations

import math
from collections.abc import Callable

from common.namespaces import XSD
from graph.canonical import canonical_literal
from graph.cypher.finishing.numbers import is_number, to_double, to_single
from graph.cypher.finishing.values import (
    MOST_INTEGER,
    ONE,
    Decimal,
    Moment,
    Single,
    Unsure,
    Value,
    decimal,
    decimal_of,
    double_of,
    in_64,
    integer_of,
    lexical_form,
    parse,
    rounded,
)
from graph.cypher.kinds import quoted

_EXACT = 10**15


def _integer(value: Value) -> Value | None:
    match value:
        case str():
            return integer_of(value)
        case int():
            return int(value)
        case Decimal(scaled):
            return in_64(scaled // ONE if scaled >= 0 else -(-scaled // ONE))
        case float() | Single():
            number = to_double(value)
            return math.trunc(number) if -MOST_INTEGER < number < MOST_INTEGER else None
    return None


def _decimal(value: Value) -> Value | None:
    match value:
        case str():
            return decimal_of(value)
        case int():
            return decimal(int(value) * ONE)
        case Decimal():
            return value
        case float() | Single():
            number = to_double(value)
            if not math.isfinite(number):
                return None
            if number != int(number) or abs(number) > _EXACT:
                raise Unsure
            return decimal(int(number) * ONE)
    return None


def _read_double(text: str) -> float | None:
    found = double_of(text)
    if found is None and text.lstrip("+-").lower() in {"inf", "infinity", "nan"}:
        raise Unsure
    return found


def _double(value: Value) -> Value | None:
    if isinstance(value, str):
        return _read_double(value)
    if isinstance(value, bool):
        return float(value)
    return to_double(value) if is_number(value) else None


def _single(value: Value) -> Value | None:
    if isinstance(value, str):
        number = _read_double(value)
        return None if number is None else Single(rounded(number))
    if isinstance(value, bool):
        return Single(float(value))
    return Single(to_single(value)) if is_number(value) else None


def _boolean(value: Value) -> Value | None:
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value)
    return truth(value) if isinstance(value, bool) or is_number(value) else None


def _string(value: Value) -> Value | None:
    return lexical_form(value)


def _moment(name: str) -> Callable[[Value], Value | None]:
    datatype = f"{XSD}{name}"

    def apply(value: Value) -> Value | None:
        if isinstance(value, str):
            return _read(value, datatype)
        if isinstance(value, Moment):
            if value.datatype != datatype:
                raise Unsure
            return value
        return None

    return apply


def _read(text: str, datatype: str) -> Value | None:
    """The moment that a text is.

    Raises:
        Unsure: It is none that is looked at closely here.
    """
    if not any(char.isdigit() for char in text):
        return None
    found = parse(canonical_literal(f"{quoted(text)}^^<{datatype}>"))
    if not isinstance(found, Moment):
        raise Unsure
    return found


CASTS: dict[str, Callable[[Value], Value | None]] = {
    f"{XSD}integer": _integer,
    f"{XSD}decimal": _decimal,
    f"{XSD}double": _double,
    f"{XSD}float": _single,
    f"{XSD}boolean": _boolean,
    f"{XSD}string": _string,
    **{f"{XSD}{name}": _moment(name) for name in ("dateTime", "date", "time")},
}


def truth(value: Value | None) -> bool | None:
    """The effective boolean value (section 17.2.2)."""
    match value:
        case bool():
            return value
        case str() | int():
            return bool(value)
        case Decimal(scaled):
            return scaled != 0
        case float() | Single():
            number = to_double(value)
            return number != 0 and not math.isnan(number)
    return None
