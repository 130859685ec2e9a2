"""What real records become is declared: every predicate and class that the mappings write, however they name it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pymarc import MARCReader, Record, parse_xml_to_array

from common.namespaces import RDF
from common.terms import split_statement
from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey
from ontology import labels

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "marc"
FILES = ("folio.mrc", "lcsh.mrc", "loc.xml", "dnb.xml", "gwu.xml")
RECORDS_A_FILE = 100
#: Words of RDF itself.
BUILT_IN = {f"{RDF}type"}


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


def records(name: str) -> list[Record]:
    """The first records of a sample file."""
    path = SAMPLES / name
    if path.suffix == ".xml":
        return parse_xml_to_array(str(path))[:RECORDS_A_FILE]  # type: ignore[no-untyped-call]
    with path.open("rb") as stream:
        return [record for record, _ in zip(MARCReader(stream), range(RECORDS_A_FILE), strict=False) if record]


@cache
def written(name: str) -> frozenset[str]:
    """Predicates and classes in the graphs of a file's records and of what they cite."""
    terms: set[str] = set()
    for number, record in enumerate(records(name)):
        graph = map_record(decoded(record), RecordKey("test", str(number)), "https://bibliograph.example/")
        cited = [line for _, lines in graph.cited.values() for line in lines]
        for subject_predicate_object in (*graph.statements, *cited):
            _, predicate, obj = split_statement(subject_predicate_object)
            terms.add(predicate[1:-1])
            if predicate == f"<{RDF}type>":
                terms.add(obj[1:-1])
    return frozenset(terms)


@pytest.mark.parametrize("name", FILES)
def test_records_use_declared_terms(name: str) -> None:
    """No record holds a predicate or class without a label in both languages."""
    assert len(written(name)) > 5
    assert sorted(written(name) - BUILT_IN - (labels("en").keys() & labels("zh").keys())) == []
