"""Index terms without a scheme (653) and subject strings of the German RSWK rules (689)."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import cited_by
from ingest.mappings.facts.codes import organization
from ingest.mappings.facts.entities import identified
from ingest.mappings.facts.headings import CORPORATE, MEETING, PERSON, TERM, TITLE, joined
from ingest.mappings.facts.punctuation import strip_heading
from ingest.mappings.facts.subject_schemes import in_scheme
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

INDEX_TERM = bg("indexTerm")
#: 653, second indicator -> property; each is below ``bg:indexTerm``.
_INDEX_TERMS = {
    "1": bg("personalIndexTerm"),
    "2": bg("corporateIndexTerm"),
    "3": bg("meetingIndexTerm"),
    "4": bg("chronologicalIndexTerm"),
    "5": bg("geographicIndexTerm"),
    "6": bg("genreIndexTerm"),
}
INDEX_TERM_AUTHORITY = bg("indexTermAuthority")
SUBJECT = bf("subject")
STRING_ASSIGNER = bg("subjectStringAssigner")
STRING_FORM = bg("subjectStringForm")

#: 689 $D -> class, path of an entity without an identifier, form of the heading.
_KINDS = {
    "p": (bf("Person"), "agent", PERSON),
    "b": (bf("Organization"), "agent", CORPORATE),
    "f": (bf("Meeting"), "agent", MEETING),
    "g": (bf("Place"), "place", TERM),
    "u": (bf("Hub"), "hub", PERSON),
    "t": (bf("Hub"), "hub", TITLE),
    "z": (bf("Temporal"), "subject", TERM),
    "s": (bf("Topic"), "subject", TERM),
}
_SCHEME = in_scheme("gnd")


@BIBLIOGRAPHIC.maps("653", codes="a01356")
def index_term(d: Description, f: DataField) -> None:
    """653: a term as somebody chose it, by its kind; nothing tells whether two are the same."""
    predicate = _INDEX_TERMS.get(f.ind2, INDEX_TERM)
    scope = ": ".join([value.strip() for code, value in f.subfields if code in "35"])
    for value in f.all("a"):
        text = strip_heading(value)
        d.text(d.work, predicate, f"{scope}: {text}" if scope and text else text)
    for found in cited_by(f, d.key.source):
        if found.web:
            d.add(d.work, INDEX_TERM_AUTHORITY, literal(found.web))


@BIBLIOGRAPHIC.maps("689", codes="0ADabcdgnpt5")
def subject_string(d: Description, f: DataField) -> None:
    """689: a link of a subject string; its last field says who assigned the string, and its form."""
    class_, kind, form = _KINDS["u"] if f.get("t") else _KINDS.get(f.get("D") or "s", _KINDS["s"])
    label = joined(f.subfields, form)
    if label:
        lang = None if kind in {"agent", "hub"} else "de"
        identities = cited_by(f, d.key.source, "gnd")
        d.add(d.work, SUBJECT, identified(d, identities, kind, class_, label, lang=lang, more=_SCHEME))
    for code, value in f.subfields:
        if code == "5":
            d.add(d.work, STRING_ASSIGNER, organization(value))
        elif code == "A":
            d.text(d.work, STRING_FORM, value.strip())
