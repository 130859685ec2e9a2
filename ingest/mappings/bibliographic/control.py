"""Control fields: 001, 003, 005 describe the record itself; 006, 007, 008 describe it in codes."""

from common import namespaces as ns
from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import fixed, language, organization, term
from ingest.mappings.facts.fixed_fields import SPECIFIC_END, SPECIFIC_START, material_of, material_of_006, specific
from ingest.mappings.facts.physical_fields import physical
from ingest.mappings.names import TYPE, bf, bflc, bg, dcterms
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import MarcRecord

ADMIN_METADATA, ADMIN_METADATA_CLASS = bf("adminMetadata"), bf("AdminMetadata")
CONTROL_NUMBER, CONTROL_NUMBER_SOURCE = bg("controlNumber"), bg("controlNumberSource")
SOURCE, MODIFIED, CREATED = bg("source"), dcterms("modified"), dcterms("created")
STATUS, ENCODING_LEVEL, CONVENTIONS = bf("status"), bflc("encodingLevel"), bf("descriptionConventions")
LANGUAGE = bf("language")
MODIFIED_RECORD = bg("modifiedRecord")

_FORMS_OF_DESCRIPTION = frozenset("acin")
_DELETED = "d"
_SPECIFIC_LENGTH = SPECIFIC_END - SPECIFIC_START
_NO_LANGUAGE = frozenset(("und", "zxx", "|||", "   ", "###"))


def describe_record(d: Description, record: MarcRecord) -> None:
    """The record's own description hangs on its graph; the leader says how complete it is."""
    d.add(d.instance, ADMIN_METADATA, d.graph)
    d.add(d.graph, TYPE, ADMIN_METADATA_CLASS)
    d.add(d.graph, SOURCE, literal(d.key.source))
    leader = record.leader
    level = fixed("encoding_level", leader[17:18])
    if level is not None:
        d.add(d.graph, ENCODING_LEVEL, level)
    if leader[18:19] in _FORMS_OF_DESCRIPTION:
        d.add(d.graph, CONVENTIONS, term("description", leader[18]))
    if leader[5:6] == _DELETED:
        d.add(d.graph, STATUS, term("status", _DELETED))


BIBLIOGRAPHIC.prepare.append(describe_record)


@BIBLIOGRAPHIC.maps_control("001")
def control_number(d: Description, _: MarcRecord, value: str) -> None:
    """001: the control number."""
    d.add(d.graph, CONTROL_NUMBER, literal(value.strip()))


@BIBLIOGRAPHIC.maps_control("003")
def control_number_source(d: Description, _: MarcRecord, value: str) -> None:
    """003: whose number the control number is."""
    if value.strip():
        d.add(d.graph, CONTROL_NUMBER_SOURCE, organization(value))


@BIBLIOGRAPHIC.maps_control("005")
def latest_transaction(d: Description, _: MarcRecord, value: str) -> None:
    """005: when the record was last changed; no zone is given, so none is stated."""
    v = value.strip()
    if len(v) >= len("yyyymmddhhmmss") and v[:14].isdecimal() and v[:14].isascii():
        stamp = f"{v[:4]}-{v[4:6]}-{v[6:8]}T{v[8:10]}:{v[10:12]}:{v[12:14]}"
        d.add(d.graph, MODIFIED, literal(stamp, datatype=f"{ns.XSD}dateTime"))


@BIBLIOGRAPHIC.maps_control("006")
def additional_material(d: Description, _: MarcRecord, value: str) -> None:
    """006: the same elements as 008/18-34, for what comes with the main material or for its form."""
    material = material_of_006(value)
    if material is not None:
        _state_specific(d, material, value[1 : 1 + _SPECIFIC_LENGTH])


@BIBLIOGRAPHIC.maps_control("007")
def physical_description(d: Description, _: MarcRecord, value: str) -> None:
    """007: physical characteristics in codes."""
    for predicate, obj in physical(value):
        d.add(d.instance, predicate, obj)


@BIBLIOGRAPHIC.maps_control("008")
def fixed_length_elements(d: Description, record: MarcRecord, value: str) -> None:
    """008: language and what the material says in codes; its dates and country are ``publication``'s."""
    _state_creation(d, value[:6])
    _state_language(d, value[35:38])
    _state_specific(d, material_of(record.leader), value[SPECIFIC_START:SPECIFIC_END])
    modified = fixed("modified_record", value[38:39])
    if modified is not None:
        d.add(d.graph, MODIFIED_RECORD, modified)


def _state_creation(d: Description, entered: str) -> None:
    """008/00-05, the day the record was made: two digits of the year, which no MARC record dates before 1966."""
    if len(entered) == len("yymmdd") and entered.isascii() and entered.isdecimal() and entered != "000000":
        century = "19" if entered >= "66" else "20"
        date = f"{century}{entered[:2]}-{entered[2:4]}-{entered[4:]}"
        d.add(d.graph, CREATED, literal(date, datatype=f"{ns.XSD}date"))


def _state_language(d: Description, code: str) -> None:
    code = code.lower()
    if len(code) == len("eng") and code.isalpha() and code not in _NO_LANGUAGE:
        d.add(d.work, LANGUAGE, language(code))


def _state_specific(d: Description, material: str, elements: str) -> None:
    for of_work, predicate, obj in specific(material, elements):
        d.add(d.work if of_work else d.instance, predicate, obj)
