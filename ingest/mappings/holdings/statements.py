"""What is held: 853–855 with 863–865, 866–868, and 841–845 about the holding as a whole."""

from ingest.mappings.description import Description
from ingest.mappings.facts.enumeration import caption_of, pattern, statement
from ingest.mappings.facts.texts import joined, note
from ingest.mappings.holdings.items import NOT_PUBLIC, maps_items
from ingest.mappings.holdings.location import barcode
from ingest.mappings.names import bg
from ingest.mappings.table import Drop
from ingest.record import DataField

NOTATION_SOURCE = bg("holdingsNotation")
PUBLICATION_PATTERN = bg("publicationPattern")
PUBLIC_NOTE = bg("publicNote")
LINK_NUMBER = Drop("link number", "Says only which 863 the text stands in for; the text is shown, not paired")
#: Basic unit, supplements, indexes: one property each for what is held.
_STATEMENTS = {
    "863": bg("holdingsStatement"),
    "864": bg("supplementHoldingsStatement"),
    "865": bg("indexHoldingsStatement"),
    "866": bg("holdingsStatement"),
    "867": bg("supplementHoldingsStatement"),
    "868": bg("indexHoldingsStatement"),
}
_WHOLE = {
    "841": (bg("holdingsCodes"), "abe", " "),
    "842": (bg("physicalForm"), "a", " "),
    "843": (bg("reproductionNote"), "abcdefmn7", ", "),
    "844": (bg("unitName"), "a", " "),
    "845": (bg("usageTermsNote"), "abcdfgnqu2", ", "),
}


@maps_items("853", "854", "855", codes="8abcdefghijklmnoptuvwxyz3")
def captions(d: Description, f: DataField, item: str) -> None:
    """853–855: captions and publication pattern; the captions also stand in the statements of 863–865."""
    d.text(item, PUBLICATION_PATTERN, pattern(f))


@maps_items("863", "864", "865", codes="8abcdefghijklmnopqtwz", drop={"x": NOT_PUBLIC})
def enumeration(d: Description, f: DataField, item: str) -> None:
    """863–865: what is held, in one line, with the captions that $8 links; pieces, condition and notes behind it."""
    line = statement(f, caption_of(f, d.fields))
    title, rest = joined(f, "o"), joined(f, "nqtw", ", ")
    text = ", ".join(part for part in (f"{title}: {line}" if title else line, rest) if part)
    d.text(item, _STATEMENTS[d.tag], text)
    for value in f.all("z"):
        d.text(item, PUBLIC_NOTE, value.strip(), d.note_lang)
    for part, value in enumerate(f.all("p")):
        barcode(d, item, value.strip(), part)


@maps_items("866", "867", "868", codes="az26", drop={"8": LINK_NUMBER, "x": NOT_PUBLIC})
def textual_holdings(d: Description, f: DataField, item: str) -> None:
    """866–868: what is held, as the library writes it; $z is for readers."""
    for code, value in f.subfields:
        if code == "a":
            d.text(item, _STATEMENTS[d.tag], value.strip())
        elif code == "z":
            d.text(item, PUBLIC_NOTE, value.strip(), d.note_lang)
        elif code == "2":
            d.text(item, NOTATION_SOURCE, value.strip())


@maps_items("841", codes="abe")
@maps_items("842", "844", codes="a356")
@maps_items("843", codes="abcdefmn3567")
@maps_items("845", codes="abcdfgnqu2356")
def whole_holding(d: Description, f: DataField, item: str) -> None:
    """841 codes, 842 physical form, 843 reproduction, 844 name of unit, 845 terms of use: one text each."""
    predicate, codes, joint = _WHOLE[d.tag]
    d.text(item, predicate, note(f, codes, joint), d.note_lang if d.tag != "841" else None)
