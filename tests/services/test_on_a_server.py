"""Installations whose graph is on a server: what one process does, and what several do at once."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common.errors import FormatError, StoreError
from common.settings import Settings
from graph.backends.remote import Address, RemoteStore
from graph.changes import Changes
from graph.changeset import Changeset
from graph.open import open_graph, own_graph
from services.derived import bring_up_to_date
from services.search.index import TextIndex
from services.verification import verify
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, book, ingest, rows, write

ROOT = Path(__file__).parents[2]
SHARED = ("650 #0 $a Whales $0 (DE-588)4000001-1", "700 1# $a Dickens, Charles, $d 1812-1870")


def books(first: int, last: int, status: str = "n") -> list[object]:
    """Records that share an authority and a name."""
    return [book(str(n), f"Book {n}", *SHARED, f"650 #0 $a Topic {n % 7}", status=status) for n in range(first, last)]


def start(settings: Settings, *arguments: str) -> subprocess.Popen[bytes]:
    """A command of an installation, in a process of its own."""
    environment = {**os.environ, "BIBLIOGRAPH_DATA": str(settings.data), "BIBLIOGRAPH_BATCH_RECORDS": "10"}
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    """Waits until the command has ended well."""
    _, words = process.communicate(timeout=300)
    assert process.returncode == 0, words.decode()


def content(workspace: Workspace) -> set[bytes]:
    """All quads but the changesets and their numbers."""
    output = io.BytesIO()
    workspace.graph.dump(output)
    numbered = (b"/graph/changesets>", b"#reflectsChangeset>")
    return {line for line in output.getvalue().splitlines() if not any(mark in line for mark in numbered)}


@pytest.fixture
def other(on_a_server: Settings, tmp_path: Path) -> Settings:
    """A second data directory over the same graph, as of another machine."""
    return on_a_server.model_copy(update={"data": tmp_path / "other"})


def described(workspace: Workspace) -> set[bytes]:
    """Quads of the graphs of records and of cited headings."""
    return {line for line in content(workspace) if b"/graph/record/" in line or b"/graph/cited/" in line}


def clusters(workspace: Workspace) -> set[frozenset[str | None]]:
    """Which entities stand for each other; which of them is the canonical one depends on who came first."""
    members: dict[str | None, set[str | None]] = {}
    for member, canonical in rows(workspace, "SELECT ?member ?canonical { ?member bg:canonical ?canonical }"):
        members.setdefault(canonical, set()).add(member)
    return {frozenset(cluster) for cluster in members.values()}


def test_two_ingests_of_overlapping_records_end_as_one_would(
    on_a_server: Settings, other: Settings, tmp_path: Path
) -> None:
    """Two installations ingest at once into one graph: records, headings and clusters are as of one."""
    files = [write(tmp_path / "a.json", *books(0, 70)), write(tmp_path / "b.json", *books(35, 105))]
    processes = [start(on_a_server, "ingest", str(files[0])), start(other, "ingest", str(files[1]))]
    for process in processes:
        finish(process)
    with open_workspace(on_a_server) as workspace:
        assert {check for check, found in verify(workspace).differences.items() if found} == {"archive"}
        found = described(workspace), clusters(workspace)
        bring_up_to_date(workspace.graph, workspace.directory)
        followed = content(workspace)
        bring_up_to_date(workspace.graph, workspace.directory, rebuild=True)
        assert content(workspace) == followed
    with open_workspace(Settings(data=tmp_path / "alone", base=BASE, store="oxigraph:")) as alone:
        ingest(alone, *files)
        assert (described(alone), clusters(alone)) == found


def test_records_of_two_versions_are_of_one_in_the_end(on_a_server: Settings, other: Settings, tmp_path: Path) -> None:
    """Two installations bring in the same records with other words: no graph holds words of both."""
    files = []
    for name in ("One", "Two"):
        records = [book(str(n), f"{name} {n}", *SHARED) for n in range(60)]
        files.append(write(tmp_path / f"{name}.json", *records))
    for process in [start(on_a_server, "ingest", str(files[0])), start(other, "ingest", str(files[1]))]:
        finish(process)
    with open_workspace(on_a_server) as workspace:
        assert workspace.graph.verify() == []
        for number in range(60):
            lines = workspace.graph.graph_statements(f"{BASE}graph/record/TEST/{number}")
            words = {name for name in ("One", "Two") if any(f'"{name} {number}"' in line for line in lines)}
            assert len(words) == 1


@pytest.mark.parametrize("seconds", [0.8, 1.6, 2.4])
def test_a_killed_ingest_goes_on(on_a_server: Settings, tmp_path: Path, seconds: float) -> None:
    """SIGKILL at any moment: the next run ends as an undisturbed one, and verify is content."""
    first = write(tmp_path / "first.json", *books(0, 60))
    second = write(tmp_path / "second.json", *books(0, 20, status="d"), *books(60, 90))
    killed = start(on_a_server, "ingest", str(first), str(second))
    time.sleep(seconds)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with open_workspace(on_a_server) as workspace:
        ingest(workspace, first, second)
        bring_up_to_date(workspace.graph, workspace.directory)
        assert verify(workspace).right
        found = content(workspace)
    with open_workspace(Settings(data=tmp_path / "calm", base=BASE, store="oxigraph:")) as calm:
        ingest(calm, first, second)
        bring_up_to_date(calm.graph, calm.directory)
        assert content(calm) == found


def test_several_processes_have_the_graph_open(on_a_server: Settings, tmp_path: Path) -> None:
    """A server and commands of one data directory each open the graph; nobody needs an owner's socket."""
    file = write(tmp_path / "a.json", *books(0, 5))
    with own_graph(on_a_server) as graph, open_graph(on_a_server, listen=True) as second:
        finish(start(on_a_server, "ingest", str(file)))
        assert graph.sequence == second.sequence > 0
        assert not (on_a_server.data / "owner.sock").exists()
        assert graph.changes_since(graph.sequence) == Changes()
        assert TextIndex(on_a_server.data / "text").sequence == graph.sequence


def test_what_another_data_directory_wrote_is_unknown_and_not_overlooked(
    on_a_server: Settings, other: Settings
) -> None:
    """The log of changes has a gap where somebody else wrote: whoever follows it looks at everything."""
    change = Changeset("system:test", "", add=[("<a:s> <a:p> <a:o>", "g:1")])
    with open_graph(on_a_server) as graph, open_graph(other) as others:
        graph.commit(Changeset("system:test", "", add=[("<a:s> <a:p> <a:first>", "g:1")]))
        assert graph.changes_since(0) is not None
        others.commit(change)
        assert graph.changes_since(1) is None
        assert others.changes_since(1) is not None


def test_somebody_elses_data_is_refused(on_a_server: Settings, shared_oxigraph: str) -> None:
    """A dataset that holds something without a changeset of this base is not written into."""
    store = RemoteStore(Address(shared_oxigraph))
    store.update("INSERT DATA { <a:s> <a:p> <a:o> }")
    with (
        pytest.raises(FormatError, match=r"holds data without a changeset of https://library\.test/"),
        open_graph(on_a_server),
    ):
        pass
    store.update("CLEAR ALL")
    store.close()


def test_a_server_that_is_gone_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens: the error says so after a short wait."""
    monkeypatch.setattr("graph.backends.remote.connection._FIRST_PAUSE", 0.01)
    settings = Settings(data=tmp_path / "data", base=BASE, store="sparql+http://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9 can't be reached"), open_graph(settings):
        pass
