"""MARCXML (https://www.loc.gov/standards/marcxml/): any prefix or none, alone, in a collection, in OAI-PMH or SRU.

An OAI-PMH record with ``<header status="deleted">`` comes out as a record with ``d`` in leader/05. Its 001 is the local
part of the OAI identifier (what follows ``oai:domain:``), its 035 $a the whole identifier after ``(OAI-PMH)``.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from common.errors import InputError
from ingest.readers import encoding as encodings
from ingest.readers import xmlscan
from ingest.readers.transcode import text_head
from ingest.readers.values import UNKNOWN, add_data, clean, is_control, warn, whole_leader, whole_tag
from ingest.record import DataField, MarcRecord, RawRecord, Subfield, Unreadable

NAME = "marcxml"
_SLIM = re.compile(rb"loc\.gov/MARC21/slim")
_RECORD = re.compile(rb"<(?:[\w.\-]+:)?record[\s>]")
_FIELD = re.compile(rb"<(?:[\w.\-]+:)?(?:leader|controlfield|datafield)[\s>]")
_COLLECTION = re.compile(rb"<(?:[\w.\-]+:)?collection[\s>]")
_PICA = re.compile(rb"picaXML|tag=[\"'][0-9]{3}[A-Z@][\"']")
_OAI = re.compile(rb"openarchives\.org/OAI/2\.0|<OAI-PMH")
_DELETED = re.compile(rb"status\s*=\s*[\"']deleted[\"']")
_DEEPEST = 16
_MINIMAL_LEADER = "00000dam a2200000   4500"


def sniff(head: bytes) -> float:
    """How much ``head`` looks like MARCXML, 0 to 1."""
    head = text_head(head)
    if not head.lstrip().startswith(b"<") or _PICA.search(head):
        return 0.0
    if _RECORD.search(head) and _FIELD.search(head):
        return 1.0 if _SLIM.search(head) else 0.9
    if _SLIM.search(head) and _COLLECTION.search(head):
        return 0.5
    # A harvest of nothing but deletions; one of Dublin Core has them too.
    return 0.4 if _OAI.search(head) and _DELETED.search(head) and b"oai_dc" not in head else 0.0


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The records of ``stream`` as bytes; what is no record comes as ``Unreadable`` and reading goes on."""
    return xmlscan.split(stream, limit, NAME)


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``, in UTF-8 if ``encoding`` doesn't say otherwise.

    Raises:
        InputError: It is not well-formed, or no MARC record.
    """
    warnings: list[str] = []
    if encoding is None and not data.isascii():
        choice = encodings.choose(data, encodings.UTF8)
        encoding = choice.encoding
        if choice.warning:
            warnings.append(choice.warning)
    used = encodings.canonical(encoding or encodings.UTF8)
    if used != encodings.UTF8 or warnings:
        data = encodings.decode(data, used)[0].encode(encodings.UTF8, "replace")
    builder = _Builder(MarcRecord("", [], [], warnings, used))
    builder.parse(data)
    return builder.finished()


class _Builder:
    """Builds a record from the parser's events; names are compared without their prefix."""

    def __init__(self, record: MarcRecord) -> None:
        self._record = record
        self._leader: str | None = None
        self._depth = 0
        self._text: list[str] = []
        self._tag = ""
        self._field: tuple[str, str] | None = None
        self._subfields: list[Subfield] = []
        self._code = UNKNOWN
        self._deleted = False
        self._identifier = ""

    def parse(self, data: bytes) -> None:
        """Feeds ``data`` to a parser that expands no entities and loads nothing."""
        parser = expat.ParserCreate(encodings.UTF8)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            raise InputError(f"XML: {what} at line {error.lineno}, column {error.offset} of the record") from error

    def finished(self) -> MarcRecord:
        """The record, or an error if there was none."""
        record = self._record
        if self._deleted and not record.control and not record.fields:
            self._bury()
        elif self._leader is None and not record.control and not record.fields:
            raise InputError("XML without leader and fields")
        else:
            record.leader = whole_leader(self._leader or "", record.warnings)
        return record

    def _bury(self) -> None:
        local = self._identifier.split(":", 2)[-1]
        if not local:
            raise InputError("deleted OAI-PMH record without identifier")
        self._record.leader = _MINIMAL_LEADER
        self._record.control.append(("001", local))
        self._record.fields.append(DataField("035", " ", " ", [("a", f"(OAI-PMH){self._identifier}")]))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InputError(f"XML nested deeper than {_DEEPEST} elements")
        self._text.clear()
        name = name.rpartition(":")[2]
        if name == "subfield":
            self._code = attributes.get("code") or UNKNOWN
        elif name in ("datafield", "controlfield"):
            self._tag = whole_tag(attributes.get("tag", ""), self._record.warnings)
            self._subfields = []
            self._field = (_indicator(attributes.get("ind1")), _indicator(attributes.get("ind2")))
        elif name == "header":
            self._deleted = attributes.get("status") == "deleted"

    def _end(self, name: str) -> None:
        self._depth -= 1
        name = name.rpartition(":")[2]
        text = "".join(self._text)
        self._text.clear()
        if name == "subfield":
            self._subfields.append((self._code, clean(text, self._tag, self._record.warnings)))
        elif name == "datafield":
            self._data_field(text.strip())
        elif name == "controlfield":
            self._record.control.append((self._tag, clean(text, self._tag, self._record.warnings)))
        elif name == "leader":
            self._leader = text
        elif name == "identifier":
            self._identifier = text.strip()

    def _data_field(self, loose: str) -> None:
        """A data field ends; text outside of its subfields is kept under the code that nothing maps."""
        ind1, ind2 = self._field or (" ", " ")
        if loose:
            warn(self._record.warnings, f"{self._tag}: text outside of subfields")
            self._subfields.append((UNKNOWN, clean(loose, self._tag, self._record.warnings)))
        if is_control(self._tag, delimited=bool(self._subfields) and not loose):
            value = "".join(value for _, value in self._subfields)
            self._record.control.append((self._tag, value))
        else:
            add_data(self._record, self._tag, ind1, ind2, self._subfields)


def _indicator(value: str | None) -> str:
    """One character; missing and empty ones are blank."""
    return value[0] if value else " "


def _refuse_doctype(*_: object) -> None:
    raise InputError("XML with a document type definition is refused")
