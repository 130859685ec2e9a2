"""Dates and times: their parts, and which is before which. Years outside 1 to 9999 and durations are left to others."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from common.namespaces import XSD
from graph.cypher.finishing.calendar import FORMS, fields
from graph.cypher.finishing.values import Moment, Unsure, Value, decimal_of

_DAY = 86_400 * 10**18
_MINUTE = 60 * 10**18
_FOURTEEN_HOURS = 14 * 60 * _MINUTE
_PARTS = {"YEAR": 0, "MONTH": 1, "DAY": 2, "HOURS": 3, "MINUTES": 4, "SECONDS": 5}


def _fields(moment: Moment) -> tuple[str, ...]:
    found = fields(moment.lexical, moment.datatype) if moment.datatype in FORMS else None
    if found is None:
        raise Unsure
    return found


@lru_cache(maxsize=4096)
def _instant(moment: Moment) -> tuple[int, bool]:
    """In units of 10^-18 seconds, and whether it has a time zone.

    Raises:
        Unsure: It is not looked at closely here.
    """
    year, month, day, hour, minute, second, zone = _fields(moment)
    found = date(int(year), int(month or 1), int(day or 1)).toordinal() * _DAY if year else 0
    seconds = decimal_of(second) if second else None
    found += (int(hour or 0) * 60 + int(minute or 0)) * _MINUTE + (0 if seconds is None else seconds.scaled)
    return found - _minutes(zone) * _MINUTE, bool(zone)


def _minutes(zone: str) -> int:
    """East of Greenwich."""
    if zone in {"", "Z"}:
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone.startswith("-") else minutes


def equal(left: Moment, right: Value) -> bool:
    """Whether a moment and another literal of a known datatype are equal.

    Raises:
        Unsure: It is not looked at closely here.
    """
    one, zoned = _instant(left)
    if not isinstance(right, Moment):
        return False
    other, other_zoned = _instant(right)
    return left.datatype == right.datatype and zoned == other_zoned and one == other


def compare(left: Moment, right: Moment) -> int | None:
    """-1, 0 or 1; None: they have no order.

    Raises:
        Unsure: As for ``equal``.
    """
    (one, zoned), (other, other_zoned) = _instant(left), _instant(right)
    if left.datatype != right.datatype:
        return None
    if zoned == other_zoned:
        return (one > other) - (one < other)
    if left.datatype == f"{XSD}time":
        raise Unsure
    if one < other - _FOURTEEN_HOURS:
        return -1
    return 1 if one > other + _FOURTEEN_HOURS else None


def part(name: str, value: Value) -> Value | None:
    """YEAR, MONTH, DAY, HOURS, MINUTES, SECONDS.

    Raises:
        Unsure: As for ``equal``.
    """
    if not isinstance(value, Moment):
        return None
    found = _fields(value)[_PARTS[name]]
    if not found:
        return None
    return decimal_of(found) if name == "SECONDS" else int(found)


def zone(value: Value) -> str | None:
    """TZ.

    Raises:
        Unsure: As for ``equal``.
    """
    return _fields(value)[6] if isinstance(value, Moment) else None


def offset(value: Value) -> Moment | None:
    """TIMEZONE.

    Raises:
        Unsure: As for ``equal``.
    """
    found = zone(value)
    if not found:
        return None
    minutes = _minutes(found)
    hours, rest = divmod(abs(minutes), 60)
    text = f"{f'{hours}H' if hours else ''}{f'{rest}M' if rest else ''}" or "0S"
    return Moment(f"{'-' if minutes < 0 else ''}PT{text}", f"{XSD}dayTimeDuration")
