"""The Item that a holdings field describes: a holdings record's own, or one embedded in a bibliographic record.

In a bibliographic record the fields of one holding follow its 852; an 876 with a barcode is a piece of it. Where there
are as many 876 as 852 the two describe the same Item.
"""

from collections.abc import Callable
from functools import partial

from ingest.mappings.description import Description
from ingest.mappings.names import TYPE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC, HOLDINGS, Drop
from ingest.record import DataField

ITEM = bf("Item")
ITEM_OF = bf("itemOf")
HELD_UNDER = bg("heldUnder")
NOT_PUBLIC = Drop("not public", "MARC 21 marks the subfield as a note that the public does not see")
PIECES = frozenset({"876", "877", "878"})

ItemFunction = Callable[[Description, DataField, str], None]
"""Gets the term of the Item too."""


def maps_items(*tags: str, codes: str, drop: dict[str, Drop] | None = None) -> Callable[[ItemFunction], ItemFunction]:
    """Registers the decorated function for holdings records and for holdings within bibliographic records."""

    def register(function: ItemFunction) -> ItemFunction:
        HOLDINGS.maps(*tags, codes=codes, drop=drop)(partial(_in_holdings, function))
        BIBLIOGRAPHIC.maps(*tags, codes=codes, drop=drop)(partial(_in_bibliographic, function))
        return function

    return register


def _in_holdings(function: ItemFunction, d: Description, f: DataField) -> None:
    """A holdings record describes one Item, which stands where another record's Instance would."""
    item = d.instance
    if d.tag in PIECES and _count(d, d.tag, len(d.fields)) > 1:
        item = _begun(d, f"<{d.base}id/item/{d.path}.{d.occurrence}>", (HELD_UNDER, item))
    function(d, f, item)


def _in_bibliographic(function: ItemFunction, d: Description, f: DataField) -> None:
    function(d, f, _piece(d) if d.tag in PIECES else _holding(d))


def _holding(d: Description) -> str:
    """The Item of the 852 at hand, or of the last one before the field at hand."""
    number = d.occurrence if d.tag == "852" else max(_count(d, "852", d.field_index), 1)
    return _begun(d, f"<{d.base}id/item/{d.path}.{number}>", (ITEM_OF, d.instance))


def _piece(d: Description) -> str:
    """The Item of an 876–878: its 852's own if there are as many of both, else a piece of it."""
    if _count(d, d.tag, len(d.fields)) == _count(d, "852", len(d.fields)):
        return _begun(d, f"<{d.base}id/item/{d.path}.{d.occurrence}>", (ITEM_OF, d.instance))
    holding = _holding(d)
    item = _begun(d, f"{holding[:-1]}.{d.tag}-{d.occurrence}>", (HELD_UNDER, holding))
    d.add(item, ITEM_OF, d.instance)
    return item


def _begun(d: Description, item: str, link: tuple[str, str]) -> str:
    if item not in d.entities:
        d.own(item)
        d.add(item, TYPE, ITEM)
        d.add(item, *link)
    return item


def _count(d: Description, tag: str, before: int) -> int:
    return sum(1 for f in d.fields[:before] if f.tag == tag)
