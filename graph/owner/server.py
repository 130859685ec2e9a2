"""The owner's side: a socket in the data directory, and a thread for each client that sends its work there."""

import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from socket import SHUT_RDWR, socket
from tempfile import SpooledTemporaryFile
from threading import Lock, Thread
from types import TracebackType
from typing import IO, Any, Self

from graph.knowledge_graph import KnowledgeGraph
from graph.owner import address, wire

_SPOOL_BYTES = 64 << 20
_LENGTH = struct.Struct("!Q")


class Owner:
    """Lets other processes work on a graph that this one owns, for the length of a ``with`` block.

    Args:
        graph: The graph, whose store this process has open.
        path: Path of the socket (``DataDirectory.socket``).
    """

    def __init__(self, graph: KnowledgeGraph, path: Path) -> None:
        self._graph = graph
        self._path = path
        self._clients: dict[socket, Thread] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Starts to listen."""
        self._server = address.listen(self._path)
        self._accepting = Thread(target=self._accept, name="owner", daemon=True)
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops to listen, lets calls in progress end, and closes the connections."""
        address.remove(self._path)
        with suppress(OSError):
            self._server.shutdown(SHUT_RDWR)
        self._server.close()
        self._accepting.join()
        with self._lock:
            clients = list(self._clients.items())
        for connection, thread in clients:
            # Ends the thread where it waits for the next call; an answer can still be sent.
            with suppress(OSError):
                connection.shutdown(0)
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            thread = Thread(target=self._serve, args=(connection,), name="owner client", daemon=True)
            with self._lock:
                self._clients[connection] = thread
            thread.start()

    def _serve(self, connection: socket) -> None:
        with connection, suppress(wire.ConnectionLostError):
            while frame := wire.receive(connection):
                answer(self._graph, connection, frame[0])
        with self._lock:
            self._clients.pop(connection, None)


def answer(graph: KnowledgeGraph, connection: socket, header: wire.Header) -> None:
    """Runs one call and sends its result or its error.

    Raises:
        ConnectionLostError: The client is gone.
    """
    try:
        value = CALLS[header["call"]](graph, connection, header.get("arguments", {}))
    except wire.ConnectionLostError:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the client raises it
        wire.send(connection, wire.error_header(error))
    else:
        wire.send(connection, {"value": value})


def _bulk_commit(graph: KnowledgeGraph, connection: socket, arguments: dict[str, Any]) -> wire.Header:
    """Takes in the whole stream before the writer's lock is taken: a client that hangs must not hold it."""
    with SpooledTemporaryFile(_SPOOL_BYTES) as spool:
        for chunk in wire.receive_chunks(connection):
            spool.write(_LENGTH.pack(len(chunk)))
            spool.write(chunk)
        spool.seek(0)
        return wire.receipt_header(graph.bulk_commit(_spooled(spool), **arguments))


def _spooled(spool: IO[bytes]) -> Iterator[bytes]:
    while length := spool.read(_LENGTH.size):
        yield spool.read(_LENGTH.unpack(length)[0])


def _dump(graph: KnowledgeGraph, connection: socket, arguments: dict[str, Any]) -> None:
    graph.dump(_Frames(connection), arguments["graph"])  # type: ignore[arg-type]  # dump only writes
    wire.send(connection, {"end": True})


class _Frames:
    """A file that sends what is written to it."""

    def __init__(self, connection: socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> int:
        wire.send(self._connection, {}, bytes(data))
        return len(data)

    def flush(self) -> None:
        """Everything is sent at once."""


def _snapshot(graph: KnowledgeGraph, directory: Path) -> tuple[str, int]:
    made = graph.snapshot(directory)
    return str(made.path), made.sequence


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(values)


_Call = Callable[[KnowledgeGraph, socket, dict[str, Any]], object]

CALLS: dict[str, _Call] = {
    "hello": lambda graph, _, __: {"protocol": wire.PROTOCOL, "base": graph.graphs.base},
    "sequence": lambda graph, _, __: graph.sequence,
    "changes_since": lambda graph, _, given: wire.changes_header(graph.changes_since(**given)),
    "followed": lambda graph, _, given: graph.followed(**given),
    "commit": lambda graph, _, given: wire.receipt_header(graph.commit(wire.read_changeset(given))),
    "bulk_commit": _bulk_commit,
    "has_graph": lambda graph, _, given: graph.has_graph(**given),
    "graph_statements": lambda graph, _, given: graph.graph_statements(**given),
    "suppressions": lambda graph, _, __: [
        (found.statement, found.graph, found.decider, found.reason) for found in graph.suppressions()
    ],
    "suppressed_graphs": lambda graph, _, __: _sorted(graph.suppressed_graphs()),
    "query": lambda graph, _, given: wire.result_header(graph.query(**given)),
    "compact": lambda graph, _, __: graph.compact(),
    "snapshot": lambda graph, _, given: _snapshot(graph, Path(given["directory"])),
    "dump": _dump,
    "verify": lambda graph, _, __: graph.verify(),
    "canonical_digest": lambda graph, _, __: graph.canonical_digest(),
}
"""What a client may call."""
