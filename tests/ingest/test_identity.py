"""Identity of a record: supplier and number, kind by kind."""

import pytest

from ingest.identity import is_deleted, kind_of, record_key
from ingest.record import RecordKey
from tests.services.library import authority, book, field, holdings


def test_supplier_is_said_or_read() -> None:
    """What was said counts, then 003, then 040 $a, then ``local``."""
    record = book("7", "x")
    assert record_key(record, b"", "SAID") == RecordKey("SAID", "7")
    assert record_key(record, b"", None) == RecordKey("TEST", "7")
    record.control = [("001", "7")]
    assert record_key(record, b"", None) == RecordKey("local", "7")
    record.fields.append(field("040 ## $a DLC $c XYZ"))
    assert record_key(record, b"", None) == RecordKey("DLC", "7")


def test_without_a_number_the_content_counts() -> None:
    """The same bytes are the same record, others another; the file's name plays no part."""
    record = book("7", "x")
    record.control = [("001", "  ")]
    keys = [record_key(record, data, "S").id for data in (b"one", b"one", b"two")]
    assert keys[0] == keys[1] != keys[2]
    assert keys[0].startswith("digest-")


@pytest.mark.parametrize(
    ("made", "kind"), [(book("5", "x"), ""), (authority("5"), "authority"), (holdings("5"), "holdings")]
)
def test_kinds_are_numbered_apart(made: object, kind: str) -> None:
    """Suppliers give bibliographic records, authorities and holdings the same numbers."""
    key = record_key(made, b"", "S")  # type: ignore[arg-type]
    assert key.id == (f"{kind}:5" if kind else "5")
    assert kind_of(made) == (kind or "bibliographic")  # type: ignore[arg-type]


def test_white_space_in_numbers_does_not_count() -> None:
    """Old systems pad the number with blanks."""
    assert record_key(book("  ocm 123 ", "x"), b"", "S") == RecordKey("S", "ocm 123")


@pytest.mark.parametrize(
    ("status", "books", "authorities"), [("d", True, True), ("s", False, True), ("x", False, True), ("n", False, False)]
)
def test_deleted_by_leader(status: str, books: bool, authorities: bool) -> None:
    """D deletes anything; s and x, split and replaced, delete an authority."""
    assert is_deleted(book("1", "x", status=status)) is books
    assert is_deleted(authority("1", status=status)) is authorities
