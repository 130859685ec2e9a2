"""Series: as transcribed (490, 440) and as traced (440, 800, 810, 811, 830, 840) (BIBFRAME Series)."""

from common.terms import literal
from ingest.mappings.bibliographic.hubs import title_parts
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import organization
from ingest.mappings.facts.entities import named
from ingest.mappings.facts.headings import form_of, joined, split_title
from ingest.mappings.facts.identifiers import issn
from ingest.mappings.facts.punctuation import strip_heading, strip_isbd
from ingest.mappings.facts.record_links import instance_of_same_source
from ingest.mappings.names import TYPE, bf, bflc, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

ENUMERATION = bf("seriesEnumeration")
HAS_SERIES = bf("hasSeries")
HUB = bf("Hub")
INSTITUTION = bflc("applicableInstitution")
PART_OF = bf("partOf")
SERIES = bf("Series")
SERIES_CALL_NUMBER = bg("seriesCallNumber")
SERIES_CONTROL_NUMBER = bg("seriesControlNumber")
SERIES_ISSN = bg("seriesIssn")
SERIES_NOTE = bg("seriesNote")
STATEMENT = bf("seriesStatement")


@BIBLIOGRAPHIC.maps("490", codes="alvxyz356")
def series_statement(d: Description, f: DataField) -> None:
    """490: the series as the resource names it, whole, with its numbering and ISSN by themselves."""
    _statement(d, f)
    for code, value in f.subfields:
        if code == "l":
            d.text(d.instance, SERIES_CALL_NUMBER, value.strip("() "))
        elif code == "5":
            d.add(d.instance, INSTITUTION, organization(value))


@BIBLIOGRAPHIC.maps("440", codes="anpvwx06=")
def traced_statement(d: Description, f: DataField) -> None:
    """440 (until 2008): transcribed and traced in one."""
    _statement(d, f)
    _series(d, f)


def _statement(d: Description, f: DataField) -> None:
    """The series in one line, numbering behind a semicolon."""
    line = ""
    for code, value in f.subfields:
        text = strip_isbd(value)
        if code in "anp":
            line = f"{line}{_joint(line, code)}{text}"
        elif code == "v":
            line = f"{line} ; {text}" if line else text
            d.text(d.instance, ENUMERATION, text)
        elif code in "xyz":
            d.add(d.instance, SERIES_ISSN, literal(issn(text) or text))
        elif code == "3":
            line = f"{text.rstrip(':')}: {line}"
    d.text(d.instance, STATEMENT, line, d.lang)


def _joint(line: str, code: str) -> str:
    if not line or line.endswith(": "):
        return ""
    return " = " if code == "a" else ". "


@BIBLIOGRAPHIC.maps("800", codes="abcdefghjklmnopqrstuvwx013456=")
@BIBLIOGRAPHIC.maps("810", codes="abcdefghklmnoprstuvwx013456=")
@BIBLIOGRAPHIC.maps("811", codes="acdefghjklnpqstuvwx013456=")
@BIBLIOGRAPHIC.maps("830", "840", codes="adfghklmnoprstvwx013456=")
def traced_series(d: Description, f: DataField) -> None:
    """The series under its controlled heading."""
    _series(d, f)
    for value in f.all("v"):
        d.text(d.instance, ENUMERATION, strip_heading(value))
    said = [value.strip().rstrip(" :") for code, value in f.subfields if code in _SAID[d.tag]]
    if said:
        d.text(d.work, SERIES_NOTE, ": ".join([*said, joined(f.subfields, form_of(d.tag))]), d.note_lang)


#: What a series entry says about itself and not about the series: materials, institution, role, affiliation.
_SAID = {"800": "35eu4", "810": "35eu4", "811": "35ju4", "830": "35", "840": "35"}


def _series(d: Description, f: DataField) -> None:
    label = joined([part for part in f.subfields if part[0] != "e" or d.tag == "811"], form_of(d.tag))
    if not label:
        return
    parts = split_title(f.subfields)[1] or f.subfields
    more = [(TYPE, HUB), *title_parts(d, parts)]
    d.add(d.work, HAS_SERIES, named(d, f, "hub", SERIES, label, lang=d.script_lang, more=more))
    for value in f.all("w"):
        record = instance_of_same_source(d, value)
        if record:
            d.add(d.instance, PART_OF, record)
        else:
            d.text(d.work, SERIES_CONTROL_NUMBER, value.strip())
