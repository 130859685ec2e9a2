import io
import socket
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.errors import FormatError, QuerySyntaxError, StoreBusyError, StoreError
from common.namespaces import Graphs
from common.settings import Settings
from graph.backends.oxigraph import OxigraphStore
from graph.bulk import render
from graph.changeset import Changeset, Receipt, Suppression
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import MergedGraph
from graph.open import open_graph, own_graph
from graph.owner.client import OwnedGraph, connect
from graph.owner.server import Owner
from graph.store import Solutions

ROOT = Path(__file__).parents[3]
ONE, TWO = '<a:s> <a:p> "1 \\" 汉"@zh', '<a:s> <a:p> "2"'

SERVER = """
import sys
from pathlib import Path
from common.settings import Settings
from graph.open import own_graph
with own_graph(Settings(data=Path(sys.argv[1]))):
    print("ready", flush=True)
    sys.stdin.readline()
"""


def serve(data: Path) -> subprocess.Popen[str]:
    """A second process that owns the store; it ends when its input does."""
    command = [sys.executable, "-c", SERVER, str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    """Ends the process and closes its pipes."""
    process.communicate("\n", timeout=20)


@pytest.fixture(params=["short", "long" * 40])
def owned(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[KnowledgeGraph]:
    """A client of a second process; once with a path too long for a socket."""
    data = tmp_path / request.param
    process = serve(data)
    with open_graph(Settings(data=data)) as graph:
        assert isinstance(graph, OwnedGraph)
        yield graph
    end(process)
    assert not (data / "owner.sock").exists()


def test_every_call_reaches_the_owner(owned: KnowledgeGraph, tmp_path: Path) -> None:
    """The client gives what a merge in this process gives."""
    assert owned.bulk_commit([render("g:1", [ONE])], "system:test", "bulk") == Receipt(1, 1, 0)
    suppression = Suppression(TWO, "g:2", "account:1", "no")
    changes = Changeset("system:test", "x", replace={"g:2": [TWO]}, add=[(ONE, "g:3")], suppress=[suppression])
    assert owned.commit(changes) == Receipt(2, 2, 1)
    assert owned.sequence == 2
    assert owned.has_graph("g:1")
    assert not owned.has_graph("g:9")
    assert owned.graph_statements("") == [ONE]
    assert owned.suppressions() == [suppression]
    assert owned.suppressed_graphs() == {"g:2"}
    assert owned.query("SELECT ?z ?o { ?s ?p ?o }") == Solutions(["z", "o"], [(None, ONE.split(" ", 2)[2])])
    assert owned.query("ASK { $s ?p ?o }", {"s": "<a:s>"}) is True
    assert owned.query("CONSTRUCT WHERE { ?s ?p ?o }") == [ONE]
    assert owned.verify() == []
    assert len(owned.canonical_digest()) == 64
    output = io.BytesIO()
    owned.dump(output, "g:2")
    assert output.getvalue().decode() == f"{TWO} .\n"
    snapshot = owned.snapshot(tmp_path / "copy")
    assert (snapshot.sequence, (snapshot.path / "CURRENT").exists()) == (2, True)


def test_errors_keep_their_class(owned: KnowledgeGraph) -> None:
    """What the owner raises, the client raises, with line and column; the connection goes on working."""
    with pytest.raises(QuerySyntaxError) as caught:
        owned.query("SELECT nonsense")
    assert caught.value.line == 1
    with pytest.raises(StoreError):
        owned.bulk_commit([b"nonsense\n"], "system:test", "")
    with pytest.raises(ValueError, match="author"):
        owned.bulk_commit([], "A Name", "")
    assert owned.sequence == 0


def test_an_error_of_the_owners_system_is_no_lost_connection(tmp_path: Path) -> None:
    """A full disk on the owner's side reaches the client in words, and the connection goes on working."""

    class Full(MergedGraph):
        def has_graph(self, graph: str) -> bool:
            raise OSError(28, "No space left on device", graph)

    merged = Full(OxigraphStore(None), Graphs("https://b.example/"))
    with Owner(merged, tmp_path / "owner.sock"):
        client = connect(tmp_path / "owner.sock", merged.graphs)
        assert client
        with pytest.raises(StoreError, match="No space left"):
            client.has_graph("g:1")
        assert client.sequence == 0
        client.close()


def test_a_dump_that_can_not_be_written_ends_the_connection(tmp_path: Path) -> None:
    """The rest of it is not taken for the answer to another call."""

    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    merged = MergedGraph(OxigraphStore(None), Graphs("https://b.example/"))
    merged.bulk_commit([render("g:1", [ONE])], "system:test", "")
    with Owner(merged, tmp_path / "owner.sock"):
        client = connect(tmp_path / "owner.sock", merged.graphs)
        assert client
        with pytest.raises(OSError, match="No space left"):
            client.dump(Full())
        with pytest.raises(StoreError, match="has ended"):
            _ = client.sequence


def test_what_speaks_otherwise_is_refused(tmp_path: Path) -> None:
    """Bytes of another protocol end the connection; the owner serves the next client."""
    merged = MergedGraph(OxigraphStore(None), Graphs("https://b.example/"))
    with Owner(merged, tmp_path / "owner.sock"):
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(tmp_path / "owner.sock"))
            stranger.sendall(struct.pack("!IQ", 4, 0) + b"{{{{")
            assert stranger.recv(1) == b""
        client = connect(tmp_path / "owner.sock", merged.graphs)
        assert client
        assert client.sequence == 0
        client.close()


def test_an_aborted_stream_writes_nothing(tmp_path: Path) -> None:
    """The client's iterable fails in the middle: the owner writes nothing and serves the next client."""
    data = tmp_path / "data"

    def chunks() -> Iterator[bytes]:
        yield render("g:1", [ONE])
        raise RuntimeError("the source is broken")

    process = serve(data)
    with open_graph(Settings(data=data)) as graph, pytest.raises(RuntimeError):
        graph.bulk_commit(chunks(), "system:test", "")
    with open_graph(Settings(data=data)) as graph:
        assert graph.sequence == 0
    end(process)


def test_a_killed_owners_socket_is_recognised(tmp_path: Path) -> None:
    """The socket that a killed owner leaves is no hindrance, and the next owner replaces it."""
    data = tmp_path / "data"
    process = serve(data)
    process.kill()
    process.communicate()
    assert (data / "owner.sock").exists()
    with open_graph(Settings(data=data)) as graph:
        assert isinstance(graph, MergedGraph)
    with own_graph(Settings(data=data)):
        assert stat.S_IMODE((data / "owner.sock").stat().st_mode) == 0o600


def test_an_owner_that_ends_is_named(tmp_path: Path) -> None:
    """A client whose owner was killed says so in one line."""
    process = serve(tmp_path)
    with open_graph(Settings(data=tmp_path)) as graph:
        process.kill()
        process.communicate()
        with pytest.raises(StoreError, match="has ended"):
            _ = graph.sequence


def test_a_store_that_stays_busy_is_an_error(tmp_path: Path) -> None:
    """Somebody holds the store and does not listen: after a short wait that is said."""
    settings = Settings(data=tmp_path)
    with open_graph(settings), pytest.raises(StoreBusyError), open_graph(settings):
        pass


def test_a_short_command_is_waited_for(tmp_path: Path) -> None:
    """A command that holds the store for a moment delays the next one and does not fail it."""
    code = (
        "import sys, time; from pathlib import Path; from graph.backends.oxigraph import OxigraphStore\n"
        "store = OxigraphStore(Path(sys.argv[1])); print('open', flush=True); time.sleep(0.5); store.close()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "graph")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        start = time.monotonic()
        with open_graph(Settings(data=tmp_path)) as graph:
            assert graph.sequence == 0
        assert time.monotonic() - start > 0.2


def test_another_base_is_refused(tmp_path: Path) -> None:
    """The data directory remembers its base IRI."""
    with open_graph(Settings(data=tmp_path)):
        pass
    with pytest.raises(FormatError, match="base IRI"), open_graph(Settings(data=tmp_path, base="https://o.example/")):
        pass
