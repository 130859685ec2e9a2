"""Where MARC records begin and end in an XML stream, found by their tags so that one broken record costs only itself.

A whole-document parser would stop at the first error. Nothing is expanded or fetched here: document type definitions
are refused, and each record is parsed alone (``marcxml``), so entities are never defined.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from common.errors import InputError
from ingest.readers.transcode import as_utf8
from ingest.readers.window import Window
from ingest.record import RawRecord, Unreadable

_PREFIX = rb"(?:[\w.\-]+:)?"
_TOKEN = re.compile(
    rb"(?P<comment><!--)|(?P<cdata><!\[CDATA\[)|(?P<doctype><!DOCTYPE)"
    rb"|(?P<close></" + _PREFIX + rb"record\s*>)|(?P<open><" + _PREFIX + rb"record(?=[\s/>]))"
)
_MARC = re.compile(rb"<" + _PREFIX + rb"(?:leader|controlfield|datafield)[\s/>]")
_DELETED = re.compile(rb"<" + _PREFIX + rb"header\s[^>]*status\s*=\s*[\"']deleted[\"']")
_HEADER_END = re.compile(rb"</((?:[\w.\-]+:)?)header\s*>")
_ENDS = {"comment": b"-->", "cdata": b"]]>"}
_LONGEST_TOKEN = 256


def split(stream: BinaryIO, limit: int, name: str) -> Iterator[RawRecord | Unreadable]:
    """MARC records of ``stream``, and OAI-PMH records whose header says that they are deleted.

    Raises:
        InputError: The document brings its own document type definition.
    """
    scan = _Scan(Window(as_utf8(stream)), limit, name)
    while (found := scan.next_record()) is not None:
        yield from found


class _Scan:
    """State of the scan: the window begins at the open record, if one is open."""

    def __init__(self, window: Window, limit: int, name: str) -> None:
        self._window, self._limit, self._name = window, limit, name
        self._at = 0
        self._open = False
        self._doomed = False
        self._position = 0

    def next_record(self) -> list[RawRecord | Unreadable] | None:
        """What the next tag brings: mostly nothing or one record; None at the end."""
        token = self._token()
        if token is None:
            return self._rest() if self._open else None
        kind, start, end = token
        if kind in _ENDS:
            closed = self._window.find(_ENDS[kind], end, self._limit)
            self._at = closed + 3 if closed >= 0 else end
            return []
        if kind == "doctype":
            self._refuse_definitions(start)
            return []
        return self._opened(start, end) if kind == "open" else self._closed(end)

    def _token(self) -> tuple[str, int, int] | None:
        """Kind, start and end of the next tag that matters, relative to the window."""
        window = self._window
        while True:
            match = _TOKEN.search(window.data, window.pos + self._at)
            if match and match.end() < len(window.data):
                return match.lastgroup or "", match.start() - window.pos, match.end() - window.pos
            have = len(window.data) - window.pos
            if not match:
                self._at = max(self._at, have - _LONGEST_TOKEN)
            if not self._open:
                window.take(self._at)
                self._at = 0
            elif self._at > self._limit:
                return None
            if not window.ensure(len(window.data) - window.pos + 1):
                return (match.lastgroup or "", match.start() - window.pos, match.end() - window.pos) if match else None

    def _opened(self, start: int, end: int) -> list[RawRecord | Unreadable]:
        """A record begins: one that is still open was a wrapper (OAI-PMH, SRU), or has lost its end."""
        lost: list[RawRecord | Unreadable] = []
        before = self._window.peek(start) if self._open else b""
        if _MARC.search(before):
            lost.append(self._unreadable(before, "record without an end"))
        elif _DELETED.search(before) and (header := _HEADER_END.search(before)):
            # Deleted, and yet with metadata: the header counts, and what it wraps is passed over.
            lost.append(self._record(before[: header.end()] + b"</" + header.group(1) + b"record>"))
            self._doomed = True
        self._window.take(start)
        self._open, self._at = True, end - start
        return lost

    def _closed(self, end: int) -> list[RawRecord | Unreadable]:
        if not self._open:
            self._at = end  # the end of a wrapper
            return []
        data = self._window.peek(end)
        found: list[RawRecord | Unreadable] = []
        if self._doomed:
            self._doomed = False
        elif _MARC.search(data) or _DELETED.search(data):
            found.append(self._record(data))
        else:
            found.append(self._unreadable(data, "record without leader and fields"))
        self._window.take(end)
        self._open, self._at = False, 0
        return found

    def _rest(self) -> list[RawRecord | Unreadable]:
        """The end of the stream, or of patience, inside a record."""
        self._open = False
        rest = self._window.peek(self._limit)
        too_long = self._window.ensure(self._limit + 1)
        reason = f"record longer than {self._limit} bytes" if too_long else f"cut off after {len(rest)} bytes"
        found = self._unreadable(rest, reason)
        if too_long:
            self._window.take(self._at)
            self._at = 0
        else:
            self._window.take(len(rest))
        return [found]

    def _record(self, data: bytes) -> RawRecord | Unreadable:
        if len(data) > self._limit:
            return self._unreadable(data[: self._limit], f"record longer than {self._limit} bytes")
        self._position += 1
        return RawRecord(data, self._name, self._position, self._window.offset)

    def _unreadable(self, data: bytes, reason: str) -> Unreadable:
        self._position += 1
        return Unreadable(data, self._position, self._window.offset, reason)

    def _refuse_definitions(self, start: int) -> None:
        """A DOCTYPE that only names a DTD is passed over (nothing is fetched); definitions are refused."""
        end = self._window.find(b">", start, start + self._limit)
        if end < 0 or b"[" in self._window.peek(end)[start:]:
            raise InputError("XML with its own document type definition is refused")
        self._at = end + 1
