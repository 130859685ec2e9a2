"""Editing a record by small steps such as ``245$a=The right title``, and writing it as JSON."""

import json
import re
from collections.abc import Iterable

from common.errors import InputError
from ingest.readers.jsonvalues import interpret, parse
from ingest.record import DataField, Document, MarcRecord

_STEP = re.compile(
    r"(?P<tag>LDR|\d{3})(?:\[(?P<n>\d+)\])?(?:\$(?P<code>[a-z0-9]))?(?P<op>=|-)(?P<value>.*)\Z", re.DOTALL
)
_DOCUMENT_STEP = re.compile(r"(?P<key>\w+)(?P<op>=|-)(?P<value>.*)\Z", re.DOTALL)
_STRUCTURED = ("[", "{")
HELP = "TAG$c=text sets, TAG$c- removes a subfield; TAG[2]$c means the second field of that tag; TAG- removes a field"
DOCUMENT_HELP = 'KEY=text sets a key, KEY=["…", "…"] a list, KEY- removes it'


def apply_edits(record: MarcRecord, steps: Iterable[str]) -> None:
    """Changes ``record`` step by step.

    Raises:
        InputError: A step has another form, or names a field that is not there; says which.
    """
    for step in steps:
        match = _STEP.match(step)
        if match is None or (match["op"] == "-" and match["value"]):
            raise InputError(f"edit {step!r}: not understood; {HELP}")
        number = int(match["n"] or 1)
        if match["tag"] == "LDR":
            record.leader = match["value"]
        elif match["tag"] < "010":
            _edit_control(record, match["tag"], match["value"] if match["op"] == "=" else None)
        else:
            _edit_field(
                record, match["tag"], number, match["code"], match["value"] if match["op"] == "=" else None, step
            )


def _edit_control(record: MarcRecord, tag: str, value: str | None) -> None:
    record.control = [(t, v) for t, v in record.control if t != tag]
    if value is not None:
        record.control.append((tag, value))
        record.control.sort(key=lambda field: field[0])


def _edit_field(record: MarcRecord, tag: str, number: int, code: str | None, value: str | None, step: str) -> None:
    fields = [field for field in record.fields if field.tag == tag]
    if len(fields) < number:
        if value is None or code is None or number > len(fields) + 1:
            raise InputError(f"edit {step!r}: the record has {len(fields)} fields {tag}")
        fields.append(DataField(tag, " ", " ", []))
        record.fields.append(fields[-1])
        record.fields.sort(key=lambda field: field.tag)
    field = fields[number - 1]
    if code is None:
        if value is not None:
            raise InputError(f"edit {step!r}: say which subfield; {HELP}")
        record.fields.remove(field)
        return
    _edit_subfield(field, code, value)
    if not field.subfields:
        record.fields.remove(field)


def _edit_subfield(field: DataField, code: str, value: str | None) -> None:
    at = next((i for i, (c, _) in enumerate(field.subfields) if c == code), None)
    if value is None:
        field.subfields = [(c, v) for c, v in field.subfields if c != code]
    elif at is None:
        field.subfields.append((code, value))
    else:
        field.subfields[at] = (code, value)


def to_json(record: MarcRecord) -> bytes:
    """The record as MARC-in-JSON (https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description), UTF-8."""
    fields: list[dict[str, object]] = [{tag: value} for tag, value in record.control]
    for field in record.fields:
        subfields = [{code: value} for code, value in field.subfields]
        fields.append({field.tag: {"ind1": field.ind1, "ind2": field.ind2, "subfields": subfields}})
    return json.dumps({"leader": record.leader, "fields": fields}, ensure_ascii=False).encode()


def edit_document(document: Document, steps: Iterable[str]) -> None:
    """Changes ``document`` step by step: ``title=The right title``, ``subjects=["one", "two"]``, ``lang-``.

    Raises:
        InputError: A step has another form, or leaves no document; says which.
    """
    content = dict(document.content)
    for step in steps:
        match = _DOCUMENT_STEP.match(step)
        if match is None or (match["op"] == "-" and match["value"]):
            raise InputError(f"edit {step!r}: not understood; {DOCUMENT_HELP}")
        if match["op"] == "-":
            content.pop(match["key"], None)
        else:
            content[match["key"]] = _json_value(match["value"])
    changed = interpret(content)
    document.id, document.content, document.fields = changed.id, changed.content, changed.fields
    document.deleted, document.fault = changed.deleted, changed.fault


def _json_value(text: str) -> object:
    """A text as it stands; what begins like a list or an object is read as one."""
    return parse(f'{{"value": {text}}}')["value"] if text.lstrip().startswith(_STRUCTURED) else text


def to_line(document: Document) -> bytes:
    """The document as a line of JSON Lines, UTF-8."""
    return json.dumps(document.content, ensure_ascii=False).encode("utf-8", "replace")
