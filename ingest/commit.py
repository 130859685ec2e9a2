"""Commits prepared records: to the archive first, then to the graph, then marked as done.

Each step can be killed: what is archived but not marked is committed again by the next run, and committing the same
again changes nothing.
"""

from dataclasses import dataclass, field

from common.namespaces import Graphs
from common.terms import slug
from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import render
from ingest.archive import Archive, NewVersion
from ingest.findings import Finding
from ingest.prepare import Prepared, statements_of
from ingest.quarantine import NewEntry, Quarantine
from ingest.record import RecordKey, Unreadable
from ingest.touched import Touched
from ingest.upkeep import Upkeep, authorities_in, cited_graph, entities_of, self_link


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


@dataclass(slots=True)
class _Plan:
    """How a batch divides."""

    new: list[Prepared] = field(default_factory=list)
    replaced: list[Prepared] = field(default_factory=list)
    deleted: list[Prepared] = field(default_factory=list)
    quarantined: list[Prepared] = field(default_factory=list)
    unchanged: list[Prepared] = field(default_factory=list)


class Committer:
    """Writes batches of prepared records.

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
        self._graphs: Graphs = graph.graphs
        self._archive = archive
        self._quarantine = quarantine
        self._touched = touched
        self._author = author
        self._dry_run = dry_run
        self._upkeep = Upkeep(graph)
        self._suppressed = graph.suppressed_graphs()
        self._cited: set[str] = set()
        self.outcome = Outcome()

    def commit(self, batch: list[Prepared], file: str, *, remap: bool = False) -> None:
        """Commits one batch of the records of ``file``.

        Args:
            batch: The records, of which of those with the same key the last wins.
            file: Name of the file, for quarantine.
            remap: The bytes are the archive's own: only the graph changes.
        """
        plan = self._plan(self._last_wins(batch), remap=remap)
        self._count(plan)
        if self._dry_run:
            return
        versions = self._archive_versions(plan, remap=remap)
        self._add_new(plan.new)
        self._replace(plan.replaced, plan.deleted)
        self._archive.mark(versions + self._archive.bury([p.key for p in plan.deleted]), self._graph.sequence)
        self._note(plan, file)

    def retract(self, keys: list[RecordKey]) -> None:
        """Takes out records that a complete dump no longer holds."""
        gone = Unreadable(b"", 0, 0, "no longer in the source")
        self.commit([Prepared(gone, key, b"", deleted=True) for key in keys], "")

    def _last_wins(self, batch: list[Prepared]) -> list[Prepared]:
        by_key = {prepared.key: prepared for prepared in batch}
        self.outcome.repeated += len(batch) - len(by_key)
        return list(by_key.values())

    def _plan(self, batch: list[Prepared], *, remap: bool) -> _Plan:
        latest = self._archive.latest([p.key for p in batch])
        plan = _Plan()
        for prepared in batch:
            known = latest.get(prepared.key)
            live = known is not None and known.status == "live"
            if prepared.reason:
                plan.quarantined.append(prepared)
            elif prepared.deleted:
                (plan.deleted if live else plan.unchanged).append(prepared)
            elif not remap and live and known and known.digest == prepared.digest and known.changeset is not None:
                plan.unchanged.append(prepared)
            elif known is None and prepared.graph not in self._suppressed:
                plan.new.append(prepared)
            else:
                plan.replaced.append(prepared)
        return plan

    def _count(self, plan: _Plan) -> None:
        outcome = self.outcome
        outcome.new += len(plan.new)
        outcome.changed += len(plan.replaced)
        outcome.unchanged += len(plan.unchanged)
        outcome.deleted += len(plan.deleted)
        outcome.quarantined += len(plan.quarantined)
        for prepared in plan.new + plan.replaced:
            outcome.triples += prepared.statements
            outcome.findings += len(prepared.findings)

    def _archive_versions(self, plan: _Plan, *, remap: bool) -> list[tuple[RecordKey, int]]:
        """Keys and version numbers of what is about to enter the graph."""
        batch = plan.new + plan.replaced
        keys = [prepared.key for prepared in batch]
        if remap:
            return [(key, entry.version) for key, entry in self._archive.latest(keys).items()]
        versions = [
            NewVersion(
                p.key,
                p.raw.data,
                getattr(p.raw, "format", ""),
                p.encoding,
                p.kind,
                p.graph,
                digest=p.digest,
                packed=p.packed,
            )
            for p in batch
        ]
        return list(zip(keys, self._archive.put(versions), strict=True))

    def _add_new(self, batch: list[Prepared]) -> None:
        """Graphs that do not exist yet go in by bulk load; suppressions need the exact way."""
        if not batch:
            return
        cited = self._new_cited(batch)
        entities = {entity for prepared in batch for entity in prepared.entities} | cited.keys()
        links = [self_link(entity) for entity in sorted(self._without_canonical(entities))]
        self._touched.add(entities)
        resolution = self._graphs.resolution
        graphs = {prepared.graph for prepared in batch} | {_cited_graph(c, self._graphs) for c in cited} | {resolution}
        note = f"ingest {len(batch)} new records"
        if self._suppressed.isdisjoint(graphs):
            chunks = [*(p.rendered for p in batch), *cited.values(), render(resolution, links)]
            self._graph.bulk_commit(chunks, self._author, note)
            return
        replace = {p.graph: statements_of(p.rendered) for p in batch}
        replace |= {_cited_graph(c, self._graphs): statements_of(rendered) for c, rendered in cited.items()}
        self._graph.commit(Changeset(self._author, note, replace=replace, add=[(link, resolution) for link in links]))

    def _new_cited(self, batch: list[Prepared]) -> dict[str, bytes]:
        """Cited authorities whose headings no graph keeps yet, rendered; the first citation's words stand."""
        new: dict[str, bytes] = {}
        for prepared in batch:
            for cited in prepared.cited:
                if cited.entity in self._cited:
                    continue
                self._cited.add(cited.entity)
                if not self._graph.has_graph(cited.graph):
                    new[cited.entity] = cited.rendered
        return new

    def _without_canonical(self, entities: set[str]) -> set[str]:
        """A record's own entities are new with it; only authorities may have been there before."""
        authorities = {entity for entity in entities if _is_authority(entity, self._graphs)}
        return (entities - authorities) | self._upkeep.without_canonical(authorities)

    def _replace(self, replaced: list[Prepared], deleted: list[Prepared]) -> None:
        """Replaces and retracts records one transaction a batch, with everything that they alone supported."""
        if not replaced and not deleted:
            return
        base = self._graphs.base
        replace = {p.graph: statements_of(p.rendered) for p in replaced}
        replace |= {self._graphs.record(slug(p.key.source), slug(p.key.id)): [] for p in deleted}
        old = [line for graph in replace for line in self._graph.graph_statements(graph)]
        new = [line for lines in replace.values() for line in lines]
        cited = self._new_cited(replaced)
        for authority, rendered in cited.items():
            replace[_cited_graph(authority, self._graphs)] = statements_of(rendered)
        came = (entities_of(new, base) | cited.keys()) - entities_of(old, base)
        gone = entities_of(old, base) - entities_of(new, base)
        self._touched.add(entities_of(new, base) | gone | cited.keys())
        add = [(self_link(entity), self._graphs.resolution) for entity in sorted(self._upkeep.without_canonical(came))]
        note = f"ingest {len(replaced)} changed, {len(deleted)} deleted records"
        self._graph.commit(Changeset(self._author, note, replace=replace, add=add))
        self._sweep(gone | (authorities_in(old, base) - authorities_in(new, base)))

    def _sweep(self, candidates: set[str]) -> None:
        """Removes canonical links of entities that nothing describes, and headings that nothing cites, any more."""
        authorities = {term for term in candidates if _is_authority(term, self._graphs)}
        uncited = self._upkeep.uncited(authorities)
        gone = candidates - (authorities - uncited) - self._upkeep.described(candidates)
        remove = [(link, self._graphs.resolution) for link in self._upkeep.links(gone)]
        replace: dict[str, list[str]] = {_cited_graph(authority, self._graphs): [] for authority in uncited}
        if not remove and not replace:
            return
        self._cited -= uncited
        # Members of a cluster whose canonical entity went stand alone until the resolver has seen them.
        orphans = {link.split(" ", 1)[0] for link, _ in remove} - gone
        add = [(self_link(entity), self._graphs.resolution) for entity in sorted(orphans)]
        self._touched.add(orphans)
        self._graph.commit(Changeset(self._author, "what nothing supports any more", replace, add, remove))

    def _note(self, plan: _Plan, file: str) -> None:
        """Quarantine and findings of the batch, in place of what was known about these records before."""
        entries = [_entry(prepared, file) for prepared in plan.quarantined]
        kept = plan.new + plan.replaced
        found: dict[RecordKey, list[Finding]] = {p.key: p.findings for p in kept if p.findings}
        self._quarantine.replace([p.key for p in plan.quarantined + kept + plan.deleted], entries, found)


def _is_authority(entity: str, graphs: Graphs) -> bool:
    return entity.startswith(f"<{graphs.base}id/authority/")


def _cited_graph(authority: str, graphs: Graphs) -> str:
    return cited_graph(authority, graphs.base)


def _entry(prepared: Prepared, file: str) -> NewEntry:
    raw = prepared.raw
    format_name = getattr(raw, "format", "")
    return NewEntry(
        prepared.key, file, format_name, prepared.encoding or None, raw.position, raw.offset, prepared.reason,
        prepared.findings, raw.data,
    )  # fmt: skip
