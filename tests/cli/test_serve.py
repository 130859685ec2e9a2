"""``bibliograph serve`` and its fellows as processes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _environment(data: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "BIBLIOGRAPH_DATA": str(data),
        **{f"BIBLIOGRAPH_{name}": value for name, value in more.items()},
    }


def _start(data: Path, *arguments: str) -> tuple[subprocess.Popen[str], str, float]:
    """A server, the address it printed, and after how many seconds."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "serve", *arguments],
        env=_environment(data),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().rpartition(" ")[2].strip()
    return process, address, time.monotonic() - started


def _stop(process: subprocess.Popen[str], number: signal.Signals) -> str:
    process.send_signal(number)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    return log


def _run(data: Path, *arguments: str, given: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        env=_environment(data, **more),
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _status(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_answers_and_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """The address that is printed answers; either signal ends it with 0, leaving no worker, socket or snapshot."""
    process, address, _ = _start(tmp_path, "--port", "0")
    assert _status(address, "/readyz") == 200
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    log = _stop(process, number)
    assert "Traceback" not in log
    assert not _left(children)
    assert not (tmp_path / "owner.sock").exists()
    assert not list((tmp_path / "snapshots").iterdir())


def _left(processes: list[str]) -> list[str]:
    """Which of the processes are still there after up to three seconds."""
    for _ in range(30):
        processes = [process for process in processes if Path(f"/proc/{process}").exists()]
        if not processes:
            break
        time.sleep(0.1)
    return processes


def test_a_taken_port_is_passed_over(tmp_path: Path) -> None:
    """The next free port is used and printed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process, address, _ = _start(tmp_path, "--port", str(port))
        assert port < int(address.rstrip("/").rpartition(":")[2]) <= port + 20
        _stop(process, signal.SIGTERM)


def test_the_command_line_works_beside_a_server(tmp_path: Path) -> None:
    """A query goes through the owner's socket; a second server says who is in the way, in one line, with 2."""
    process, _, _ = _start(tmp_path, "--port", "0")
    answer = _run(tmp_path, "query", "ASK {}", "--format", "json")
    assert json.loads(answer.stdout)["boolean"] is True
    second = _run(tmp_path, "serve", "--port", "0")
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    _stop(process, signal.SIGTERM)


def test_queries_from_text_file_and_standard_input(tmp_path: Path) -> None:
    """The three ways to give a query agree; errors are one line and 2."""
    text = "SELECT (1 + 1 AS ?two) {}"
    (tmp_path / "two.rq").write_text(text)
    given = (
        _run(tmp_path, "query", text),
        _run(tmp_path, "query", str(tmp_path / "two.rq")),
        _run(tmp_path, "query", "-", given=text),
    )
    assert {answer.stdout for answer in given} == {"two\n2\n"}
    wrong = _run(tmp_path, "query", "SELECT {")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "line 1, column" in wrong.stderr
    assert _run(tmp_path, "query", text, "--format", "turtle").returncode == 2
    assert "<urn:a>" in _run(tmp_path, "query", "CONSTRUCT { <urn:a> <urn:b> 1 } {}").stdout


def test_tokens_are_made_listed_and_revoked(tmp_path: Path) -> None:
    """The secret is alone on standard output, so that a script can keep it; the list never shows it."""
    made = _run(tmp_path, "token", "create", "--role", "editor", "--note", "desk")
    secret = made.stdout.strip()
    assert secret.startswith("bgt_")
    listed = _run(tmp_path, "token", "list").stdout
    assert "editor" in listed
    assert "desk" in listed
    assert secret not in listed
    token_id = listed.split()[0]
    assert _run(tmp_path, "token", "revoke", token_id).returncode == 0
    assert "revoked" in _run(tmp_path, "token", "list").stdout
    assert _run(tmp_path, "token", "revoke", token_id).returncode == 2
