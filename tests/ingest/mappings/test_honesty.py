"""The mapping table says what is mapped; these tests hold it to that, subfield by subfield, in real records."""

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from ingest.mappings.marc21 import map_record, table_for
from ingest.mappings.table import WHOLE
from ingest.record import MarcRecord, RecordKey

CANDIDATES, ALTERNATIVES = 3, 3
Key = tuple[str, str, str]

#: Declared as mapped, but not held to change the graph by another value. Each with its reason.
EXCEPTIONS = {
    "6": "names the field in the other script; another number pairs it with another field or with none, which shows"
    " only where there is one (tests of linkage)",
}


class Place(NamedTuple):
    """Where a subfield stands: record, index of the field, index in the field."""

    record: MarcRecord
    field: int
    part: int


def statements(record: MarcRecord) -> set[str]:
    """All that a record says, cited authorities included."""
    graph = map_record(record, RecordKey("s", "1"), "https://x.example/")
    return set(graph.statements).union(*(cited for _, cited in graph.cited.values()))


def declared(record: MarcRecord) -> Iterator[tuple[Key, Place, str]]:
    """Every subfield of the record that its mapping table declares as mapped, but for 880s."""
    table = table_for(record)
    for index, (tag, value) in enumerate(record.control):
        if table.is_mapped(tag, WHOLE):
            yield (table.name, tag, WHOLE), Place(record, index, 0), value
    for index, f in enumerate(record.fields):
        if f.tag != "880":
            for part, (code, value) in enumerate(f.subfields):
                if table.is_mapped(f.tag, code) and value.strip():
                    yield (table.name, f.tag, code), Place(record, index, part), value


def read(place: Place, key: Key) -> str:
    """The value there."""
    if key[2] == WHOLE:
        return place.record.control[place.field][1]
    return place.record.fields[place.field].subfields[place.part][1]


def write(place: Place, key: Key, value: str) -> None:
    """Puts another value there."""
    if key[2] == WHOLE:
        place.record.control[place.field] = (key[1], value)
    else:
        place.record.fields[place.field].subfields[place.part] = (key[2], value)


def letters(text: str) -> str:
    """What is left of a value without punctuation and case."""
    return "".join(char for char in text.lower() if char.isalnum())


def altered(value: str, *, at_each_place: bool) -> Iterator[str]:
    """The value with its last letter or digit replaced, and its first, or with each in turn."""
    places = [at for at, char in enumerate(value) if char.isalnum() or (at_each_place and char in " |")]
    for at in places if at_each_place else places[-1:] + places[:1]:
        yield f"{value[:at]}{'7' if value[at] != '7' else '3'}{value[at + 1 :]}"


def changes(place: Place, key: Key, others: list[str]) -> bool:
    """Whether some other value there changes what the record says."""
    value = read(place, key)
    before = statements(place.record)
    different = [other for other in others if letters(other) != letters(value)][:ALTERNATIVES]
    try:
        for other in [*different, *altered(value, at_each_place=key[2] == WHOLE)]:
            write(place, key, other)
            if statements(place.record) != before:
                return True
    finally:
        write(place, key, value)
    return False


def dishonest(records: list[MarcRecord]) -> list[str]:
    """Declared subfields that could hold something else and the graph would be the same."""
    chance = random.Random(245)  # noqa: S311  the choice of records must return
    places: dict[Key, list[Place]] = defaultdict(list)
    values: dict[Key, dict[str, None]] = defaultdict(dict)
    for record in records:
        for key, place, value in declared(record):
            places[key].append(place)
            values[key][value] = None
    found = []
    for key in sorted(places):
        if key[2] in EXCEPTIONS:
            continue
        others = chance.sample(list(values[key]), min(len(values[key]), 4 * ALTERNATIVES))
        chosen = chance.sample(places[key], min(len(places[key]), CANDIDATES))
        silent = [place for place in chosen if not changes(place, key, others)]
        found.extend(f"{' '.join(key)}: {read(place, key)[:60]!r}" for place in silent)
    return found


def test_every_subfield_declared_as_mapped_changes_the_graph(sample_records: list[MarcRecord]) -> None:
    """Another value in a subfield that counts as mapped gives another graph, in the sample records."""
    assert dishonest(sample_records) == []


@pytest.mark.shared_data
def test_rare_subfields_declared_as_mapped_change_the_graph(conversion_records: list[MarcRecord]) -> None:
    """Likewise in records that were written to hold every field once."""
    assert dishonest(conversion_records) == []


def test_an_undeclared_effectless_subfield_would_be_found(sample_records: list[MarcRecord]) -> None:
    """The test can fail: a value that no mapping reads changes nothing, and is reported as such."""
    record = next(r for r in sample_records if any(f.tag == "035" and f.get("9") for f in r.fields))
    index = next(i for i, f in enumerate(record.fields) if f.tag == "035" and f.get("9"))
    part = next(i for i, (code, _) in enumerate(record.fields[index].subfields) if code == "9")
    assert not changes(Place(record, index, part), ("bibliographic", "035", "9"), ["something else"])
