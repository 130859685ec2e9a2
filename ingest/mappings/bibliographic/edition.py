"""Edition and what else stands in the description before the extent: 250–258, 265."""

from ingest.mappings.description import Description
from ingest.mappings.facts.note_rules import NoteRule, register
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

EDITION_STATEMENT = bf("editionStatement")

STATEMENTS = {
    "251": NoteRule(bf("version")),
    "254": NoteRule(bg("musicalPresentationStatement")),
    "256": NoteRule(bg("computerFileCharacteristics")),
    "257": NoteRule(bg("producingCountry"), "a01", joint=", "),
    "258": NoteRule(bg("philatelicIssue"), "ab", joint=", "),
    "265": NoteRule(bf("acquisitionTerms"), "ab"),
    "270": NoteRule(bg("contactAddress"), "abcdefghijklmnpqrz", joint=", "),
}
register(BIBLIOGRAPHIC, STATEMENTS)

#: 255, mathematical data of a map as written.
_MATHEMATICAL = {
    "a": bg("scaleStatement"),
    "b": bg("projectionStatement"),
    "c": bf("coordinates"),
    "d": bf("ascensionAndDeclination"),
    "e": bf("equinox"),
    "f": bf("outerGRing"),
    "g": bf("exclusionGRing"),
}


@BIBLIOGRAPHIC.maps("250", codes="ab36")
def edition(d: Description, f: DataField) -> None:
    """250: the edition statement, with its responsibility, in the language of the resource."""
    text = strip_isbd(joined(f, "ab"))
    part = f.get("3")
    d.text(d.instance, EDITION_STATEMENT, f"{part.rstrip(' :')}: {text}" if part else text, d.lang)


@BIBLIOGRAPHIC.maps("255", codes="abcdefg6")
def mathematical_data(d: Description, f: DataField) -> None:
    """255: scale, projection, coordinates of a map, as written."""
    for code, value in f.subfields:
        predicate = _MATHEMATICAL.get(code)
        if predicate is not None:
            d.text(d.work, predicate, strip_isbd(value).strip("()"))
