"""Coordinates of 034 and 255 as decimal degrees."""

from decimal import Decimal
from functools import lru_cache

_SIGNS = {"N": 1, "E": 1, "+": 1, "S": -1, "W": -1, "-": -1}
_DMS_LENGTH = len("dddmmss")
_MAX_DEGREES = 180
_PLACES = Decimal("0.000001")


@lru_cache(maxsize=4096)
def decimal_degrees(text: str) -> Decimal | None:
    """``W0963730`` or ``+079.533265`` in decimal degrees, west and south negative; None if it is neither.

    >>> decimal_degrees("W0963730"), decimal_degrees("N43.5"), decimal_degrees("Lat. 4")
    (Decimal('-96.625'), Decimal('43.5'), None)
    """
    text = text.strip().upper()
    sign = _SIGNS.get(text[:1])
    number = text[1:] if sign is not None else text
    if not number.replace(".", "", 1).isdecimal() or not number.isascii():
        return None
    if "." in number and len(number.split(".", 1)[0]) <= len("ddd"):
        degrees = Decimal(number)
    elif len(number.split(".", 1)[0]) == _DMS_LENGTH:
        degrees = Decimal(number[:3]) + Decimal(number[3:5]) / 60 + Decimal(number[5:]) / 3600
    else:
        return None
    if degrees > _MAX_DEGREES:
        return None
    return ((sign or 1) * degrees).quantize(_PLACES).normalize()
