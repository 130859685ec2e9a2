"""The loss ledger: what became of every subfield of a file (decisions about data, 21).

Each subfield occurrence is mapped, dropped by a named rule, or unmapped; the three add up to the total by
construction, because each occurrence is counted once and classified once, by the mapping table's declarations.
A control field (00X) counts as one occurrence with the code ``-``, as does a plain value of a document: there the key
stands for the tag, and the name of a part for the code. An 880 counts as the field that its $6 names.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict

from ingest.mappings.table import WHOLE, MappingTable
from ingest.record import Record, linked_tag

MAX_EXAMPLES = 3


class LedgerTotals(TypedDict):
    """The four figures of ``ingest --json``."""

    mapped: int
    dropped: int
    unmapped: int
    total: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One kind of subfield: how often, what became of it, and why or where."""

    key: str
    count: int
    verdict: str
    rule: str | None
    reason: str | None
    examples: tuple[str, ...]


@dataclass(slots=True)
class Ledger:
    """Counts of one file or one batch; ``add`` sums ledgers.

    Attributes:
        occurrences: ``"bibliographic 245 a"`` -> count.
        examples: Key of an unmapped subfield -> up to three ``record id: value``.
        mapped: Keys that the table maps.
        dropped: Key -> rule and reason.
        unmapped: Keys that nothing maps.
    """

    occurrences: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    mapped: set[str] = field(default_factory=set)
    dropped: dict[str, tuple[str, str]] = field(default_factory=dict)
    unmapped: set[str] = field(default_factory=set)

    def count(self, record: Record, record_id: str, table: MappingTable[Any]) -> None:
        """Counts every subfield of ``record``, which ``table`` maps."""
        keys = [key for key, _ in _subfields(record, table.name)]
        self.occurrences.update(keys)
        new = set(keys) - self.mapped - self.unmapped - self.dropped.keys()
        for key in new:
            self._classify(key, table)
        if not self.unmapped.isdisjoint(keys):
            self._keep_examples(record, record_id, table.name)

    def add(self, other: "Ledger") -> None:
        """Adds the counts of ``other``."""
        self.occurrences.update(other.occurrences)
        self.mapped |= other.mapped
        self.unmapped |= other.unmapped
        self.dropped.update(other.dropped)
        for key, examples in other.examples.items():
            kept = self.examples.setdefault(key, [])
            kept.extend(examples[: MAX_EXAMPLES - len(kept)])

    def totals(self) -> LedgerTotals:
        """Mapped, dropped and unmapped occurrences, which add up to ``total``."""
        sums = Counter[str]()
        for row in self.rows():
            sums[row.verdict] += row.count
        return LedgerTotals(
            mapped=sums["mapped"], dropped=sums["dropped"], unmapped=sums["unmapped"], total=self.occurrences.total()
        )

    def rows(self) -> Iterator[LedgerRow]:
        """One row for each kind of subfield, most frequent first."""
        for key, count in sorted(self.occurrences.items(), key=lambda item: (-item[1], item[0])):
            rule, reason = self.dropped.get(key, (None, None))
            verdict = "mapped" if key in self.mapped else "dropped" if rule else "unmapped"
            yield LedgerRow(key, count, verdict, rule, reason, tuple(self.examples.get(key, ())))

    def as_json(self) -> list[dict[str, Any]]:
        """Totals are sums over these rows."""
        return [asdict(row) for row in self.rows()]

    def _classify(self, key: str, table: MappingTable[Any]) -> None:
        _, tag, code = key.split(" ", 2)
        drop = table.drop_of(tag, code)
        if drop is not None:
            self.dropped[key] = (drop.rule, drop.reason)
        elif table.is_mapped(tag, code):
            self.mapped.add(key)
        else:
            self.unmapped.add(key)

    def _keep_examples(self, record: Record, record_id: str, table_name: str) -> None:
        for key, value in _subfields(record, table_name):
            if key in self.unmapped:
                examples = self.examples.setdefault(key, [])
                if len(examples) < MAX_EXAMPLES:
                    examples.append(f"{record_id}: {value[:80]}")


def _subfields(record: Record, table_name: str) -> Iterator[tuple[str, str]]:
    """Ledger key and value of each control field and subfield."""
    for tag, value in record.control:
        yield f"{table_name} {tag} {WHOLE}", value
    for f in record.fields:
        tag = linked_tag(f) if f.tag == "880" else f.tag
        for code, value in f.subfields:
            yield f"{table_name} {tag} {code or WHOLE}", value
