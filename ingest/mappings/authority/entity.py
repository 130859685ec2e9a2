"""The entity that an authority record describes: its IRI, class and scheme, decided before its fields are mapped."""

from collections.abc import Iterator

from common.terms import slug
from ingest.mappings.bibliographic import control
from ingest.mappings.bibliographic.kinds import language_of_cataloguing
from ingest.mappings.description import Description
from ingest.mappings.facts import agent_classes
from ingest.mappings.facts.authorities import EXACT_MATCH, AuthorityId, exact_matches, ranked, read
from ingest.mappings.facts.authority_schemes import BASES
from ingest.mappings.facts.headings import SUBDIVISION_CODES
from ingest.mappings.facts.subject_schemes import in_scheme
from ingest.mappings.names import TYPE, bf, bg, skos
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField, MarcRecord

CONCEPT = skos("Concept")
SUBDIVISION = bg("Subdivision")
TOPIC = bf("Topic")

#: Tag without its first digit -> class; X00, X10, X11 are decided by ``agent_classes``.
CLASSES = {
    "30": bf("Hub"),
    "47": bf("Event"),
    "48": bf("Temporal"),
    "50": TOPIC,
    "51": bf("Place"),
    "55": bf("GenreForm"),
    "62": bf("MusicMedium"),
    "80": TOPIC,
    "81": bf("Place"),
    "82": bf("Temporal"),
    "85": bf("GenreForm"),
}
AGENTS = frozenset({"00", "10", "11"})
SUBDIVISIONS = frozenset({"80", "81", "82", "85"})
#: Path of an entity without an identifier.
KINDS = {"30": "hub", "47": "event", "51": "place"}
#: 008/11 -> scheme.
_SYSTEMS = {"a": "lcsh", "b": "lcshac", "c": "mesh", "d": "nal", "k": "cash", "r": "aat", "s": "sears", "v": "rvm"}


def class_and_kind(tag: str, f: DataField) -> tuple[str, str]:
    """Class of what a heading of an authority record names, and the path of an entity without an identifier."""
    number = tag[1:]
    codes = {code for code, _ in f.subfields}
    if number in SUBDIVISIONS:
        return CLASSES[number], "subject"
    if number in AGENTS and "t" in codes:
        return CLASSES["30"], "hub"
    if number in {"00", "10", "11", "51", "30"} and not SUBDIVISION_CODES.isdisjoint(codes):
        return TOPIC, "subject"
    if number in AGENTS:
        return agent_classes.class_of(tag, f.ind1, "".join(codes)), "agent"
    return CLASSES[number], KINDS.get(number, "subject")


def heading_field(record: MarcRecord) -> DataField | None:
    """The 1XX that the record establishes."""
    for f in record.fields:
        if f.tag[0] == "1" and (f.tag[1:] in CLASSES or f.tag[1:] in AGENTS):
            return f
    return None


def own_identities(d: Description, record: MarcRecord) -> list[AuthorityId]:
    """The record's identities, preferred first: 010, 016, 035, and its control number at its source."""
    number = d.key.id.removeprefix("authority:")
    source = (record.control_value("003") or "").strip() or d.key.source
    # LC's and other well-known numbers say whose they are; a library's own need the organisation code.
    found = [*_numbers(record), read(f"({source}){number}")]
    return ranked(found) or [AuthorityId(d.key.source.lower(), number, None)]


def _numbers(record: MarcRecord) -> Iterator[AuthorityId | None]:
    for f in record.tagged("010", "016", "035"):
        value = (f.get("a") or "").strip()
        if f.tag == "010" and value:
            yield read(f"(DLC){value}")
        elif f.tag == "016" and value and f.get("2"):
            yield read(f"({f.get('2')}){value}")
        elif f.tag == "035" and value.startswith("("):
            yield read(value)


def scheme_of_record(record: MarcRecord, identity: AuthorityId) -> str:
    """Scheme of the heading: its file where that is published, else what 040 $f or 008/11 says, else its library's."""
    if identity.scheme in BASES:
        return identity.scheme
    for f in record.tagged("040"):
        if f.get("f"):
            return str(f.get("f")).strip().lower()
    return _SYSTEMS.get((record.control_value("008") or "")[11:12], identity.scheme)


def describe_entity(d: Description, record: MarcRecord) -> None:
    """Names the entity: it stands where another record's Work and Instance would."""
    identities = own_identities(d, record)
    first = identities[0]
    entity = _term(d, first)
    d.work = d.instance = entity
    d.own(entity)
    heading = heading_field(record)
    d.note_lang = language_of_cataloguing(record)
    d.add(entity, TYPE, CONCEPT)
    if heading is not None:
        d.add(entity, TYPE, class_and_kind(heading.tag, heading)[0])
        if heading.tag[1:] in SUBDIVISIONS:
            d.add(entity, TYPE, SUBDIVISION)
    for predicate, obj in [*in_scheme(scheme_of_record(record, first)), *exact_matches(identities)]:
        d.add(entity, predicate, obj)
    for other in [*identities[1:], *_former_identities(record, first)]:
        d.add(entity, EXACT_MATCH, _term(d, other))


def _former_identities(record: MarcRecord, current: AuthorityId) -> list[AuthorityId]:
    """Cancelled numbers of the same file: records that still cite them mean this entity."""
    cancelled = [
        read(f"(DLC){value}" if f.tag == "010" else value)
        for f in record.tagged("010", "035")
        for value in f.all("z")
        if f.tag == "010" or value.startswith("(")
    ]
    return [found for found in cancelled if found and found.scheme == current.scheme and found != current]


def _term(d: Description, identity: AuthorityId) -> str:
    return f"<{d.base}id/authority/{slug(identity.scheme)}/{slug(identity.identifier)}>"


AUTHORITY.prepare.extend((describe_entity, control.describe_record))
