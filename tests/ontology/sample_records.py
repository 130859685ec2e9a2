"""The graphs that sample records become, for checks of the ontology against real statements."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pymarc import MARCReader, Record, parse_xml_to_array

from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "marc"
FILES = ("folio.mrc", "lcsh.mrc", "loc.xml", "dnb.xml", "gwu.xml")
RECORDS_A_FILE = 100


def decoded(record: Record) -> MarcRecord:
    """A record of pymarc's as ours."""
    return MarcRecord(
        str(record.leader),
        [(f.tag, f.data or "") for f in record.fields if f.is_control_field()],
        [
            DataField(f.tag, f.indicators[0], f.indicators[1], [(s.code, s.value) for s in f.subfields])
            for f in record.fields
            if not f.is_control_field()
        ],
    )


def _records(name: str) -> list[Record]:
    path = SAMPLES / name
    if path.suffix == ".xml":
        return parse_xml_to_array(str(path))[:RECORDS_A_FILE]  # type: ignore[no-untyped-call]
    with path.open("rb") as stream:
        return [record for record, _ in zip(MARCReader(stream), range(RECORDS_A_FILE), strict=False) if record]


@cache
def graphs_of(name: str) -> tuple[list[str], ...]:
    """Statements of each of a file's first records, with those about the authorities that it cites."""
    graphs = []
    for number, record in enumerate(_records(name)):
        graph = map_record(decoded(record), RecordKey("test", str(number)), "https://bibliograph.example/")
        graphs.append(graph.statements + [line for _, lines in graph.cited.values() for line in lines])
    return tuple(graphs)
