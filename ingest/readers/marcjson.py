"""MARC-in-JSON (https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description), MARC-JSON, Catmandu's rows.

One object, an array, objects one behind the other, or one a line (ndjson).
"""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from common.errors import InputError
from ingest.readers import encoding as encodings
from ingest.readers import jsonscan
from ingest.readers.transcode import declared, text_head
from ingest.readers.values import UNKNOWN, add_data, clean, is_control, warn, whole_leader, whole_tag
from ingest.record import MarcRecord, RawRecord, Subfield, Unreadable

NAME = "marcjson"
_RECORD = re.compile(rb'[\s\[]*\{\s*"?(?:leader|fields|controlfield|datafield|record)"?\s*:')
_FIELDS = re.compile(rb'"?fields"?\s*:\s*\[\s*\{\s*"?[0-9A-Z]{3}"?\s*:|"?(?:controlfield|datafield)"?\s*:|\[\s*"LDR"')
_ROW_HEAD = 3
Json = Any


def sniff(head: bytes) -> float:
    """How much ``head`` looks like MARC in JSON, 0 to 1."""
    head = text_head(head)
    if not _RECORD.match(head):
        return 0.0
    return 1.0 if _FIELDS.search(head) else 0.0


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The records of ``stream`` as bytes; what is no record comes as ``Unreadable`` and reading goes on."""
    return jsonscan.split(stream, limit, NAME)


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``.

    Raises:
        InputError: It is not JSON, or no MARC record.
    """
    record = MarcRecord("", [], [])
    value = _parse(_text(data, encoding, record))
    if not isinstance(value, dict):
        raise InputError("JSON without a MARC record")
    rows = value.get("record")
    if isinstance(rows, list):
        _add_rows(record, rows)
    else:
        record.leader = _string(value.get("leader", ""))
        _add_fields(record, value)
    if not record.control and not record.fields:
        raise InputError("JSON without MARC fields")
    record.leader = whole_leader(record.leader, record.warnings)
    return record


def _text(data: bytes, encoding: str | None, record: MarcRecord) -> str:
    """The text of ``data``; invalid UTF-8 is guessed at."""
    found = declared(data)
    choice = encodings.choose(data, encodings.UTF8, encoding or (found if found != encodings.UTF8 else None))
    record.encoding = choice.encoding
    if choice.warning:
        record.warnings.append(choice.warning)
    return encodings.decode(data, choice.encoding)[0].removeprefix("\ufeff")


def _parse(text: str) -> Json:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON: {error}") from error


def _string(value: Json) -> str:
    """Text of a JSON scalar; nothing of any other."""
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _list(value: Json) -> list[Json]:
    """A list, or a lone value as one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _add_fields(record: MarcRecord, value: dict[str, Json]) -> None:
    for item in _list(value.get("fields")):
        if not isinstance(item, dict):
            warn(record.warnings, "JSON: a field that is no object")
        elif "tag" in item:
            _add_tagged(record, item)
        else:
            for tag, content in item.items():
                _add_one(record, tag, content)
    for item in _list(value.get("controlfield")) + _list(value.get("datafield")):
        if isinstance(item, dict):
            _add_tagged(record, item)


def _add_one(record: MarcRecord, tag: str, content: Json) -> None:
    """A field of MARC-in-JSON: ``{"001": "…"}`` or ``{"245": {"ind1": …, "subfields": [{"a": "…"}]}}``."""
    tag = whole_tag(tag, record.warnings)
    if not isinstance(content, dict):
        _add_control(record, tag, content)
        return
    subfields: list[Subfield] = []
    for part in _list(content.get("subfields")):
        if isinstance(part, dict):
            subfields += [(code or UNKNOWN, clean(_string(v), tag, record.warnings)) for code, v in part.items()]
        else:
            warn(record.warnings, f"{tag}: a subfield that is no object")
    add_data(record, tag, _indicator(content.get("ind1")), _indicator(content.get("ind2")), subfields)


def _add_tagged(record: MarcRecord, item: dict[str, Json]) -> None:
    """A field of MARC-JSON: ``{"tag": "245", "ind1": …, "subfield": [{"code": "a", "data": "…"}]}``."""
    tag = whole_tag(_string(item.get("tag")), record.warnings)
    parts = _list(item.get("subfield", item.get("subfields")))
    if not parts and ("data" in item or "content" in item):
        _add_control(record, tag, item.get("data", item.get("content")))
        return
    both = _string(item.get("ind")).ljust(2)
    subfields: list[Subfield] = []
    for part in parts:
        if isinstance(part, dict):
            value = next((part[key] for key in ("data", "content", "value") if key in part), "")
            code = _string(part.get("code")) or UNKNOWN
            subfields.append((code, clean(_string(value), tag, record.warnings)))
        else:
            warn(record.warnings, f"{tag}: a subfield that is no object")
    add_data(record, tag, _indicator(item.get("ind1", both[0])), _indicator(item.get("ind2", both[1])), subfields)


def _add_control(record: MarcRecord, tag: str, content: Json) -> None:
    text = clean(_string(content), tag, record.warnings)
    if is_control(tag, delimited=False):
        record.control.append((tag, text))
    else:
        warn(record.warnings, f"{tag}: no subfields")
        add_data(record, tag, " ", " ", [(UNKNOWN, text)] if text else [])


def _add_rows(record: MarcRecord, rows: list[Json]) -> None:
    """Catmandu's rows: ``["245", "1", "0", "a", "…", "c", "…"]``, control fields with code ``_``."""
    for row in rows:
        if not isinstance(row, list) or len(row) < _ROW_HEAD:
            warn(record.warnings, "JSON: a row that is no field")
            continue
        tag, ind1, ind2, *rest = (_string(cell) for cell in row)
        if tag == "LDR":
            record.leader = "".join(rest[1:2])
        elif rest[:1] == ["_"] and is_control(tag, delimited=False):
            record.control.append((tag, clean("".join(rest[1:2]), tag, record.warnings)))
        else:
            pairs = zip(rest[::2], rest[1::2], strict=False)
            subfields = [(code or UNKNOWN, clean(value, tag, record.warnings)) for code, value in pairs]
            add_data(record, whole_tag(tag, record.warnings), _indicator(ind1), _indicator(ind2), subfields)


def _indicator(value: Json) -> str:
    """One character; missing and empty ones are blank."""
    return _string(value)[:1] or " "
