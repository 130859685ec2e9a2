"""Remap: the archive alone gives the graph, and writes only what differs."""

from dataclasses import replace as with_fields
from pathlib import Path

import pytest

from ingest.mappings import marc21
from ingest.models import MODELS
from ingest.record import MarcRecord, RecordGraph, RecordKey
from services.correction import edited, fix, with_finding
from services.remapping import remap
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import SAMPLES, SOURCE, book, column, ingest, write


def test_nothing_has_changed_nothing_is_written(workspace: Workspace) -> None:
    """Real records come out of the archive as they came out of their file."""
    ingest(workspace, SAMPLES / "marc" / "loc.xml", SAMPLES / "marc" / "princeton.xml")
    before = workspace.graph.sequence, workspace.graph.canonical_digest()
    report = remap(workspace)
    assert (report.changed, report.quarantined, report.headings) == (0, 0, 0)
    assert report.unchanged == report.records == workspace.archive.live_count() > 200
    assert (workspace.graph.sequence, workspace.graph.canonical_digest()) == before


def test_a_correction_counts_in_a_remap(workspace: Workspace, tmp_path: Path) -> None:
    """What a librarian mended is mapped, not the original."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One", "022 0# $a 12-34")))
    number = next(workspace.quarantine.findings()).id
    original = with_finding(workspace, number)
    fix(workspace, [(original, edited(workspace, original, ["245$a=Mended"]))], f"finding {number}", "system:test")
    before = workspace.graph.canonical_digest()
    assert remap(workspace).changed == 0
    assert workspace.graph.canonical_digest() == before


def _with_label(real: object, word: str) -> object:
    """A mapping that writes headings of cited authorities and titles otherwise."""

    def mapped(record: MarcRecord, key: RecordKey, base: str) -> RecordGraph:
        graph: RecordGraph = real(record, key, base)  # type: ignore[operator]
        statements = [line.replace('"Whales"', f'"{word}"') for line in graph.statements]
        cited = {
            iri: (name, [line.replace("Whales", word) for line in lines]) for iri, (name, lines) in graph.cited.items()
        }
        return with_fields(graph, statements=statements, cited=cited)

    return mapped


def test_a_new_mapping_reaches_records_and_cited_headings(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a remap the graph says everything in the new words."""
    cited = "650 #0 $a Whales $0 (DE-588)4000001-1"
    ingest(workspace, write(tmp_path / "a.json", *(book(str(n), "Whales", cited) for n in range(3))))
    relabelling = _with_label(marc21.map_record, "Cetacea")
    monkeypatch.setitem(MODELS, MarcRecord, with_fields(MODELS[MarcRecord], map=relabelling))
    report = remap(workspace)
    labels = column(workspace, "SELECT ?l { ?s rdfs:label ?l FILTER(STR(?l) IN ('Whales', 'Cetacea')) }")
    assert report.headings == 1
    assert {label.split("@")[0] for label in labels} == {'"Cetacea"'}
    assert verify(workspace).right


def test_a_stopped_remap_goes_on_where_it_was(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches that are done are not done again; the next remap after the end begins anew."""
    ingest(workspace, write(tmp_path / "a.json", *(book(f"{n:02}", f"Book {n}") for n in range(9))))
    settings = workspace.settings.model_copy(update={"batch_records": 3})
    small = with_fields(workspace, settings=settings)
    calls: list[int] = []

    def stop(*_: object) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return 0

    with monkeypatch.context() as patched:
        patched.setattr("services.remapping._Headings.see", stop)
        with pytest.raises(KeyboardInterrupt):
            remap(small)
    assert remap(small).records == 3
    assert remap(small).records == 9


def test_one_source_alone(workspace: Workspace, tmp_path: Path) -> None:
    """Only the records of the supplier that was named are mapped."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One"), book("1", "Other", source="OTHER")))
    assert remap(workspace, SOURCE).records == 1
