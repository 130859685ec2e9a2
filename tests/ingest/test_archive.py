"""The archive: versions, tombstones, what a kill leaves, runs to go on with."""

import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from common.errors import FormatError, StoreBusyError, StoreReadOnlyError
from ingest.archive import DELETED, LIVE, Archive, NewVersion, digest_of
from ingest.record import RecordKey


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


def key(number: int, source: str = "lib") -> RecordKey:
    """A record's key."""
    return RecordKey(source, f"{number:06}")


def version(number: int, data: bytes = b"data", source: str = "lib") -> NewVersion:
    """A version to archive."""
    graph = f"https://x/graph/record/{source}/{number:06}"
    return NewVersion(key(number, source), data, "iso2709", "utf-8", "bib", graph)


def test_versions_count_up_and_all_are_kept(archive: Archive) -> None:
    """Each put is a version more, also twice in one batch; the newest is the default."""
    assert archive.put([version(1, b"a"), version(2, b"b")]) == [1, 1]
    assert archive.put([version(1, b"c"), version(1, b"d")]) == [2, 3]
    newest, oldest = archive.get(key(1)), archive.get(key(1), 1)
    assert newest is not None
    assert oldest is not None
    assert (newest.version, newest.data, oldest.data) == (3, b"d", b"a")
    assert archive.get(key(9)) is None
    assert archive.get(key(1), 7) is None


def test_latest_tells_what_changed_without_reading_records(archive: Archive) -> None:
    """Version, digest, changeset and status of those that are here; more keys than one query takes."""
    archive.put([version(n, b"%d" % n) for n in range(1200)])
    latest = archive.latest([key(n) for n in range(1300)])
    assert len(latest) == 1200
    assert latest[key(7)].digest == digest_of(b"7")
    assert (latest[key(7)].version, latest[key(7)].changeset, latest[key(7)].status) == (1, None, LIVE)


def test_unmarked_is_what_the_graph_does_not_hold(archive: Archive) -> None:
    """After a kill between archive and graph the newest versions without changeset are found, older ones are not."""
    archive.put([version(1, b"old"), version(2)])
    archive.put([version(1, b"new")])
    archive.mark([(key(2), 1)], 41)
    assert [(a.key, a.version, a.data) for a in archive.unmarked()] == [(key(1), 2, b"new")]
    archive.mark([(key(1), 2)], 42)
    assert list(archive.unmarked()) == []
    assert archive.latest([key(1)])[key(1)].changeset == 42


def test_unchanged_bytes_are_recognised_once_the_graph_has_them(archive: Archive) -> None:
    """Only for the newest version, alive and in the graph, and within the source if one is named."""
    archive.put([version(1, b"a")])
    assert archive.unchanged(digest_of(b"a")) is None
    archive.mark([(key(1), 1)], 1)
    assert archive.unchanged(digest_of(b"a")) == key(1)
    assert archive.unchanged(digest_of(b"a"), "other") is None
    archive.put([version(1, b"b")])
    assert archive.unchanged(digest_of(b"a")) is None


def test_tombstones_end_a_record_until_it_comes_back(archive: Archive) -> None:
    """Buried once, not live, still there in its old version; a new put revives it."""
    archive.put([version(1, b"a"), version(2, b"b")])
    assert archive.bury([key(1), key(7)]) == [(key(1), 2)]
    assert archive.bury([key(1)]) == []
    grave = archive.get(key(1))
    assert grave is not None
    assert (grave.status, grave.data, grave.graph) == (DELETED, b"", version(1).graph)
    assert [a.key for a in archive.live()] == [key(2)]
    assert archive.put([version(1, b"c")]) == [3]
    assert [a.key for a in archive.live()] == [key(1), key(2)]


def test_live_streams_in_order_and_by_source(archive: Archive) -> None:
    """Every page, in order of key, while others write."""
    archive.put([version(n, source=s) for s in ("a", "b") for n in range(700)])
    seen = []
    for found in archive.live():
        if len(seen) == 5:
            archive.put([version(3, b"changed meanwhile", "b")])
        seen.append(found.key)
    assert seen == sorted(seen, key=lambda k: (k.source, k.id))
    assert len(seen) == len(set(seen)) == 1400
    assert [a.key for a in archive.live("b")] == [key(n, "b") for n in range(700)]
    assert list(archive.live_keys("a")) == [key(n, "a") for n in range(700)]
    assert (archive.live_count("b"), archive.live_count()) == (700, 1400)
    assert list(archive.live("none")) == []


def test_a_graph_leads_to_its_record(archive: Archive) -> None:
    """By IRI, the newest version."""
    archive.put([version(1, b"a")])
    archive.put([version(1, b"b")])
    found = archive.find_graph(version(1).graph)
    assert found is not None
    assert (found.key, found.data) == (key(1), b"b")
    assert archive.find_graph("https://x/none") is None


def test_counts_by_source(archive: Archive) -> None:
    """Live, deleted, unmarked and all versions."""
    archive.put([version(1), version(2), version(1, source="other")])
    archive.mark([(key(1), 1)], 1)
    archive.bury([key(2)])
    assert archive.counts() == {
        "lib": {"live": 1, "deleted": 1, "unmarked": 1, "versions": 3},
        "other": {"live": 1, "deleted": 0, "unmarked": 1, "versions": 1},
    }


def test_put_is_whole_or_not_at_all(archive: Archive) -> None:
    """A batch with one impossible row leaves nothing behind."""
    broken = version(2)
    object.__setattr__(broken, "kind", None)
    with pytest.raises(sqlite3.IntegrityError):
        archive.put([version(1), broken])
    assert archive.counts() == {}


def test_what_was_put_survives_a_kill(archive: Archive) -> None:
    """Another process reads it although this one never closed the file: the log is on disk."""
    archive.put([version(1, b"kept")])
    with Archive(archive.path) as other:
        found = other.get(key(1))
    assert found is not None
    assert found.data == b"kept"
    assert archive._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_backup_is_an_archive_too(archive: Archive, tmp_path: Path) -> None:
    """Made while the archive is open, it opens on its own."""
    archive.put([version(n) for n in range(100)])
    archive.backup(tmp_path / "copy.db")
    with Archive(tmp_path / "copy.db") as copy:
        assert copy.counts() == archive.counts()


def test_a_backup_ends_while_another_process_writes(archive: Archive, tmp_path: Path) -> None:
    """What is committed meanwhile does not start the copy again."""
    big = zlib.compress(os.urandom(50_000))
    archive.put([replace(version(n), packed=big) for n in range(1_000)])
    started, done = threading.Event(), threading.Event()
    written: list[int] = []

    def write() -> None:
        with Archive(archive.path) as other:
            while not done.is_set() and len(written) < 1_000:
                written.extend(other.put([version(1_000 + len(written))]))
                started.set()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait()
    archive.backup(tmp_path / "copy.db")
    done.set()
    writer.join()
    assert len(written) < 1_000, "the copy did not wait for the writer to end"
    with Archive(tmp_path / "copy.db") as copy:
        assert copy.live_count() > 1_000


def test_threads_share_it(archive: Archive) -> None:
    """Batches from several threads get versions of their own."""
    threads = [threading.Thread(target=lambda: archive.put([version(1)])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert archive.latest([key(1)])[key(1)].version == 8


def test_foreign_and_locked_files_are_named(tmp_path: Path) -> None:
    """No SQLite, another format, another process writing, no such place: our errors, naming the file."""
    (tmp_path / "text.db").write_bytes(b"no database, but long enough to be looked at as one" * 20)
    with pytest.raises(FormatError, match=r"text\.db"):
        Archive(tmp_path / "text.db")
    with sqlite3.connect(tmp_path / "new.db") as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(FormatError, match="format 99"):
        Archive(tmp_path / "new.db")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreReadOnlyError):
        Archive(tmp_path / "file" / "archive.db")
    with Archive(tmp_path / "a.db") as archive:
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        archive._db.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(StoreBusyError):
            archive.put([version(1)])
        other.close()
