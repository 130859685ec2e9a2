"""Where an Item is and under which call number: 852."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import NOTE_ADDRESS, web_address
from ingest.mappings.facts.codes import organization, term
from ingest.mappings.holdings.items import NOT_PUBLIC, maps_items
from ingest.mappings.names import TYPE, VALUE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

BARCODE = bf("Barcode")
CALL_NUMBER = bg("callNumber")
HELD_BY = bf("heldBy")
HOLDING_LIBRARY = bg("holdingLibrary")
HOLDING_INSTITUTION = bg("holdingInstitutionName")
IDENTIFIED_BY = bf("identifiedBy")
LOCATOR = bf("electronicLocator")
PLACE = bf("place")
SHELVING_SCHEME = bg("shelvingScheme")

#: First indicator -> scheme by which the Item is shelved; 7 is said in $2.
_SCHEMES = {
    "0": term("class_schemes", "lcc"),
    "1": term("class_schemes", "ddc"),
    "2": term("class_schemes", "nlm"),
    "3": term("class_schemes", "sudocs"),
    "4": term("shelving", "control-number"),
    "5": term("shelving", "title"),
    "6": term("shelving", "separately"),
    "8": term("shelving", "other"),
}
_SAID_IN_2 = "7"
#: Parts of the call number, which are one text in their order.
_CALL_NUMBER = frozenset("hijklm")
_TEXTS = {
    "3": bg("appliesToPart"),
    "b": bg("sublocation"),
    "c": bg("shelvingLocation"),
    "d": bg("formerShelvingLocation"),
    "e": bg("holdingAddress"),
    "f": bg("codedLocationQualifier"),
    "g": bg("locationQualifier"),
    "o": bg("itemType"),
    "q": bg("physicalCondition"),
    "s": bg("copyrightFeeCode"),
    "t": bg("copyNumber"),
    "y": bg("itemStatus"),
    "z": bg("publicNote"),
}


@maps_items("852", codes="23abcdefghijklmnopqstuyz", drop={"x": NOT_PUBLIC})
def location(d: Description, f: DataField, item: str) -> None:
    """852: library, collection, shelf; the call number whole; barcode, copy, public notes."""
    call_number = []
    for code, value in f.subfields:
        value = value.strip()  # noqa: PLW2901  the same without blanks
        if code in _CALL_NUMBER:
            call_number.append(value)
        elif code in _TEXTS:
            d.text(item, _TEXTS[code], value, d.note_lang if code == "z" else None)
        elif code == "a" and value:
            _library(d, item, value)
        elif code == "p" and value:
            barcode(d, item, value)
        elif code == "n":
            d.add(item, PLACE, term("countries", value))
        elif code == "u":
            _address(d, item, value)
    d.text(item, CALL_NUMBER, " ".join(call_number))
    scheme = term("class_schemes", f.get("2") or "local") if f.ind1 == _SAID_IN_2 else _SCHEMES.get(f.ind1)
    if scheme is not None and call_number:
        d.add(item, SHELVING_SCHEME, scheme)


@BIBLIOGRAPHIC.maps("850", codes="a")
def holding_institutions(d: Description, f: DataField) -> None:
    """850: libraries that hold the resource, without a word about their copies."""
    for value in f.all("a"):
        if value.strip():
            d.add(d.instance, HOLDING_LIBRARY, organization(value))


def _address(d: Description, item: str, value: str) -> None:
    """$u: where the item is on the web; a text that is no address is kept as a text."""
    address = web_address(value)
    if address is None:
        d.text(item, NOTE_ADDRESS, value)
    else:
        d.add(item, LOCATOR, address)


def _library(d: Description, item: str, value: str) -> None:
    """$a: an organization code, or in some files the library's name."""
    if " " in value or not value.replace("-", "").replace("/", "").isascii():
        d.text(item, HOLDING_INSTITUTION, value)
    else:
        d.add(item, HELD_BY, organization(value))


def barcode(d: Description, item: str, value: str, part: int = 0) -> None:
    """The identifier on the piece."""
    node = d.node(item, "barcode", part)
    d.add(item, IDENTIFIED_BY, node)
    d.add(node, TYPE, BARCODE)
    d.add(node, VALUE, literal(value))
