"""The client's side: a ``KnowledgeGraph`` that another process owns."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from socket import socket
from threading import Lock
from typing import IO, Any

from common.errors import StoreBusyError, StoreError
from common.namespaces import Graphs
from graph.changes import Changes
from graph.changeset import Changeset, Receipt, Suppression
from graph.explanation import Stage, passed_on
from graph.knowledge_graph import Snapshot
from graph.owner import address, wire
from graph.parameters import Value
from graph.store import Result

_ENDED = "the process that owned the store has ended; run the command again"


def connect(path: Path, graphs: Graphs) -> "OwnedGraph | None":
    """The graph of the owner that listens at ``path``; None if nobody does.

    Raises:
        StoreBusyError: Something listens that does not speak this protocol.
    """
    connection = address.connect(path)
    if connection is None:
        return None
    graph = OwnedGraph(connection, graphs)
    try:
        hello = graph.call("hello")
    except StoreError:
        # The owner was just closing.
        graph.close()
        return None
    if hello != {"protocol": wire.PROTOCOL, "base": graphs.base}:
        graph.close()
        raise StoreBusyError(f"the process that owns {path.parent} is another version or has another base: {hello}")
    return graph


class OwnedGraph:
    """Sends every call to the owner; threads may share it and take turns."""

    def __init__(self, connection: socket, graphs: Graphs) -> None:
        self._connection = connection
        self._graphs = graphs
        self._lock = Lock()

    @property
    def graphs(self) -> Graphs:
        """IRIs of the named graphs."""
        return self._graphs

    @property
    def shared(self) -> bool:
        """Only an embedded store has an owner."""
        return False

    @property
    def sequence(self) -> int:
        """Number of the last changeset; 0 for an empty graph."""
        return int(self.call("sequence"))

    def changes_since(self, number: int) -> Changes | None:
        """What changesets after ``number`` touched; see ``KnowledgeGraph``."""
        return wire.read_changes(self.call("changes_since", number=number))

    def followed(self, follower: str, number: int) -> None:
        """Notes how far something derived from the graph has come; see ``KnowledgeGraph``."""
        self.call("followed", follower=follower, number=number)

    def exclusive(self) -> AbstractContextManager[None]:
        """Nothing: the store is not shared; see ``KnowledgeGraph``."""
        return nullcontext()

    def commit(self, changeset: Changeset) -> Receipt:
        """Applies a changeset; see ``KnowledgeGraph``."""
        return Receipt(**self.call("commit", **wire.changeset_header(changeset)))

    def bulk_commit(self, chunks: Iterable[bytes], author: str, note: str) -> Receipt:
        """Streams the chunks to the owner; see ``KnowledgeGraph``."""
        with self._lock:
            self._send({"call": "bulk_commit", "arguments": {"author": author, "note": note}})
            try:
                for chunk in chunks:
                    self._send({}, chunk)
            except BaseException:
                # The stream has no end: the owner writes nothing of it.
                self.close()
                raise
            self._send({"end": True})
            return Receipt(**self._value(self._receive()[0]))

    def has_graph(self, graph: str) -> bool:
        """Whether the named graph holds any statement."""
        return bool(self.call("has_graph", graph=graph))

    def graph_statements(self, graph: str) -> list[str]:
        """Statements of one named graph; see ``KnowledgeGraph``."""
        return list(self.call("graph_statements", graph=graph))

    def suppressions(self) -> list[Suppression]:
        """All suppressions, ordered by graph and statement."""
        return [Suppression(*parts) for parts in self.call("suppressions")]

    def suppressed_graphs(self) -> set[str]:
        """IRIs of the graphs that have suppressions."""
        return set(self.call("suppressed_graphs"))

    def query(self, text: str, parameters: Mapping[str, Value] | None = None) -> Result:
        """Runs a query in the owner; see ``KnowledgeGraph``."""
        return wire.read_result(self.call("query", text=text, parameters=parameters))

    def explain(self, text: str) -> list[Stage]:
        """How a query is answered: the owner's store is always Oxigraph's."""
        return passed_on(text, "Oxigraph")

    def compact(self) -> None:
        """Has the owner rewrite what its store keeps."""
        self.call("compact")

    def snapshot(self, directory: Path) -> Snapshot:
        """Has the owner write an immutable copy."""
        path, sequence = self.call("snapshot", directory=str(directory.absolute()))
        return Snapshot(Path(path), sequence)

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """Writes N-Quads of everything, or N-Triples of one graph, as the owner sends them."""
        with self._lock:
            self._send({"call": "dump", "arguments": {"graph": graph}})
            while True:
                header, payload = self._receive()
                wire.raise_error(header)
                if header.get("end"):
                    break
                self._pass_on(payload, output)
            self._receive()

    def _pass_on(self, payload: bytes, output: IO[bytes]) -> None:
        try:
            output.write(payload)
        except BaseException:
            # What is still on its way would be taken for the answer to the next call.
            self.close()
            raise

    def verify(self) -> list[str]:
        """Differences between the default graph and its definition; [] is right."""
        return list(self.call("verify"))

    def canonical_digest(self) -> str:
        """SHA-256 over all quads but the changesets'."""
        return str(self.call("canonical_digest"))

    def close(self) -> None:
        """Closes the connection; the owner keeps the store."""
        with suppress(OSError):
            self._connection.close()

    def call(self, name: str, **arguments: object) -> Any:
        """The value of one call.

        Raises:
            StoreError: The owner is gone; anything else is what the owner's side raised.
        """
        with self._lock:
            self._send({"call": name, "arguments": arguments})
            return self._value(self._receive()[0])

    @staticmethod
    def _value(header: wire.Header) -> Any:
        wire.raise_error(header)
        return header["value"]

    def _send(self, header: wire.Header, payload: bytes = b"") -> None:
        try:
            wire.send(self._connection, header, payload)
        except wire.ConnectionLostError as error:
            raise StoreError(_ENDED) from error

    def _receive(self) -> tuple[wire.Header, bytes]:
        try:
            frame = wire.receive(self._connection)
        except wire.ConnectionLostError as error:
            raise StoreError(_ENDED) from error
        if frame is None:
            raise StoreError(_ENDED)
        return frame
