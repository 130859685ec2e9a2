"""A server that is killed while it works, and comes back."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from common.errors import BibliographError, ConfigurationError, StoreError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta, Quad, Solutions
from services.verification import verify
from services.workspace import open_workspace
from tests.graph.neo4j.library import digest_of, embedded, installation, start, wait_for_records
from tests.services.library import ingest, write
from tests.services.test_on_a_server import books
from tools.neo4j.server import V5, process_of
from tools.servers import free_port

pytestmark = pytest.mark.slow
ALL = (None, None, None)
BEFORE: list[Quad] = [(f'<a:{n}> <a:p> "{n}"', "g:1") for n in range(5_000)]
CHANGE: list[Quad] = [(f'<b:{n}> <a:p> "{n}"', "g:2") for n in range(60_000)]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?b < ?d && ?d < ?f) }"


class Machine:
    """A server that can be killed as by a power cut, and started again over what it left.

    Args:
        directory: Its data.
        stack: Ends it.
    """

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self._directory = directory
        self._stack = stack
        self._port = free_port()
        self.address = f"bolt://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = {"dbms.security.auth_enabled": "false"}
        self._process = self._stack.enter_context(process_of(V5, self._directory, self._port, settings=settings))

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self._process.wait()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A server of the test's own."""
    with ExitStack() as stack:
        try:
            yield Machine(tmp_path / "server", stack)
        except ConfigurationError as error:
            pytest.skip(str(error))


def failing(machine: Machine, seconds: float, work: Callable[[], object]) -> str:
    """What is said when the server is killed so long after the beginning of the work."""
    said: list[BibliographError] = []

    def run() -> None:
        try:
            work()
        except BibliographError as error:
            said.append(error)

    thread = Thread(target=run)
    thread.start()
    time.sleep(seconds)
    assert thread.is_alive()
    machine.kill()
    thread.join(60)
    [error] = said
    assert isinstance(error, StoreError)
    return str(error)


def test_killed_in_the_middle_of_reading(machine: Machine) -> None:
    """A query at work and quads that are being read each end with one line; the same store goes on afterwards."""
    store = Neo4jStore(Address(machine.address))
    store.apply(Delta(add=BEFORE))
    quads = store.quads(ALL, None)
    next(quads)
    words = failing(machine, 2.0, lambda: store.query(ENDLESS))
    assert "\n" not in words
    assert machine.address.rpartition("/")[2] in words
    with pytest.raises(StoreError, match=r"127\.0\.0\.1"):
        list(quads)
    with pytest.raises(StoreError, match="can't be reached"):
        store.query("SELECT * { ?s <a:p> ?o }")
    machine.start()
    found = store.query("SELECT * { GRAPH <g:1> { ?s <a:p> ?o } }")
    assert isinstance(found, Solutions)
    assert len(found.rows) == len(BEFORE)
    store.close()


def test_killed_in_the_middle_of_writing(machine: Machine) -> None:
    """A large change ends with one line, nothing of it is there, and the same store writes it afterwards."""
    store = Neo4jStore(Address(machine.address))
    store.apply(Delta(add=BEFORE))
    words = failing(machine, 2.0, lambda: store.apply(Delta(add=CHANGE)))
    assert "\n" not in words
    assert machine.address.rpartition("/")[2] in words
    machine.start()
    assert set(store.quads(ALL, None)) == set(BEFORE)
    store.apply(Delta(add=CHANGE))
    assert set(store.quads(ALL, None)) == {*BEFORE, *CHANGE}
    store.close()


def test_killed_in_the_middle_of_an_ingest(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ends with exit code 2 and one line; run again it ends as an undisturbed one."""
    file = write(tmp_path / "books.json", *books(0, 300))
    settings = installation(tmp_path / "data", machine.address, monkeypatch)
    child = start(settings, "ingest", "--json", str(file))  # which shows no progress
    wait_for_records(settings)
    machine.kill()
    _, words = child.communicate(timeout=120)
    assert (child.returncode, words.count("\n")) == (2, 1), words
    assert words.startswith("bibliograph: 127.0.0.1:")
    machine.start()
    with open_workspace(settings) as workspace:
        ingest(workspace, file)
        assert verify(workspace).right
        digest = digest_of(workspace)
    with embedded(tmp_path / "calm", [file]) as calm:
        assert digest_of(calm) == digest
