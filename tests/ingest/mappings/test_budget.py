"""How much a record may become, and how much of it may be left out."""

from collections import Counter

from ingest.ledger import Ledger
from ingest.mappings.marc21 import map_record, table_for
from ingest.mappings.table import AUTHORITY, BIBLIOGRAPHIC, HOLDINGS
from ingest.record import MarcRecord, RecordKey

TRIPLES_PER_SUBFIELD = 2.0
UNMAPPED, DROPPED = 0.03, 0.05


def _bibliographic(records: list[MarcRecord]) -> list[MarcRecord]:
    return [record for record in records if table_for(record) is BIBLIOGRAPHIC]


def _subfields(record: MarcRecord) -> int:
    return len(record.control) + sum(len(f.subfields) for f in record.fields)


def test_a_subfield_costs_two_statements_at_most(sample_records: list[MarcRecord]) -> None:
    """Statements, those about cited authorities included, are at most twice the subfields over all samples."""
    records = _bibliographic(sample_records)
    graphs = [map_record(record, RecordKey("s", str(at)), "https://x.example/") for at, record in enumerate(records)]
    triples = sum(len(g.statements) + sum(len(lines) for _, lines in g.cited.values()) for g in graphs)
    assert triples / sum(map(_subfields, records)) <= TRIPLES_PER_SUBFIELD


def test_little_is_left_out(sample_records: list[MarcRecord]) -> None:
    """Under 3 in 100 subfields are unmapped and at most 5 dropped by rule, the libraries' own (9XX, $9) aside."""
    ledger = Ledger()
    for record in _bibliographic(sample_records):
        ledger.count(record, "1", BIBLIOGRAPHIC)
    counts: Counter[str] = Counter()
    for row in ledger.rows():
        _, tag, code = row.key.split(" ", 2)
        if tag[0] != "9" and code != "9":
            counts[row.verdict] += row.count
    assert counts["unmapped"] / counts.total() < UNMAPPED
    assert counts["dropped"] / counts.total() <= DROPPED


def test_names_titles_and_subjects_lose_nothing_by_rule() -> None:
    """No rule drops a subfield of 1XX, 245, 6XX or 7XX, and every rule says why."""
    for table in (BIBLIOGRAPHIC, AUTHORITY, HOLDINGS):
        rules = {(tag, code): drop for tag, m in table.fields.items() for code, drop in m.dropped.items()}
        rules |= {(tag, "*"): drop for tag, drop in table.whole_field_drops.items()}
        assert [key for key in rules if table is BIBLIOGRAPHIC and (key[0][0] in "167" or key[0] == "245")] == []
        assert all(drop.rule and " " in drop.reason for drop in rules.values())


def test_what_is_dropped_is_not_declared_as_mapped() -> None:
    """A subfield has one verdict."""
    for table in (BIBLIOGRAPHIC, AUTHORITY, HOLDINGS):
        for mapping in table.fields.values():
            assert mapping.mapped.isdisjoint(mapping.dropped)
