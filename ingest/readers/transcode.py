"""XML and JSON text streams as UTF-8, from whatever their byte order mark or XML declaration says."""

import codecs
import io
import re
from typing import BinaryIO, cast

from common.errors import InputError

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ((re.compile(rb"[<{\[]\x00"), "utf-16-le"), (re.compile(rb"\x00[<{\[]"), "utf-16-be"))
_HEAD = 1024
_CHUNK = 1 << 16


def declared(head: bytes) -> str:
    """The encoding of a text stream by byte order mark or XML declaration; UTF-8 where it says nothing."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    for pattern, name in _UNMARKED:
        if pattern.match(head):
            return name
    found = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    name = found.group(1).decode("ascii").lower() if found else "utf-8"
    # A document whose declaration can be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if name.startswith(("utf-16", "utf16", "us-ascii", "ascii", "utf8")) else name


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """``stream`` itself if it is UTF-8, else a stream of its text in UTF-8 (offsets are then of that text).

    Raises:
        InputError: It declares an encoding that does not exist.
    """
    head = _fill(stream, _HEAD)
    name = declared(head)
    rest = cast("BinaryIO", _Joined(head, stream))
    if name == "utf-8":
        return rest
    try:
        decoder = codecs.getincrementaldecoder(name)(errors="replace")
        decoder.decode(b"")
    except (LookupError, TypeError, AssertionError) as error:
        raise InputError(f"encoding {name}: not known") from error
    return cast("BinaryIO", _Transcoded(rest, decoder))


def text_head(head: bytes) -> bytes:
    """The first bytes of a text file as UTF-8 without byte order mark, for ``sniff``."""
    name = declared(head)
    if name != "utf-8":
        try:
            head = head.decode(name, "replace").encode("utf-8", "replace")
        except (LookupError, UnicodeError):
            return head
    return head.removeprefix(codecs.BOM_UTF8)


def _fill(stream: BinaryIO, count: int) -> bytes:
    """``count`` bytes, fewer only at the end (pipes give what they have)."""
    parts: list[bytes] = []
    while count > 0 and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class _Joined(io.RawIOBase):
    """Bytes already read, then the rest of the stream."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        if self._head:
            head, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
            return head
        return self._stream.read(size)


class _Transcoded(io.RawIOBase):
    """Text of a stream in another encoding, as UTF-8."""

    def __init__(self, stream: BinaryIO, decoder: codecs.IncrementalDecoder) -> None:
        self._stream, self._decoder, self._ended = stream, decoder, False

    def read(self, _size: int = -1) -> bytes:
        """Some bytes more; none at the end. May be more than asked for: a chunk of the source at a time."""
        while not self._ended:
            chunk = self._stream.read(_CHUNK)
            self._ended = not chunk
            text = self._decoder.decode(chunk, final=self._ended)
            if text:
                return text.encode("utf-8", "replace")
        return b""
