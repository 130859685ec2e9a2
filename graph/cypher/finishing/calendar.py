"""Lexical forms of dates and times, of which those of the years 1 to 9999 are looked at closely."""

from __future__ import annotations

import re
from datetime import date

from common.namespaces import XSD

_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = r"(-?[0-9]{4,})-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,18})?)"
_FORMS = {
    f"{XSD}dateTime": re.compile(f"{_DATE}T{_TIME}{_ZONE}"),
    f"{XSD}date": re.compile(f"{_DATE}()()(){_ZONE}"),
    f"{XSD}time": re.compile(f"()()(){_TIME}{_ZONE}"),
    f"{XSD}gYear": re.compile(rf"(-?[0-9]{{4,}})()()()()(){_ZONE}"),
    f"{XSD}gYearMonth": re.compile(rf"(-?[0-9]{{4,}})-([0-9]{{2}})()()()(){_ZONE}"),
}
FORMS = frozenset(_FORMS)
"""Datatypes that are looked at closely."""
MOMENTS = FORMS | {
    f"{XSD}{name}"
    for name in ("dateTimeStamp gMonth gMonthDay gDay duration yearMonthDuration dayTimeDuration".split())
}
"""Datatypes of dates, times, parts of them and durations."""
_LOOSE = re.compile(r"[-+:.TZ0-9PYMDHS]+")
_YEARS = range(1, 10_000)


def fields(lexical: str, datatype: str) -> tuple[str, ...] | None:
    """Year, month, day, hour, minute, second and zone, each "" if it has none; None: it is no such form."""
    found = _FORMS[datatype].fullmatch(lexical)
    return None if found is None else tuple(group or "" for group in found.groups())


def is_valid(lexical: str, datatype: str) -> bool | None:
    """Whether a lexical form is one of its datatype, which is one of ``MOMENTS``; None: that is not looked at.

    >>> [is_valid(text, f"{XSD}date") for text in ("2020-02-29", "2021-02-29", "12021-02-29")]
    [True, False, None]
    """
    if not _LOOSE.fullmatch(lexical):
        return False
    if datatype not in FORMS:
        return None
    found = fields(lexical, datatype)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found
    if (year and int(year) not in _YEARS) or (zone not in {"", "Z"} and int(zone[1:3]) * 60 + int(zone[4:6]) > 14 * 60):
        return None
    if hour and (int(hour) > 23 or int(minute) > 59 or float(second) >= 60):  # noqa: PLR2004  of the clock
        return None
    return not year or _is_day(int(year), int(month or 1), int(day or 1))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
