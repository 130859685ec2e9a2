"""The loss ledger: mapped, dropped and unmapped add up, in real files and in sums of ledgers."""

from pathlib import Path

import pytest

from ingest import readers
from ingest.ledger import Ledger
from ingest.mappings.marc21 import table_for
from ingest.quarantine import Quarantine
from ingest.record import MarcRecord
from tests.services.library import SAMPLES, book


def _records(path: Path) -> list[MarcRecord]:
    with path.open("rb") as stream:
        found = readers.detect(path.read_bytes()[: readers.HEAD], path.name)
        return [readers.decode(raw) for raw in readers.read(stream, found.format, 10_000_000)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["marc/loc.xml", "marc/folio.mrc", "classics/holdings.xml", "classics/authorities.xml"]
)
def test_real_files_add_up(name: str) -> None:
    """Every subfield and control field is counted once, under one verdict."""
    records = _records(SAMPLES / name)
    ledger = Ledger()
    for record in records:
        ledger.count(record, "id", table_for(record))
    totals = ledger.totals()
    subfields = sum(len(record.control) + sum(len(f.subfields) for f in record.fields) for record in records)
    assert totals["total"] == subfields == totals["mapped"] + totals["dropped"] + totals["unmapped"] > 0
    assert sum(row["count"] for row in ledger.as_json()) == subfields
    assert all(row["rule"] and row["reason"] for row in ledger.as_json() if row["verdict"] == "dropped")


def test_sums_do_not_depend_on_the_order() -> None:
    """Ledgers of batches, added up, are the ledger of the whole."""
    records = _records(SAMPLES / "marc" / "gwu.xml")
    whole, first, second = Ledger(), Ledger(), Ledger()
    for number, record in enumerate(records):
        for ledger in (whole, first if number < 40 else second):
            ledger.count(record, str(number), table_for(record))
    first.add(second)
    assert first.as_json() == whole.as_json()


def test_an_880_counts_as_the_field_it_names() -> None:
    """Original script is no loss of its own: it goes with its partner's tag."""
    ledger = Ledger()
    record = book("1", "Hong lou meng", "880 00 $6 245-01/$1 $a 红楼梦")
    ledger.count(record, "1", table_for(record))
    assert ledger.occurrences["bibliographic 245 a"] == 2
    assert not [key for key in ledger.occurrences if " 880 " in key]


def test_unmapped_subfields_have_up_to_three_examples() -> None:
    """An example names its record; there are never more than three of a kind."""
    ledger = Ledger()
    for number in range(5):
        record = book(str(number), "One", "999 ## $z local")
        ledger.count(record, str(number), table_for(record))
    row = next(row for row in ledger.rows() if row.key == "bibliographic 999 z")
    assert (row.count, row.verdict) == (5, "unmapped")
    assert row.examples == ("0: local", "1: local", "2: local")


def test_a_ledger_gives_way_only_to_one_that_counted_more(tmp_path: Path) -> None:
    """A later run that passes over what is unchanged must not replace the whole file's ledger by a part."""
    quarantine = Quarantine(tmp_path / "q.sqlite")
    for rows, counted in (([{"count": 9}], 3), ([{"count": 2}], 1), ([{"count": 8}], 3)):
        quarantine.keep_ledger("a.mrc", rows, counted, 3)
    (kept,) = quarantine.ledgers()
    quarantine.close()
    assert (kept.rows, kept.counted, kept.records) == ([{"count": 8}], 3, 3)
