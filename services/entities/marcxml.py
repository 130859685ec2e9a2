"""A source record as MARCXML (https://www.loc.gov/standards/marcxml/), read again from the archive's original bytes."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ingest import readers
from ingest.archive import Archive, Archived
from ingest.record import MarcRecord, RawRecord

MEDIA_TYPE = "application/marcxml+xml"
_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def archived_record(archive: Archive, graph: str) -> Archived | None:
    """The archived MARC record behind a named graph; None if there is none, it is deleted, or it is no MARC."""
    found = archive.find_graph(graph)
    return found if found is not None and found.data and found.kind != "document" else None


def marcxml(archived: Archived) -> str:
    """The record as a MARCXML document."""
    raw = RawRecord(archived.data, archived.format, 1, 0)
    record = readers.decode(raw, archived.encoding or None)
    assert isinstance(record, MarcRecord)  # noqa: S101  archived_record gives no other
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *_lines(record), ""))


def _lines(record: MarcRecord) -> Iterator[str]:
    yield f'<record xmlns="{_NAMESPACE}">'
    yield f"  <leader>{_text(record.leader)}</leader>"
    for tag, value in record.control:
        yield f"  <controlfield tag={_attribute(tag)}>{_text(value)}</controlfield>"
    for field in record.fields:
        yield f"  <datafield tag={_attribute(field.tag)} ind1={_attribute(field.ind1)} ind2={_attribute(field.ind2)}>"
        for code, value in field.subfields:
            yield f"    <subfield code={_attribute(code)}>{_text(value)}</subfield>"
        yield "  </datafield>"
    yield "</record>"


def _text(value: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", value))
