"""Query bombs: each ends with a fitting status, the server never dies, and others are answered meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bombs import OUTSIDE, Bomb, bombs
from serving import BASE, Server, running

from common.settings import Settings
from graph.bulk import render
from graph.open import open_graph

_ALL = list(bombs())
_ONE_IN = 4
"""Of the bombs, one in so many is thrown in each run, all in ``make test-all``."""
_SECONDS = 3.0
_LOOK_UP = "SELECT ?o { <urn:n:7> <urn:p> ?o }"
BOMBS = [
    pytest.param(each, id=each.name, marks=[pytest.mark.slow] * (number % _ONE_IN > 0))
    for number, each in enumerate(_ALL)
]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory, engine_of: Callable[[Path], str]) -> Iterator[Server]:
    """A server over 2,000 numbers, with little time and memory for each query."""
    data = tmp_path_factory.mktemp("bombs")
    settings = Settings(data=data, base=BASE, store=engine_of(data))
    chain = [f'<urn:n:{n}> <urn:p> "{n}"' for n in range(2_000)]
    chain += [f"<urn:n:{n}> <urn:next> <urn:n:{n + 1}>" for n in range(2_000)]
    with open_graph(settings) as graph:
        graph.bulk_commit([render(settings.graphs.vocabulary("numbers"), chain)], "system:test", "numbers")
    with running(data, settings.store, QUERY_SECONDS=str(_SECONDS), QUERY_MEGABYTES="150", QUERY_WORKERS="3") as server:
        yield server


@pytest.fixture(scope="module")
def outside() -> Iterator[list[str]]:
    """What is asked of the address that the bombs call: nothing, if all goes well."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        do_POST = do_GET  # noqa: N815  the library's name

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    asked.append(f"http://127.0.0.1:{listener.server_port}/sparql")
    yield asked
    listener.shutdown()
    thread.join()
    listener.server_close()


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_and_others_are_answered(bomb: Bomb, target: Server, outside: list[str]) -> None:
    """Its status is a fitting one, a look-up sent meanwhile is answered, and nobody outside is asked."""
    here, *before = outside
    answers: list[int] = []
    sent = threading.Event()

    def look_up() -> None:
        sent.wait(1)
        answers.append(target.query(_LOOK_UP).status)

    beside = threading.Thread(target=look_up)
    beside.start()
    body = urlencode({"query": bomb.text.replace(OUTSIDE, here)}).encode()
    sent.set()
    start = time.monotonic()
    answer = target.ask("/sparql", "application/sparql-results+json, text/turtle", "POST", body,
                        Content_Type="application/x-www-form-urlencoded")  # fmt: skip
    taken = time.monotonic() - start
    beside.join(30)
    assert answer.status in bomb.ends, f"{answer.status} after {taken:.1f} s: {answer.text[:300]}"
    assert answers == [200]
    assert outside[1:] == before
    assert target.process.poll() is None


def test_there_are_many() -> None:
    """Of all kinds, at least forty."""
    assert len(_ALL) >= 40
    assert len({bomb.name for bomb in _ALL}) == len(_ALL)
