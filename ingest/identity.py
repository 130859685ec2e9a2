"""Identity of a record: its supplier and its number there (decisions about data, 5)."""

from hashlib import blake2b

from ingest.record import Document, MarcRecord, RecordKey

_KINDS = {"z": "authority", "u": "holdings", "v": "holdings", "x": "holdings", "y": "holdings"}
_NO_SUPPLIER = "local"
"""Source of what neither says whose it is nor is said to be anybody's."""
#: Kinds of MARC record that are not about a library's books.
NOT_READ = {"w": "classification", "q": "community information"}


def kind_of(record: MarcRecord) -> str:
    """``bibliographic``, ``authority``, ``holdings`` or one of ``NOT_READ``, by leader/06."""
    code = record.leader[6:7]
    return _KINDS.get(code) or NOT_READ.get(code, "bibliographic")


def is_deleted(record: MarcRecord) -> bool:
    """Leader/05 ``d``; for authorities also ``s`` and ``x`` (deleted because split or replaced)."""
    status = record.leader[5:6]
    return status == "d" or (status in {"s", "x"} and record.leader[6:7] == "z")


def record_key(record: MarcRecord, data: bytes, source: str | None) -> RecordKey:
    """Source and id of a record.

    The source is ``source`` if said, else field 003, else 040 $a, else ``local``. The id is field 001, or a digest of
    the bytes where there is none. Suppliers number authorities and holdings apart from bibliographic records, so
    those ids carry their kind: ``authority:123``.
    """
    supplier = source or _clean(record.control_value("003")) or _cataloguing_agency(record) or _NO_SUPPLIER
    number = _clean(record.control_value("001")) or f"digest-{blake2b(data, digest_size=12).hexdigest()}"
    kind = kind_of(record)
    return RecordKey(supplier, number if kind == "bibliographic" else f"{kind}:{number}")


def document_key(document: Document, _: bytes, source: str | None) -> RecordKey:
    """Source and id of a document: ``source`` if said, else ``local``, and what its ``id`` says."""
    return RecordKey(source or _NO_SUPPLIER, document.id)


def _clean(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


def _cataloguing_agency(record: MarcRecord) -> str:
    for field in record.tagged("040"):
        return _clean(field.get("a"))
    return ""
