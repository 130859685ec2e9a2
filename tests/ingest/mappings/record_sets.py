"""Sets of real files, read as an ingest reads them: whatever a folder holds, archives and all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from common.errors import InputError
from ingest import readers
from ingest.ledger import Ledger
from ingest.prepare import Prepared, Preparer
from ingest.record import MarcRecord, RawRecord, Unreadable
from ingest.sources import open_sources

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = REPOSITORY.parent / "shared" / "data" / "marc"
SAMPLES = REPOSITORY / "samples" / "marc"
CLASSICS = [
    REPOSITORY / "samples" / "classics" / f"{name}.xml" for name in ("bibliographic", "authorities", "holdings")
]
LIMIT = 10_000_000
BASE = "https://x.example/"


def shared(*names: str) -> list[Path]:
    """Folders of the shared data; skips the test where they are not present."""
    folders = [SHARED / name for name in names]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("needs the shared data, part of which may not be copied")
    return folders


def raw_records(path: Path) -> Iterator[tuple[str, list[RawRecord | Unreadable]]]:
    """Name and records of each file of ``path`` that holds MARC."""
    for source in open_sources([str(path)]):
        with source.open() as stream:
            head = stream.read(readers.HEAD)
        try:
            found = readers.detect(head, source.name).format
            with source.open() as stream:
                yield source.name, list(readers.read(stream, found, LIMIT))
        except InputError:
            continue  # no MARC: licences, RDF, test scripts


@cache
def decoded(path: Path) -> tuple[MarcRecord, ...]:
    """Every readable record below ``path``."""
    records = []
    for _, raws in raw_records(path):
        for raw in raws:
            if isinstance(raw, RawRecord):
                try:
                    records.append(readers.decode(raw))
                except InputError:
                    continue  # counted by the tests of the readers
    return tuple(records)


@dataclass(slots=True)
class Outcome:
    """What became of the records of a set.

    Attributes:
        readable: How many could be read.
        inside: How many the gate let through.
        outside: File and record -> why it is not in the graph.
        findings: Shape, action and place -> how often.
        ledger: What became of the subfields.
    """

    readable: int = 0
    inside: int = 0
    outside: dict[str, str] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)
    ledger: Ledger = field(default_factory=Ledger)

    def add(self, name: str, prepared: Prepared) -> None:
        """Counts one record."""
        if not prepared.kind or prepared.deleted:
            return
        self.readable += 1
        self.findings.update(f"{f.action} {f.shape.rsplit('#', 1)[-1]} {f.place}" for f in prepared.findings)
        if prepared.reason:
            self.outside[f"{name} record {prepared.raw.position}"] = prepared.reason
        else:
            self.inside += 1

    def __str__(self) -> str:
        """What is not in the graph, by reason, and every finding by shape."""
        reasons = Counter(self.outside.values())
        lines = [f"{self.inside} of {self.readable} readable records are in the graph"]
        lines += [f"  {count} are not: {reason}" for reason, count in reasons.most_common()]
        lines += [f"  {count} x {finding}" for finding, count in self.findings.most_common()]
        return "\n".join([*lines, *(f"  {place}: {reason}" for place, reason in self.outside.items())])


@cache
def outcome(*paths: Path) -> Outcome:
    """Reads, maps and validates everything below ``paths``."""
    result = Outcome()
    preparer = Preparer(BASE)
    for path in paths:
        for name, raws in raw_records(path):
            chunk = preparer.prepare(raws)
            result.ledger.add(chunk.ledger)
            for prepared in chunk.records:
                result.add(name.removeprefix(f"{path}/"), prepared)
    return result
