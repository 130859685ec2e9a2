"""Where the copies of instances are, and which records say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common import terms
from common.namespaces import BF, BG
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names, local_name
from services.hits import queries
from services.hits.hit import Holding

MOST_COPIES = 5
_HELD_BY = f"<{BF}heldBy>"
_CALL_NUMBER, _STATUS = f"<{BG}callNumber>", f"<{BG}itemStatus>"
#: From the library to the shelf.
_PLACES = tuple(
    f"<{BG}{name}>" for name in ("holdingInstitutionName", "sublocation", "shelvingLocation", "temporaryLocation")
)
_DAY = len("2000-01-01")


@dataclass(frozen=True, slots=True)
class Item:
    """A copy, with what is said of it by predicate."""

    term: str
    facts: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """A source record; ``modified`` is a day, "" where unknown."""

    source: str
    number: str
    modified: str


def copies(graph: KnowledgeGraph, instances: list[str]) -> dict[str, list[Item]]:
    """The copies of each of some instances (terms)."""
    found: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list)),
    )
    for instance, item, predicate, value in queries.rows(graph, "copies", {"instances": instances}):
        if instance and item and predicate and value:
            found[instance][item][predicate].append(value)
    return {instance: [Item(term, facts) for term, facts in items.items()] for instance, items in found.items()}


def items(copies_: Mapping[str, Iterable[Item]]) -> list[str]:
    """Terms of all copies."""
    return [item.term for found in copies_.values() for item in found]


def libraries(copies_: Mapping[str, Iterable[Item]]) -> list[str]:
    """Terms of the libraries that hold copies."""
    return [library for found in copies_.values() for item in found for library in item.facts.get(_HELD_BY, ())]


def records(graph: KnowledgeGraph, things: list[str]) -> dict[str, list[Record]]:
    """The source records of instances, items and authorities (terms)."""
    found: dict[str, list[Record]] = defaultdict(list)
    for thing, source, number, modified in queries.rows(graph, "records", {"things": things}) if things else ():
        if thing and source and number:
            day = terms.value(modified)[:_DAY] if modified else ""
            found[thing].append(Record(terms.value(source), terms.value(number), day))
    return found


def sources(found: Iterable[Record]) -> list[dict[str, str]]:
    """Supplier and control number of records, each once."""
    pairs = dict.fromkeys((record.source, record.number) for record in found)
    return [{"source": source, "id": number} for source, number in pairs]


def holding(item: Item, found: Sequence[Record], names: Names) -> Holding:
    """A copy as a hit shows it; the first of its records tells the day."""
    held_by = [_library(library, names) for library in item.facts.get(_HELD_BY, ())]
    places = [terms.value(value) for predicate in _PLACES for value in item.facts.get(predicate, ())]
    return Holding(
        location=", ".join(dict.fromkeys([*held_by, *places])),
        call_number=_first(item, _CALL_NUMBER),
        status=_first(item, _STATUS),
        as_of=found[0].modified if found else "",
    )


def _library(library: str, names: Names) -> str:
    """Name of a library; its code in capitals, as libraries write it, where no list has a name."""
    return terms.value(names.label(library)) if names.name(library).labels else local_name(library[1:-1]).upper()


def _first(item: Item, predicate: str) -> str:
    return terms.value(next(iter(item.facts.get(predicate, ())), '""'))
