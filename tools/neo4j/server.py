"""Starts a Neo4j server for a ``with`` block: on a free port of this machine, ended with its standard input.

A server that several test processes share has a named pipe as its input: it ends when the last of them has ended,
however that was.
"""

import fcntl
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from common.errors import ConfigurationError
from tools.neo4j.artifacts import libraries
from tools.neo4j.jdks import java
from tools.servers import end, free_port

V5, V2026 = "5.26.30", "2026.08.1"
"""The releases that are tested: the one with long-term support, and the newest."""

_JDKS = {"5": (17, 21)}
_NEWER_JDKS = (21, 99)
_LAUNCHER = Path(__file__).with_name("Launcher.java")
_OPENED = ("java.nio", "java.lang", "sun.nio.ch", "java.util.concurrent")
_SETTINGS = {
    "server.bolt.enabled": "true",
    "server.memory.pagecache.size": "256m",
    "dbms.usage_report.enabled": "false",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",  # else it takes ten seconds to end
}
_START_SECONDS = 120.0
_PAUSE = 0.05
_LAST_WORDS = 600


@contextmanager
def running(
    version: str = V5,
    directory: Path = Path("neo4j"),
    *,
    port: int = 0,
    heap: str = "1200m",
    password: str = "",
    settings: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """A server over the database in ``directory``, made if absent; gives its address, ``bolt://…``.

    Args:
        version: Release of Neo4j: 5.26.x (JDK 17) or 2026.x (JDK 21 or later).
        directory: Its data.
        port: Where it listens, on this machine alone; 0: on a free port.
        heap: Its Java heap.
        password: Of its user ``neo4j``; "": anyone may log in.
        settings: More settings of Neo4j.

    Raises:
        ConfigurationError: Java or Maven is missing, or it does not start.
    """
    port = port or free_port()
    login = {"dbms.security.auth_enabled": str(bool(password)).lower()}
    with process_of(version, directory, port, heap=heap, settings={**login, **(settings or {})}):
        address = f"bolt://127.0.0.1:{port}"
        if password:
            _set_password(address, password)
        yield address


@contextmanager
def process_of(
    version: str, directory: Path, port: int, *, heap: str = "1200m", settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of such a server, for who wants to kill it."""
    command = _command(version, directory.absolute(), f"127.0.0.1:{port}", heap, settings)
    process = _started(command, directory.absolute(), subprocess.PIPE)
    try:
        yield process
    finally:
        assert process.stdin is not None  # noqa: S101  it is a pipe
        process.stdin.close()
        try:
            process.wait(_START_SECONDS)
        finally:
            end(process)


@contextmanager
def shared(version: str, directory: Path) -> Iterator[str]:
    """The server that all processes share which ask for the same ``directory``; the first of them starts it.

    Raises:
        ConfigurationError: As for ``running``.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        holder = _join(directory)
        if holder is None:
            holder = _start_shared(version, directory)
    try:
        yield (directory / "address").read_text(encoding="ascii")
    finally:
        os.close(holder)


def _join(directory: Path) -> int | None:
    """The pipe of a server that runs, which it lives by; None: none runs."""
    if not (directory / "address").exists():
        return None
    try:
        return os.open(directory / "pipe", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None


def _start_shared(version: str, directory: Path) -> int:
    pipe = directory / "pipe"
    if not pipe.exists():
        os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    holder = os.open(pipe, os.O_WRONLY | os.O_CLOEXEC)
    os.set_blocking(reading, True)  # only the opening must not wait; the server's reading shall
    try:
        address = f"127.0.0.1:{free_port()}"
        _started(_command(version, directory / "data", address, "1200m", {}), directory / "data", reading)
    except BaseException:
        os.close(holder)
        raise
    finally:
        os.close(reading)
    (directory / "address").write_text(f"bolt://{address}", encoding="ascii")
    return holder


def _set_password(address: str, password: str) -> None:
    with GraphDatabase.driver(address, auth=("neo4j", "neo4j")) as driver, suppress(AuthError):  # set before
        text = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
        driver.execute_query(text, password=password, database_="system")


def _command(version: str, directory: Path, address: str, heap: str, settings: Mapping[str, str]) -> list[str]:
    program = java(*_JDKS.get(version.partition(".")[0], _NEWER_JDKS))
    options = [f"-Xmx{heap}", "-cp", f"{libraries(version)}/*"]
    options += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    lines = {**_SETTINGS, "server.bolt.listen_address": address, **settings}
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / "neo4j.conf"
    file.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), encoding="utf-8")
    return [str(program), *options, str(_LAUNCHER), str(directory), str(file)]


def _started(command: list[str], directory: Path, stdin: int) -> subprocess.Popen[bytes]:
    """The process of a server that is ready; what it prints is in a file beside its directory."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    log = directory.with_name(f"{directory.name}.log")
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for the program that uses the server.
        process = subprocess.Popen(
            command, stdin=stdin, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(process, log)
    except BaseException:
        end(process)
        raise
    return process


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while b"ready\n" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            words = log.read_bytes()[-_LAST_WORDS:].decode(errors="replace")
            raise ConfigurationError(f"Neo4j did not start: {words}")
        time.sleep(_PAUSE)
