"""The sample records that generated ones are modelled on: bibliographic ones with their holdings, and authorities."""

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.search.units import Unit, units
from ingest import readers
from ingest.identity import kind_of, record_key
from ingest.record import MarcRecord, RawRecord, RecordKey
from services.demonstration import SUPPLIERS, sample_files

_LONGEST = 10_000_000
_LANGUAGE = slice(35, 38)


@dataclass(slots=True)
class Skeleton:
    """A sample record taken apart.

    Attributes:
        key: Supplier and number.
        lang: MARC code of its language, "" where it says none.
        leader: 24 characters.
        control: Control fields.
        units: Data fields.
        holdings: Its holdings records, taken apart likewise.
    """

    key: RecordKey
    lang: str
    leader: str
    control: list[tuple[str, str]]
    units: list[Unit]
    holdings: list["Skeleton"] = field(default_factory=list)


@dataclass(slots=True)
class Samples:
    """What the samples hold: skeletons of works, and authority records as they are."""

    works: list[Skeleton]
    authorities: list[RawRecord]


def read_samples() -> Samples:
    """The samples of the demo."""
    works: list[Skeleton] = []
    holdings: list[tuple[str, Skeleton]] = []
    authorities: list[RawRecord] = []
    for path in sample_files():
        supplier = SUPPLIERS.get(path.name)
        for raw, record in _records(path):
            key = record_key(record, raw.data, supplier)
            kind = kind_of(record)
            if kind == "authority":
                authorities.append(RawRecord(raw.data, raw.format, raw.position, raw.offset, key))
            elif kind == "holdings":
                holdings.append((record.control_value("004") or "", _skeleton(record, key)))
            else:
                works.append(_skeleton(record, key))
    by_id = {skeleton.key.id: skeleton for skeleton in works}
    for number, held in holdings:
        if number in by_id:
            by_id[number].holdings.append(held)
    return Samples(works, authorities)


def _records(path: Path) -> list[tuple[RawRecord, MarcRecord]]:
    name = "iso2709" if path.suffix == ".mrc" else "marcxml"
    with path.open("rb") as stream:
        raws = [raw for raw in readers.read(stream, name, _LONGEST) if isinstance(raw, RawRecord)]
    decoded = ((raw, readers.reader(name).decode(raw.data, None)) for raw in raws)
    return [(raw, record) for raw, record in decoded if isinstance(record, MarcRecord)]


def _skeleton(record: MarcRecord, key: RecordKey) -> Skeleton:
    fixed = record.control_value("008") or ""
    return Skeleton(key, fixed[_LANGUAGE].strip(), record.leader, record.control, units(record))
