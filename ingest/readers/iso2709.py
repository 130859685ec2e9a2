r"""ISO 2709, the exchange format of MARC 21 (https://www.loc.gov/marc/specifications/specrecstruc.html).

A record: leader (24 bytes), directory (12 bytes a field), ``\x1e``, fields that end in ``\x1e``, ``\x1d``. Clean
records take the straight way here (more than 30,000 a second); everything else goes through ``iso2709_repair``.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from ingest.readers import iso2709_repair, iso2709_split
from ingest.readers.encoding import ASCII, UTF8, canonical
from ingest.record import DataField, MarcRecord, RawRecord, Unreadable

NAME = "iso2709"
_LEADER = re.compile(rb"[\r\n\x00\x1a]*(?:\xef\xbb\xbf)?[0-9 ]{5}[ -~]{5}.{2}[0-9 ]{5}[ -~]{3}")
_CONTROLS = bytes(b for b in range(0x20) if b not in (0x1E, 0x1F)) + b"\x7f"
# A file that ends in the leader or directory of its first record.
_CUT = re.compile(_LEADER.pattern + rb"(?:[0-9A-Za-z]{3}[0-9]{9})*[0-9A-Za-z]{0,11}")
_NOT_IN_TEXT = bytes(b for b in range(0x20) if b not in b"\t\n\r\x1a\x1b\x1d\x1e\x1f") + b"\x7f"
_MOST_CONTROLS = 0.02
_ODD_CODE = re.compile("\x1f[^\x21-\x7e]")
_FIELD_TERMINATOR, _RECORD_TERMINATOR = 0x1E, 0x1D
_ENTRY = 12
_INDICATORS = 2


def sniff(head: bytes) -> float:
    """How much ``head`` looks like ISO 2709, 0 to 1."""
    if _LEADER.match(head) and (b"\x1e" in head or _CUT.fullmatch(head)):
        return 1.0
    # A damaged leader, but delimiters that hardly any other format uses (PICA has 1E and 1F, never 1D).
    delimited = b"\x1d" in head and b"\x1e" in head and b"\x1f" in head
    return 0.6 if delimited and _is_text(head) else 0.0


def _is_text(head: bytes) -> bool:
    """Whether control characters are rare, as they are in text of any encoding; in an image one byte in nine is one."""
    return len(head) - len(head.translate(None, _NOT_IN_TEXT)) <= _MOST_CONTROLS * len(head)


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The records of ``stream`` as bytes; what is no record comes as ``Unreadable`` and reading goes on."""
    return iso2709_split.split(stream, limit, NAME)


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``.

    Raises:
        InputError: There is no record to be had from it.
    """
    record = _straight(data, encoding)
    return iso2709_repair.decode(data, encoding) if record is None else record


def _straight(data: bytes, encoding: str | None) -> MarcRecord | None:
    """A record that is as it should be, in UTF-8 or ASCII; None for all others."""
    try:
        base = int(data[12:17])
        whole = int(data[:5]) == len(data) and data[base - 1] == _FIELD_TERMINATOR and data[-1] == _RECORD_TERMINATOR
        directory = data[24 : base - 1].decode("ascii")
        body = data[base:-1]
        text = _text(body, data[9:10], encoding) if whole else None
        if text is None or len(body.translate(None, _CONTROLS)) != len(body):
            return None
        parts = text.split("\x1e")
        sizes = list(map(len, parts if text.isascii() else body.split(b"\x1e")))
        fields = _fields(directory, parts, sizes)
        leader = data[:24].decode("ascii")
    except (ValueError, IndexError):
        return None
    if fields is None or not leader.isprintable():
        return None
    used = UTF8 if data[9:10] == b"a" or encoding else ASCII
    return MarcRecord(leader, fields[0], fields[1], encoding=used)


def _text(body: bytes, declared: bytes, encoding: str | None) -> str | None:
    """The data section in NFC; None where its encoding is not plainly UTF-8 or ASCII."""
    if encoding is not None and canonical(encoding) != UTF8:
        return None
    if declared == b"a" or encoding is not None:
        text = body.decode(UTF8)
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            return text
        text = unicodedata.normalize("NFC", text)
        # A value that begins with a diacritic must not melt with its subfield code.
        return None if _ODD_CODE.search(text) else text
    return body.decode("ascii") if b"&#x" not in body else None


def _fields(directory: str, parts: list[str], sizes: list[int]) -> tuple[list[tuple[str, str]], list[DataField]] | None:
    """Control and data fields, if every directory entry agrees with where the fields are."""
    if not directory.isalnum() or not _agrees(directory, sizes) or parts.pop():
        return None
    control: list[tuple[str, str]] = []
    fields: list[DataField] = []
    at = 0
    for part in parts:
        tag = directory[at : at + 3]
        at += _ENTRY
        if tag[:2] == "00":
            control.append((tag, part))
            continue
        head, *rest = part.split("\x1f")
        if len(head) != _INDICATORS or not rest:
            return None
        # IndexError: no code. A lone subfield is the common case, and a comprehension costs a call.
        first = rest[0]
        subfields = [(first[0], first[1:])] if len(rest) == 1 else [(piece[0], piece[1:]) for piece in rest]
        fields.append(DataField(tag, head[0], head[1], subfields))
    return control, fields


def _agrees(directory: str, sizes: list[int]) -> bool:
    """Whether the directory names the fields in order, with these sizes, without gaps (one number an entry)."""
    if len(directory) != _ENTRY * (len(sizes) - 1):
        return False
    start = 0
    for at, size in zip(range(3, len(directory), _ENTRY), sizes, strict=False):  # sizes has the empty end too
        if int(directory[at : at + 9]) != (size + 1) * 100_000 + start:
            return False
        start += size + 1
    return True
