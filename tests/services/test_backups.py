"""Backup and restore: everything comes back, and nothing that is damaged or dangerous is written."""

import io
import json
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from common.errors import BibliographError, FormatError, InputError, StoreReadOnlyError
from common.settings import Settings
from ingest.archive import NewVersion
from ingest.record import RecordKey
from people.database import open_database
from people.roles import Role
from people.tokens import Tokens
from services.backups import backup, restore
from services.remapping import remap
from services.verification import verify
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, SOURCE, book, column, graph, ingest, write


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    """An installation with records, quarantine and a people database."""
    untitled = book("9", "x")
    untitled.fields = []
    ingest(workspace, write(tmp_path / "a.json", book("1", "One"), book("2", "Two"), untitled))
    open_database(workspace.settings).dispose()
    return workspace


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz"])
def test_everything_comes_back(filled: Workspace, tmp_path: Path, name: str) -> None:
    """Graph, archive, quarantine and people are in the restored directory, private as they were; verify is content."""
    manifest = backup(filled, tmp_path / name)
    restored = restore(tmp_path / name, tmp_path / "again")
    assert (restored.manifest, restored.unmarked) == (manifest, 0)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert (tmp_path / "again" / "people.db").stat().st_mode & 0o077 == 0
    with open_workspace(Settings(data=tmp_path / "again", base=BASE, store="oxigraph:")) as again:
        assert verify(again).right
        assert again.graph.canonical_digest() == filled.graph.canonical_digest()
        assert again.archive.counts() == filled.archive.counts()
        assert list(again.quarantine.entries()) == list(filled.quarantine.entries())
    assert not list(filled.directory.path.glob("snapshots/*"))


def test_what_was_archived_later_is_healed(filled: Workspace, tmp_path: Path) -> None:
    """An archive that is ahead of the graph's copy is brought in by a remap."""
    later = book("3", "Later")
    backup(filled, tmp_path / "early.tar")
    ingest(filled, write(tmp_path / "b.json", later, book("2", "Two", status="d")))
    backup(filled, tmp_path / "late.tar")
    _splice(tmp_path / "late.tar", tmp_path / "early.tar", tmp_path / "both.tar")
    restored = restore(tmp_path / "both.tar", tmp_path / "again")
    assert restored.unmarked == 2
    with open_workspace(Settings(data=tmp_path / "again", base=BASE, store="oxigraph:")) as again:
        assert len(verify(again).differences["archive"]) == 2
        remap(again)
        assert verify(again).right
        assert {t.split("@")[0] for t in column(again, "SELECT ?t { ?n bf:mainTitle ?t }")} == {'"One"', '"Later"'}


def _members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


def _pack(file: Path, members: dict[str, bytes], odd: tarfile.TarInfo | None = None) -> None:
    with tarfile.open(file, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        if odd is not None:
            tar.addfile(odd)


def _splice(archive_of: Path, graph_of: Path, target: Path) -> None:
    """A backup whose SQLite files are of a later moment than its graph, as when an ingest goes on meanwhile."""
    members = {name: data for name, data in _members(graph_of).items() if name.startswith("graph")}
    members |= {name: data for name, data in _members(archive_of).items() if not name.startswith("graph")}
    _sign(members)
    _pack(target, members)


def _sign(members: dict[str, bytes]) -> None:
    manifest = json.loads(members.pop("manifest.json"))
    manifest["files"] = {name: (sha256(data).hexdigest(), len(data)) for name, data in members.items()}
    members["manifest.json"] = json.dumps(manifest).encode()


def _changed(members: dict[str, bytes]) -> None:
    members["archive.sqlite"] = members["archive.sqlite"][:-1] + b"!"


def _shortened(members: dict[str, bytes]) -> None:
    del members["quarantine.sqlite"]


def _other_format(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "format": 99}).encode()


def _named(name: str) -> Callable[[dict[str, bytes]], None]:
    def add(members: dict[str, bytes]) -> None:
        members[name] = b"x"
        _sign(members)

    return add


DAMAGE: dict[str, tuple[Callable[[dict[str, bytes]], None], type[BibliographError], str]] = {
    "changed": (_changed, InputError, "archive.sqlite is not as the manifest says"),
    "member gone": (_shortened, InputError, "quarantine.sqlite is not as the manifest says"),
    "no manifest": (lambda members: members.pop("manifest.json") and None, InputError, "manifest is missing"),
    "other format": (_other_format, FormatError, "format 99"),
    "way up": (_named("../evil"), InputError, "no place in a backup"),
    "absolute": (_named("/tmp/evil"), InputError, "no place in a backup"),  # noqa: S108  refused, not written
    "way up in the graph": (_named("graph/../../evil"), InputError, "no place in a backup"),
    "stranger": (_named("bibliograph.toml"), InputError, "no place in a backup"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_and_danger_are_refused_before_writing(filled: Workspace, tmp_path: Path, damage: str) -> None:
    """One line says what is wrong; no directory is made."""
    backup(filled, tmp_path / "good.tar")
    members = _members(tmp_path / "good.tar")
    change, error, message = DAMAGE[damage]
    change(members)
    _pack(tmp_path / "bad.tar", members)
    before = set(tmp_path.iterdir())
    with pytest.raises(error, match=message):
        restore(tmp_path / "bad.tar", tmp_path / "again")
    assert set(tmp_path.iterdir()) == before


def test_links_are_refused(filled: Workspace, tmp_path: Path) -> None:
    """A member that is no plain file could lead anywhere."""
    backup(filled, tmp_path / "good.tar")
    link = tarfile.TarInfo("graph/link")
    link.type, link.linkname = tarfile.SYMTYPE, "../../outside"
    _pack(tmp_path / "bad.tar", _members(tmp_path / "good.tar"), link)
    with pytest.raises(InputError, match="is no file"):
        restore(tmp_path / "bad.tar", tmp_path / "again")


def test_a_directory_in_use_is_refused(filled: Workspace, tmp_path: Path) -> None:
    """Restore makes a new data directory; it never mixes with what is there."""
    backup(filled, tmp_path / "good.tar")
    with pytest.raises(InputError, match="not empty"):
        restore(tmp_path / "good.tar", filled.directory.path)


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    """The error names the file."""
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(InputError, match=r"x\.tar"):
        restore(tmp_path / "x.tar", tmp_path / "again")


def test_a_backup_that_fails_leaves_nothing(filled: Workspace, tmp_path: Path) -> None:
    """Where the file can't be written, neither it nor a part of it is there."""
    with pytest.raises(StoreReadOnlyError, match="can't be written"):
        backup(filled, tmp_path / "nowhere" / "b.tar")
    assert not list(filled.directory.path.glob("snapshots/*"))


def test_tokens_survive(filled: Workspace, tmp_path: Path) -> None:
    """People's data is copied by SQLite's own means, write-ahead log included."""
    engine = open_database(filled.settings)
    _, secret = Tokens(engine).create(Role.EDITOR)
    engine.dispose()
    backup(filled, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "again")
    engine = open_database(Settings(data=tmp_path / "again", base=BASE, store="oxigraph:"))
    assert Tokens(engine).authenticate(secret)
    engine.dispose()


def test_unmarked_versions_of_a_killed_ingest_stay_unmarked(filled: Workspace, tmp_path: Path) -> None:
    """What was archived and not yet in the graph is so after a restore too."""
    version = NewVersion(RecordKey(SOURCE, "7"), b"x", "marcjson", "utf-8", "bibliographic", graph("7"))
    filled.archive.put([version])
    backup(filled, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "again")
    with open_workspace(Settings(data=tmp_path / "again", base=BASE, store="oxigraph:")) as again:
        assert [found.key.id for found in again.archive.unmarked()] == ["7"]
