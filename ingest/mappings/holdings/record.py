"""The holdings record itself: which Instance it holds (004, 014), its codes (008), its description, notes and links.

What control, number and note fields say of a bibliographic record's Instance they say here of the Item.
"""

from common.terms import literal, slug
from ingest.mappings.bibliographic import admin, control, identifiers, locators, notes
from ingest.mappings.bibliographic.kinds import language_of_cataloguing
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language
from ingest.mappings.facts.note_rules import register, write_note
from ingest.mappings.facts.texts import joined
from ingest.mappings.holdings.items import ITEM, ITEM_OF, NOT_PUBLIC
from ingest.mappings.names import TYPE, bg
from ingest.mappings.table import HOLDINGS
from ingest.record import DataField, MarcRecord

LINKAGE_NUMBER = bg("linkedControlNumber")
HOLDINGS_CODES = bg("holdingsCodes")
COPIES = bg("numberOfCopies")
_NOTES = "500 506 533 535 538 540 541 561 562 563 580".split()


def describe_item(d: Description, record: MarcRecord) -> None:
    """A holdings record describes one Item, in the place of Work and Instance."""
    item = f"<{d.base}id/item/{d.path}>"
    d.work = d.instance = item
    d.note_lang = language_of_cataloguing(record)
    d.own(item)
    d.add(item, TYPE, ITEM)


HOLDINGS.prepare.extend((describe_item, control.describe_record))
HOLDINGS.maps_control("001")(control.control_number)
HOLDINGS.maps_control("003")(control.control_number_source)
HOLDINGS.maps_control("005")(control.latest_transaction)
HOLDINGS.maps_control("007")(control.physical_description)


@HOLDINGS.maps_control("004")
def held_record(d: Description, _: MarcRecord, value: str) -> None:
    """004: the bibliographic record of the same source that is held."""
    if value.strip():
        d.add(d.instance, ITEM_OF, f"<{d.base}id/instance/{slug(d.key.source)}/{slug(value.strip())}>")


@HOLDINGS.maps_control("008")
def coded_holdings(d: Description, _: MarcRecord, value: str) -> None:
    """008: how the Item came, is kept and lent, in codes; how many copies; the language of the record."""
    codes = value[6:17].replace(" ", "#")
    if codes.strip("#|"):
        d.add(d.instance, HOLDINGS_CODES, literal(codes))
    copies = value[17:20]
    if copies.isdecimal() and int(copies):
        d.add(d.instance, COPIES, literal(str(int(copies))))
    if value[22:25].isalpha():
        d.add(d.graph, admin.DESCRIPTION_LANGUAGE, language(value[22:25]))


@HOLDINGS.maps("014", codes="abz")
def linkage_number(d: Description, f: DataField) -> None:
    """014: number of a record that this one is linked to, in another system; $b names the system."""
    d.text(d.instance, LINKAGE_NUMBER, joined(f, "baz"))


@HOLDINGS.maps("583", codes=notes.ACTION.codes + "356", drop={"x": NOT_PUBLIC})
def action(d: Description, f: DataField) -> None:
    """583: what was done to this copy."""
    write_note(d, f, notes.ACTION)


HOLDINGS.maps("856", codes="acdefghilmnopqrstuvyz3567", drop={"x": NOT_PUBLIC})(locators.electronic_location)
HOLDINGS.maps("010", codes="abz")(identifiers.lccn)
HOLDINGS.maps("040", codes="abcde6")(admin.cataloguing_source)
HOLDINGS.maps("042", codes="a")(admin.authentication)
register(HOLDINGS, {tag: rule for tag, rule in {**notes.NOTES, **notes.RESTRICTIONS}.items() if tag in _NOTES})
register(HOLDINGS, {str(tag): notes.LOCAL_NOTE for tag in range(590, 600)})
