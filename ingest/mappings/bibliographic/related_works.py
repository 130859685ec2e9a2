"""Works that a record names as related: 700, 710, 711 with $t, 730, 758, local 79X (BIBFRAME Hub)."""

from common.terms import is_iri, literal
from ingest.mappings.bibliographic.hubs import title_parts
from ingest.mappings.description import Description
from ingest.mappings.facts.agent_classes import class_of
from ingest.mappings.facts.authorities import cited_by
from ingest.mappings.facts.entities import identified, named
from ingest.mappings.facts.headings import form_of, joined, split_title
from ingest.mappings.facts.local_fields import relator_code
from ingest.mappings.facts.relations import HAS_PART, RELATED, of_words
from ingest.mappings.facts.relators import role_of_code, roles
from ingest.mappings.names import TYPE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

CONTRIBUTION = bf("contribution")
CONTRIBUTION_AGENT = bf("agent")
CONTRIBUTION_CLASS = bf("Contribution")
HUB = bf("Hub")
RELATION_TYPE = bg("relationType")
RELATIONSHIP = bg("relationshipNote")
ROLE = bf("role")
ROLE_TERM = bg("roleTerm")
_ANALYTICAL = "2"
#: Entries without a name, whose $4 is a kind of relation and no role.
_WITHOUT_NAME = frozenset({"730", "758", "793", "799"})


def name_title(d: Description, f: DataField, role: str = "") -> None:
    """A name-title heading: the Hub, how this work relates to it, and in what role the name stands to it."""
    label = joined(f.subfields, form_of(d.tag))
    if not label:
        return
    hub = named(
        d, f, "hub", HUB, label, lang=d.script_lang, role=role, more=title_parts(d, split_title(f.subfields)[1])
    )
    _relate(d, f, hub, label)
    known, unknown = roles(f, relator_code(d.tag))
    if known or unknown:
        _role_in_hub(d, f, (known, unknown))


def _role_in_hub(d: Description, f: DataField, stated: tuple[list[str], list[str]]) -> None:
    """The role that a name-title entry states: of its name, in the work that is described."""
    contribution = d.node(d.work, "contribution")
    name = [part for part in split_title(f.subfields)[0] if part[0] not in "01"]
    agent = DataField(f.tag, f.ind1, f.ind2, name)
    class_ = class_of(d.tag, f.ind1, "".join([code for code, _ in name]))
    d.add(d.work, CONTRIBUTION, contribution)
    d.add(contribution, TYPE, CONTRIBUTION_CLASS)
    d.add(contribution, CONTRIBUTION_AGENT, named(d, agent, "agent", class_, joined(name, form_of(d.tag)), role="name"))
    for known in stated[0]:
        d.add(contribution, ROLE, known)
    for term in stated[1]:
        d.add(contribution, ROLE_TERM, literal(term, d.note_lang))


@BIBLIOGRAPHIC.maps("730", "793", "799", codes="adfghiklmnoprstx03456=")
def title_added_entry(d: Description, f: DataField) -> None:
    """730: a related work entered under its title."""
    label = joined(f.subfields, form_of("730"))
    if label:
        hub = named(d, f, "hub", HUB, label, lang=d.script_lang, more=title_parts(d, f.subfields))
        _relate(d, f, hub, label)


@BIBLIOGRAPHIC.maps("758", codes="ai013456=")
def resource_identifier(d: Description, f: DataField) -> None:
    """758: a related resource by its identifier, in words where $a gives them."""
    identities = cited_by(f, d.key.source)
    label = (f.get("a") or (identities[0].web or identities[0].identifier if identities else "")).strip()
    if label:
        _relate(d, f, identified(d, identities, "hub", HUB, label), label)


def _relate(d: Description, f: DataField, hub: str, label: str) -> None:
    """Work and Hub, by the word in $i where it is known, else by the second indicator; the rest in words."""
    relation = HAS_PART if f.ind2 == _ANALYTICAL else RELATED
    said: list[str] = []
    for code, value in f.subfields:
        if code == "i":
            known = of_words(value)
            relation = known or relation
            if known is None:
                said.append(value.strip().rstrip(" :"))
        elif code == "4" and d.tag in _WITHOUT_NAME:
            _relation_type(d, value)
        elif code in "35":
            said.append(value.strip().rstrip(" :"))
    d.add(d.work, relation, hub)
    if said:
        d.text(d.work, RELATIONSHIP, f"{' / '.join(said)}: {label}", d.note_lang)


def _relation_type(d: Description, value: str) -> None:
    """$4 of a work's entry names a kind of relation, by address or code."""
    relation = role_of_code(value)
    if relation is not None and is_iri(relation):
        d.add(d.work, RELATION_TYPE, relation)
