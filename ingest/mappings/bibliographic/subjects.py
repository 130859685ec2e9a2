"""What a work is about, and what form it has: 600–662, 688, 690–699 (MARC 21: 6XX; BIBFRAME subject, genreForm).

A heading with subdivisions is one entity, the subdivisions are literals beside it. A name among them, or a main part
that has an identifier of its own, is a subject by itself too: who asks for works about Lovelace finds
``Lovelace, Ada, 1815-1852 -- Biography``.
"""

from common.terms import literal
from ingest.mappings.bibliographic.hubs import title_parts
from ingest.mappings.description import Description
from ingest.mappings.facts.agent_classes import class_of
from ingest.mappings.facts.authorities import AuthorityId, cited_by
from ingest.mappings.facts.entities import Statements, identified
from ingest.mappings.facts.headings import form_of, joined, split_title, subdivided, subdivisions
from ingest.mappings.facts.local_fields import relator_code
from ingest.mappings.facts.relators import roles, words
from ingest.mappings.facts.subject_schemes import in_scheme, language_of, scheme_of
from ingest.mappings.names import TYPE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField, Subfield

CONTRIBUTION = bf("contribution")
CONTRIBUTION_AGENT = bf("agent")
CONTRIBUTION_CLASS = bf("Contribution")
FACET = bg("facet")
GENRE_FORM, GENRE_FORM_CLASS = bf("genreForm"), bf("GenreForm")
HUB, PLACE, TOPIC = bf("Hub"), bf("Place"), bf("Topic")
ROLE, ROLE_TERM = bf("role"), bg("roleTerm")
SUBJECT = bf("subject")
SUBJECT_NOTE = bg("subjectNote")
SUBDIVISIONS = {
    "v": bg("formSubdivision"),
    "x": bg("topicalSubdivision"),
    "y": bg("chronologicalSubdivision"),
    "z": bg("geographicSubdivision"),
}

#: Tag -> class, and the path of an entity without an identifier; X00–X11 are agents, decided by ``class_of``.
_CLASSES = {
    "630": (HUB, "hub"),
    "647": (bf("Event"), "event"),
    "648": (bf("Temporal"), "subject"),
    "650": (TOPIC, "subject"),
    "651": (PLACE, "place"),
    "654": (TOPIC, "subject"),
    "655": (GENRE_FORM_CLASS, "subject"),
    "656": (bg("Occupation"), "subject"),
    "657": (bg("Function"), "subject"),
    "658": (bg("CurriculumObjective"), "subject"),
    "662": (PLACE, "place"),
    "688": (TOPIC, "subject"),
    "690": (TOPIC, "subject"),
    "691": (PLACE, "place"),
    "699": (HUB, "hub"),
}
_NAMES = frozenset({"600", "610", "611", "696", "697", "698"})
#: Schemes that an entity's IRI leaves out; a word in two schemes, or languages, is two entities.
_UNMARKED = frozenset({"", "lcsh"})
#: Files that identify names, so never a name with its subdivisions.
_NAME_FILES = frozenset("gnd naf viaf isni orcid ulan tgn geonames wikidata idref bnf de-101".split())


@BIBLIOGRAPHIC.maps("600", "696", codes="abcdefghjklmnopqrstuvxyz0123456=")
@BIBLIOGRAPHIC.maps("610", "697", codes="abcdefghklmnoprstuvxyz0123456=")
@BIBLIOGRAPHIC.maps("611", "698", codes="acdefghjklnpqstuvxyz0123456=")
@BIBLIOGRAPHIC.maps("630", "699", codes="adefghklmnoprstvxyz0123456=")
@BIBLIOGRAPHIC.maps("647", codes="acdgvxyz012356=")
@BIBLIOGRAPHIC.maps("648", "651", codes="abcdegvxyz0123456=")
@BIBLIOGRAPHIC.maps("650", codes="abcdegvxyz0123456=")
@BIBLIOGRAPHIC.maps("690", "691", codes="abcdegvxyz0123456=")
def subject(d: Description, f: DataField) -> None:
    """A controlled subject: the heading whole, what it is of, its scheme and its subdivisions."""
    _subject(d, f, SUBJECT)


@BIBLIOGRAPHIC.maps("655", codes="abcvxyz012356=")
def genre_form(d: Description, f: DataField) -> None:
    """655: what the work is, not what it is about."""
    _subject(d, f, GENRE_FORM)


@BIBLIOGRAPHIC.maps("654", codes="abcevyz0123456=")
@BIBLIOGRAPHIC.maps("656", codes="akvxyz01236=")
@BIBLIOGRAPHIC.maps("657", codes="avxyz01236=")
@BIBLIOGRAPHIC.maps("658", codes="abcd0126=")
@BIBLIOGRAPHIC.maps("662", codes="abcdefgh012456=")
@BIBLIOGRAPHIC.maps("688", codes="aeg0123456=")
def further_subject(d: Description, f: DataField) -> None:
    """Facets, occupations, functions, curriculum objectives, places in their hierarchy, kinds not stated."""
    _subject(d, f, SUBJECT)


def _subject(d: Description, f: DataField, predicate: str) -> None:
    main = joined(f.subfields, form_of(d.tag))
    parts = subdivisions(f)
    label = subdivided(main, parts)
    if not label:
        return
    scheme = scheme_of(f, d.tag)
    identities = cited_by(f, d.key.source, scheme)
    class_, kind = _class_and_kind(d.tag, f)
    lang = None if kind in {"agent", "hub"} else language_of(scheme)
    is_agent = kind == "agent"
    if parts and main and kind != "subject":
        identities = _main_part(d, f, (main, class_, kind, lang), identities, parts)
        class_, kind = (class_, kind) if _is_place_in_place(kind, parts) else (TOPIC, "subject")
    more = [*in_scheme(scheme), *_subdivision_statements(d, parts, lang)]
    if d.tag == "654":
        more.extend((FACET, literal(value)) for value in f.all("c"))
    if kind == "hub":
        more.extend(title_parts(d, split_title(f.subfields)[1] or f.subfields))
    key = label if scheme in _UNMARKED else f"{label} ({scheme})"
    entity = identified(d, identities, kind, class_, label, lang=lang, more=more, key=key)
    d.add(d.work, predicate, entity)
    _circumstances(d, f, (d.remembered("main") or entity) if is_agent else None, label)


def _class_and_kind(tag: str, f: DataField) -> tuple[str, str]:
    """Class of what the heading names, and the path of its entity."""
    if tag not in _NAMES:
        return _CLASSES[tag]
    codes = "".join([code for code, _ in f.subfields])
    return (HUB, "hub") if "t" in codes else (class_of(tag, f.ind1, codes), "agent")


def _is_place_in_place(kind: str, parts: list[Subfield]) -> bool:
    """``England -- London``: the subdivision narrows the place, the heading still names one."""
    return kind == "place" and all(code == "z" for code, _ in parts)


def _main_part(
    d: Description,
    f: DataField,
    main: tuple[str, str, str, str | None],
    identities: list[AuthorityId],
    parts: list[Subfield],
) -> list[AuthorityId]:
    """States the name or place before the subdivisions as a subject by itself; gives the identities of the whole."""
    label, class_, kind, lang = main
    if _is_place_in_place(kind, parts):
        return identities
    own = [found for found in identities if found.scheme in _NAME_FILES]
    if own or f.tag in _NAMES or d.tag in _NAMES:
        d.add(d.work, SUBJECT, identified(d, own, kind, class_, label, lang=lang, role="main"))
    return [found for found in identities if found.scheme not in _NAME_FILES]


def _subdivision_statements(d: Description, parts: list[Subfield], lang: str | None) -> Statements:
    if not parts:
        return []
    lang = d.script_lang if d.vernacular else lang
    return [(SUBDIVISIONS[code], literal(value, lang)) for code, value in parts]


def _circumstances(d: Description, f: DataField, agent: str | None, label: str) -> None:
    """In what role an agent stands to the work; of anything else the role is said in words, as are part and copy."""
    said = ""
    related = False
    role = relator_code(d.tag)
    for code, value in f.subfields:
        is_role = code == "4" or code == role  # noqa: PLR1714  twice as fast
        if is_role and agent:
            related = True
        elif is_role or code == "3" or code == "5" or (code == "u" and d.tag in _NAMES):  # noqa: PLR1714
            said = f"{said}{words(value) if is_role else value.strip().rstrip(' :')}: "
    if said:
        d.text(d.work, SUBJECT_NOTE, said + label, d.note_lang)
    if related and agent:
        _in_role(d, f, agent)


def _in_role(d: Description, f: DataField, entity: str) -> None:
    """A subject that a role ties to the work: an honouree, a person depicted."""
    node = d.node(d.work, "contribution")
    known, unknown = roles(f, relator_code(d.tag))
    d.add(d.work, CONTRIBUTION, node)
    d.add(node, TYPE, CONTRIBUTION_CLASS)
    d.add(node, CONTRIBUTION_AGENT, entity)
    for role in known:
        d.add(node, ROLE, role)
    for term in unknown:
        d.add(node, ROLE_TERM, literal(term, d.note_lang))
