"""What the mapping tests share: the sample records, and records of single fields written as one line each."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ingest import readers
from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey, Unreadable

REPOSITORY = Path(__file__).resolve().parents[3]
SAMPLES = REPOSITORY / "samples" / "marc"
SHARED = REPOSITORY.parent / "shared" / "data" / "marc"
BASE = "https://x.example/"
LIMIT = 10_000_000
_FORMATS = {".xml": "marcxml", ".mrc": "iso2709"}
_LEADER = "00000nam a2200000 i 4500"


@cache
def read(path: Path) -> tuple[MarcRecord, ...]:
    """Every readable record of a file."""
    with path.open("rb") as stream:
        raws = list(readers.read(stream, _FORMATS[path.suffix], LIMIT))
    return tuple(readers.decode(raw) for raw in raws if not isinstance(raw, Unreadable))


def parse(line: str) -> DataField:
    """A field written as ``245 10 $aTitle :$brest``; ``#`` is a blank indicator."""
    tag, indicators, rest = line[:3], line[4:6].replace("#", " "), line[6:].strip()
    return DataField(tag, indicators[0], indicators[1], [(part[0], part[1:]) for part in rest.split("$")[1:]])


@pytest.fixture(scope="session")
def sample_records() -> list[MarcRecord]:
    """The sample records, bibliographic and authority."""
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in _FORMATS)
    return [record for path in paths for record in read(path)]


@pytest.fixture(scope="session")
def conversion_records() -> list[MarcRecord]:
    """The small records by which the Library of Congress tests its conversion; skips where they are not present."""
    folder = SHARED / "lc_marc2bibframe2" / "test"
    if not folder.is_dir():
        pytest.skip("needs the shared data, part of which may not be copied")
    return [record for path in sorted(folder.rglob("*.xml")) for record in read(path) if record.leader.strip()]


Mapper = Callable[..., set[str]]


@pytest.fixture
def mapped() -> Mapper:
    """Maps fields written as lines to the record's statements, shortened: local names, no brackets, no base."""

    def map_lines(*lines: str, leader: str = _LEADER, control: dict[str, str] | None = None) -> set[str]:
        record = MarcRecord(leader, list((control or {}).items()), [parse(line) for line in lines])
        graph = map_record(record, RecordKey("s", "1"), BASE)
        return {_short(statement) for statement in graph.statements}

    return map_lines


def _short(statement: str) -> str:
    """``instance#title-245-1 mainTitle "Title"@en`` for the statement in full."""
    subject, predicate, obj = statement.split(" ", 2)
    return f"{_short_term(subject)} {_short_term(predicate)} {_short_term(obj)}"


def _short_term(term: str) -> str:
    if term.startswith('"'):
        return term.split("^^", 1)[0] if '"^^<' in term else term
    value = term[1:-1]
    if value.startswith(BASE):
        return value.removeprefix(BASE).removeprefix("id/").replace("/s/1", "")
    for prefix in _PREFIXES:
        value = value.removeprefix(prefix)
    return value


_PREFIXES = (
    "http://id.loc.gov/ontologies/bibframe/",
    "http://id.loc.gov/ontologies/bflc/",
    "https://w3id.org/bibliograph/ontology#",
    "https://w3id.org/bibliograph/code/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://purl.org/dc/terms/",
    "https://schema.org/",
    "http://id.loc.gov/vocabulary/",
)
