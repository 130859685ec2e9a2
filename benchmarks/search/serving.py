"""The server as its users meet it: how soon it answers, how fast over HTTP, how large it is afterwards."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.search.queries import Asked
from benchmarks.search.timing import durations, summary
from services.search.request import SearchRequest

_PATIENCE = 60.0
"""Seconds after which a server that does not answer is given up."""


@dataclass(frozen=True, slots=True)
class Served:
    """What was measured.

    Attributes:
        start: Seconds from starting the process until it has answered a health check and a search.
        search: Milliseconds of searches over HTTP.
        suggest: The same of suggestions.
        related: The same of related works.
        megabytes: Resident memory of the serving process after the queries.
        with_workers: The same with its query workers.
    """

    start: float
    search: dict[str, float]
    suggest: dict[str, float]
    related: dict[str, float]
    megabytes: int
    with_workers: int


def measure(data: Path, asked: Sequence[Asked], beginnings: Sequence[str], entities: Sequence[str]) -> Served:
    """Starts the server on an installation, asks it everything one after another, and ends it."""
    paths = [f"/api/v1/search?{urlencode(_parameters(each.request), doseq=True)}" for each in asked]
    with _serving(data) as (process, address, started):
        client = _Client(address)
        client.get("/healthz")
        client.get(paths[0])
        start = time.perf_counter() - started
        search = summary(durations(client.get, paths))
        suggest = summary(durations(client.get, [f"/api/v1/suggest?{urlencode({'q': b})}" for b in beginnings]))
        related = summary(durations(client.get, [f"/api/v1/related?{urlencode({'iri': e})}" for e in entities]))
        return Served(round(start, 2), search, suggest, related, *_memory(process.pid))


def _parameters(request: SearchRequest) -> dict[str, str | tuple[str, ...]]:
    """The request as the API takes it (shapes on the wire)."""
    given: dict[str, str | tuple[str, ...] | int | None] = {
        "q": request.text, "lang": request.lang, "type": request.type, "field": request.field, "sort": request.sort,
        "from": request.first_year, "to": request.last_year, "limit": request.limit, "cursor": request.cursor,
        **{f"facet.{name}": values for name, values in request.facets.items()},
    }  # fmt: skip
    return {name: value if isinstance(value, tuple) else str(value) for name, value in given.items() if value}


@contextmanager
def _serving(data: Path) -> Iterator[tuple["subprocess.Popen[str]", str, float]]:
    command = [sys.executable, "-m", "cli", "--data", str(data), "serve", "--port", "0"]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = next((line.split()[-1] for line in process.stdout if " is at " in line), "")
            assert address, "the server did not start"
            yield process, address, started
        finally:
            process.terminate()


class _Client:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE)

    def get(self, path: str) -> bytes:
        """The body of an answer, which must be 200."""
        self._connection.request("GET", path, headers={"Accept": "application/json"})
        response = self._connection.getresponse()
        body = response.read()
        assert response.status == 200, f"{path}: {response.status} {body[:200]!r}"
        return body


def _memory(pid: int) -> tuple[int, int]:
    """Resident megabytes of a process, and with its children."""
    listing = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)  # noqa: S607
    rows = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
    own = next(rss for process, _, rss in rows if process == pid)
    return own // 1024, (own + sum(rss for _, parent, rss in rows if parent == pid)) // 1024
