"""What the records of an installation say, taken from the original bytes in its archive and not from the graph."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.known_item.texts import normal
from benchmarks.search.headings import AGENTS, natural
from benchmarks.search.units import Subfields, Unit, texts, units
from common.terms import slug
from ingest import readers
from ingest.archive import Archive, Archived
from ingest.identity import kind_of
from ingest.mappings.facts.identifiers import isbn, split_qualifier
from ingest.record import MarcRecord, RecordKey

_SHELF_MARKS = ("050", "055", "060", "070", "090")
_TAIL = " /:;=,."
_LANGUAGE = slice(35, 38)


@dataclass(slots=True)
class Facts:
    """One bibliographic record.

    Attributes:
        key: Supplier and number.
        work: Bare IRI of its Work.
        chinese: Whether it is in Chinese.
        isbns: Valid ones as they stand, without hyphens.
        numbers: Call numbers of its copies and shelf marks.
        titles: Titles proper, in each script.
        full_titles: The same with their subtitles.
        variants: Other titles that it bears.
        agents: Names of each agent in each script, as in the heading.
        identifiers: ``$0`` of each agent, in the order of ``agents``.
        subjects: Subject headings.
    """

    key: RecordKey
    work: str
    chinese: bool
    isbns: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    full_titles: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    agents: list[tuple[str, ...]] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)


def catalogue(archive: Archive, base: str) -> list[Facts]:
    """The facts of every bibliographic record that is alive, by supplier and number."""
    found: dict[RecordKey, Facts] = {}
    held: list[tuple[RecordKey, list[str]]] = []
    for archived, record in _marc(archive):
        kind = kind_of(record)
        if kind == "bibliographic":
            found[archived.key] = _facts(archived, record, base)
        elif kind == "holdings":
            number = RecordKey(archived.key.source, record.control_value("004") or "")
            held.append((number, [_call_number(unit) for unit in units(record) if unit.tag == "852"]))
    for key, numbers in held:
        if key in found:
            found[key].numbers += filter(None, numbers)
    return [found[key] for key in sorted(found, key=lambda key: (key.source, key.id))]


def _marc(archive: Archive) -> Iterator[tuple[Archived, MarcRecord]]:
    for archived in archive.live():
        record = readers.reader(archived.format).decode(archived.data, archived.encoding or None)
        if isinstance(record, MarcRecord):
            yield archived, record


def _facts(archived: Archived, record: MarcRecord, base: str) -> Facts:
    key, fields = archived.key, units(record)
    facts = Facts(
        key, f"{base}id/work/{slug(key.source)}/{slug(key.id)}", (record.control_value("008") or "")[_LANGUAGE] == "chi"
    )
    for unit in fields:
        if unit.tag == "245":
            facts.titles += [_joined(part, "anp") for part in texts(unit)]
            facts.full_titles += [_joined(part, "anpb") for part in texts(unit)]
        elif unit.tag == "246":
            facts.variants += [_joined(part, "anpb") for part in texts(unit)]
            facts.variants += [_joined(part, "a") for part in texts(unit)]
        elif unit.tag in AGENTS and not unit.get("t"):
            facts.agents.append(tuple(name for part in texts(unit) if (name := _joined(part, "a"))))
            facts.identifiers.append(unit.get("0"))
        elif unit.tag == "020":
            number = isbn(split_qualifier(unit.get("a"))[0])
            facts.isbns += [number] if number else []
        elif unit.tag in _SHELF_MARKS and unit.get("b"):
            facts.numbers.append(f"{unit.get('a')} {unit.get('b')}")
        elif unit.tag == "852":
            facts.numbers += filter(None, [_call_number(unit)])
        elif unit.tag.startswith("6"):
            facts.subjects += [_joined(part, "abtxyzv") for part in texts(unit)]
    facts.titles = [title for title in dict.fromkeys(facts.titles) if normal(title)]
    return facts


def _joined(subfields: Subfields, codes: str) -> str:
    return " ".join(value.rstrip(_TAIL) for code, value in subfields if code in codes)


def _call_number(unit: Unit) -> str:
    """As on the spine; "" where the copy has none with a figure."""
    number = " ".join(value.strip() for code, value in unit.subfields if code in "hijk")
    return number if any(c.isdecimal() for c in number) else ""


def same_name(name: str) -> str:
    """What is the same for a name in any order of its parts.

    >>> same_name("Ridley, Sarah") == same_name("Sarah Ridley")
    True
    """
    return "".join(sorted(normal(word) for word in natural(name).replace(",", " ").split()))
