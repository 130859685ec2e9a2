"""336–338: content, media and carrier type, as RDA terms.

$a names the term, $b its code and $2 the list; they usually say the same. Each of them is read for itself, so that a
record whose code and term differ says both.
"""

from functools import lru_cache

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import code_of_label, term
from ingest.mappings.facts.punctuation import strip_heading
from ingest.mappings.facts.term_addresses import state_address
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

CONTENT, MEDIA, CARRIER = bf("content"), bf("media"), bf("carrier")
#: Tag -> code list, object property, property of a term that the list does not hold.
_LISTS = {
    "336": ("content", CONTENT, bg("contentTerm")),
    "337": ("media", MEDIA, bg("mediaTerm")),
    "338": ("carrier", CARRIER, bg("carrierTerm")),
}
_RDA_SOURCES = frozenset(("rda", "rdacontent", "rdamedia", "rdacarrier", "marccarrier", "marccategory", ""))
#: Where only a part has this type, and the type alone would mislead.
PART_TYPE = {"336": bg("contentOfPart"), "337": bg("mediaOfPart"), "338": bg("carrierOfPart")}


@BIBLIOGRAPHIC.maps("336", "337", "338", codes="ab01236")
def rda_type(d: Description, f: DataField) -> None:
    """Content of the Work, media and carrier of the Instance."""
    code_list, predicate, of_term = _LISTS[d.tag]
    subject = d.work if d.tag == "336" else d.instance
    source = (f.get("2") or "").strip().rstrip(".")
    labels = []
    for code, value in f.subfields:
        if code in "ab":
            obj, label = _read(code_list, code, value, source)
            if obj is not None:
                d.add(subject, predicate, obj)
            else:
                d.text(subject, of_term, label, d.note_lang)
            labels.append(value.strip())
        elif code in "01":
            state_address(d, subject, predicate, value)
    part = f.get("3")
    if part and labels:
        d.text(subject, PART_TYPE[d.tag], f"{part.strip().rstrip(':')}: {labels[0]}", d.note_lang)


@lru_cache(maxsize=4096)
def _read(code_list: str, subfield: str, value: str, source: str) -> tuple[str | None, str]:
    """The RDA term that a term or code stands for, else the text that says it."""
    text = strip_heading(value)
    if source.lower() not in _RDA_SOURCES:
        return None, f"{text} ({source})"
    code = code_of_label(code_list, text) if subfield == "a" else text.lower()
    if code is None:
        return None, text
    return term(code_list, code), text
