"""The Hub that a record's work expresses: 130, 240, 243.

The Hub gathers translations, so its heading leaves out $l and $h: the language of this expression belongs to the Work.
An identifier in $0 names the heading with its language; where there is one, the Work expresses both Hubs.
"""

from ingest.mappings.bibliographic.hubs import title_parts
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import cited_by
from ingest.mappings.facts.entities import identified
from ingest.mappings.facts.headings import TITLE, form_of, joined, split_title
from ingest.mappings.facts.punctuation import strip_heading
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField, linked_tag

EXPRESSION_OF = bf("expressionOf")
HUB = bf("Hub")
LANGUAGE = bg("expressionLanguageTerm")
MEDIUM = bg("generalMaterialDesignation")
_CREATORS = frozenset({"100", "110", "111"})
_OF_THE_EXPRESSION = frozenset("hl")


@BIBLIOGRAPHIC.maps("130", codes="adfghklmnoprst06=")
@BIBLIOGRAPHIC.maps("240", codes="adfghklmnoprs06=")
@BIBLIOGRAPHIC.maps("243", codes="adfghklmnoprs06=")
def uniform_title(d: Description, f: DataField) -> None:
    """The Hub under creator and uniform title, its parts, and the language that this expression is in."""
    work_parts = [part for part in f.subfields if part[0] not in _OF_THE_EXPRESSION]
    title = joined(work_parts, TITLE)
    if not title:
        return
    name = "" if d.tag == "130" else _creator(d)
    label = _with_creator(name, title)
    identities = cited_by(f, d.key.source)
    lang = d.script_lang
    if identities and len(work_parts) < len(f.subfields):
        whole = _with_creator(name, joined(f.subfields, TITLE))
        d.add(d.work, EXPRESSION_OF, identified(d, identities, "hub", HUB, whole, lang=lang, role="expression"))
        identities = []
    hub = identified(d, identities, "hub", HUB, label, lang=lang, more=title_parts(d, work_parts))
    d.add(d.work, EXPRESSION_OF, hub)
    for code, value in f.subfields:
        if code == "l":
            d.text(d.work, LANGUAGE, strip_heading(value))
        elif code == "h":
            d.text(d.instance, MEDIUM, strip_heading(value).strip("[]"), d.note_lang)


def _with_creator(name: str, title: str) -> str:
    if not name:
        return title
    return f"{name} {title}" if name[-1] in ".-" else f"{name}. {title}"


def _creator(d: Description) -> str:
    """The main entry's name, in the script that is being mapped."""
    for f in d.fields:
        tag = linked_tag(f) if d.vernacular and f.tag == "880" else f.tag
        if tag in _CREATORS and (f.tag == "880") == d.vernacular:
            return joined(split_title(f.subfields)[0], form_of(tag))
    return ""
