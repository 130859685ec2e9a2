"""The web server of an installation: opens everything, listens, and closes everything in order."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from types import FrameType
from typing import Any, NoReturn

import structlog
import waitress.server
from flask import Flask

from api.app import create_app
from api.logs import configure_logs
from api.platform import Platform
from api.views.graphs import LONGEST_BODY
from common.errors import ConfigurationError
from common.settings import Settings
from graph.directory import DataDirectory
from graph.open import own_graph
from graph.snapshots import snapshots
from ingest.archive import Archive
from people.opening import People
from services.derived import Follower
from services.search.index import TextIndex
from services.search.searcher import Searcher
from services.sparql.pool import QueryPool
from services.statistics.statistics import StatisticsKeeper

_PORTS_TRIED = 20
_HIGHEST_PORT = 65_535
_BACKLOG = 1024
_THREADS = 8
_LONGEST_BODY = 4 * LONGEST_BODY
"""Up to here a body that is too long gets an answer in words; beyond, the connection closes."""
_log = structlog.get_logger()


@contextmanager
def open_platform(settings: Settings) -> Iterator[Platform]:
    """An installation with its graph owned by this process, and query workers on their way.

    Raises:
        StoreBusyError: Another process owns the graph.
        FormatError, StoreReadOnlyError: See ``graph.open``.
    """
    with own_graph(settings) as graph:
        directory = DataDirectory(settings.data)
        kept = snapshots(graph, directory.snapshots)
        pool = QueryPool(settings, kept)
        people = People(settings)
        searcher = Searcher(graph, TextIndex(directory.text_index))
        follower = Follower(graph, directory)
        follower.start()
        try:
            with Archive(directory.archive) as archive:
                statistics = StatisticsKeeper(pool, settings.graphs)
                yield Platform(settings, graph, pool, people, archive, searcher, statistics)
        finally:
            follower.stop()
            people.close()
            pool.close()
            kept.close()


def serve(settings: Settings, announce: Callable[[str], None], *, quiet: bool = False) -> None:
    """Serves until SIGINT or SIGTERM; ``announce`` gets the address when requests are accepted.

    With ``quiet`` only what is wrong is logged, as suits somebody who tries it out.

    Raises:
        ConfigurationError: No port from ``settings.port`` on is free.
    """
    started = time.monotonic()
    configure_logs(quiet=quiet)
    signal.signal(signal.SIGTERM, _stop)
    with open_platform(settings) as platform:
        server = listen(create_app(platform), settings.host, settings.port)
        announce(f"http://{_host(settings.host)}:{server.effective_port}/")
        _log.info("serving", seconds=round(time.monotonic() - started, 2), changeset=platform.graph.sequence)
        try:
            server.run()
        finally:
            server.close()
            _log.info("stopped")


def listen(app: Flask, host: str, port: int) -> Any:
    """A server on the first free port from ``port`` on; 0 lets the system choose."""
    last = min(port + _PORTS_TRIED, _HIGHEST_PORT)
    for candidate in range(port, last + 1):
        try:
            family = socket.getaddrinfo(host, candidate, type=socket.SOCK_STREAM)[0][0]
            listening = socket.create_server((host, candidate), family=family, backlog=_BACKLOG)
        except socket.gaierror as error:
            raise ConfigurationError(f"can't listen on {host}: no such address") from error
        except OSError as error:
            if error.errno != EADDRINUSE:
                raise ConfigurationError(f"can't listen on {host}:{candidate}: {error.strerror}") from error
        else:
            return _server(app, listening)
    raise ConfigurationError(f"no free port from {port} to {last} on {host}")


def _server(app: Flask, listening: socket.socket) -> Any:
    return waitress.server.create_server(
        app,
        sockets=[listening],
        threads=_THREADS,
        ident="",
        max_request_body_size=_LONGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
