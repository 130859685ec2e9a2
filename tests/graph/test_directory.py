import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from common.errors import ConfigurationError, FormatError, StoreBusyError, StoreReadOnlyError
from common.namespaces import Graphs
from common.settings import Settings
from graph.backends.oxigraph import OxigraphStore
from graph.changeset import Changeset
from graph.directory import open_directory
from graph.knowledge_graph import Snapshot
from graph.merge import MergedGraph
from graph.open import open_graph
from graph.snapshots import SnapshotKeeper


def test_format_and_base_are_recorded(tmp_path: Path) -> None:
    """A directory is made once, and another version or a damaged mark is refused by name."""
    settings = Settings(data=tmp_path / "data")
    for _ in range(2):
        assert open_directory(settings).path == tmp_path / "data"
    mark = tmp_path / "data" / "bibliograph.json"
    assert json.loads(mark.read_text()) == {"format": 1, "base": settings.base}
    assert [path.name for path in mark.parent.iterdir()] == ["bibliograph.json"]
    for text in ('{"format": 2, "base": "https://bibliograph.example/"}', "{", "[]"):
        mark.write_text(text)
        with pytest.raises(FormatError, match=r"bibliograph\.json"):
            open_directory(settings)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """What can't be made or written is an error with the path."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreReadOnlyError, match="file"):
        open_directory(Settings(data=tmp_path / "file" / "data"))


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_store_is_named(tmp_path: Path) -> None:
    """A directory without write permission is an error of its own class."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreReadOnlyError):
        OxigraphStore(tmp_path / "graph")


def test_one_ingest_at_a_time(tmp_path: Path) -> None:
    """The second is told who ingests; afterwards the lock is free."""
    directory = open_directory(Settings(data=tmp_path))
    with directory.ingest_lock(), pytest.raises(StoreBusyError, match=str(os.getpid())), directory.ingest_lock():
        pass
    with directory.ingest_lock():
        pass


def test_unknown_engines_are_named(tmp_path: Path) -> None:
    """The error says what is known."""
    settings = Settings(data=tmp_path, store="neo5j://host")
    with pytest.raises(ConfigurationError, match="oxigraph:"), open_graph(settings):
        pass


def test_snapshots_follow_the_sequence(tmp_path: Path) -> None:
    """One for each number, kept while it is used, deleted after."""
    merged = MergedGraph(OxigraphStore(tmp_path / "graph"), Graphs("https://b.example/"))
    (tmp_path / "snapshots" / "left").mkdir(parents=True)
    keeper = SnapshotKeeper(merged, tmp_path / "snapshots")
    assert not (tmp_path / "snapshots" / "left").exists()
    with keeper.lease() as first, keeper.lease() as same:
        assert first is same
        merged.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
        with keeper.lease() as second:
            assert (first.sequence, second.sequence) == (0, 1)
            assert len(list(OxigraphStore(second.path).quads((None, None, None), "g:1"))) == 1
        assert first.path.exists()
        assert second.path.exists()
    assert not first.path.exists()
    other = SnapshotKeeper(merged, tmp_path / "snapshots")
    assert second.path.exists()
    other.close()
    keeper.close()
    assert list((tmp_path / "snapshots").iterdir()) == []
    merged.close()


class _Overtaken(MergedGraph):
    """A graph in which another writer is always just quicker than the snapshot."""

    def snapshot(self, directory: Path) -> Snapshot:
        """Commits, then makes the snapshot."""
        self.commit(Changeset("system:test", "", add=[(f"<a:s> <a:p> <a:o{self.sequence}>", "g:1")]))
        return super().snapshot(directory)


def test_a_lease_says_exactly_what_its_snapshot_holds(tmp_path: Path) -> None:
    """A changeset that comes between the question for the number and the snapshot is counted."""
    merged = _Overtaken(OxigraphStore(tmp_path / "graph"), Graphs("https://b.example/"))
    with closing(SnapshotKeeper(merged, tmp_path / "snapshots")) as keeper, keeper.lease() as lease:
        copy = MergedGraph(OxigraphStore(lease.path), merged.graphs)
        assert lease.sequence == copy.sequence == 1
        copy.close()
    merged.close()


def test_keepers_that_start_together_leave_each_other_alone(tmp_path: Path) -> None:
    """None sweeps away the directory that another has made and not locked yet."""
    merged = MergedGraph(OxigraphStore(tmp_path / "graph"), Graphs("https://b.example/"))

    def keep(_: int) -> bool:
        with closing(SnapshotKeeper(merged, tmp_path / "snapshots")) as keeper, keeper.lease() as lease:
            return (lease.path / "CURRENT").exists() and os.path.samestat(
                os.fstat(keeper._descriptor), lease.path.parent.stat()
            )

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(keep, range(200)))
    merged.close()
