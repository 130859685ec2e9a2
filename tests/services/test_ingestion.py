"""An ingest that is killed, and one beside a server: the store stays whole, and the end is the same."""

import io
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from ingest.prepare import Preparer, statements_of
from ingest.record import RawRecord
from services.verification import verify
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, SAMPLES, book, write

SEED = 20_260
_BATCH = 20


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two files: real records, and a second one that changes, repeats and deletes some of a first."""
    folder = tmp_path_factory.mktemp("dump")
    shared = ["650 #0 $a Whales $0 (DE-588)4000001-1", "700 1# $a Dickens, Charles, $d 1812-1870"]
    first = [book(str(n), f"Book {n}", *shared) for n in range(60)]
    words = ["650 #0 $a Cetacea $0 (DE-588)4000001-1"]
    second = [book(str(n), f"Other {n}", *words, status="d" if n % 3 else "n") for n in range(0, 60, 2)]
    return [
        SAMPLES / "marc" / "nlm.xml",
        write(folder / "first.json", *first),
        write(folder / "second.json", *second, first[1], *second[:5]),
    ]


@pytest.fixture(scope="module")
def undisturbed(full_library: Path, dump: list[Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Digest of an ingest that nobody disturbed."""
    data = tmp_path_factory.mktemp("calm") / "data"
    copytree(full_library, data)
    _run(data, "ingest", *map(str, dump), "--workers", "1")
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        return _digest(workspace)


def _digest(workspace: Workspace) -> str:
    """Of everything, but for the changesets and their numbers: those that were killed are more."""
    output = io.BytesIO()
    workspace.graph.dump(output)
    numbered = (b"/graph/changesets>", b"#reflectsChangeset>")
    kept = sorted(line for line in output.getvalue().splitlines() if not any(mark in line for mark in numbered))
    return sha256(b"\n".join(kept)).hexdigest()


def _start(data: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "BIBLIOGRAPH_BASE": BASE, "BIBLIOGRAPH_BATCH_RECORDS": str(_BATCH)}
    command = [sys.executable, "-m", "cli", "--data", str(data), *arguments]
    root = Path(__file__).parents[2]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=root, env=environment)


def _run(data: Path, *arguments: str) -> str:
    process = _start(data, *arguments)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output


def _whole_records_only(workspace: Workspace) -> None:
    """What is marked as done is in the graph to the last statement; nothing else differs from what is defined."""
    found = verify(workspace).differences
    assert found["merge"] == found["resolution"] == found["cited"] == []
    for archived in workspace.archive.live():
        if archived.changeset is not None and workspace.graph.has_graph(archived.graph):
            raw = RawRecord(archived.data, archived.format, 1, 0, archived.key, archived.encoding)
            rendered = Preparer(BASE).prepare([raw]).records[0].rendered
            assert set(workspace.graph.graph_statements(archived.graph)) == set(statements_of(rendered))


def _check(full: Path, tmp_path: Path, dump: list[Path], undisturbed: str, after: float) -> None:
    data = tmp_path / "killed"
    copytree(full, data)
    ingest = ("ingest", *map(str, dump), "--workers", "1")
    process = _start(data, *ingest)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        _whole_records_only(workspace)
    _run(data, *ingest)
    assert not list((data / "graph").glob("bulk-*.sst"))
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        assert verify(workspace).right
        assert _digest(workspace) == undisturbed


@pytest.mark.parametrize("after", [1.5, 2.2])
def test_a_killed_ingest_ends_as_an_undisturbed_one(
    full_library: Path, dump: list[Path], undisturbed: str, tmp_path: Path, after: float
) -> None:
    """SIGKILL: the store opens and holds whole records only; running again gives the same graph."""
    _check(full_library, tmp_path, dump, undisturbed, after)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(20))
def test_a_kill_at_any_moment(
    full_library: Path, dump: list[Path], undisturbed: str, tmp_path: Path, number: int
) -> None:
    """Twenty moments drawn at random, from before the store is opened to after the last commit."""
    after = random.Random(SEED + number).uniform(0.3, 4.5)  # noqa: S311  moments, no secrets
    _check(full_library, tmp_path, dump, undisturbed, after)


def test_ingest_query_and_backup_while_serving(full_library: Path, tmp_path: Path) -> None:
    """While a server owns the graph, commands do their work through it, and what it serves agrees."""
    data = tmp_path / "data"
    copytree(full_library, data)
    file = write(tmp_path / "a.json", *(book(str(n), f"Book {n}") for n in range(30)))
    server = _start(data, "serve", "--port", "0")
    try:
        assert server.stdout
        assert "http://" in server.stdout.readline()
        _run(data, "ingest", str(file))
        count = _run(
            data, "query", "SELECT (COUNT(?i) AS ?n) { ?i a <http://id.loc.gov/ontologies/bibframe/Instance> }"
        )
        _run(data, "backup", str(tmp_path / "backup.tar"))
        _run(data, "verify")
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert "30" in count
    _run(tmp_path / "restored", "restore", str(tmp_path / "backup.tar"), str(tmp_path / "restored"))
    assert "30 records, 30 graphs" in _run(tmp_path / "restored", "verify")
