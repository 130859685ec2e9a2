"""Publication, production, distribution, manufacture: 260–264; dates and country of 008 on the first node."""

from collections.abc import Iterator

from common.terms import integer
from ingest.mappings.description import Description
from ingest.mappings.facts import dates
from ingest.mappings.facts.codes import term
from ingest.mappings.facts.punctuation import strip_brackets, strip_heading, strip_isbd, whole_brackets
from ingest.mappings.names import TYPE, bf, bflc, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField, MarcRecord

PROVISION, DATE, PLACE = bf("provisionActivity"), bf("date"), bf("place")
SIMPLE_PLACE, SIMPLE_AGENT, SIMPLE_DATE = bflc("simplePlace"), bflc("simpleAgent"), bflc("simpleDate")
COPYRIGHT_DATE, ORIGIN_DATE = bf("copyrightDate"), bf("originDate")
PROJECTED, PLATE_NUMBER = bflc("projectedProvisionDate"), bg("plateNumber")
START_YEAR, END_YEAR, APPLIES_TO = bg("startYear"), bg("endYear"), bg("appliesToPart")
PUBLICATION, MANUFACTURE = bf("Publication"), bf("Manufacture")

#: 264, second indicator -> class.
_CLASSES = {"0": bf("Production"), "1": PUBLICATION, "2": bf("Distribution"), "3": MANUFACTURE}
_COPYRIGHT = "4"
_ACTIVITY = {"a": SIMPLE_PLACE, "b": SIMPLE_AGENT, "c": SIMPLE_DATE}
#: 260 $e $f $g: place, name and date of manufacture.
_MANUFACTURE = {"e": SIMPLE_PLACE, "f": SIMPLE_AGENT, "g": SIMPLE_DATE}
#: Obsolete fields of films (261) and sound recordings (262), in the terms of 260.
_OLD = {
    "261": {"a": SIMPLE_AGENT, "b": SIMPLE_AGENT, "d": SIMPLE_DATE, "e": SIMPLE_AGENT, "f": SIMPLE_PLACE},
    "262": {"a": SIMPLE_PLACE, "b": SIMPLE_AGENT, "d": SIMPLE_DATE},
}
#: Which field 008 speaks of, in order of preference: the publication statement first.
_TAGS = ("264", "260", "262", "261")
_DATE_CODES = {"264": "c", "260": "c", "262": "d", "261": "d"}
_PUBLISHED = frozenset(" 1#")
_NO_COUNTRY = frozenset(("", "xx", "vp"))
_SERIAL_PARTS = frozenset("ab")


@BIBLIOGRAPHIC.maps("260", "264", codes="abcdefg36")
def provision(d: Description, f: DataField) -> None:
    """260, 264: who made it public, where and when, as written."""
    if d.tag == "264" and f.ind2 == _COPYRIGHT and not any(c in _SERIAL_PARTS for c, _ in f.subfields):
        for value in f.all("c"):
            d.text(d.instance, COPYRIGHT_DATE, strip_isbd(value))
        return
    node = _activity(d, _CLASSES.get(f.ind2, PUBLICATION) if d.tag == "264" else PUBLICATION, 0)
    for code, value in f.subfields:
        if code in _ACTIVITY:
            _state(d, node, _ACTIVITY[code], value)
        elif code == "3":
            d.text(node, APPLIES_TO, strip_isbd(value), d.note_lang)
        elif code in _MANUFACTURE:
            _state(d, _activity(d, MANUFACTURE, 1), _MANUFACTURE[code], value.strip(" ()"))
        elif code == "d":
            d.text(d.instance, PLATE_NUMBER, strip_isbd(value))


@BIBLIOGRAPHIC.maps("261", "262", codes="abcdefk6")
def old_imprint(d: Description, f: DataField) -> None:
    """261, 262: imprints of films and sound recordings before 1980; 262 $c and $k are numbers of the recording."""
    properties = _OLD[d.tag]
    node = _activity(d, PUBLICATION, 0)
    for code, value in f.subfields:
        if code in properties:
            _state(d, node, properties[code], value)
        elif code in "ck":
            d.text(d.instance, PLATE_NUMBER, strip_isbd(value))


@BIBLIOGRAPHIC.maps("263", codes="a")
def projected_date(d: Description, f: DataField) -> None:
    """263: the month in which it is expected."""
    value = (f.get("a") or "").strip(" .")
    d.text(d.instance, PROJECTED, dates.compact(value) or value)


def _activity(d: Description, kind: str, part: int) -> str:
    node = d.node(d.instance, "provision", part)
    d.add(d.instance, PROVISION, node)
    d.add(node, TYPE, kind)
    return node


def _state(d: Description, node: str, predicate: str, value: str) -> None:
    """States a place, a name or a date; only the date keeps the brackets that mark a supposition."""
    is_date = predicate == SIMPLE_DATE
    text = whole_brackets(" ".join(strip_isbd(value).split())) if is_date else strip_brackets(strip_heading(value))
    d.text(node, predicate, text)


def publication_dates(d: Description, record: MarcRecord) -> None:
    """Dates as EDTF and as years: by 008 on the first publication, else as the transcription has them."""
    fixed = (record.control_value("008") or "").ljust(18)
    coded = dates.coded(fixed[6], fixed[7:11], fixed[11:15])
    country = fixed[15:18].strip(" |#").lower()
    d.field_index = -1
    nodes = list(_provision_nodes(d, record))
    span = coded.published or (nodes[0][1] if nodes else None)
    node = nodes[0][0] if nodes else f"{d.instance[:-1]}#provision-008-1>"
    if not nodes and (span or country not in _NO_COUNTRY):
        d.add(d.instance, PROVISION, node)
        d.add(node, TYPE, PUBLICATION)
    if country.isalpha() and country not in _NO_COUNTRY:
        d.add(node, PLACE, term("countries", country))
    if span is not None:
        _state_years(d, node, span)
    for other, transcribed in nodes[1:]:
        if transcribed is not None:
            d.add(other, DATE, dates.edtf(transcribed.edtf))
    if coded.copyrighted is not None:
        d.add(d.instance, COPYRIGHT_DATE, dates.edtf(coded.copyrighted.edtf))
    if coded.original is not None:
        d.add(d.work, ORIGIN_DATE, dates.edtf(coded.original.edtf))


BIBLIOGRAPHIC.complete.append(publication_dates)


def _state_years(d: Description, node: str, span: dates.Span) -> None:
    d.add(node, DATE, dates.edtf(span.edtf))
    if span.first is not None:
        d.add(d.instance, START_YEAR, integer(span.first))
    if span.last is not None and span.last != span.first:
        d.add(d.instance, END_YEAR, integer(span.last))


def _provision_nodes(d: Description, record: MarcRecord) -> Iterator[tuple[str, dates.Span | None]]:
    """Nodes of the provision fields with their transcribed dates, the one that 008 speaks of first."""
    found = []
    numbers = dict.fromkeys(_TAGS, 0)
    for f in record.fields:
        if f.tag in numbers:
            numbers[f.tag] += 1
            if f.tag == "264" and f.ind2 == _COPYRIGHT:
                continue
            secondary = f.tag == "264" and f.ind2 not in _PUBLISHED
            node = f"{d.instance[:-1]}#provision-{f.tag}-{numbers[f.tag]}>"
            found.append((secondary, _TAGS.index(f.tag), node, dates.transcribed(f.get(_DATE_CODES[f.tag]) or "")))
    found.sort(key=lambda entry: entry[:2])
    return ((node, span) for _, _, node, span in found)
