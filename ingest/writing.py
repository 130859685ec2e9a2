"""Writes records to the graph: new ones by bulk load, replaced and deleted ones in one exact changeset.

A replacement takes along whatever the record alone supported: canonical links of its entities, headings that nothing
cites any more. All of it is one changeset, so a kill leaves everything or nothing of it.

What is written depends on what was read before: where a store is shared, nobody else writes in between, and what was
learnt before somebody else wrote is asked again.
"""

from collections.abc import Iterable, Sequence

from common.namespaces import Graphs
from graph.bulk import render
from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph
from ingest.prepare import Prepared, statements_of
from ingest.touched import Touched
from ingest.upkeep import Upkeep, authorities_in, cited_graph, entities_of, is_authority, self_link

_REMEMBERED = 200_000
"""Cited authorities whose graphs are known to be there; more are asked for again."""


class GraphWriter:
    """Writes batches of prepared records.

    Args:
        graph: The knowledge graph.
        touched: Entities that the resolver has to look at.
        author: Token id or ``system:ingest``.
    """

    def __init__(self, graph: KnowledgeGraph, touched: Touched, author: str) -> None:
        self._graph = graph
        self._graphs: Graphs = graph.graphs
        self._touched = touched
        self._author = author
        self._upkeep = Upkeep(graph)
        self._suppressed = graph.suppressed_graphs()
        self._cited: set[str] = set()
        # The changeset up to which what is remembered holds; None: nobody else can write.
        self._known = -1 if graph.shared else None

    def can_bulk_load(self, prepared: Prepared) -> bool:
        """Whether the record's graph has no suppressions: those need the exact way."""
        return prepared.graph not in self._suppressed

    def write(self, records: Sequence[Prepared], new: set[str], gone: Iterable[str]) -> set[str]:
        """Writes ``records`` and empties graphs.

        Args:
            records: What the graph shall hold, in the order of the file: of several that cite an authority, the first
                one's words stand.
            new: IRIs of those of their graphs that do not exist yet.
            gone: Graphs of deleted records.

        Returns:
            Graphs of ``records`` that held just that already.
        """
        with self._graph.exclusive():
            new = self._still_new(new)
            cited = self._new_cited(records)
            fresh = [prepared for prepared in records if prepared.graph in new]
            if fresh:
                self._add(fresh, cited)
                cited = {}
            same = self._replace([p for p in records if p.graph not in new], list(gone), cited)
            self._remember()
            return same

    def sweep(self, candidates: set[str]) -> None:
        """Removes canonical links of entities that nothing describes, and headings that nothing cites."""
        change = Changeset(self._author, "what nothing supports any more")
        with self._graph.exclusive():
            self._unsupported(candidates, [], set(), change)
            if change.replace or change.remove:
                self._graph.commit(change)
            self._remember()

    def _still_new(self, new: set[str]) -> set[str]:
        """Those of ``new`` that nobody else has brought in meanwhile, or suppressed statements of."""
        if self._known is None or self._known == self._graph.sequence:
            return new
        self._cited.clear()
        self._suppressed = self._graph.suppressed_graphs()
        return new - self._suppressed - self._upkeep.graphs_there(new)

    def _remember(self) -> None:
        """What is remembered holds as long as the graph stands where it stands now."""
        if self._known is not None:
            self._known = self._graph.sequence

    def _new_cited(self, records: Iterable[Prepared]) -> dict[str, bytes]:
        """Cited authorities whose headings no graph keeps yet, rendered."""
        if len(self._cited) > _REMEMBERED:
            self._cited.clear()
        new: dict[str, bytes] = {}
        for prepared in records:
            for cited in prepared.cited:
                if cited.entity not in self._cited:
                    self._cited.add(cited.entity)
                    if not self._graph.has_graph(cited.graph):
                        new[cited.entity] = cited.rendered
        return new

    def _add(self, records: list[Prepared], cited: dict[str, bytes]) -> None:
        """Graphs that do not exist yet go in by bulk load, unless one of them has suppressions."""
        entities = {entity for prepared in records for entity in prepared.entities} | cited.keys()
        links = [self_link(entity) for entity in sorted(self._without_canonical(records, cited))]
        self._touched.add(entities)
        resolution = self._graphs.resolution
        graphs = {self._cited_graph(entity): rendered for entity, rendered in cited.items()}
        note = f"ingest {len(records)} new records"
        if self._suppressed.isdisjoint({*graphs, resolution}):
            chunks = [*(prepared.rendered for prepared in records), *graphs.values(), render(resolution, links)]
            self._graph.bulk_commit(chunks, self._author, note)
            return
        replace = {prepared.graph: statements_of(prepared.rendered) for prepared in records}
        replace |= {graph: statements_of(rendered) for graph, rendered in graphs.items()}
        self._graph.commit(Changeset(self._author, note, replace=replace, add=[(link, resolution) for link in links]))

    def _without_canonical(self, records: list[Prepared], cited: Iterable[str]) -> set[str]:
        """A new record's own entities are new with it; those of others may have been there before."""
        own = {entity for prepared in records for entity in prepared.entities if _is_own(entity, prepared)}
        others = {entity for prepared in records for entity in prepared.entities} - own
        return own | self._upkeep.without_canonical(others.union(cited))

    def _replace(self, records: list[Prepared], gone: list[str], cited: dict[str, bytes]) -> set[str]:
        if not records and not gone and not cited:
            return set()
        wanted = {prepared.graph: statements_of(prepared.rendered) for prepared in records}
        wanted |= {graph: [] for graph in gone}
        held = {graph: self._graph.graph_statements(graph) for graph in wanted}
        same = {graph for graph, lines in wanted.items() if set(lines) == set(held[graph])}
        replace = {graph: lines for graph, lines in wanted.items() if graph not in same}
        old = [line for graph in replace for line in held[graph]]
        new = [line for lines in replace.values() for line in lines]
        change = Changeset(self._author, f"ingest {len(replace)} changed or deleted records", replace)
        self._supports(old, new, cited, change)
        if replace or cited:
            self._graph.commit(change)
        return same - set(gone)

    def _supports(self, old: list[str], new: list[str], cited: dict[str, bytes], change: Changeset) -> None:
        """Adds to ``change`` what comes and goes with the statements."""
        base, graphs = self._graphs.base, list(change.replace)
        before, after = entities_of(old, base), entities_of(new, base)
        self._touched.add(before | after | cited.keys())
        came = self._upkeep.without_canonical((after - before) | cited.keys())
        change.add.extend((self_link(entity), self._graphs.resolution) for entity in sorted(came))
        cited_before, cited_after = authorities_in(old, base), authorities_in(new, base)
        candidates = (before - after) | (cited_before - cited_after)
        self._unsupported(candidates, graphs, after | cited_after, change)
        for entity, rendered in cited.items():
            change.replace[self._cited_graph(entity)] = statements_of(rendered)

    def _unsupported(self, candidates: set[str], replaced: list[str], supported: set[str], change: Changeset) -> None:
        """Adds to ``change`` the going of what neither ``supported`` names nor any graph but ``replaced`` supports."""
        if not candidates:
            return
        authorities = {term for term in candidates - supported if is_authority(term, self._graphs.base)}
        uncited = authorities - self._upkeep.cited(authorities, replaced)
        gone = candidates - supported - (authorities - uncited)
        gone -= self._upkeep.described(gone, replaced)
        links = self._upkeep.links(gone)
        change.remove.extend((link, self._graphs.resolution) for link in links)
        for authority in uncited:
            change.replace[self._cited_graph(authority)] = []
        self._cited -= uncited
        # Members of a cluster whose canonical entity goes stand alone until the resolver has seen them.
        orphans = {link.split(" ", 1)[0] for link in links if link.startswith(f"<{self._graphs.base}id/")} - gone
        change.add.extend((self_link(entity), self._graphs.resolution) for entity in sorted(orphans))
        self._touched.add(orphans)

    def _cited_graph(self, authority: str) -> str:
        return cited_graph(authority, self._graphs.base)


def _is_own(entity: str, prepared: Prepared) -> bool:
    """Whether the entity's IRI is made of the record's own key."""
    path = prepared.graph.split("/graph/record/", 1)[1]
    return f"/{path}/" in entity or entity.endswith(f"/{path}>")
