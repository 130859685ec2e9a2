"""Where it is on the web: 856, 857. The address hangs on the Instance; what is said about it, on a node of the link."""

from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import web_address
from ingest.mappings.facts.codes import organization
from ingest.mappings.names import LABEL, TYPE, bf, bflc, bg, schema
from ingest.mappings.table import BIBLIOGRAPHIC, Drop
from ingest.record import DataField

LOCATOR = bf("electronicLocator")
RELATED, ADDRESS_TEXT = bg("relatedElectronicLocator"), bg("electronicAddress")
LINK, LINK_CLASS, URL = bg("electronicLink"), bg("ElectronicLink"), schema("url")
NOTE, INSTITUTION = bg("electronicLocatorNote"), bflc("applicableInstitution")
#: Second indicator 2: what the address leads to is something else.
_RELATED = "2"

_TEXTS = {
    "y": LABEL,
    "3": bg("appliesToPart"),
    "z": NOTE,
    "a": bg("hostName"),
    "c": bg("compression"),
    "d": bg("filePath"),
    "e": bg("dataProvenance"),
    "f": bg("electronicName"),
    "h": bg("unknownUriPart"),
    "i": bg("linkInstruction"),
    "l": bg("standardizedAccess"),
    "m": bg("linkContact"),
    "n": bg("termsGoverningAccess"),
    "o": bg("operatingSystem"),
    "p": bg("port"),
    "q": bg("electronicFormat"),
    "r": bg("standardizedUse"),
    "s": bg("electronicSize"),
    "t": bg("termsOfUse"),
    "v": bg("accessHours"),
    "7": bg("accessStatus"),
}
NOT_PUBLIC = Drop("not public", "MARC 21 marks the subfield as a note that the public does not see")


@BIBLIOGRAPHIC.maps("856", "857", codes="acdefghilmnopqrstuvyz3567", drop={"x": NOT_PUBLIC})
def electronic_location(d: Description, f: DataField) -> None:
    """856, 857: addresses, and what the record says about them."""
    addresses = _state_addresses(d, f)
    texts = [(_TEXTS[code], value.strip()) for code, value in f.subfields if code in _TEXTS and value.strip()]
    institutions = f.all("5")
    if not texts and not institutions:
        return
    node = d.node(d.instance, "link")
    d.add(d.instance, LINK, node)
    d.add(node, TYPE, LINK_CLASS)
    for address in addresses:
        d.add(node, URL, address)
    for predicate, text in texts:
        d.text(node, predicate, text, d.note_lang)
    for code in institutions:
        d.add(node, INSTITUTION, organization(code))


def _state_addresses(d: Description, f: DataField) -> list[str]:
    """Addresses of $u and $g; a text that is none is kept as a text."""
    predicate = RELATED if f.ind2 == _RELATED else LOCATOR
    addresses = []
    for code, value in f.subfields:
        if code in "ug" and value.strip():
            text = value.strip()
            address = web_address(f"http://{text}" if text.startswith("www.") else text)
            if address is None:
                d.text(d.instance, ADDRESS_TEXT, text)
            else:
                d.add(d.instance, predicate, address)
                addresses.append(address)
    return addresses
