"""Documents in JSON Lines through the whole ingest: archive, graph, quarantine, and what the same again does."""

import json
from pathlib import Path

import pytest

from ingest.parallel import CHUNK_BYTES
from ingest.record import RecordKey
from services import correction
from services.entities.marcxml import archived_record
from services.remapping import remap
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import BASE, book, column, digest_of, graph, ingest, write

S = "texts"


def lines(path: Path, *documents: dict[str, object] | bytes) -> Path:
    """A file of documents; bytes stand as they are."""
    written = [d if isinstance(d, bytes) else json.dumps(d, ensure_ascii=False).encode() for d in documents]
    path.write_bytes(b"\n".join(written) + b"\n")
    return path


def document(number: object, title: str = "A title", **more: object) -> dict[str, object]:
    """A document with a text."""
    return {"id": number, "title": title, "text": f"What {title} says.", **more}


MANY = [
    document(
        n, f"Document {n}", authors=[f"Author {n % 7}"], year=1900 + n % 100, subjects=[f"Topic {n % 5}"], lang="en"
    )
    for n in range(900)
]


def test_the_same_file_again_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Detected, read, mapped and marked once; the second run passes over all of it, and verify finds nothing."""
    file = lines(tmp_path / "a.jsonl", *MANY[:50], {"id": "t", "text": "鲸鱼是海洋里的动物。", "lang": "zh"})
    report = ingest(workspace, file, source=S)
    before = workspace.graph.sequence, workspace.graph.canonical_digest(), workspace.archive.counts()
    again = ingest(workspace, file, source=S)
    assert (report.files[0].format, report.outcome.new, report.files[0].sources) == ("jsonl", 51, {S})
    assert (again.outcome.unchanged, again.files[0].skipped) == (51, 51)
    assert (workspace.graph.sequence, workspace.graph.canonical_digest(), workspace.archive.counts()) == before
    assert verify(workspace).right


def test_several_processes_give_the_same_graph(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """Order and outcome do not depend on how many prepare the documents."""
    file = lines(tmp_path / "a.jsonl", *MANY)
    ingest(workspace, file, source=S, workers=2, batch_records=200)
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "one", [file], source=S)


def test_the_archive_alone_gives_the_graph_again(workspace: Workspace, tmp_path: Path) -> None:
    """A remap of documents and MARC records changes nothing where no mapping has changed."""
    ingest(workspace, lines(tmp_path / "a.jsonl", *MANY[:20]), source=S)
    ingest(workspace, write(tmp_path / "m.json", book("1", "A book")))
    before = workspace.graph.canonical_digest()
    report = remap(workspace)
    assert (report.records, report.changed, report.unchanged) == (21, 0, 21)
    assert workspace.graph.canonical_digest() == before


def test_a_changed_document_replaces_exactly(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """After a new version the graph is as if the old one had never been."""
    old = lines(tmp_path / "old.jsonl", document(1, "Old", subjects=["Gone"], authors=["Gone, A."]), document(2))
    new = lines(tmp_path / "new.jsonl", document(1, "New", subjects=["Come"]), document(2))
    ingest(workspace, old, source=S)
    report = ingest(workspace, new, source=S)
    assert (report.outcome.changed, report.outcome.unchanged) == (1, 1)
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "fresh", [new], source=S)


def test_a_deleted_document_leaves_no_trace(workspace: Workspace, empty_library: Path, tmp_path: Path) -> None:
    """A deletion by id takes out what the document alone supported, and stands in the archive as a tombstone."""
    orcid = {"name": "Carberry, Josiah", "orcid": "0000-0002-1825-0097"}
    ingest(workspace, lines(tmp_path / "a.jsonl", document(1, authors=[orcid]), document(2)), source=S)
    gone = lines(tmp_path / "gone.jsonl", {"id": 1, "deleted": True})
    assert ingest(workspace, gone, source=S).outcome.deleted == 1
    only = lines(tmp_path / "only.jsonl", document(2))
    assert workspace.graph.canonical_digest() == digest_of(empty_library, tmp_path / "fresh", [only], source=S)
    assert workspace.archive.counts()[S]["deleted"] == 1
    assert ingest(workspace, gone, source=S).outcome.deleted == 0


def test_a_deletion_before_a_newer_line_of_its_id_is_overruled(workspace: Workspace, tmp_path: Path) -> None:
    """The last line of an id counts, whatever it says."""
    file = lines(tmp_path / "a.jsonl", {"id": 1, "deleted": True}, document(1, "Back"))
    assert ingest(workspace, file, source=S).outcome.new == 1
    assert {t.split("@")[0] for t in column(workspace, "SELECT ?t { ?n bf:mainTitle ?t }")} == {'"Back"'}


def test_without_a_source_it_is_local(workspace: Workspace, tmp_path: Path) -> None:
    """The name of the file plays no part; two sources of the same lines are two collections."""
    file = lines(tmp_path / "cranfield.jsonl", document(1))
    ingest(workspace, file)
    assert ingest(workspace, file, source=S).outcome.new == 1
    assert set(workspace.archive.live_keys()) == {RecordKey("local", "1"), RecordKey(S, "1")}
    assert ingest(workspace, file).outcome.unchanged == 1


def test_citations_link_works_in_any_order(workspace: Workspace, tmp_path: Path) -> None:
    """A document may cite what comes later, or never; what does not come is no entity."""
    ingest(workspace, lines(tmp_path / "a.jsonl", document(1, "Citing", cites=[2, 3]), document(2, "Cited")), source=S)
    query = "SELECT ?l { ?a bf:references ?b . ?b bg:canonical ?c . ?c rdfs:label ?l }"
    assert column(workspace, query) == {'"Cited"'}
    assert verify(workspace).right


def test_the_suppliers_own_subjects_are_linked(workspace: Workspace, tmp_path: Path) -> None:
    """The same heading in one source is one subject, in two sources two; names of authors are never linked."""
    more = {"subjects": ["Whales"], "authors": ["Hay, J."]}
    ingest(workspace, lines(tmp_path / "a.jsonl", document(1, **more), document(2, **more)), source=S)
    ingest(workspace, lines(tmp_path / "b.jsonl", document(1, **more)), source="others")
    canonical = "SELECT ?c { ?w %s ?s . ?s bg:canonical ?c }"
    assert len(column(workspace, canonical % "bf:subject")) == 2
    assert len(column(workspace, canonical % "bf:contribution/bf:agent")) == 3
    assert verify(workspace).right


BAD = [
    b"not json",
    b'{"title": "no id"}',
    b'{"id": "4"}',
    b'{"id": "5", "title": ["x"]}',
    b'{"id": "6", "title": "x", "title": "y"}',
    b'{"id": "7", "title": "x", "n": NaN}',
    b'{"id": "8", "title": "' + b"x" * 3_000 + b'"}',
    b'{"id": "9", "n": ' + b"[" * 100 + b"]" * 100 + b"}",
]


def test_bad_lines_cost_only_themselves(workspace: Workspace, tmp_path: Path) -> None:
    """Each goes to quarantine byte for byte with its place and reason; the good ones between them enter."""
    mixed = [part for n, bad in enumerate(BAD) for part in (bad, document(100 + n))]
    file = lines(tmp_path / "a.jsonl", *mixed)
    report = ingest(workspace, file, source=S, record_bytes=2_000)
    entries = sorted(workspace.quarantine.entries(), key=lambda entry: entry.position)
    assert (report.outcome.new, report.outcome.quarantined, report.files[0].records) == (8, 8, 16)
    assert [entry.position for entry in entries] == list(range(1, 17, 2))
    assert [entry.data for entry in entries] == [bad[:2_000] for bad in BAD]
    whole = file.read_bytes()
    assert all(whole[entry.offset :].startswith(entry.data) for entry in entries)
    assert all(entry.reason for entry in entries)
    assert {entry.key for entry in entries if entry.key.source == S} == {RecordKey(S, "4"), RecordKey(S, "5")}
    again = ingest(workspace, file, source=S, record_bytes=2_000)
    assert (again.outcome.unchanged, workspace.quarantine.counts()["quarantined"]) == (8, 8)


def test_a_better_line_clears_the_quarantine(workspace: Workspace, tmp_path: Path) -> None:
    """A document that is known by its id and could not enter is done with when its next version can."""
    ingest(workspace, lines(tmp_path / "a.jsonl", document(1), document(2, title=3)), source=S)  # type: ignore[arg-type]
    assert workspace.quarantine.counts()["quarantined"] == 1
    ingest(workspace, lines(tmp_path / "b.jsonl", document(2)), source=S)
    assert workspace.quarantine.counts()["quarantined"] == 0


def test_a_document_is_mended_in_place_and_the_mend_undone(workspace: Workspace, tmp_path: Path) -> None:
    """An edit by key lets it in, survives the same file again, and can be taken back."""
    file = lines(tmp_path / "a.jsonl", document(1), b'{"id": 2, "title": ["x"], "subjects": "Sea"}')
    ingest(workspace, file, source=S)
    (entry,) = workspace.quarantine.entries()
    original = correction.quarantined(workspace, entry.id)
    record = correction.edited(workspace, original, ["title=Mended", 'subjects=["Whales", "Ships"]', "lang=en"])
    assert correction.preview(workspace, original, record).reason == ""
    correction.fix(workspace, [(original, record)], f"quarantine {entry.id}", "system:test")
    titles = "SELECT ?l { ?w bf:subject ?s . ?s rdfs:label ?l }"
    ingest(workspace, file, source=S)
    assert column(workspace, titles) == {'"Whales"@en', '"Ships"@en'}
    assert workspace.quarantine.counts()["quarantined"] == 0
    correction.undo(workspace, f"quarantine {entry.id}", "system:test")
    assert column(workspace, titles) == set()
    assert workspace.quarantine.counts()["quarantined"] == 1


def test_complete_retracts_documents_that_are_gone(workspace: Workspace, tmp_path: Path) -> None:
    """A full dump takes out what it lacks, as for MARC."""
    documents = [document(n) for n in range(40)]
    ingest(workspace, lines(tmp_path / "all.jsonl", *documents), source=S)
    report = ingest(workspace, lines(tmp_path / "few.jsonl", *documents[1:]), source=S, complete=True)
    assert (report.outcome.deleted, workspace.archive.live_count()) == (1, 39)


def test_a_dry_run_counts_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """The ledger is that of the whole file."""
    file = lines(tmp_path / "a.jsonl", *[document(n, doi="10.1/x") for n in range(5)])
    ingest(workspace, file, source=S)
    before = workspace.graph.sequence, workspace.archive.counts()
    report = ingest(workspace, file, source=S, dry_run=True)
    assert dict(report.ledger.totals()) == {"mapped": 15, "dropped": 0, "unmapped": 5, "total": 20}
    assert (workspace.graph.sequence, workspace.archive.counts()) == before


def test_marc_and_documents_in_one_directory(workspace: Workspace, tmp_path: Path) -> None:
    """Each file is read by its own reader; only a MARC record is given out as MARCXML."""
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "marc.json", book("1", "A book"))
    lines(tmp_path / "in" / "texts.jsonl", document(2))
    report = ingest(workspace, tmp_path / "in", source=S)
    assert {file.format for file in report.files} == {"marcjson", "jsonl"}
    found = [archived_record(workspace.archive, graph(number, S)) is not None for number in ("1", "2")]
    assert found == [True, False]


@pytest.mark.parametrize("workers", [1, 2])
def test_long_texts_are_committed_in_small_batches(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """Texts of a megabyte do not add up in memory: a batch ends when its bytes, not only its records, are many."""
    text = "word " * 200_000
    count = 3 * CHUNK_BYTES // len(text) + 2
    monkeypatch.setattr("ingest.pipeline.BATCH_BYTES", CHUNK_BYTES)
    file = lines(tmp_path / "a.jsonl", *[{"id": n, "text": f"{n} {text}"} for n in range(count)])
    before = workspace.graph.sequence
    report = ingest(workspace, file, source=S, workers=workers)
    assert report.outcome.new == count < 1_000
    assert workspace.graph.sequence - before >= 3
    (stated,) = column(workspace, f"SELECT ?t {{ <{BASE}id/work/{S}/1> <https://schema.org/text> ?t }}")
    assert len(stated) == len(f'"1 {text.strip()}"')
