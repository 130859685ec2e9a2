"""Values of a foreign graph as literals."""

import base64
import re
from collections.abc import Iterator

from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from common.namespaces import XSD
from graph.backends.neo4j.terms import escaped
from graph.canonical import canonical_literal

_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_WGS_84 = frozenset({4326, 4979})
"""Reference systems of longitude and latitude, which a WKT literal means where it names none."""
_ZEROES = re.compile(r"(\.\d*?)0+(?=$|[Z+-])")


def literals(value: object) -> Iterator[str]:
    """The literal of a value, or one for each value of a list, as canonical N-Triples text."""
    for each in value if isinstance(value, list) else [value]:
        text, datatype = _lexical(each)
        yield escaped(text) if datatype is None else canonical_literal(f"{escaped(text)}^^<{datatype}>")


def _lexical(value: object) -> tuple[str, str | None]:  # noqa: PLR0911  a table of types
    """Lexical form and datatype; None: ``xsd:string``."""
    match value:
        case bool():
            return str(value).lower(), f"{XSD}boolean"
        case int():
            return str(value), f"{XSD}integer"
        case float():
            return repr(value).replace("inf", "INF").replace("nan", "NaN"), f"{XSD}double"
        case DateTime():
            return _shorter(value.iso_format()), f"{XSD}dateTime"
        case Date():
            return value.iso_format(), f"{XSD}date"
        case Time():
            return _shorter(value.iso_format()), f"{XSD}time"
        case bytes() | bytearray():
            return base64.b64encode(value).decode(), f"{XSD}base64Binary"
        case Point() if value.srid in _WGS_84:
            return f"POINT{'' if len(value) == 2 else ' Z '}({' '.join(map(str, value))})", _WKT  # noqa: PLR2004
        case Duration():
            return value.iso_format(), None  # it may mix signs, which xsd:duration can't
        case _:
            return str(value), None


def _shorter(text: str) -> str:
    """Without zeroes at the end of the seconds."""
    return _ZEROES.sub(lambda found: found[1].rstrip("."), text)
