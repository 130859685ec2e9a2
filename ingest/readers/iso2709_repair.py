"""ISO 2709 records that are not as they should be: MARC-8, wrong lengths, damaged directories, odd bytes."""

from collections.abc import Iterator
from itertools import pairwise

from common.errors import InputError
from ingest.readers import encoding as encodings
from ingest.readers.values import add_field, warn, whole_leader, whole_tag
from ingest.record import MarcRecord

_LEADER = 24
_ENTRY = 12
_WIDTHS = ((4, 5), (5, 5), (4, 6), (5, 6), (6, 5), (6, 6))
Entry = tuple[str, int, int]
"""Tag, length and start of a directory entry; -1 where the digits are damaged."""


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``, with every repair noted in its ``warnings``.

    Raises:
        InputError: There is no leader, directory or field.
    """
    if len(data) <= _LEADER or b"\x1e" not in data:
        raise InputError(f"no MARC record: {len(data)} bytes without leader and directory")
    warnings: list[str] = []
    leader = whole_leader(data[:_LEADER].decode("latin-1"), warnings)
    if not data[:5].isdigit() or int(data[:5]) != len(data):
        warn(warnings, f"leader: length {leader[:5]!r}, is {len(data)}")
    base = _base(data, warnings)
    body = data[base:].removesuffix(b"\x1d")
    declared = encodings.UTF8 if leader[9] == "a" else encodings.MARC8
    choice = encodings.choose(body, declared, encoding)
    if choice.warning:
        warn(warnings, choice.warning)
    record = MarcRecord(leader, [], [], warnings, choice.encoding)
    for tag, value in _cut_fields(_entries(data[_LEADER : base - 1], warnings), body, warnings):
        add_field(record, whole_tag(tag, warnings), _text(value, choice.encoding, tag, warnings))
    if not record.control and not record.fields:
        raise InputError("no fields in the record")
    return record


def _base(data: bytes, warnings: list[str]) -> int:
    """Where the fields begin: the base address if a terminator stands before it, else behind the directory."""
    digits = data[12:17]
    base = int(digits) if digits.isdigit() else 0
    if _LEADER < base <= len(data) and data[base - 1] == 0x1E and (base - _LEADER - 1) % _ENTRY == 0:  # noqa: PLR2004
        return base
    found = end = data.index(b"\x1e", min(_LEADER, data.index(b"\x1e")))
    # A directory is whole entries: a terminator elsewhere is a stray one, unless there is no better.
    while end >= 0 and (end - _LEADER) % _ENTRY:
        end = data.find(b"\x1e", end + 1)
    if end < 0 or not data[_LEADER:end].replace(b" ", b"0").isalnum():
        end = found
    if end + 1 != base:
        warn(warnings, f"leader: base address {digits.decode('latin-1')!r}, is {end + 1}")
    return end + 1


def _entries(directory: bytes, warnings: list[str]) -> list[Entry]:
    """The directory's entries; one whose field or start has outgrown its digits is wider than 12 characters."""
    text = directory.decode("latin-1")
    if len(text) % _ENTRY == 0:
        cuts = [(at, 4, 5) for at in range(0, len(text), _ENTRY)]
    else:
        warn(warnings, f"directory: {len(text)} characters")
        cuts = list(_uneven(text))
    entries = [(text[at : at + 3], text[at + 3 : at + 3 + n], text[at + 3 + n : at + 3 + n + m]) for at, n, m in cuts]
    return [(tag, _number(length), _number(start)) for tag, length, start in entries if (tag + length).strip()]


def _uneven(text: str) -> Iterator[tuple[int, int, int]]:
    """Position of each entry with the digits of its length and start, by where its field must begin."""
    at = expected = 0
    while at < len(text):
        for n, m in _WIDTHS:
            if _number(text[at + 3 + n : at + 3 + n + m]) == expected:
                break
        else:
            n, m = _WIDTHS[0]
        yield at, n, m
        expected = max(_number(text[at + 3 + n : at + 3 + n + m]), 0) + max(_number(text[at + 3 : at + 3 + n]), 0)
        at += 3 + n + m


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else -1


def _cut_fields(entries: list[Entry], body: bytes, warnings: list[str]) -> list[tuple[str, bytes]]:
    """Tag and bytes of each field: by the directory where it is right, else at the terminators."""
    exact = [_slice(body, entry) for entry in entries]
    if None not in exact:
        fields = [(entry[0], value) for entry, value in zip(entries, exact, strict=True) if value is not None]
        left = body.count(b"\x1e") - len(fields)
        if left > 0:
            warn(warnings, f"directory: names {len(fields)} of {len(fields) + left} fields")
        return fields
    warn(warnings, "directory: does not agree with the fields, cut at terminators")
    return _walk(_in_data_order(entries), body, warnings)


def _slice(body: bytes, entry: Entry) -> bytes | None:
    """The field of an entry if it begins behind a terminator and ends at the next one."""
    _, length, start = entry
    end = start + length - 1
    if length < 1 or start < 0 or (start and body[start - 1 : start] != b"\x1e"):
        return None
    if body.find(b"\x1e", start) == end or (end == len(body) and body.find(b"\x1e", start) < 0):
        return body[start:end]
    return None


def _in_data_order(entries: list[Entry]) -> list[Entry]:
    """Entries by start, where their starts chain without a gap; else as they stand."""
    by_start = sorted(entries, key=lambda entry: entry[2])
    chained = sum(a[2] + a[1] == b[2] for a, b in pairwise(by_start))
    return by_start if chained * 2 > len(entries) else entries


def _walk(entries: list[Entry], body: bytes, warnings: list[str]) -> list[tuple[str, bytes]]:
    """Fields one behind the other, one for each entry."""
    fields: list[tuple[str, bytes]] = []
    at = 0
    left = body.count(b"\x1e")
    for number, (tag, length, _) in enumerate(entries):
        if at >= len(body):
            warn(warnings, f"directory: {len(entries) - number} entries without a field")
            break
        following = entries[number + 1][1] if number + 1 < len(entries) else 0
        end = _end(body, at, length, following, left - (len(entries) - number))
        fields.append((tag, body[at:end].replace(b"\x1e", b" ")))
        left -= body.count(b"\x1e", at, end + 1)
        at = end + (body[end : end + 1] == b"\x1e")
    if at < len(body):
        warn(warnings, f"{len(body) - at} bytes behind the last field of the directory")
        fields.extend(("???", part) for part in body[at:].split(b"\x1e") if part.strip())
    return fields


def _end(body: bytes, at: int, length: int, following: int, spare: int) -> int:
    """Where the field at ``at`` ends.

    Args:
        body: All fields.
        at: Where it begins.
        length: Its length according to the directory.
        following: The length of the next field, likewise.
        spare: How many terminators there are too many from here on (too few, if negative).
    """
    end = body.find(b"\x1e", at)
    end = len(body) if end < 0 else end
    declared = at + length - 1
    if length < 1 or declared == end:
        return end
    if spare > 0 and body[declared : declared + 1] == b"\x1e":
        return declared  # those inside are stray ones
    if spare > 0:
        return _fitting(body, end, following, spare)
    if spare < 0 and declared < end:
        return declared + 1 if body[declared + 1 : declared + 4].isalnum() else declared
    return end


def _fitting(body: bytes, end: int, following: int, spare: int) -> int:
    """The terminator at ``end`` or up to ``spare`` later, behind which the next field has the length it should."""
    candidate = end
    for _ in range(min(spare, 8) + 1):
        if following > 0 and body.find(b"\x1e", candidate + 1) == candidate + following:
            return candidate
        candidate = body.find(b"\x1e", candidate + 1)
        if candidate < 0:
            break
    return end


def _text(value: bytes, encoding: str, tag: str, warnings: list[str]) -> str:
    """The field's text; in MARC-8 each subfield starts from the default character sets."""
    if encoding != encodings.MARC8:
        text, bad = encodings.decode(value, encoding)
    else:
        decoded = [encodings.decode(part, encoding) for part in value.split(b"\x1f")]
        text, bad = "\x1f".join(part for part, _ in decoded), sum(count for _, count in decoded)
    if bad:
        warn(warnings, f"{tag}: {bad} bytes are no {encoding.upper()}")
    return text
