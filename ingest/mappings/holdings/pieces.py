"""Single pieces: 876–878 (barcode, copy, status, where it is for the time being)."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.holdings.items import NOT_PUBLIC, maps_items
from ingest.mappings.holdings.location import barcode
from ingest.mappings.names import TYPE, VALUE, bf, bg
from ingest.record import DataField

IDENTIFIED_BY = bf("identifiedBy")
LOCAL = bf("Local")
_TEXTS = {
    "3": bg("appliesToPart"),
    "b": bg("invalidItemNumber"),
    "c": bg("itemCost"),
    "d": bg("dateAcquired"),
    "e": bg("acquisitionSourceName"),
    "h": bg("useRestriction"),
    "j": bg("itemStatus"),
    "l": bg("temporaryLocation"),
    "r": bg("invalidBarcode"),
    "t": bg("copyNumber"),
    "z": bg("publicNote"),
}


@maps_items("876", "877", "878", codes="3abcdehjlprtz", drop={"x": NOT_PUBLIC})
def piece(d: Description, f: DataField, item: str) -> None:
    """876 basic unit, 877 supplement, 878 index: the numbers on the piece, its status and its notes."""
    part = 0
    for code, value in f.subfields:
        value = value.strip()  # noqa: PLW2901  the same without blanks
        if code in _TEXTS:
            d.text(item, _TEXTS[code], value, d.note_lang if code == "z" else None)
        elif code == "p" and value:
            barcode(d, item, value, part)
            part += 1
        elif code == "a" and value:
            node = d.node(item, "number")
            d.add(item, IDENTIFIED_BY, node)
            d.add(node, TYPE, LOCAL)
            d.add(node, VALUE, literal(value))
