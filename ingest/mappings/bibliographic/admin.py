"""How the record came to be: 038, 040, 042, 049, 066, 883–887. All of it describes the record's graph node."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import web_address
from ingest.mappings.facts.codes import language, organization, term
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import bf, bflc, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

DESCRIPTION_LANGUAGE, CONVENTIONS = bf("descriptionLanguage"), bf("descriptionConventions")
AUTHENTICATION, LICENSOR = bf("descriptionAuthentication"), bflc("metadataLicensor")
CHARACTER_SET, HOLDING_LIBRARY = bg("characterSet"), bg("holdingLibraryCode")
LICENCE = bg("metadataLicence")
PROCESS, CONVERSION, FOREIGN_FIELD = bg("metadataProvenance"), bg("conversionNote"), bg("foreignField")

_AGENCIES = {"a": bf("assigner"), "c": bg("transcribingAgency"), "d": bf("descriptionModifier")}


@BIBLIOGRAPHIC.maps("040", codes="abcde6")
def cataloguing_source(d: Description, f: DataField) -> None:
    """040: who made, transcribed and changed the record, in which language, by which rules."""
    for code, value in f.subfields:
        agency = _AGENCIES.get(code)
        if agency is not None:
            d.add(d.graph, agency, organization(value))
        elif code == "b":
            d.add(d.graph, DESCRIPTION_LANGUAGE, language(value))
        elif code == "e":
            d.add(d.graph, CONVENTIONS, term("conventions", value.lower()))


@BIBLIOGRAPHIC.maps("042", codes="a")
def authentication(d: Description, f: DataField) -> None:
    """042: which programme vouches for the record."""
    for value in f.all("a"):
        d.add(d.graph, AUTHENTICATION, term("authentication", value.lower()))


@BIBLIOGRAPHIC.maps("038", codes="a")
def licensor(d: Description, f: DataField) -> None:
    """038: who licenses the record's content."""
    for value in f.all("a"):
        d.add(d.graph, LICENSOR, web_address(value) or organization(value))


@BIBLIOGRAPHIC.maps("049", codes="acdlnoy")
def local_holdings(d: Description, f: DataField) -> None:
    """049 (OCLC): the library whose holdings the record was exported for, with copy and volumes."""
    d.text(d.instance, HOLDING_LIBRARY, joined(f, "acdlnoy", ", "))


@BIBLIOGRAPHIC.maps("066", codes="abc")
def character_sets(d: Description, f: DataField) -> None:
    """066: scripts present in the record, as ISO 2022 or script codes."""
    for code, value in f.subfields:
        if code in "abc":
            d.text(d.graph, CHARACTER_SET, value.strip())


@BIBLIOGRAPHIC.maps("883", "884", "885", codes="acdgkqtuwxz015")
def provenance(d: Description, f: DataField) -> None:
    """883–885: by which process, from what, when and by whom metadata were generated or matched."""
    d.text(d.graph, PROCESS, joined(f, "acdgkqtwxz015", ", "), d.note_lang)
    for value in f.all("u"):
        d.add(d.graph, LICENCE if d.tag == "883" else CONVERSION, web_address(value) or literal(value))


@BIBLIOGRAPHIC.maps("886", codes="2abcdefghijklmnopqrstuvwxyz01345")
def foreign_field(d: Description, f: DataField) -> None:
    """886: a field of another format (UNIMARC, UKMARC) that had no place in MARC 21, whole, in its own notation."""
    content = "".join(f"${code}{value}" for code, value in f.subfields if code != "2")
    d.text(d.graph, FOREIGN_FIELD, f"{f.get('2') or 'unknown'} {content}")


@BIBLIOGRAPHIC.maps("887", codes="a2")
def foreign_metadata(d: Description, f: DataField) -> None:
    """887: non-MARC metadata, $2 names their format."""
    d.text(d.graph, FOREIGN_FIELD, joined(f, "2a", " "))
