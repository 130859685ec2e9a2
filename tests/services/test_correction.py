"""Quarantine, corrections and replay: what librarians mend, what survives, and what yields."""

from pathlib import Path

import pytest

from common.errors import InputError, StoreBusyError
from services import correction
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import SAMPLES, book, column, ingest, write

TITLES = "SELECT ?t { ?n bf:mainTitle ?t }"


def _untitled(number: str, *fields: str) -> object:
    record = book(number, "x", *fields)
    record.fields = [field for field in record.fields if field.tag != "245"]
    return record


def _titles(workspace: Workspace) -> set[str]:
    return {title.split("@")[0].strip('"') for title in column(workspace, TITLES)}


@pytest.fixture
def untitled(workspace: Workspace, tmp_path: Path) -> Path:
    """A file of three records without any title and one good one, ingested."""
    file = write(tmp_path / "a.json", *(_untitled(str(n)) for n in range(3)), book("9", "Good"))  # type: ignore[arg-type]
    report = ingest(workspace, file)
    assert (report.outcome.new, report.outcome.quarantined) == (1, 3)
    return file


def _numbers(workspace: Workspace) -> list[int]:
    return [entry.id for entry in workspace.quarantine.entries()]


def test_what_cannot_be_read_is_kept_byte_for_byte(workspace: Workspace, tmp_path: Path) -> None:
    """Damaged bytes in a real file stand in quarantine as they were, with place and reason; the rest is in."""
    whole = (SAMPLES / "marc" / "folio.mrc").read_bytes()
    first = int(whole[:5])
    second = int(whole[first : first + 5])
    damaged = b"\xff\xfe 12 this is no record \x1d"
    file = tmp_path / "damaged.mrc"
    file.write_bytes(whole[:first] + damaged + whole[first : first + second])
    report = ingest(workspace, file)
    entry = next(workspace.quarantine.entries())
    assert report.outcome.new == 2
    assert (entry.data, entry.offset) == (damaged, first)
    assert entry.reason
    assert entry.file == str(file)


def test_an_entry_keeps_its_number(workspace: Workspace, untitled: Path) -> None:
    """The same bytes again stay one entry under one number."""
    before = _numbers(workspace)
    ingest(workspace, untitled)
    assert _numbers(workspace) == before


def test_a_fixed_record_enters_and_stays(workspace: Workspace, untitled: Path) -> None:
    """After fix the record is in the graph, the archive has the original, and the same file changes nothing."""
    number = _numbers(workspace)[0]
    original = correction.quarantined(workspace, number)
    record = correction.edited(workspace, original, ["245$a=Mended"])
    outcome = correction.fix(workspace, [(original, record)], f"quarantine {number}", "system:test")
    archived = workspace.archive.get(original.key)
    before = workspace.graph.sequence
    report = ingest(workspace, untitled)
    assert (outcome.new, _titles(workspace)) == (1, {"Good", "Mended"})
    assert archived
    assert archived.data == original.raw.data
    assert (workspace.graph.sequence, report.outcome.unchanged, len(_numbers(workspace))) == (before, 2, 2)
    assert verify(workspace).right


def test_a_correction_yields_to_a_new_version(workspace: Workspace, untitled: Path, tmp_path: Path) -> None:
    """What the supplier sends next counts; the correction was of the old bytes."""
    number = _numbers(workspace)[0]
    original = correction.quarantined(workspace, number)
    record = correction.edited(workspace, original, ["245$a=Mended"])
    correction.fix(workspace, [(original, record)], f"quarantine {number}", "system:test")
    report = ingest(workspace, write(tmp_path / "new.json", book(original.key.id, "By the supplier")))
    assert report.outcome.changed == 1
    assert _titles(workspace) == {"Good", "By the supplier"}
    assert untitled.exists()


def test_a_correction_holds_when_its_bytes_come_again(workspace: Workspace, tmp_path: Path) -> None:
    """A supplier who goes back to the former version gets the correction of that version with it."""
    former = write(tmp_path / "former.json", book("1", "One", "022 0# $a 12-34"))
    ingest(workspace, former)
    listed = next(workspace.quarantine.findings())
    original = correction.with_finding(workspace, listed.id)
    record = correction.edited(workspace, original, ["022$a=0378-5955"])
    correction.fix(workspace, [(original, record)], f"finding {listed.id}", "system:test")
    ingest(workspace, write(tmp_path / "later.json", book("1", "Later")))
    ingest(workspace, former)
    assert column(workspace, "SELECT ?v { ?i a bf:Issn ; rdf:value ?v }") == {'"0378-5955"'}


@pytest.mark.usefixtures("untitled")
def test_a_correction_waits_for_an_ingest(workspace: Workspace) -> None:
    """While another process ingests nothing is corrected, not even halfway: the correction is not kept either."""
    number = _numbers(workspace)[0]
    original = correction.quarantined(workspace, number)
    record = correction.edited(workspace, original, ["245$a=Found"])
    with workspace.directory.ingest_lock(), pytest.raises(StoreBusyError):
        correction.fix(workspace, [(original, record)], f"quarantine {number}", "system:test")
    assert workspace.corrections.overlay() == {}


def test_all_alike_are_fixed_together_and_undone_together(workspace: Workspace, untitled: Path) -> None:
    """One edit mends every entry of the same shape and place; undo brings all of them back."""
    before = workspace.graph.canonical_digest()
    number = _numbers(workspace)[0]
    originals = correction.alike(workspace, correction.QUARANTINE, number)
    fixes = [(original, correction.edited(workspace, original, ["245$a=Mended"])) for original in originals]
    assert all(not correction.preview(workspace, *each).reason for each in fixes)
    assert workspace.graph.canonical_digest() == before
    outcome = correction.fix(workspace, fixes, f"quarantine {number}", "system:test")
    assert (outcome.new, _numbers(workspace)) == (3, [])
    correction.undo(workspace, f"quarantine {number}", "system:test")
    assert len(_numbers(workspace)) == 3
    assert workspace.graph.canonical_digest() == before
    assert verify(workspace).right
    assert untitled.exists()


def test_undoing_what_was_never_done_is_refused(workspace: Workspace) -> None:
    """The error names the number."""
    with pytest.raises(InputError, match="quarantine 5"):
        correction.undo(workspace, "quarantine 5", "system:test")


def test_unreadable_bytes_enter_as_the_record_given(workspace: Workspace, tmp_path: Path) -> None:
    """A record put in place of bytes that no reader takes holds when the same file comes again."""
    file = write(tmp_path / "a.json", b'{"leader": "broken', book("2", "Two"))
    ingest(workspace, file)
    number = _numbers(workspace)[0]
    original = correction.quarantined(workspace, number)
    outcome = correction.fix(workspace, [(original, book("1", "One"))], f"quarantine {number}", "system:test")
    before = workspace.graph.sequence
    again = ingest(workspace, file)
    assert (outcome.new, _numbers(workspace), _titles(workspace)) == (1, [], {"One", "Two"})
    assert (workspace.graph.sequence, again.outcome.quarantined) == (before, 0)


def test_replay_without_a_fix_changes_nothing(workspace: Workspace, untitled: Path) -> None:
    """What is still wrong stays where it is."""
    before = workspace.graph.sequence
    outcome = correction.replay(workspace, correction.all_quarantined(workspace), "system:test")
    assert (outcome.quarantined, workspace.graph.sequence, len(_numbers(workspace))) == (3, before, 3)
    assert untitled.exists()


def test_a_finding_is_mended_in_the_graph(workspace: Workspace, tmp_path: Path) -> None:
    """Mending the record of a finding clears it and brings the withheld statement in."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One", "022 0# $a 12-34")))
    listed = next(workspace.quarantine.findings())
    assert (listed.finding.tag, listed.finding.action) == ("022", "list")
    original = correction.with_finding(workspace, listed.id)
    record = correction.edited(workspace, original, ["022$a=0378-5955"])
    outcome = correction.fix(workspace, [(original, record)], f"finding {listed.id}", "system:test")
    assert (outcome.changed, list(workspace.quarantine.findings())) == (1, [])
    assert column(workspace, "SELECT ?v { ?i a bf:Issn ; rdf:value ?v }") == {'"0378-5955"'}


def test_a_bad_record_does_not_hide_the_good_one(workspace: Workspace, tmp_path: Path) -> None:
    """A later record of the same number that can't enter goes to quarantine; the book stays."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "Good"), _untitled("1")))  # type: ignore[arg-type]
    assert _titles(workspace) == {"Good"}
    assert len(_numbers(workspace)) == 1
