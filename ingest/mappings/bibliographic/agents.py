"""Who contributed: 100, 110, 111, 700, 710, 711, 720, local 79X (MARC 21: X00, X10, X11; BIBFRAME Contribution)."""

from common.terms import literal
from ingest.mappings.bibliographic import related_works
from ingest.mappings.description import Description
from ingest.mappings.facts.agent_classes import class_of
from ingest.mappings.facts.codes import organization
from ingest.mappings.facts.entities import named
from ingest.mappings.facts.headings import form_of, joined, split_title
from ingest.mappings.facts.local_fields import relator_code
from ingest.mappings.facts.relators import roles
from ingest.mappings.names import TYPE, bf, bflc, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

AFFILIATION = bg("affiliation")
APPLIES_TO = bg("appliesToPart")
CONTRIBUTION = bf("contribution")
CONTRIBUTION_AGENT = bf("agent")
CONTRIBUTION_CLASS = bf("Contribution")
INSTITUTION = bflc("applicableInstitution")
PRIMARY = bf("PrimaryContribution")
RELATIONSHIP = bg("relationshipNote")
ROLE = bf("role")
ROLE_TERM = bg("roleTerm")
UNCONTROLLED = bflc("Uncontrolled")


@BIBLIOGRAPHIC.maps("100", codes="abcdefghijklmnopqrstu013456=")
@BIBLIOGRAPHIC.maps("110", codes="abcdefghiklmnoprstu013456=")
@BIBLIOGRAPHIC.maps("111", codes="acdefghijklnpqstu013456=")
def creator(d: Description, f: DataField) -> None:
    """The main entry: the primary contribution; a title in it, as older records have, names a Hub besides."""
    name, title = split_title(f.subfields)
    contribution = _contribution(d, DataField(f.tag, f.ind1, f.ind2, _untitled(f, name)) if title else f)
    d.add(contribution, TYPE, PRIMARY)
    if title:
        related_works.name_title(d, f, role="title")


def _untitled(f: DataField, name: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The name part with what the field says of role and identity behind the title."""
    return name + [(c, v) for c, v in f.subfields[len(name) :] if c in "eiju01345"]


@BIBLIOGRAPHIC.maps("700", "790", "796", codes="abcdefghijklmnopqrstux013456=")
@BIBLIOGRAPHIC.maps("710", "791", "797", codes="abcdefghiklmnoprstux013456=")
@BIBLIOGRAPHIC.maps("711", "792", "798", codes="acdefghijklnpqstux013456=")
def added_entry(d: Description, f: DataField) -> None:
    """An added entry: a contribution, or with $t a related work."""
    title = split_title(f.subfields)[1]
    if d.vernacular:
        _as_partner(d, f)
    elif title:
        related_works.name_title(d, f, role="title")
    else:
        _contribution(d, f)


def _as_partner(d: Description, f: DataField) -> None:
    """An 880 says what it says of the work or agent that its partner named; alone it is read as it is."""
    name, title = split_title(f.subfields)
    if d.remembered("title") is None and (not title or d.remembered() is not None):
        _contribution(d, DataField(f.tag, f.ind1, f.ind2, _untitled(f, name)) if title else f)
    if title or d.remembered("title") is not None:
        related_works.name_title(d, f, role="title")


@BIBLIOGRAPHIC.maps("720", codes="ae456")
def uncontrolled(d: Description, f: DataField) -> None:
    """A name that follows no rules of entry."""
    d.add(_contribution(d, f), TYPE, UNCONTROLLED)


def _contribution(d: Description, f: DataField) -> str:
    """The contribution node of the field, linked to the agent it names."""
    contribution = d.node(d.work, "contribution")
    d.add(d.work, CONTRIBUTION, contribution)
    d.add(contribution, TYPE, CONTRIBUTION_CLASS)
    label = joined(f.subfields, form_of(d.tag))
    if label:
        class_ = class_of(d.tag, f.ind1, "".join([code for code, _ in f.subfields]))
        d.add(contribution, CONTRIBUTION_AGENT, named(d, f, "agent", class_, label))
    _circumstances(d, contribution, f)
    return contribution


def _circumstances(d: Description, contribution: str, f: DataField) -> None:
    """Roles, and what the field says about this contribution: relationship, affiliation, materials, institution."""
    known, unknown = roles(f, relator_code(d.tag))
    for role in known:
        d.add(contribution, ROLE, role)
    for term in unknown:
        d.add(contribution, ROLE_TERM, literal(term, d.script_lang if d.vernacular else d.note_lang))
    for code, value in f.subfields:
        if code == "u":
            d.text(contribution, AFFILIATION, value.strip())
        elif code == "i":
            d.text(contribution, RELATIONSHIP, value.strip().rstrip(" :"), d.note_lang)
        elif code == "3":
            d.text(contribution, APPLIES_TO, value.strip().rstrip(" :"), d.note_lang)
        elif code == "5":
            d.add(contribution, INSTITUTION, organization(value))
        elif code == "x":
            d.text(contribution, RELATIONSHIP, value.strip())
