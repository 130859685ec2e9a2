"""The established heading (1XX), its variants (4XX), and the heading as a subdivision or in another file (7XX).

SKOS labels for every entity, whatever it is, so that names and subjects are looked up alike.
"""

from common.namespaces import SKOS
from common.terms import literal
from ingest.mappings.authority.entity import class_and_kind
from ingest.mappings.authority.relations import SUBDIVISION_FORM, relation_words, variant_kinds
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import cited_by, exact_matches
from ingest.mappings.facts.entities import identified
from ingest.mappings.facts.headings import DASH, form_of, joined, subdivided, subdivisions
from ingest.mappings.facts.subject_schemes import in_scheme, language_of, scheme_of
from ingest.mappings.names import LABEL, bg, skos
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField

ALT_LABEL, PREF_LABEL = skos("altLabel"), skos("prefLabel")
CLOSE_MATCH = skos("closeMatch")
ROLE_NOTE = bg("variantNote")
_TERMS = frozenset({"48", "50", "51", "55", "62", "80", "81", "82", "85"})
_SUBDIVISION_TAGS = frozenset({"80", "81", "82", "85"})

_X00, _X10, _X11 = "abcdfghjklmnopqrst", "abcdfghklmnoprst", "acdefghklnpqst"
_X30, _TERM = "adfghklmnoprst", "abcdg"
_BY_NUMBER = {
    "00": _X00,
    "10": _X10,
    "11": _X11,
    "30": _X30,
    "47": "acdg",
    "48": "a",
    "50": _TERM,
    "51": "ag",
    "55": "a",
    "62": "a",
    "80": "",
    "81": "",
    "82": "",
    "85": "",
}


def heading_text(f: DataField, tag: str) -> str:
    """The heading whole; a subdivision by itself begins with its dash."""
    parts = subdivisions(f)
    if tag[1:] in _SUBDIVISION_TAGS:
        return DASH.join(value for _, value in parts)
    return subdivided(joined(f.subfields, form_of(tag)), parts)


def language(d: Description, tag: str) -> str | None:
    """Language of a heading: terms are words of their scheme's or cataloguing language, names are of none."""
    if d.vernacular:
        return d.script_lang
    return d.note_lang if tag[1:] in _TERMS else None


def _established(d: Description, f: DataField) -> None:
    """1XX: the preferred label."""
    text = heading_text(f, d.tag)
    if text:
        label = literal(text, language(d, d.tag))
        d.add(d.work, PREF_LABEL, label)
        d.add(d.work, LABEL, label)


def _variant(d: Description, f: DataField) -> None:
    """4XX: another name, and of which kind where $w or $4 says it."""
    text = heading_text(f, d.tag)
    if not text:
        return
    label = literal(text, language(d, d.tag))
    d.add(d.work, ALT_LABEL, label)
    for kind in variant_kinds(f):
        d.add(d.work, kind, label)
    words = relation_words(f, d.tag)
    if words:
        d.text(d.work, ROLE_NOTE, f"{words}: {text}", d.note_lang)


def _linked(d: Description, f: DataField) -> None:
    """7XX: the same or a similar heading in another file; $4 or a SKOS address says how close."""
    text = heading_text(f, d.tag)
    scheme = scheme_of(f, "650")
    identities = cited_by(f, d.key.source, scheme)
    match = _match(f)
    if not text:
        for _, other in exact_matches(identities):
            d.add(d.work, match, other)
        return
    class_, kind = class_and_kind(d.tag, f)
    lang = language_of(scheme) if d.tag[1:] in _TERMS else None
    target = identified(d, identities, kind, class_, text, lang=lang, more=in_scheme(scheme))
    d.add(d.work, match, target)


_MATCHES = {
    "eq": skos("exactMatch"),
    "=eq": skos("exactMatch"),
    "~eq": CLOSE_MATCH,
    "bm": skos("broadMatch"),
    "nm": skos("narrowMatch"),
    "rm": skos("relatedMatch"),
    **{
        f"{SKOS}{name}".lower(): skos(name)
        for name in "exactMatch closeMatch broadMatch narrowMatch relatedMatch".split()
    },
}


def _match(f: DataField) -> str:
    for value in f.all("4"):
        known = _MATCHES.get(value.strip().lower())
        if known is not None:
            return known
    return CLOSE_MATCH


def _subdivision_form(d: Description, f: DataField) -> None:
    """78X: how the heading reads as a subdivision: ``Pennsylvania -- Valley Forge``."""
    d.text(d.work, SUBDIVISION_FORM, DASH.join(value for _, value in subdivisions(f)), d.note_lang)


for _number, _codes in _BY_NUMBER.items():
    AUTHORITY.maps(f"1{_number}", codes=f"{_codes}vxyz6")(_established)
    AUTHORITY.maps(f"4{_number}", codes=f"{_codes}vxyzwei46")(_variant)
    if _number not in _SUBDIVISION_TAGS:
        AUTHORITY.maps(f"7{_number}", codes=f"{_codes}vxyz01246")(_linked)
AUTHORITY.maps("780", "781", "782", "785", codes="vxyz6")(_subdivision_form)
