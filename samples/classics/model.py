"""Fields and records, written as MARCXML and as ISO 2709."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SUBFIELD, FIELD_END, RECORD_END = "\x1f", "\x1e", "\x1d"


@dataclass(frozen=True)
class Field:
    """One field: a control field has ``data``, any other has indicators and subfields."""

    tag: str
    data: str = ""
    ind: str = "  "
    subs: tuple[tuple[str, str], ...] = ()


@dataclass
class Record:
    """A leader (24 characters) and fields in order."""

    leader: str
    fields: list[Field] = field(default_factory=list)

    def control(self, tag: str, data: str) -> None:
        """Add a control field."""
        self.fields.append(Field(tag, data))

    def add(self, tag: str, ind: str, *subs: str | None) -> None:
        """Add a data field; each subfield is its code and value in one string, ``None`` is skipped."""
        pairs = tuple((sub[0], sub[1:]) for sub in subs if sub)
        self.fields.append(Field(tag, "", ind, pairs))

    def sort(self) -> None:
        """Put the fields in tag order, keeping the given order within a tag."""
        self.fields.sort(key=lambda each: each.tag)


def marcxml(records: Iterable[Record]) -> bytes:
    """A MARCXML collection."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<collection xmlns="{NAMESPACE}">']
    for record in records:
        lines += ["  <record>", f"    <leader>{record.leader}</leader>"]
        for each in record.fields:
            lines += _xml_field(each)
        lines.append("  </record>")
    lines.append("</collection>\n")
    return "\n".join(lines).encode()


def _xml_field(each: Field) -> list[str]:
    if each.data:
        return [f'    <controlfield tag="{each.tag}">{escape(each.data)}</controlfield>']
    start = f'    <datafield tag="{each.tag}" ind1="{each.ind[0]}" ind2="{each.ind[1]}">'
    body = [f"      <subfield code={quoteattr(code)}>{escape(value)}</subfield>" for code, value in each.subs]
    return [start, *body, "    </datafield>"]


def iso2709(record: Record) -> bytes:
    """The record in ISO 2709, UTF-8, with lengths and addresses counted in octets."""
    directory, body = "", b""
    for each in record.fields:
        data = (_iso_field(each) + FIELD_END).encode()
        directory += f"{each.tag}{len(data):04d}{len(body):05d}"
        body += data
    base = 24 + len(directory) + 1
    total = base + len(body) + 1
    leader = f"{total:05d}{record.leader[5:12]}{base:05d}{record.leader[17:]}"
    return (leader + directory + FIELD_END).encode() + body + RECORD_END.encode()


def _iso_field(each: Field) -> str:
    if each.data:
        return each.data
    return each.ind + "".join(f"{SUBFIELD}{code}{value}" for code, value in each.subs)
