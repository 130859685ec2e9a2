"""What the pipeline asks of a decoded record, for each model of record: who it is, what it becomes, how it is edited.

A reader decodes to ``MarcRecord`` or to ``Document``; the stages after it ask here, and name neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ingest import edit, identity, readers
from ingest.mappings import documents, marc21
from ingest.mappings.table import DOCUMENT, MappingTable
from ingest.record import Document, MarcRecord, Record, RecordGraph, RecordKey

R = TypeVar("R", MarcRecord, Document)


@dataclass(frozen=True, slots=True)
class Model(Generic[R]):
    """Answers about records of one model.

    Attributes:
        kind: ``bibliographic``, ``authority``, ``holdings``, ``document`` …
        key: Identity, from the record, its bytes and the supplier if one was said.
        deleted: Whether the record says that it is deleted.
        refusal: Why it is not mapped though it could be decoded; "" if it is.
        table: What is mapped, for the loss ledger.
        map: Its graph, by its key and the base IRI.
        edit: Changes it by steps such as ``245$a=Title``.
        write: Its bytes after an edit, in ``written_as``.
        written_as: Name of a reader.
    """

    kind: Callable[[R], str]
    key: Callable[[R, bytes, str | None], RecordKey]
    deleted: Callable[[R], bool]
    refusal: Callable[[R], str]
    table: Callable[[R], MappingTable[R]]
    map: Callable[[R, RecordKey, str], RecordGraph]
    edit: Callable[[R, Iterable[str]], None]
    write: Callable[[R], bytes]
    written_as: str


def _marc_refusal(record: MarcRecord) -> str:
    """Kinds of MARC record that are not about a library's books, and UNIMARC."""
    kind = identity.kind_of(record)
    if kind in identity.NOT_READ.values():
        return f"a MARC {kind} record; this kind is not read"
    return "a UNIMARC record, which is not read yet; convert it to MARC 21" if readers.is_unimarc(record) else ""


MODELS: dict[type, Model[Any]] = {
    MarcRecord: Model(
        kind=identity.kind_of,
        key=identity.record_key,
        deleted=identity.is_deleted,
        refusal=_marc_refusal,
        table=marc21.table_for,
        map=marc21.map_record,
        edit=edit.apply_edits,
        write=edit.to_json,
        written_as="marcjson",
    ),
    Document: Model(
        kind=lambda _: "document",
        key=identity.document_key,
        deleted=lambda document: document.deleted,
        refusal=lambda document: document.fault,
        table=lambda _: DOCUMENT,
        map=documents.map_document,
        edit=edit.edit_document,
        write=edit.to_line,
        written_as="jsonl",
    ),
}


def model_of(record: Record) -> Model[Any]:
    """The model of a decoded record."""
    return MODELS[type(record)]
