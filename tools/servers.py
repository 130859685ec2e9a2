"""Starts a server program for a ``with`` block: on a free port of this machine, ended by its own process id."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from common.errors import ConfigurationError

_START_SECONDS = 90.0
_END_SECONDS = 20.0
_PAUSE = 0.05
_LAST_WORDS = 600


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], ready: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The server of ``command``, from when the address ``ready`` answers until the end of the block.

    Args:
        command: Program and arguments.
        ready: Address on this machine that answers as soon as the server does.
        log: File that gets what the server prints.
        environment: Variables on top of those of this process.

    Raises:
        ConfigurationError: It ended or did not answer; says its last words.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}, cwd=log.parent
        )
    try:
        _wait(process, ready, log)
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the server to end, and makes it if it does not."""
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(ready):
        if process.poll() is not None or time.monotonic() > deadline:
            words = log.read_bytes()[-_LAST_WORDS:].decode(errors="replace")
            raise ConfigurationError(f"{process.args!r} did not start: {words}")
        time.sleep(_PAUSE)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):  # noqa: S310  an address of this machine
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
