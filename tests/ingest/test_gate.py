"""The gate: what keeps a record out, what a statement, and what is only listed."""

from collections.abc import Callable

import pytest

from ingest.edit import to_json
from ingest.gate import Gate, Verdict
from ingest.identity import record_key
from ingest.mappings.marc21 import map_record
from ingest.prepare import Preparer
from ingest.record import MarcRecord, RawRecord, RecordGraph
from ontology import subclass_statements
from tests.services.library import BASE, book


@pytest.fixture(scope="module")
def gate() -> Gate:
    """The gate with the shapes as they ship."""
    return Gate(subclass_statements())


def _graph(record: MarcRecord) -> RecordGraph:
    return map_record(record, record_key(record, b"", None), BASE)


def _untitled(number: str) -> MarcRecord:
    record = book(number, "x")
    record.fields = []
    return record


def test_a_good_record_passes_whole(gate: Gate) -> None:
    """Nothing is taken away and nothing is found."""
    graph = _graph(book("1", "One", "100 1# $a Ann", "650 #0 $a Whales"))
    assert gate.check([graph]) == [Verdict(graph.statements, [])]


def test_a_record_without_title_stays_out(gate: Gate) -> None:
    """The finding names the field and says what to do, in both languages; nothing is let through."""
    (verdict,) = gate.check([_graph(_untitled("1"))])
    first = verdict.findings[0]
    assert verdict.quarantined
    assert verdict.statements == []
    assert (first.action, first.place) == ("quarantine", "245 $a")
    assert first.message("en") != first.message("zh") != ""


def test_neighbours_do_not_change_a_verdict(gate: Gate) -> None:
    """Validated together or alone, each record gets the same."""
    graphs = [_graph(book("1", "One")), _graph(_untitled("2")), _graph(book("3", "Three", "022 0# $a 12-34"))]
    assert gate.check(graphs) == [gate.check([graph])[0] for graph in graphs]


def test_a_repeated_record_lends_no_title() -> None:
    """Two records of one number share an IRI; the one without title is still found, in either order."""
    for records in ([book("1", "One"), _untitled("1")], [_untitled("1"), book("1", "One")]):
        raws = [RawRecord(to_json(record), "marcjson", 1, 0) for record in records]
        prepared = Preparer(BASE).prepare(raws).records
        assert [bool(each.reason) for each in prepared] == [not record.fields for record in records]


def _literal_in_place_of_entity(graph: RecordGraph) -> None:
    at = next(i for i, line in enumerate(graph.statements) if "/subject>" in line)
    subject, predicate, _ = graph.statements[at].split(" ", 2)
    graph.statements[at] = f'{subject} {predicate} "no entity"'


def _second_work(graph: RecordGraph) -> None:
    line = next(line for line in graph.statements if "/instanceOf>" in line)
    graph.statements.append(line.replace("/work/", "/work/other/"))
    graph.origins.append(-1)


@pytest.mark.parametrize(("harm", "quarantined"), [(_literal_in_place_of_entity, False), (_second_work, True)])
def test_only_identity_title_and_structure_quarantine(
    gate: Gate, harm: Callable[[RecordGraph], None], quarantined: bool
) -> None:
    """Any other violation costs its statement at most: a gate must not hide books."""
    graph = _graph(book("1", "One", "650 #0 $a Whales"))
    harm(graph)
    (verdict,) = gate.check([graph])
    assert verdict.quarantined is quarantined
    assert verdict.findings
    assert bool(verdict.statements) is not quarantined
