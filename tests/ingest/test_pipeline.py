"""The pipeline over real files and a real store: what an ingest writes, and what the same again does."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.snapshots import SnapshotKeeper
from ingest.mappings import marc21
from ingest.models import MODELS
from ingest.record import MarcRecord, RecordKey
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import (
    SAMPLES,
    SOURCE,
    authority,
    book,
    column,
    digest_of,
    graph,
    holdings,
    ingest,
    rows,
    write,
)

SHARED = "650 #0 $a Whales $0 (DE-588)4000001-1"


def test_the_same_file_again_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """A second ingest leaves sequence, digest and archive as they are."""
    file = write(tmp_path / "a.json", book("1", "One", SHARED), book("2", "Two", SHARED))
    first = ingest(workspace, file)
    before = workspace.graph.sequence, workspace.graph.canonical_digest(), workspace.archive.counts()
    again = ingest(workspace, file)
    assert (first.outcome.new, again.outcome.new, again.outcome.unchanged) == (2, 0, 2)
    assert (workspace.graph.sequence, workspace.graph.canonical_digest(), workspace.archive.counts()) == before


def test_real_records_again_write_nothing_and_agree(workspace: Workspace) -> None:
    """A real file with 880 fields, shared authorities and embedded holdings is idempotent, and verify finds nothing."""
    file = SAMPLES / "marc" / "loc.xml"
    report = ingest(workspace, file, batch_records=50)
    before = workspace.graph.sequence
    again = ingest(workspace, file, batch_records=50)
    assert report.outcome.new == report.files[0].records - 1 > 100, "one has leader/05 d"
    assert (again.outcome.unchanged, workspace.graph.sequence) == (report.files[0].records, before)
    assert verify(workspace).differences == {"archive": [], "merge": [], "resolution": [], "cited": []}


def test_several_processes_give_the_same_graph(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """Order and outcome do not depend on how many prepare the records."""
    file = SAMPLES / "marc" / "nlm.xml"
    ingest(workspace, file, workers=2, batch_records=30)
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "one", [file])


def test_a_changed_record_replaces_exactly(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """After a new version the graph is as if the old one had never been; the archive has both."""
    other = book("2", "Two", "650 #0 $a Ships")
    old = write(tmp_path / "old.json", book("1", "Old", SHARED, "700 1# $a Gone, Ann"), other)
    new = write(tmp_path / "new.json", book("1", "New", "650 #0 $a Trees $0 (DE-588)4000002-3"), other)
    ingest(workspace, old)
    report = ingest(workspace, new)
    assert (report.outcome.changed, report.outcome.unchanged) == (1, 1)
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "fresh", [new])
    assert workspace.archive.counts()[SOURCE]["versions"] == 3


def test_a_deleted_record_leaves_no_trace(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """Leader/05 d takes out what the record alone supported; what others cite stays."""
    kept = book("2", "Two", SHARED)
    both = write(tmp_path / "both.json", book("1", "One", SHARED, "700 1# $a Ann $0 (DE-588)118540238"), kept)
    ingest(workspace, both)
    report = ingest(workspace, write(tmp_path / "gone.json", book("1", "One", status="d")))
    only = write(tmp_path / "only.json", kept)
    assert report.outcome.deleted == 1
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "fresh", [only])
    assert not verify(workspace).differences["archive"]


def test_a_cited_heading_goes_with_its_last_citer(workspace: Workspace, tmp_path: Path) -> None:
    """The heading of a cited authority stays while one record cites it, and no longer."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One", SHARED), book("2", "Two", SHARED)))
    query = "SELECT ?s { ?s rdfs:label ?name FILTER(STR(?name) = 'Whales') }"
    found = []
    for number in ("1", "2"):
        ingest(workspace, write(tmp_path / "gone.json", book(number, "x", status="d")))
        found.append(len(column(workspace, query)))
    assert found == [1, 0]
    assert not column(workspace, "SELECT ?s { ?s bg:canonical ?c }")


def test_a_deleted_record_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    """Bytes of before the deletion are a new version, not an unchanged one."""
    file = write(tmp_path / "a.json", book("1", "One"))
    ingest(workspace, file)
    before = workspace.graph.canonical_digest()
    ingest(workspace, write(tmp_path / "gone.json", book("1", "One", status="d")))
    ingest(workspace, file)
    assert workspace.graph.canonical_digest() == before


@pytest.mark.parametrize("batch", [1, 10])
def test_the_last_of_a_number_wins_and_stays(workspace: Workspace, tmp_path: Path, batch: int) -> None:
    """One number twice in a file: the last counts, in one batch or across batches, and again writes nothing."""
    numbers = [book(str(n), f"Other {n}") for n in range(3)]
    file = write(tmp_path / "a.json", book("7", "First"), *numbers, book("7", "Last"))
    report = ingest(workspace, file, batch_records=batch)
    before = workspace.graph.sequence, workspace.archive.counts()
    again = ingest(workspace, file, batch_records=batch)
    titles = column(workspace, f"SELECT ?t {{ GRAPH <{graph('7')}> {{ ?n bf:mainTitle ?t }} }}")
    assert {title.split("@")[0] for title in titles} == {'"Last"'}
    assert report.outcome.repeated + report.outcome.changed == 1
    assert (workspace.graph.sequence, workspace.archive.counts()) == before
    assert again.outcome.repeated == 1


def test_an_older_version_alone_is_taken_back(workspace: Workspace, tmp_path: Path) -> None:
    """A supplier who sends the former record again means it."""
    old, new = (write(tmp_path / f"{name}.json", book("1", name)) for name in ("Old", "New"))
    for file in (old, new, old):
        report = ingest(workspace, file)
    assert report.outcome.changed == 1
    assert {t.split("@")[0] for t in column(workspace, "SELECT ?t { ?n bf:mainTitle ?t }")} == {'"Old"'}


def test_numbers_of_several_kinds_do_not_collide(workspace: Workspace, tmp_path: Path) -> None:
    """A bibliographic record, an authority and holdings of one number stand side by side."""
    file = write(
        tmp_path / "a.json",
        book("5", "Book"),
        authority("5", "100 1# $a Person, A. $d 1900-"),
        holdings("5", "852 ## $b Main $h QA1"),
    )
    report = ingest(workspace, file)
    assert report.outcome.new == 3
    assert set(workspace.archive.live_keys()) == {
        RecordKey(SOURCE, number) for number in ("5", "authority:5", "holdings:5")
    }
    assert len(rows(workspace, "SELECT DISTINCT ?g { GRAPH ?g { ?g a bf:AdminMetadata } }")) == 3


def test_complete_retracts_what_is_absent(workspace: Workspace, tmp_path: Path) -> None:
    """A full dump takes out what it lacks: at once up to 5%, above only when asked and confirmed."""
    records = [book(str(number), f"Book {number}") for number in range(40)]
    ingest(workspace, write(tmp_path / "all.json", *records))
    few = ingest(workspace, write(tmp_path / "few.json", *records[1:]), complete=True)
    asked: list[tuple[str, int, int]] = []

    def refuse(*question: object) -> bool:
        asked.append(question)  # type: ignore[arg-type]
        return False

    half = write(tmp_path / "half.json", *records[20:])
    kept = ingest(workspace, half, complete=True, confirm=refuse)
    assert (few.outcome.deleted, kept.outcome.deleted, kept.not_retracted) == (1, 0, {SOURCE: 19})
    assert asked == [(SOURCE, 19, 39)]
    gone = ingest(workspace, half, complete=True, confirm=lambda *_: True)
    assert (gone.outcome.deleted, workspace.archive.live_count()) == (19, 20)


def test_complete_keeps_what_a_damaged_record_may_be(workspace: Workspace, tmp_path: Path) -> None:
    """A record that can't be read is not absent: without a confirmation nothing is retracted."""
    records = [book(str(number), f"Book {number}") for number in range(40)]
    ingest(workspace, write(tmp_path / "all.json", *records))
    report = ingest(workspace, write(tmp_path / "damaged.json", b'{"leader": "', *records[1:]), complete=True)
    assert (report.outcome.deleted, report.not_retracted) == (0, {SOURCE: 1})


def test_a_dry_run_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """It counts what would change; graph, archive, quarantine and touched entities stay."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One"), book("2", "Two")))
    state = _state(workspace)
    file = write(tmp_path / "b.json", book("1", "Other"), book("2", "x", status="d"), book("3", "New"), b"{no marc}")
    report = ingest(workspace, file, dry_run=True)
    outcome = report.outcome
    assert (outcome.new, outcome.changed, outcome.deleted, outcome.quarantined) == (1, 1, 1, 1)
    assert _state(workspace) == state


def _state(workspace: Workspace) -> tuple[object, ...]:
    ledgers = list(workspace.quarantine.ledgers())
    graph_state = workspace.graph.sequence, workspace.graph.canonical_digest()
    return *graph_state, workspace.archive.counts(), workspace.quarantine.counts(), ledgers, len(workspace.touched)


def test_a_fault_in_one_mapping_stops_one_record(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception while a record is mapped puts that record into quarantine; the rest goes on."""
    real = marc21.map_record

    def faulty(record: object, key: RecordKey, base: str) -> object:
        if key.id == "2":
            raise RuntimeError("a fault of ours")
        return real(record, key, base)  # type: ignore[arg-type]

    monkeypatch.setitem(MODELS, MarcRecord, replace(MODELS[MarcRecord], map=faulty))
    file = write(tmp_path / "a.json", *(book(str(number), f"Book {number}") for number in range(4)))
    report = ingest(workspace, file)
    entry = next(workspace.quarantine.entries())
    assert (report.outcome.new, report.outcome.quarantined, entry.key.id) == (3, 1, "2")
    assert "a fault of ours" in entry.reason


def test_a_directory_of_mixed_files_goes_through(workspace: Workspace, tmp_path: Path) -> None:
    """Empty, foreign and truncated files are named; the records of the others are in the graph."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    write(folder / "good.json", book("1", "One"))
    (folder / "empty.mrc").touch()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 no record")
    whole = (SAMPLES / "marc" / "folio.mrc").read_bytes()
    (folder / "cut.mrc").write_bytes(whole[: int(whole[:5]) + 50])
    report = ingest(workspace, folder)
    passed = {Path(file.name).name for file in report.files if file.passed_over}
    assert report.outcome.new == 2
    assert "photo.jpg" in passed
    assert workspace.quarantine.counts()["quarantined"] == 1


@pytest.mark.embedded
def test_a_snapshot_taken_meanwhile_holds_whole_batches(workspace: Workspace, tmp_path: Path) -> None:
    """Readers see the graph as of a changeset while an ingest goes on."""
    keeper = SnapshotKeeper(workspace.graph, workspace.directory.snapshots)
    with keeper.lease() as before:
        ingest(workspace, write(tmp_path / "a.json", book("1", "One")))
        with keeper.lease() as after:
            assert before.sequence < after.sequence == workspace.graph.sequence
    keeper.close()


def test_the_same_bytes_of_two_suppliers_are_two_records(workspace: Workspace, tmp_path: Path) -> None:
    """What was ingested for a named supplier still enters under its own 003."""
    file = write(tmp_path / "a.json", book("1", "One"))
    ingest(workspace, file, source="LENDER")
    report = ingest(workspace, file)
    assert (report.outcome.new, report.outcome.unchanged) == (1, 0)
    assert ingest(workspace, file).outcome.unchanged == 1
