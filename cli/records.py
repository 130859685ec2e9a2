"""Records on the terminal: in lines, as an excerpt of bytes, with what is wrong with them."""

from collections.abc import Iterator
from typing import Any

from common.errors import InputError
from ingest import readers
from ingest.edit import to_line
from ingest.findings import Finding
from ingest.record import DataField, Document, RawRecord, Record

_ROW = 16
_BLANK = "\\"
_NAMES = {"$": "{dollar}", "{": "{lcub}", "}": "{rcub}"}
"""What MARCMaker writes for characters that it uses itself."""
_EXCERPT = 20
"""Rows of 16 bytes shown of what can't be decoded."""


def lines(record: Record) -> Iterator[str]:
    """``245 10 $a Title $c Author``: tag, indicators (blanks as ``#``), subfields; of a document ``title: Title``."""
    if isinstance(record, Document):
        yield from (f"{field.tag}: " + ", ".join(value for _, value in field.subfields) for field in record.fields)
        return
    yield f"LDR    {record.leader}"
    for tag, value in record.control:
        yield f"{tag}    {value}"
    for field in record.fields:
        yield _line(field)


def _line(field: DataField) -> str:
    indicators = f"{field.ind1}{field.ind2}".replace(" ", "#")
    return " ".join([f"{field.tag} {indicators}", *(f"${code} {value}" for code, value in field.subfields)])


def shown(raw: RawRecord, encoding: str | None) -> list[str]:
    """The record in lines, or its bytes where it can't be decoded."""
    try:
        return list(lines(readers.decode(raw, encoding)))
    except (InputError, KeyError):
        return list(hexadecimal(raw.data))


def hexadecimal(data: bytes) -> Iterator[str]:
    """The first bytes: offset, hexadecimal, text."""
    for start in range(0, min(len(data), _ROW * _EXCERPT), _ROW):
        row = data[start : start + _ROW]
        text = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)  # noqa: PLR2004  printable ASCII
        yield f"{start:08x}  {row.hex(' '):<{3 * _ROW}} {text}"
    if len(data) > _ROW * _EXCERPT:
        yield f"… {len(data):,} bytes in all"


def finding_line(finding: Finding, language: str) -> str:
    """``violation, quarantine: 245 $a: message (value)``."""
    place = f"{finding.place}: " if finding.place else ""
    value = f" ({finding.value[:120]})" if finding.value else ""
    return f"{finding.severity}, {finding.action}: {place}{finding.message(language)}{value}"


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as ``--json`` prints it."""
    return {
        "severity": finding.severity,
        "action": finding.action,
        "shape": finding.shape,
        "place": finding.place,
        "message": finding.message(language),
        "value": finding.value,
    }


def maker(record: Record) -> str:
    """The record for an editor: in the lines of MARCMaker (``=245  10$aTitle``, blanks as backslashes), or in JSON."""
    if isinstance(record, Document):
        return to_line(record).decode()
    text = [f"=LDR  {record.leader}"]
    text += [f"={tag}  {value.replace(' ', _BLANK)}" for tag, value in record.control]
    for field in record.fields:
        indicators = f"{field.ind1}{field.ind2}".replace(" ", _BLANK)
        text.append(f"={field.tag}  {indicators}" + "".join(f"${c}{_named(v)}" for c, v in field.subfields))
    return "\n".join(text) + "\n"


def _named(value: str) -> str:
    return "".join(_NAMES.get(char, char) for char in value)
