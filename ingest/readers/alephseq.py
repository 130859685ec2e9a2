"""Aleph sequential: a line a field, ``000000002 24510 L $$aTitle``; Alma leaves out ``L``, NKČR has ``-`` blanks."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from common.errors import InputError
from ingest.readers import encoding as encodings
from ingest.readers import textlines
from ingest.readers.transcode import text_head
from ingest.readers.values import UNKNOWN, add_data, clean, is_control, warn, whole_leader, whole_tag
from ingest.record import MarcRecord, RawRecord, Subfield, Unreadable

NAME = "alephseq"
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?([0-9]{9,20}) ([0-9A-Z]{3})(.)(.) (?:([A-Z]) )?(.*)", re.DOTALL)
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*[0-9]{9,20} [0-9A-Z]{3}.. (?:[A-Z] )?\S")
_FIELD = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?[0-9]{9,20} [0-9A-Z]{3}.. ")
_SUBFIELD = re.compile(r"\$\$(.)")
_DASHES = re.compile(r"-{5}.{13,19}")


def sniff(head: bytes) -> float:
    """How much ``head`` looks like Aleph sequential, 0 to 1."""
    head = text_head(head)
    return 0.95 if _FIRST.match(head) and (b"LDR" in head or b"$$" in head) else 0.0


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The records of ``stream`` as bytes; what is no record comes as ``Unreadable`` and reading goes on."""
    return textlines.split(stream, limit, NAME, _begins, _FIELD)


def _begins(first: bytes, line: bytes) -> bool:
    """Another system number begins another record; a line without one belongs to the field before it."""
    a, b = _LINE.match(first), _LINE.match(line)
    return b is not None and (a is None or a.group(1) != b.group(1))


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``. ``DEL $$aY`` sets ``d`` in leader/05; without 001 the system number is it.

    Raises:
        InputError: No line is a field.
    """
    choice = encodings.choose(data, encodings.UTF8, encoding)
    record = MarcRecord("", [], [], [choice.warning] if choice.warning else [], choice.encoding)
    number = ""
    for found in _fields(data, record.warnings):
        number = number or found[0].decode("ascii")
        _add(record, *(_decoded(part, choice.encoding, record.warnings) for part in found[1:]))
    if not record.control and not record.fields:
        raise InputError("no line is an Aleph sequential field")
    if record.control_value("001") is None:
        record.control.insert(0, ("001", number))
    deleted = any(field.get("a") == "Y" for field in record.tagged("DEL"))
    record.leader = whole_leader(record.leader, record.warnings)
    if deleted:
        record.leader = f"{record.leader[:5]}d{record.leader[6:]}"
    return record


def _decoded(data: bytes, encoding: str, warnings: list[str]) -> str:
    text, bad = encodings.decode(data, encoding)
    if bad:
        warn(warnings, f"{bad} bytes are no {encoding.upper()}")
    return text


def _fields(data: bytes, warnings: list[str]) -> list[tuple[bytes, bytes, bytes, bytes, bytes]]:
    """Number, tag, indicators and content of each line; a line that is none continues the one before."""
    fields: list[tuple[bytes, bytes, bytes, bytes, bytes]] = []
    for line in data.split(b"\n"):
        match = _LINE.match(line.rstrip(b"\r"))
        if match:
            number, tag, ind1, ind2, _, content = match.groups()
            fields.append((number, tag, ind1, ind2, content))
        elif line.strip() and fields:
            warn(warnings, "a line without a field number joined to the one before")
            fields[-1] = (*fields[-1][:4], fields[-1][4] + b" " + line.strip())
        elif line.strip():
            warn(warnings, "a line before the first field dropped")
    return fields


def _add(record: MarcRecord, tag: str, ind1: str, ind2: str, content: str) -> None:
    if tag == "LDR":
        blank = "-" if _DASHES.match(content) else "^"
        record.leader = content.replace(blank, " ")
    elif is_control(tag, delimited="$$" in content):
        # In fixed fields Aleph writes blanks as ^; elsewhere a ^ is a ^.
        value = content.replace("^", " ") if tag in ("006", "007", "008") else content
        record.control.append((tag, clean(value, tag, record.warnings)))
    else:
        tag = whole_tag(tag, record.warnings)
        add_data(record, tag, ind1, ind2, _subfields(content, tag, record.warnings))


def _subfields(content: str, tag: str, warnings: list[str]) -> list[Subfield]:
    loose, *parts = _SUBFIELD.split(content)
    found = [(code, clean(value, tag, warnings)) for code, value in zip(parts[::2], parts[1::2], strict=True)]
    if loose.strip():
        warn(warnings, f"{tag}: text outside of subfields")
        found.insert(0, (UNKNOWN, clean(loose, tag, warnings)))
    return found
