r"""Where one ISO 2709 record ends and the next begins, when leader lengths and terminators can't be trusted.

The terminator ``\x1d`` rules; the length in the leader decides only where the two differ.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.readers.window import Window
from ingest.record import RawRecord, Unreadable

_PADDING = re.compile(rb"[\r\n\x00\x1a]*")
_BOM = b"\xef\xbb\xbf"
# Leader and first directory entry, with their fixed parts: not found by chance inside a field.
_START = re.compile(
    rb"[0-9]{5}[a-z][a-z][^\x1d-\x1f]{5}[0-9]{5}[^\x1d-\x1f]{3}45[^\x1d-\x1f]{1,2}[0-9A-Za-z]{3}[0-9]{9}"
)
_START_LENGTH = 36
_LEADER_LENGTH = 24
_PADDED_START = re.compile(rb"[\r\n\x00\x1a ]{0,4}" + _START.pattern)


def split(stream: BinaryIO, limit: int, name: str) -> Iterator[RawRecord | Unreadable]:
    """Records of ``stream`` in order, none longer than ``limit`` bytes."""
    window = Window(stream)
    if window.peek(3) == _BOM:
        window.take(3)
    position = 0
    while _skip_padding(window):
        offset = window.offset
        end = window.find(b"\x1d", 0, limit)
        if end >= 0 and _declared(window) == end + 1:
            position += 1
            yield RawRecord(window.take(end + 1), name, position, offset)
            continue
        cut = _cut(window, end, limit)
        if isinstance(cut, int) and not window.peek(cut).strip():
            window.take(cut)  # blanks before a leader are nobody's record
            continue
        position += 1
        if isinstance(cut, int):
            data = window.take(cut)
            reason = _why_not(data)
            yield Unreadable(data, position, offset, reason) if reason else RawRecord(data, name, position, offset)
        else:
            yield Unreadable(window.peek(limit), position, offset, f"no end within {limit} bytes")
            window.skip_past(b"\x1d")


def _skip_padding(window: Window) -> bool:
    """Moves to the next byte that belongs to a record; False at the end."""
    while window.ensure(1):
        padding = _PADDING.match(window.data, window.pos)
        window.pos = padding.end() if padding else window.pos
        if window.pos < len(window.data):
            return True
    return False


def _declared(window: Window) -> int:
    """Length according to the leader, 0 if it says nothing."""
    digits = window.data[window.pos : window.pos + 5]
    return int(digits) if digits.isdigit() else 0


def _cut(window: Window, end: int, limit: int) -> int | None:
    """Bytes of the record at hand whose length and terminator disagree; None: longer than ``limit``."""
    if end < 0 and window.ensure(limit + 1):
        return _next_start(window.peek(limit)) or None
    piece = window.peek(end + 1 if end >= 0 else limit)
    length = _declared(window)
    if length > len(piece) and _terminator_inside(window, len(piece), length):
        return length
    if _LEADER_LENGTH < length < len(piece) and _PADDED_START.match(piece, length):
        return length  # the terminator is missing
    return _next_start(piece) or len(piece)


def _terminator_inside(window: Window, first: int, length: int) -> bool:
    """Whether the terminator at ``first`` is a stray one: the record goes on to where its leader says."""
    data = window.peek(length + _START_LENGTH + 2)
    if len(data) < length or data[length - 1] != 0x1D:  # noqa: PLR2004  record terminator
        return False
    goes_on = not _START.search(data, first, length)
    return goes_on and (len(data.strip()) <= length or _PADDED_START.match(data, length) is not None)


def _next_start(piece: bytes) -> int:
    """Where another record begins inside ``piece``, because this one was cut off; 0: nowhere."""
    found = _START.search(piece, 0 if not _START.match(piece) else _LEADER_LENGTH)
    return found.start() if found else 0


def _why_not(data: bytes) -> str | None:
    """Why ``data`` is no record; None: worth decoding."""
    if b"\x1e" not in data or len(data) <= _LEADER_LENGTH:
        return f"no MARC record: {len(data)} bytes without field terminator"
    if data[-1] in b"\x1d\x1e":
        return None
    length = int(data[:5]) if data[:5].isdigit() else 0
    if length in (len(data), len(data) + 1):
        return None
    return f"cut off: {len(data)} of {length} bytes" if length > len(data) else "cut off: no terminator"
