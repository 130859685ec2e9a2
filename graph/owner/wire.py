"""Frames on the owner's socket: lengths, a JSON header, and bytes. No pickle: a socket must not run code."""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict
from socket import socket
from typing import Any

from common import errors
from graph.changes import Changes
from graph.changeset import Changeset, Receipt, Suppression
from graph.store import Result, Solutions

PROTOCOL = 2
_LENGTHS = struct.Struct("!IQ")
_MAX_PAYLOAD = 1 << 40

Header = dict[str, Any]


class ConnectionLostError(Exception):
    """The other side is gone, or does not speak this protocol."""


def send(connection: socket, header: Header, payload: bytes = b"") -> None:
    """Sends one frame.

    Raises:
        ConnectionLostError: The other side is gone.
    """
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        connection.sendall(_LENGTHS.pack(len(text), len(payload)) + text)
        if payload:
            connection.sendall(payload)
    except OSError as error:
        raise ConnectionLostError("the other side is gone") from error


def receive(connection: socket) -> tuple[Header, bytes] | None:
    """The next frame; None when the other side has closed the connection between two frames.

    Raises:
        ConnectionLostError: It closed the connection within a frame, or this is not our protocol.
    """
    start = _read(connection, _LENGTHS.size, may_end=True)
    if not start:
        return None
    header_length, payload_length = _LENGTHS.unpack(start)
    if payload_length > _MAX_PAYLOAD:
        raise ConnectionLostError("frame of an impossible length")
    try:
        header = json.loads(_read(connection, header_length).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise ConnectionLostError("not a frame of this protocol") from error
    return header, bytes(_read(connection, payload_length))


def _read(connection: socket, length: int, *, may_end: bool = False) -> bytearray:
    data = bytearray()
    while len(data) < length:
        try:
            part = connection.recv(min(length - len(data), 1 << 20))
        except OSError as error:
            raise ConnectionLostError("the other side is gone") from error
        if not part:
            if may_end and not data:
                return data
            raise ConnectionLostError("connection closed within a frame")
        data += part
    return data


def receive_chunks(connection: socket) -> Iterator[bytes]:
    """Payloads up to the frame that ends the stream.

    Raises:
        ConnectionLostError: The sender is gone.
    """
    while frame := receive(connection):
        header, payload = frame
        if header.get("end"):
            return
        yield payload
    raise ConnectionLostError("connection closed within a stream")


def error_header(error: Exception) -> Header:
    """An error as a header: its class, text and what else it carries."""
    place = {name: getattr(error, name) for name in ("line", "column") if hasattr(error, name)}
    return {"error": type(error).__name__, "message": str(error), "place": place}


def raise_error(header: Header) -> None:
    """Raises the error of a header as the class it was; returns if there is none."""
    if "error" not in header:
        return
    kind = ValueError if header["error"] == "ValueError" else getattr(errors, header["error"], None)
    if not (isinstance(kind, type) and issubclass(kind, errors.BibliographError | ValueError)):
        raise errors.StoreError(f"the store's owner failed: {header['error']}: {header['message']}")
    # Not by the class's own constructor, which would build the text a second time.
    error = kind.__new__(kind)
    error.args = (header["message"],)
    vars(error).update(header["place"])
    raise error


def changeset_header(changeset: Changeset) -> Header:
    """A changeset as JSON."""
    return asdict(changeset)


def read_changeset(header: Header) -> Changeset:
    """The changeset of ``changeset_header``."""
    pairs = {name: [(s, graph) for s, graph in header[name]] for name in ("add", "remove", "unsuppress")}
    suppress = [Suppression(**each) for each in header["suppress"]]
    return Changeset(header["author"], header["note"], replace=header["replace"], suppress=suppress, **pairs)


def changes_header(changes: Changes | None) -> Header | None:
    """What changesets touched, as JSON."""
    if changes is None:
        return None
    return {name: sorted(names) for name, names in asdict(changes).items()}


def read_changes(header: Header | None) -> Changes | None:
    """The changes of ``changes_header``."""
    return None if header is None else Changes(**{name: set(names) for name, names in header.items()})


def receipt_header(receipt: Receipt) -> Header:
    """A receipt as JSON."""
    return asdict(receipt)


def result_header(result: Result) -> Header:
    """A query's result as JSON."""
    if isinstance(result, Solutions):
        return {"variables": result.variables, "rows": list(result.rows)}
    return {"boolean": result} if isinstance(result, bool) else {"statements": result}


def read_result(header: Header) -> Result:
    """The result of ``result_header``."""
    if "rows" in header:
        return Solutions(header["variables"], [tuple(row) for row in header["rows"]])
    if "boolean" in header:
        return bool(header["boolean"])
    return list(header["statements"])
