"""Ingests that are stopped, that meet another one, or that the disk refuses: the next run ends the work."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services.library import SAMPLES

ROOT = Path(__file__).parents[2]
FILES = [SAMPLES / "marc" / name for name in ("folio.mrc", "loc.xml", "princeton.xml")]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def obey_permissions() -> None:
    """Runs in the child before the program: root too may only do what the permissions of files say."""
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def start(data: Path, *arguments: object, **how: object) -> subprocess.Popen[str]:
    """A command as a process in a session of its own, as a terminal starts it."""
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # user and preexec_fn
        [sys.executable, "-m", "cli.main", "--data", str(data), *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **how,
    )


def run(data: Path, *arguments: object, **how: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    process = start(data, *arguments, **how)
    output, error = process.communicate(timeout=120)
    assert "Traceback" not in error, error
    return process.returncode, output, error


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with the default base IRI."""
    assert run(tmp_path / "data", "query", "ASK {}")[0] == 0
    return tmp_path / "data"


def wait_for(path: Path, size: int, process: subprocess.Popen[str]) -> None:
    """Until a file has ``size`` bytes; the process must still be at work then."""
    while not path.exists() or path.stat().st_size < size:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_an_ingest_between_two_records(data: Path, workers: int) -> None:
    """One line and exit code 2; the graph holds nothing that it should not; the next run does what was left."""
    ingest = ("ingest", "--workers", workers, *FILES)
    process = start(data, *ingest, env={**os.environ, "BIBLIOGRAPH_BATCH_RECORDS": "50"})
    wait_for(data / "archive.sqlite-wal", 100_000, process)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 2
    assert error.splitlines()[-1] == "bibliograph: stopped; run it again to go on"
    assert "Traceback" not in error
    _, output, _ = run(data, "verify")
    assert all(line.startswith("archive: ") for line in output.splitlines()[:-1]), output  # what waits for the next run
    assert run(data, *ingest)[0] == 0
    code, output, _ = run(data, "verify")
    assert (code, output.split(" ")[0]) == (0, "713")


def test_a_second_ingest_names_the_first(data: Path) -> None:
    """One line and 2, at once; the first goes on, and queries work beside it."""
    first = start(data, "ingest", "--workers", "1", *FILES)
    wait_for(data / "archive.sqlite-wal", 1, first)
    assert run(data, "ingest", FILES[0]) == (2, "", f"bibliograph: {data}: process {first.pid} is ingesting already\n")
    assert run(data, "query", "ASK {}") == (0, "yes\n", "")
    first.communicate(timeout=120)
    assert first.returncode == 0


def test_a_directory_that_can_not_be_written(data: Path) -> None:
    """Every command says so in one line, and changes nothing."""
    for directory in (data, data / "graph"):
        directory.chmod(0o555)
    for arguments in (("query", "ASK {}"), ("ingest", FILES[0]), ("serve", "--port", "0"), ("quarantine", "list")):
        code, output, error = run(data, *arguments, preexec_fn=obey_permissions)
        assert (code, output, error.count("\n")) == (2, "", 1)
        assert "can't be written" in error


def test_a_file_that_may_not_be_read(data: Path, tmp_path: Path) -> None:
    """It is named with the reason."""
    closed = tmp_path / "closed.mrc"
    closed.write_bytes(FILES[0].read_bytes())
    closed.chmod(0)
    found = run(data, "ingest", closed, preexec_fn=obey_permissions)
    assert found == (2, "", f"bibliograph: {closed}: Permission denied\n")


def test_a_disk_that_takes_no_more(data: Path) -> None:
    """One line and 2; only whole records are there, and with room the next run ends the work."""

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))

    code, _, error = run(data, "ingest", "--workers", "1", *FILES, preexec_fn=small)
    assert (code, error.splitlines()[-1].startswith("bibliograph: ")) == (2, True)
    assert run(data, "ingest", *FILES)[0] == 0
    assert run(data, "verify")[0] == 0
