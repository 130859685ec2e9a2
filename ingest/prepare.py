"""From raw bytes to what is ready to be committed: decode → map → gate. Pure work, the same in any process."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from common.errors import InputError
from common.namespaces import Graphs
from common.terms import slug
from graph.bulk import render
from ingest import readers
from ingest.archive import digest_of
from ingest.corrections import Overlay, corrected
from ingest.findings import Finding
from ingest.gate import Gate
from ingest.ledger import Ledger
from ingest.models import model_of
from ingest.record import RawRecord, RecordGraph, RecordKey, Unreadable
from ingest.upkeep import entities_of
from shapes import gate_axioms

GATE_BATCH = 50
"""Records that the gate sees together: large enough to share the set-up, small enough that one bad one costs little."""
GATE_BYTES = 1 << 20
"""Bytes likewise."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An authority as a record cites it."""

    entity: str
    graph: str
    rendered: bytes


@dataclass(slots=True)
class Prepared:
    """One record, ready to be committed, quarantined or deleted.

    Attributes:
        raw: The bytes as found, or what could not be read.
        key: Identity; for unreadable bytes, made of their digest.
        kind: ``bibliographic``, ``authority``, ``holdings``, ``document``, or "" where unreadable.
        digest: Of the original bytes.
        packed: The bytes, compressed, as the archive keeps them.
        encoding: As detected or said.
        deleted: The record says that it is deleted.
        graph: IRI of its graph.
        rendered: N-Quads of graph and merge.
        statements: How many.
        cited: The authorities that it cites.
        entities: Terms of the entities that it describes.
        findings: What the gate found.
        reason: Why it is in quarantine, "" where it is not.
        file: What it was read from, for quarantine.
    """

    raw: RawRecord | Unreadable
    key: RecordKey
    digest: bytes
    packed: bytes = b""
    kind: str = ""
    encoding: str = ""
    deleted: bool = False
    graph: str = ""
    rendered: bytes = b""
    statements: int = 0
    cited: list[Cited] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reason: str = ""
    file: str = ""


@dataclass(slots=True)
class Chunk:
    """Some records prepared together, and their share of the ledger."""

    records: list[Prepared]
    ledger: Ledger


@lru_cache(maxsize=1)
def _gate() -> Gate:
    """The gate of this process: shapes are compiled once."""
    return Gate(gate_axioms())


class Preparer:
    """Decodes, maps and validates records.

    Args:
        base: Base IRI.
        source: Supplier, None to take it from each record.
        encoding: Overrides what records declare.
        overlay: Librarians' corrections.
    """

    def __init__(
        self, base: str, source: str | None = None, encoding: str | None = None, overlay: Overlay | None = None
    ) -> None:
        self._base = base
        self._source = source
        self._encoding = encoding
        self._overlay = overlay or {}

    def prepare(self, raws: Sequence[RawRecord | Unreadable]) -> Chunk:
        """Every record of ``raws`` in order, whatever its state."""
        ledger = Ledger()
        records: list[Prepared] = []
        mapped: list[tuple[Prepared, RecordGraph]] = []
        for raw in raws:
            prepared, graph = self._map(raw, ledger)
            records.append(prepared)
            if graph is not None:
                mapped.append((prepared, graph))
        for batch in _gate_batches(mapped):
            self._validate(batch)
        return Chunk(records, ledger)

    def _map(self, raw: RawRecord | Unreadable, ledger: Ledger) -> tuple[Prepared, RecordGraph | None]:
        digest = digest_of(raw.data)
        found = corrected(raw, digest, self._overlay)
        if isinstance(found, Unreadable):
            return _unreadable(raw, digest, found.reason), None
        try:
            encoding = (found.encoding or self._encoding) if found is raw else None
            record = readers.reader(found.format).decode(found.data, encoding)
        except InputError as error:
            return _unreadable(raw, digest, str(error)), None
        model = model_of(record)
        key = found.key or model.key(record, raw.data, self._source)
        packed = zlib.compress(raw.data, 1)
        prepared = Prepared(raw, key, digest, packed, model.kind(record), record.encoding, model.deleted(record))
        prepared.graph = Graphs(self._base).record(slug(key.source), slug(key.id))
        if prepared.deleted:
            return prepared, None
        prepared.reason = model.refusal(record)
        if prepared.reason:
            return prepared, None
        try:
            graph = model.map(record, key, self._base)
        except Exception as error:  # noqa: BLE001  a fault of ours in one record must not stop the other thousands
            prepared.reason = f"mapping failed: {type(error).__name__}: {error}"
            return prepared, None
        ledger.count(record, key.id, model.table(record))
        return prepared, graph

    def _validate(self, mapped: list[tuple[Prepared, RecordGraph]]) -> None:
        verdicts = _gate().check([graph for _, graph in mapped])
        for (prepared, graph), verdict in zip(mapped, verdicts, strict=True):
            prepared.findings = verdict.findings
            if verdict.quarantined:
                first = verdict.findings[0]
                prepared.reason = f"{first.place}: {first.message()}" if first.place else first.message()
                continue
            prepared.rendered = render(graph.graph, verdict.statements)
            prepared.statements = len(verdict.statements)
            prepared.entities = sorted(entities_of(verdict.statements, self._base))
            prepared.cited = [
                Cited(f"<{iri}>", cited_graph, render(cited_graph, lines))
                for iri, (cited_graph, lines) in graph.cited.items()
            ]


def _gate_batches(mapped: list[tuple[Prepared, RecordGraph]]) -> Iterator[list[tuple[Prepared, RecordGraph]]]:
    """Batches in which no record comes twice: one would lend the other what that lacks."""
    batch: list[tuple[Prepared, RecordGraph]] = []
    graphs: set[str] = set()
    size = 0
    for prepared, graph in mapped:
        if len(batch) == GATE_BATCH or size >= GATE_BYTES or graph.graph in graphs:
            yield batch
            batch, graphs, size = [], set(), 0
        batch.append((prepared, graph))
        graphs.add(graph.graph)
        size += len(prepared.raw.data)
    if batch:
        yield batch


def _unreadable(raw: RawRecord | Unreadable, digest: bytes, reason: str) -> Prepared:
    return Prepared(raw, RecordKey("unreadable", digest.hex()), digest, reason=reason)


def statements_of(rendered: bytes) -> list[str]:
    """The statements of ``render``'s output."""
    lines = rendered.decode().split("\n")
    return [line[:-2] for line in lines[1:-1:2]]
