"""Where JSON records begin and end in a stream: in an array, one behind the other, or one a line."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.readers.transcode import as_utf8
from ingest.readers.window import Window
from ingest.record import RawRecord, Unreadable

# A string is passed as one token; a record that begins inside another says that the other has lost its end.
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*+"|(?P<first>\{\s*"?(?:leader|record)"?\s*:)|[{}\[\]"]', re.DOTALL)
_LINE = re.compile(rb"\{[^\n]*\}(?=\s*(?:\n\s*(?:\{|\Z)|\Z))")
_OPENING = b"{["
_DEEPEST = 32
_CLOSED = 0


def split(stream: BinaryIO, limit: int, name: str) -> Iterator[RawRecord | Unreadable]:
    """Objects of ``stream`` in order, none longer than ``limit`` bytes."""
    window = Window(as_utf8(stream))
    position = 0
    while _to_object(window):
        position += 1
        offset = window.offset
        length, reason = _measure(window, limit)
        data = window.take(length)
        if reason:
            yield Unreadable(data, position, offset, reason)
            if "longer" in reason:
                window.skip_past(b"\n{")
                _step_back(window)
        else:
            yield RawRecord(data, name, position, offset)


def _step_back(window: Window) -> None:
    """After a skipped record: onto the brace that was passed, if there was one."""
    if window.pos and window.data[window.pos - 1 : window.pos] == b"{":
        window.pos -= 1


def _to_object(window: Window) -> bool:
    """Moves to the next opening brace, over whatever stands between objects; False at the end."""
    while window.ensure(1):
        found = window.data.find(b"{", window.pos)
        window.pos = len(window.data) if found < 0 else found
        if found >= 0:
            return True
    return False


def _measure(window: Window, limit: int) -> tuple[int, str]:
    """Length of the object at hand, and what is wrong with it (empty: nothing)."""
    want = 4096
    while True:
        data = window.peek(min(want, limit))
        length, reason = _scan(data)
        if length:
            return length, reason
        if len(data) >= limit:
            return len(data), f"record longer than {limit} bytes"
        if len(data) < want:
            return len(data), f"cut off after {len(data)} bytes"
        want *= 4


def _scan(data: bytes) -> tuple[int, str]:
    """Length of the first object in ``data``, 0 if its end is not there; and what is wrong."""
    depth = 0
    for match in _TOKEN.finditer(data):
        token = match.group()
        if match.lastgroup == "first":
            if depth:
                return match.start(), "record without an end"
            depth = 1
        elif token in (b"{", b"["):
            depth += 1
            if depth > _DEEPEST:
                return _resume(data, match.end()), f"JSON nested deeper than {_DEEPEST}"
        elif token in (b"}", b"]"):
            depth -= 1
            if depth == _CLOSED:
                return match.end(), ""
        elif token == b'"' and data.find(b"\n", match.end()) < 0:
            return 0, ""  # a string without an end, so far; at the end of a line it is broken
    return 0, ""


def _resume(data: bytes, after: int) -> int:
    """Where to go on behind an object that is given up: the next line that begins one, or the end of what is here."""
    found = data.find(b"\n{", after)
    return found + 1 if found >= 0 else len(data)
