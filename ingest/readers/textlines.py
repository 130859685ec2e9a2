"""Line-by-line splitting for the text forms of MARC (``line``, ``alephseq``)."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ingest.readers.transcode import as_utf8
from ingest.readers.window import Window
from ingest.record import RawRecord, Unreadable

Judge = Callable[[bytes, bytes], bool]
"""Whether the second line begins another record than the first line of the one at hand."""
_BLANK = re.compile(rb"\s*\Z")


def lines(window: Window, limit: int) -> Iterator[bytes]:
    """Lines with their ends; one that is longer than ``limit`` comes in pieces."""
    while window.ensure(1):
        found = window.find(b"\n", 0, limit)
        yield window.take(found + 1 if found >= 0 else limit)


def split(
    stream: BinaryIO, limit: int, name: str, begins: Judge, worth: re.Pattern[bytes]
) -> Iterator[RawRecord | Unreadable]:
    """Groups of lines that are records; a group in which ``worth`` matches nowhere is ``Unreadable``."""
    window = Window(as_utf8(stream))
    group: list[bytes] = []
    size = position = offset = 0
    at = window.offset
    for line in lines(window, limit):
        blank = _BLANK.match(line) is not None
        if group and (blank or begins(group[0], line)):
            position += 1
            yield _judged(RawRecord(b"".join(group), name, position, offset), size, limit, worth)
            group, size = [], 0
        if not blank:
            if not group:
                offset = at
            size += len(line)
            if size <= limit or not group:
                group.append(line)
        at = window.offset
    if group:
        yield _judged(RawRecord(b"".join(group), name, position + 1, offset), size, limit, worth)


def _judged(raw: RawRecord, size: int, limit: int, worth: re.Pattern[bytes]) -> RawRecord | Unreadable:
    """The record, if it is one; ``size`` is its length before it was cut to ``limit``."""
    if size > limit:
        return Unreadable(raw.data[:limit], raw.position, raw.offset, f"record longer than {limit} bytes")
    if not worth.search(raw.data):
        return Unreadable(raw.data, raw.position, raw.offset, "lines that are no MARC fields")
    return raw
