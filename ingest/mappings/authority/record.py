"""The authority record itself: control fields, numbers, codes, classification, links.

What numbers, classes and agencies say of a bibliographic record's Work and Instance they say here of the entity.
"""

from common import namespaces as ns
from common.terms import literal
from ingest.mappings.bibliographic import admin, classification, control, identifiers, language_and_place, locators
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import exact_matches, lccn, read
from ingest.mappings.facts.codes import term
from ingest.mappings.facts.identifier_nodes import IdentifierNode
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import TYPE, bf, bg
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField, MarcRecord

CLASSIFICATION = bf("classification")
ENTITY_TYPE_CODE = bg("entityTypeCode")
KIND_OF_RECORD = bg("kindOfAuthorityRecord")
LCC, PORTION, SPAN_END = bf("ClassificationLcc"), bf("classificationPortion"), bf("spanEnd")
NOTE = bg("classificationNote")
RULES = bf("descriptionConventions")
SUBJECT_CATEGORY = bg("subjectCategory")
SYSTEM_CODE = bg("authorityFileCode")
THESAURUS = bg("headingConventions")
UNDIFFERENTIATED = bg("undifferentiated")
_TRUE = literal("true", datatype=f"{ns.XSD}boolean")
_UNDIFFERENTIATED_GND = "n"
_FILL = frozenset(" |#")

AUTHORITY.maps_control("001")(control.control_number)
AUTHORITY.maps_control("003")(control.control_number_source)
AUTHORITY.maps_control("005")(control.latest_transaction)


@AUTHORITY.maps_control("008")
def coded_elements(d: Description, _: MarcRecord, value: str) -> None:
    """008: kind of record, rules of description, and whether several persons share the heading."""
    if value[9:10] not in _FILL and value[9:10].isalpha():
        d.add(d.graph, KIND_OF_RECORD, term("kind_of_authority_record", value[9]))
    if value[10:11] in {"a", "b", "c", "d"}:
        d.add(d.graph, RULES, term("authority_description_rules", value[10]))
    if value[32:33] == "b":
        d.add(d.work, UNDIFFERENTIATED, _TRUE)


@AUTHORITY.maps("010", codes="az")
def lc_number(d: Description, f: DataField) -> None:
    """010: the number that names the entity; cancelled ones, under which it was known, are identifiers."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        number = lccn(value)
        if (code == "z" and number) or (code == "a" and number and not d.work.endswith(f"/{number}>")):
            node.begin(identifiers.LCCN, number, cancelled=code == "z")


@AUTHORITY.maps("024", codes="acdqz2")
def standard_identifier(d: Description, f: DataField) -> None:
    """024: the same entity in another file, by its web address; a number of another kind is an identifier."""
    value, source = (f.get("a") or "").strip(), (f.get("2") or "").strip().lower()
    found = read(value) if source == "uri" else read(f"({source}){value}") if source and value else None
    matches = exact_matches([found]) if found is not None else []
    if matches:
        d.add(d.work, *matches[0])
    else:
        identifiers.standard_identifier(d, f)


@AUTHORITY.maps("040", codes="abcdef6")
def cataloguing_source(d: Description, f: DataField) -> None:
    """040: who made and changed the record, as in other records; $f the thesaurus or rules of its headings."""
    admin.cataloguing_source(d, f)
    for value in f.all("f"):
        d.add(d.graph, THESAURUS, term("subject_schemes", value.lower()))


@AUTHORITY.maps("053", codes="abc")
def lc_class(d: Description, f: DataField) -> None:
    """053: the LC class or range for the subject, and of which aspect."""
    node = d.node(d.work, "classification")
    d.add(d.work, CLASSIFICATION, node)
    d.add(node, TYPE, LCC)
    d.text(node, PORTION, (f.get("a") or "").strip())
    d.text(node, SPAN_END, (f.get("b") or "").strip())
    d.text(node, NOTE, (f.get("c") or "").strip(), d.note_lang)


@AUTHORITY.maps("065", "072", codes="a2")
def subject_category(d: Description, f: DataField) -> None:
    """065, 072: category of a classification that the file itself uses; $2 names it."""
    d.text(d.work, SUBJECT_CATEGORY, joined(f, "2a", " "))


@AUTHORITY.maps("075", codes="b2")
def entity_type(d: Description, f: DataField) -> None:
    """075: type of entity in the file's own codes; ``n`` of the GND is a name that nobody has told apart."""
    for value in f.all("b"):
        d.text(d.work, ENTITY_TYPE_CODE, joined(f, "2b", " "))
        if value.strip() == _UNDIFFERENTIATED_GND:
            d.add(d.work, UNDIFFERENTIATED, _TRUE)


@AUTHORITY.maps("079", codes="aqruv")
def file_codes(d: Description, f: DataField) -> None:
    """079 (GND): level, part of the file, and uses of the record."""
    d.text(d.graph, SYSTEM_CODE, joined(f, "aqruv", " "))


AUTHORITY.maps("016", codes="az2")(identifiers.national_number)
AUTHORITY.maps("034", codes="abcdefgjkpst")(language_and_place.mathematical_data)
AUTHORITY.maps("035", codes="az")(identifiers.system_number)
AUTHORITY.maps("042", codes="a")(admin.authentication)
AUTHORITY.maps("043", codes="abc6")(language_and_place.areas)
AUTHORITY.maps("050", "055", "060", "070", "080", "082", "083", "084", codes="abcmqxyz01235")(
    classification.classification
)
AUTHORITY.maps("856", codes="uyz3", drop={"x": locators.NOT_PUBLIC})(locators.electronic_location)
