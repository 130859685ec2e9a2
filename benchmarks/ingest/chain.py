"""The peer: pymarc → the same mapping → rdflib → pySHACL a record, shapes parsed once → an on-disk store."""

import time
from pathlib import Path

import pymarc
import pyoxigraph
import pyshacl
import rdflib

from ingest.identity import record_key
from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord
from shapes import gate_axioms, shapes_turtle


def run(path: Path, directory: Path, count: int, base: str) -> float:
    """Seconds for the first ``count`` records of ``path``."""
    shapes = rdflib.Graph().parse(data=shapes_turtle(), format="turtle")
    context = "".join(f"{line} .\n" for line in gate_axioms())
    store = pyoxigraph.Store(str(directory))
    start = time.perf_counter()
    with path.open("rb") as file:
        for number, record in enumerate(pymarc.MARCReader(file)):
            if number == count:
                break
            if record is not None:
                _one(record, shapes, context, store, base)
    store.flush()
    return time.perf_counter() - start


def _one(record: pymarc.Record, shapes: rdflib.Graph, context: str, store: pyoxigraph.Store, base: str) -> None:
    marc = converted(record)
    graph = map_record(marc, record_key(marc, b"", None), base)
    lines = graph.statements + [line for _, cited in graph.cited.values() for line in cited]
    text = "".join(f"{line} .\n" for line in lines)
    data = rdflib.Graph().parse(data=context + text, format="nt")
    pyshacl.validate(data, shacl_graph=shapes, inference="none")
    for name in (pyoxigraph.NamedNode(graph.graph), pyoxigraph.DefaultGraph()):
        store.load(data.serialize(format="nt"), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=name)


def converted(record: pymarc.Record) -> MarcRecord:
    """A pymarc record as the mapping takes it."""
    control = [(f.tag, f.data or "") for f in record.fields if f.control_field]
    fields = [
        DataField(f.tag, f.indicator1, f.indicator2, [(s.code, s.value) for s in f.subfields])
        for f in record.fields
        if not f.control_field
    ]
    return MarcRecord(str(record.leader), control, fields)
