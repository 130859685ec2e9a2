"""A graph moves from one engine to another, whole or not at all."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from common.errors import ConfigurationError, FormatError, InputError, StoreError
from common.progress import Progress
from common.settings import Settings
from graph import transfer
from graph.backends.oxigraph import OxigraphStore
from graph.backends.remote import Address, RemoteStore
from graph.changeset import Changeset
from graph.open import open_graph
from graph.store import Delta, Quad
from services import copying
from services.backups import backup, restore
from services.copying import copy
from services.verification import verify
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, book, ingest, write

ROOT = Path(__file__).parents[2]
ALL = (None, None, None)


@pytest.fixture
def embedded(tmp_path: Path) -> Settings:
    """An embedded graph with some records and a suppression."""
    settings = Settings(data=tmp_path / "embedded", base=BASE, store="oxigraph:")
    with open_workspace(settings) as workspace:
        fill(workspace, tmp_path)
    return settings


def fill(workspace: Workspace, folder: Path) -> None:
    """Ingests two records."""
    ingest(workspace, write(folder / "a.json", book("1", 'One "quoted"', "650 #0 $a Whales"), book("2", "二")))


def quads(settings: Settings) -> set[Quad]:
    """All that a store holds."""
    path = copying.store_path(settings)
    store = OxigraphStore(path) if path else RemoteStore(Address.of(settings.store))
    with closing(store):
        return set(store.quads(ALL, None))


def test_there_and_back_again(
    embedded: Settings, on_a_server: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the embedded store to a server and into another embedded one: the same quads, in several pieces."""
    monkeypatch.setattr(transfer, "PIECE", 10_000)
    seen: list[Progress] = []
    there = copy(embedded, on_a_server, seen.append)
    assert {progress.task for progress in seen} == {"copy", "verify"}
    assert seen[-1].fraction == 1
    back = copy(on_a_server, embedded.model_copy(update={"store": f"oxigraph:{tmp_path / 'back'}"}))
    assert (there.quads, there.digest) == (back.quads, back.digest)
    assert there.quads == len(quads(on_a_server)) == len(quads(embedded))
    with open_graph(on_a_server) as graph, open_graph(embedded) as original:
        assert graph.sequence == original.sequence
        assert graph.canonical_digest() == original.canonical_digest()
        assert graph.verify() == []


def test_an_interrupted_copy_goes_on(
    embedded: Settings, on_a_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there of a copy is no graph that anybody works on, and the same command completes it."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "PIECE", 10_000)
        patch.setattr(copying.Meter, "advance", stop)
        with pytest.raises(KeyboardInterrupt):
            copy(embedded, on_a_server)
    with pytest.raises(FormatError, match="part of a copy"), open_graph(on_a_server):
        pass
    other = copytree(embedded.data / "graph", embedded.data / "other")
    with pytest.raises(InputError, match="holds part of a copy of"):
        copy(embedded.model_copy(update={"store": f"oxigraph:{other}"}), on_a_server)
    copy(embedded, on_a_server)
    assert quads(on_a_server) == quads(embedded)


def test_what_arrives_is_compared(embedded: Settings, on_a_server: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quad that gets lost, or is there too many, is found, and the target stays marked."""
    send = copying._send

    def lose_one(giving: object, taking: RemoteStore, *rest: object) -> object:
        sums = send(giving, taking, *rest)  # type: ignore[arg-type]
        taking.apply(Delta(remove=[next(taking.quads(ALL, ""))]))
        return sums

    monkeypatch.setattr(copying, "_send", lose_one)
    with pytest.raises(StoreError, match=r"not the .* that were sent"):
        copy(embedded, on_a_server)
    with pytest.raises(FormatError), open_graph(on_a_server):
        pass


def test_what_can_not_be_copied_is_named(embedded: Settings, on_a_server: Settings, tmp_path: Path) -> None:
    """An absent or empty source, a target that holds something, and a store onto itself."""
    nothing = embedded.model_copy(update={"store": f"oxigraph:{tmp_path / 'nothing'}"})
    with pytest.raises(InputError, match="no such store"):
        copy(nothing, on_a_server)
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(ConfigurationError, match="onto itself"):
        copy(embedded, embedded)
    with pytest.raises(InputError, match="nothing to copy"):
        copy(on_a_server, nothing)
    with open_graph(on_a_server) as graph:
        graph.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")]))
    with pytest.raises(InputError, match="is not empty"):
        copy(embedded, on_a_server)


def test_the_command_says_what_it_did(embedded: Settings, on_a_server: Settings) -> None:
    """``bibliograph copy`` prints figures as JSON, and an error in one line."""
    command = [sys.executable, "-m", "cli", "copy", f"oxigraph:{embedded.data / 'graph'}", on_a_server.store, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["quads"] == len(quads(embedded))
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "is not empty" in again.stderr


@pytest.fixture
def on_it(on_a_server: Settings) -> Iterator[Workspace]:
    """The installation on the server, open."""
    with open_workspace(on_a_server) as workspace:
        yield workspace


def test_a_servers_graph_is_backed_up_and_restored(on_it: Workspace, tmp_path: Path) -> None:
    """A backup holds the graph as N-Quads, a restore makes an embedded store of it, and a copy brings it back."""
    fill(on_it, tmp_path)
    file = tmp_path / "backup.tar.gz"
    manifest = backup(on_it, file)
    assert "graph.nq" in manifest.files
    assert manifest.sequence == on_it.graph.sequence
    assert not list(on_it.directory.path.glob(".backup-*"))
    restored = restore(file, tmp_path / "again")
    assert restored.unmarked == 0
    again = Settings(data=tmp_path / "again", base=BASE, store="oxigraph:")
    with open_workspace(again) as workspace:
        assert verify(workspace).right
        assert workspace.graph.canonical_digest() == on_it.graph.canonical_digest()
    assert not (tmp_path / "again" / "graph.nq").exists()
    assert os.listdir(tmp_path / "again" / "graph")  # noqa: PTH208  whether there is anything
