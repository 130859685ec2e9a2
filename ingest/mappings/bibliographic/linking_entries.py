"""Linking entries: 760–787 (MARC 21: 76X–78X; BIBFRAME relations between Instances).

The related resource is a node of this record, with what the field tells of it. Where $w names a record of the same
source, the relation leads to that record's Instance, and the field's words stand beside it as one text: what that
record says of itself is not repeated here.
"""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import cited_by, exact_matches
from ingest.mappings.facts.codes import organization, term
from ingest.mappings.facts.identifier_nodes import INCORRECT, STATUS
from ingest.mappings.facts.identifiers import isbn, issn, lccn, oclc_number, strip_qualifier_brackets
from ingest.mappings.facts.punctuation import strip_heading, strip_isbd
from ingest.mappings.facts.record_links import instance_of_same_source, split
from ingest.mappings.facts.relations import of_linking_entry
from ingest.mappings.facts.relators import role_of_code
from ingest.mappings.names import LABEL, TYPE, VALUE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

ASSIGNER = bf("assigner")
IDENTIFIED_BY = bf("identifiedBy")
INSTANCE = bf("Instance")
RELATION_TEXT = bg("linkingEntryText")
RELATION_TYPE = bg("relationType")

#: Codes that make the label, and what joins them to what stands before.
_LABEL = {"a": ". ", "t": ". ", "s": " = "}
_PARTS = {
    "3": bg("appliesToPart"),
    "b": bf("editionStatement"),
    "c": bf("qualifier"),
    "d": bf("provisionActivityStatement"),
    "g": bf("part"),
    "h": bg("physicalDescription"),
    "i": bg("relationshipNote"),
    "j": bg("periodOfContent"),
    "k": bf("seriesStatement"),
    "l": bg("geographicCoverageOfSource"),
    "m": bg("materialDetails"),
    "n": bg("generalNote"),
    "p": bg("abbreviatedTitle"),
    "q": bg("enumerationAndFirstPage"),
    "v": bg("sourceContribution"),
}
_NUMBERS = {
    "o": bf("Identifier"),
    "r": bf("ReportNumber"),
    "u": bf("Strn"),
    "w": bf("Local"),
    "x": bf("Issn"),
    "y": bf("Coden"),
    "z": bf("Isbn"),
}
#: Numbers with a check digit.
_CHECKED = {"x": issn, "z": isbn}
_RECORDS = {"dlc": bf("Lccn"), "ocolc": bf("OclcNumber")}
_CODES = {"e": (bf("language"), "languages"), "f": (bf("place"), "countries")}


@BIBLIOGRAPHIC.maps("760", "762", "765", "767", "770", "772", "773", "774", codes="013456abcdefghijklmnopqrstuvwxyz")
@BIBLIOGRAPHIC.maps("775", "776", "777", "780", "785", "786", "787", codes="013456abcdefghijklmnopqrstuvwxyz")
def linking_entry(d: Description, f: DataField) -> None:
    """The related resource and how it is related; a field may name several records of this source."""
    relation = of_linking_entry(d.tag, f.ind2)
    records = _records(d, f)
    for record in records:
        d.add(d.instance, relation, record)
    if records:
        d.text(d.instance, RELATION_TEXT, _text(d, f), d.lang)
        return
    node = d.node(d.instance, "related")
    d.add(d.instance, relation, node)
    d.add(node, TYPE, INSTANCE)
    d.text(node, LABEL, _label(f), d.lang)
    _parts(d, f, node)
    _numbers(d, f, node)


def _records(d: Description, f: DataField) -> list[str]:
    """Instances of this source that $w names."""
    found = [instance_of_same_source(d, value) for code, value in f.subfields if code == "w"]
    return [record for record in found if record is not None and record != d.instance]


def _text(d: Description, f: DataField) -> str:
    """The field in words, as it is displayed, and the numbers that other sources give to what it names."""
    said = "".join([f"{value.strip()} " for code, value in f.subfields if code == "i"])
    parts = [strip_isbd(value) for code, value in f.subfields if code not in "iw678"]
    others = [value.strip() for code, value in f.subfields if code == "w" and not instance_of_same_source(d, value)]
    return said + "; ".join([*parts, *others])


def _label(f: DataField) -> str:
    label = ""
    for code, value in f.subfields:
        joint = _LABEL.get(code)
        if joint:
            text = strip_heading(value)
            label = f"{label}{joint}{text}" if label and text else label or text
    return label


def _parts(d: Description, f: DataField, node: str) -> None:
    """What the field tells of the related resource besides its title and numbers."""
    for code, value in f.subfields:
        predicate = _PARTS.get(code)
        if predicate is not None:
            d.text(node, predicate, strip_isbd(value))
        elif code in _CODES:
            property_, code_list = _CODES[code]
            for each in value.split():
                d.add(node, property_, term(code_list, each))
        elif code == "4":
            d.add(node, RELATION_TYPE, role_of_code(value) or literal(value.strip()))
        elif code == "5":
            d.add(node, ASSIGNER, organization(value))
    for predicate, obj in exact_matches(cited_by(f, d.key.source)):
        d.add(node, predicate, obj)


def _numbers(d: Description, f: DataField, node: str) -> None:
    """Identifier nodes of the related resource."""
    part = 0
    for code, value in f.subfields:
        class_ = _NUMBERS.get(code)
        if class_ is None:
            continue
        class_, number, organisation = _number(code, class_, value)
        if number:
            part += 1
            identifier = d.node(d.instance, "identifier", part)
            d.add(node, IDENTIFIED_BY, identifier)
            d.add(identifier, TYPE, class_)
            d.add(identifier, VALUE, literal(number))
            if code in _CHECKED and _CHECKED[code](number) is None:
                d.add(identifier, STATUS, INCORRECT)
            if organisation:
                d.add(identifier, ASSIGNER, organization(organisation))


def _number(code: str, class_: str, value: str) -> tuple[str, str, str]:
    """Class, number in its normal form, and the organisation of a control number without a class of its own."""
    if code == "x":
        return class_, issn(value) or value.strip(), ""
    if code == "z":
        return class_, isbn(value) or strip_qualifier_brackets(value), ""
    if code != "w":
        return class_, value.strip(), ""
    organisation, number = split(value)
    known = _RECORDS.get(organisation.lower())
    if known is None:
        return class_, number, organisation
    return known, oclc_number(number) if organisation.lower() == "ocolc" else lccn(number), ""
