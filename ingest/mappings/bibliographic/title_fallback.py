"""A record without a title statement (245) is found by the title that another of its fields has.

Such records are real: serials known by their key title, music by its uniform title, analytics by what contains them.
The title is stated as that of a 245 would be, and beside it from which field it is, so that a cataloguer finds it.
"""

from ingest.mappings import linkage
from ingest.mappings.bibliographic.titles import PARTS, TITLE, TITLE_CLASS
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language_tag
from ingest.mappings.facts.punctuation import strip_brackets, strip_isbd
from ingest.mappings.names import LABEL, TYPE, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField, MarcRecord

TAKEN_FROM = bg("titleTakenFrom")

#: Fields that may stand in, with the subfields of their titles: first what the resource is called, as it has it or as
#: registers do, then the title of the work, then a title of something in it, then of the series that it is in.
STAND_INS = {
    "246": "abnp",
    "247": "abnp",
    "222": "a",
    "240": "anp",
    "130": "anp",
    "242": "abnp",
    "243": "anp",
    "210": "a",
    "740": "anp",
    "730": "anp",
    "490": "a",
    "440": "anp",
    "830": "anp",
}


def take_title(d: Description, record: MarcRecord) -> None:
    """States the title of the first field that has one, in both its scripts, if no 245 gave one."""
    if d.titled:
        return
    found = [at for at in linkage.ordered(record.fields) if at.tag in STAND_INS and _parts(at)]
    if not found:
        return
    first = min(found, key=lambda at: (list(STAND_INS).index(at.tag), at.number))
    for at in found:
        if (at.tag, at.number) == (first.tag, first.number):
            d.tag, d.occurrence, d.field_index, d.vernacular = at.tag, at.number, at.index, at.vernacular
            d.script_lang = linkage.script_language(at, d.lang)
            _state(d, at)


BIBLIOGRAPHIC.complete.append(take_title)


def _parts(at: linkage.Occurrence) -> list[tuple[str, str]]:
    """Codes and texts of a field's title; of several titles side by side (490) the first."""
    parts: list[tuple[str, str]] = []
    for code, value in at.field.subfields:
        text = strip_brackets(strip_isbd(value)) if code in STAND_INS[at.tag] else ""
        if text and not (code == "a" and parts):
            parts.append((code, text))
    return parts if any(code == "a" for code, _ in parts) else []


def _state(d: Description, at: linkage.Occurrence) -> None:
    """A title node like that of 245, on Work and Instance, and their labels."""
    node = d.node(d.instance, "main-title")
    lang = _language(d, at.field)
    d.add(d.work, TITLE, node)
    d.add(d.instance, TITLE, node)
    d.add(node, TYPE, TITLE_CLASS)
    d.add(node, TAKEN_FROM, f'"{at.tag}"')
    label = ""
    for code, text in _parts(at):
        predicate, joint = PARTS[code]
        d.text(node, predicate, text, lang)
        label += joint + text if label else text
    d.text(d.work, LABEL, label, lang)
    d.text(d.instance, LABEL, label, lang)


def _language(d: Description, f: DataField) -> str | None:
    """That of the record; of a translated title (242) its own."""
    return (language_tag((f.get("y") or "").strip(" .")) or d.note_lang) if d.tag == "242" else d.lang
