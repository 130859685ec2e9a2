"""Fixtures by name, and records built by hand."""

import io
from collections.abc import Sequence
from pathlib import Path

from ingest import readers
from ingest.record import MarcRecord, RawRecord, Unreadable

DATA = Path(__file__).parent / "data"
LIMIT = 1_000_000
Field = tuple[str, str]
"""Tag, and its text with indicators and ``\\x1f`` delimiters."""


def load(name: str) -> bytes:
    """Bytes of a fixture."""
    return (DATA / name).read_bytes()


def split(data: bytes, name: str = "iso2709", limit: int = LIMIT) -> list[RawRecord | Unreadable]:
    """What a reader finds in ``data``."""
    return list(readers.read(io.BytesIO(data), name, limit))


def records(data: bytes, name: str = "iso2709", encoding: str | None = None) -> list[MarcRecord]:
    """Decoded records of ``data``, all of which must be readable."""
    found = split(data, name)
    assert all(isinstance(raw, RawRecord) for raw in found), found
    return [readers.decode(raw, encoding) for raw in found if isinstance(raw, RawRecord)]


def iso2709(fields: Sequence[Field], leader: str = "00000nam a2200000 a 4500", codec: str = "utf-8") -> bytes:
    """A well-formed ISO 2709 record."""
    directory, body = b"", b""
    for tag, text in fields:
        data = text.encode(codec) + b"\x1e"
        directory += f"{tag}{len(data):04}{len(body):05}".encode()
        body += data
    base = 24 + len(directory) + 1
    length = min(base + len(body) + 1, 99_999)  # longer ones say 99999
    head = f"{length:05}{leader[5:12]}{base:05}{leader[17:]}".encode()
    return head + directory + b"\x1e" + body + b"\x1d"


def title(number: int, text: str = "Title") -> bytes:
    """A record with a 001 and a 245."""
    return iso2709([("001", f"id{number}"), ("245", f"10\x1fa{text} {number} /\x1fcby someone.")])
