"""JSON Lines (https://jsonlines.org): plain documents, one object a line with ``id``, ``title``, ``text`` and more.

A broken line costs only itself: lines are cut before anything is parsed. ``jsonvalues`` says what each key may hold.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.readers import encoding as encodings
from ingest.readers import marcjson
from ingest.readers.jsonvalues import interpret, parse
from ingest.readers.transcode import as_utf8, declared, text_head
from ingest.readers.window import Window
from ingest.record import Document, RawRecord, Unreadable

NAME = "jsonl"
_LOOKED_AT = 5
"""Lines of a file's head that ``sniff`` looks at: the first may be broken."""
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)"(\s*:)?|[{}\[\]"]', re.DOTALL)
_CONTENT = frozenset((b"title", b"text", b"deleted"))
_MOST_TOKENS = 5_000
_CERTAIN, _LIKELY = 0.8, 0.5


def sniff(head: bytes) -> float:
    """How much ``head`` looks like documents in JSON Lines, 0 to 1; MARC in JSON does not."""
    head = text_head(head)
    if marcjson.sniff(head):
        return 0.0
    lines = [line.strip() for line in head.split(b"\n")]
    return max(map(_likeness, [line for line in lines if line][:_LOOKED_AT]), default=0.0)


def _likeness(line: bytes) -> float:
    """By the keys of a line: an id and a content; of a line that is cut off, what there is of them."""
    if not line.startswith(b"{"):
        return 0.0
    keys = set(_keys(line))
    if b"id" in keys and not keys.isdisjoint(_CONTENT):
        return _CERTAIN
    return 0.0 if line.endswith(b"}") or keys.isdisjoint({b"id", *_CONTENT}) else _LIKELY


def _keys(line: bytes) -> Iterator[bytes]:
    """Keys of the line's own object, as far as it goes."""
    depth = 0
    for count, match in enumerate(_TOKEN.finditer(line)):
        token = match.group()
        if token == b'"' or count == _MOST_TOKENS:
            return
        if match[2] and depth == 1:
            yield match[1]
        depth += 1 if token in b"{[" else -1 if token in b"}]" else 0


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The lines of ``stream`` that are not blank, none longer than ``limit`` bytes; nothing is parsed."""
    window = Window(as_utf8(stream))
    if window.peek(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
        window.take(len(codecs.BOM_UTF8))
    position = 0
    while window.ensure(1):
        offset = window.offset
        found = window.find(b"\n", 0, limit + 1)
        line = window.take(found + 1 if found >= 0 else limit + 1)
        data = line.strip()
        if not data and (found >= 0 or len(line) <= limit):
            continue
        position += 1
        if len(line.rstrip(b"\n")) > limit:
            window.skip_past(b"\n")
            yield Unreadable(line[:limit], position, offset, f"line longer than {limit} bytes")
        else:
            yield RawRecord(data, NAME, position, offset + len(line) - len(line.lstrip()))


def decode(data: bytes, encoding: str | None = None) -> Document:
    """The document in ``data``.

    Raises:
        InputError: It is no JSON object, or has no id.
    """
    found = declared(data)
    choice = encodings.choose(data, encodings.UTF8, encoding or (found if found != encodings.UTF8 else None))
    document = interpret(parse(encodings.decode(data, choice.encoding)[0].removeprefix("\ufeff")))
    document.encoding = choice.encoding
    if choice.warning:
        document.warnings.append(choice.warning)
    return document
