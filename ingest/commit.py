"""Commits prepared records: versions and tombstones to the archive, then graph, then findings, then marked as done.

Each step can be killed: what is archived but not marked is committed again by the next run, and committing the same
again changes nothing. Marking is last, because what is marked is not looked at again.
"""

from dataclasses import dataclass, field, fields

from common.terms import slug
from graph.knowledge_graph import KnowledgeGraph
from ingest.archive import LIVE, Archive, Entry, NewVersion
from ingest.findings import Finding
from ingest.prepare import Prepared
from ingest.quarantine import NewEntry, Quarantine
from ingest.record import RecordKey, Unreadable
from ingest.touched import Touched
from ingest.writing import GraphWriter


@dataclass(slots=True)
class Outcome:
    """What commits did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    quarantined: int = 0
    findings: int = 0
    triples: int = 0
    repeated: int = 0

    def add(self, other: "Outcome") -> None:
        """Adds another outcome to the sums."""
        for counted in fields(self):
            setattr(self, counted.name, getattr(self, counted.name) + getattr(other, counted.name))


@dataclass(slots=True)
class _Plan:
    """How a batch divides; ``live`` is what the graph shall hold, new or replaced, in the order of the file."""

    live: list[Prepared] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    superseded: list[Prepared] = field(default_factory=list)
    deleted: list[Prepared] = field(default_factory=list)
    quarantined: list[Prepared] = field(default_factory=list)
    unchanged: list[Prepared] = field(default_factory=list)
    known: dict[RecordKey, Entry] = field(default_factory=dict)


class Committer:
    """Commits batches of prepared records.

    Args:
        graph: The knowledge graph.
        archive: Original bytes and versions.
        quarantine: What can't enter, and findings.
        touched: Entities that the resolver has to look at.
        author: Token id or ``system:ingest``.
        dry_run: Only count what would change.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        archive: Archive,
        quarantine: Quarantine,
        touched: Touched,
        author: str,
        *,
        dry_run: bool = False,
    ) -> None:
        self._graph = graph
        self._archive = archive
        self._quarantine = quarantine
        self._dry_run = dry_run
        self.writer = GraphWriter(graph, touched, author)
        self.outcome = Outcome()

    def commit(self, batch: list[Prepared], *, remap: bool = False) -> None:
        """Commits one batch, of one file or several.

        Args:
            batch: The records, of which of those with the same key the last that is fit for the graph wins.
            remap: The bytes are the archive's own: only the graph changes.
        """
        plan = self._plan(batch, remap=remap)
        self._count(plan)
        if self._dry_run:
            return
        versions = self._archive_versions(plan, remap=remap) + self._bury(plan)
        same = self.writer.write(plan.live, plan.new, [prepared.graph for prepared in plan.deleted])
        self._note(plan)
        self._archive.mark(versions, self._graph.sequence)
        self.outcome.changed -= len(same)
        self.outcome.unchanged += len(same)

    def retract(self, keys: list[RecordKey]) -> None:
        """Takes out records that their source no longer holds."""
        gone = Unreadable(b"", 0, 0, "no longer in the source")
        record = self._graph.graphs.record
        self.commit(
            [Prepared(gone, key, b"", graph=record(slug(key.source), slug(key.id)), deleted=True) for key in keys]
        )

    def _plan(self, batch: list[Prepared], *, remap: bool) -> _Plan:
        plan = _Plan(quarantined=[prepared for prepared in batch if prepared.reason])
        plan.known = self._archive.latest({prepared.key for prepared in batch})
        for prepared in self._last_wins(batch, plan):
            known = plan.known.get(prepared.key)
            marked = known is not None and known.changeset is not None
            live = known is not None and known.status == LIVE
            if prepared.deleted:
                (plan.deleted if known and (live or not marked) else plan.unchanged).append(prepared)
            elif not remap and live and marked and known and known.digest == prepared.digest:
                plan.unchanged.append(prepared)
            else:
                plan.live.append(prepared)
                if known is None and self.writer.can_bulk_load(prepared):
                    plan.new.add(prepared.graph)
        return plan

    def _last_wins(self, batch: list[Prepared], plan: _Plan) -> list[Prepared]:
        """A record that can't enter does not displace one of its number that can: a gate must not hide books."""
        by_key: dict[RecordKey, Prepared] = {}
        for prepared in batch:
            if prepared.reason:
                continue
            if earlier := by_key.pop(prepared.key, None):
                plan.superseded.append(earlier)
            by_key[prepared.key] = prepared
        return list(by_key.values())

    def _count(self, plan: _Plan) -> None:
        outcome = self.outcome
        added = sum(prepared.key not in plan.known for prepared in plan.live)
        outcome.new += added
        outcome.changed += len(plan.live) - added
        outcome.unchanged += len(plan.unchanged)
        outcome.deleted += len(plan.deleted)
        outcome.quarantined += len(plan.quarantined)
        outcome.repeated += len(plan.superseded)
        for prepared in plan.live:
            outcome.triples += prepared.statements
            outcome.findings += len(prepared.findings)

    def _archive_versions(self, plan: _Plan, *, remap: bool) -> list[tuple[RecordKey, int]]:
        """Keys and version numbers of what is about to enter the graph.

        Repeated records that lost are kept too: they are the supplier's words, and known when the file comes again.
        """
        if remap:
            return [(prepared.key, plan.known[prepared.key].version) for prepared in plan.live]
        batch = self._unarchived(plan)
        numbers = self._archive.put([_version(prepared) for prepared in batch]) if batch else []
        versions = [(prepared.key, number) for prepared, number in zip(batch, numbers, strict=True)]
        healed = {prepared.key for prepared in plan.live} - {key for key, _ in versions}
        return versions + [(key, plan.known[key].version) for key in healed]

    def _unarchived(self, plan: _Plan) -> list[Prepared]:
        """What is not in the archive yet: a run that was killed may have brought some of it there."""
        lost = [prepared for prepared in plan.superseded if not prepared.deleted]
        held = self._archive.holding((prepared.key, prepared.digest) for prepared in lost)
        live = {(prepared.key, prepared.digest) for prepared in plan.live}
        lost = [p for p in lost if (p.key, p.digest) not in held | live]
        return lost + [prepared for prepared in plan.live if not self._is_newest(prepared, plan, lost)]

    @staticmethod
    def _is_newest(prepared: Prepared, plan: _Plan, lost: list[Prepared]) -> bool:
        known = plan.known.get(prepared.key)
        same = known is not None and known.status == LIVE and known.digest == prepared.digest
        return same and all(other.key != prepared.key for other in lost)

    def _bury(self, plan: _Plan) -> list[tuple[RecordKey, int]]:
        """Tombstones of what is to leave the graph; those of a run that was killed are there already."""
        keys = [prepared.key for prepared in plan.deleted]
        before = [(key, plan.known[key].version) for key in keys if plan.known[key].status != LIVE]
        return before + self._archive.bury(keys)

    def _note(self, plan: _Plan) -> None:
        """Quarantine and findings of the batch, in place of what was known about these records before."""
        entries = [_entry(prepared) for prepared in plan.quarantined]
        found: dict[RecordKey, list[Finding]] = {p.key: p.findings for p in plan.live if p.findings}
        self._quarantine.replace([p.key for p in plan.live + plan.deleted], entries, found)


def _version(prepared: Prepared) -> NewVersion:
    return NewVersion(
        prepared.key, prepared.raw.data, getattr(prepared.raw, "format", ""), prepared.encoding, prepared.kind,
        prepared.graph, digest=prepared.digest, packed=prepared.packed,
    )  # fmt: skip


def _entry(prepared: Prepared) -> NewEntry:
    raw = prepared.raw
    format_name = getattr(raw, "format", "")
    return NewEntry(
        prepared.key, prepared.file, format_name, prepared.encoding or None, raw.position, raw.offset, prepared.reason,
        prepared.findings, raw.data,
    )  # fmt: skip
