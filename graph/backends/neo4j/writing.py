"""Writes a change: reads what there is under locks, works out what follows, and writes that in few statements."""

from collections.abc import Sequence
from typing import TypeVar

from graph.backends.neo4j import catalogue
from graph.backends.neo4j.changes import Changes, Marks
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.errors import ConflictError
from graph.backends.neo4j.graphs import Graphs, changed, to_link, to_text
from graph.backends.neo4j.names import Draft, Preferences
from graph.backends.neo4j.registry import Registry, stored_iri
from graph.backends.neo4j.state import Held, State, batches, escaped, read_state
from graph.backends.neo4j.terms import KeyId, Value

_Row = TypeVar("_Row")
_NONE: Graphs = {}
_CREATE_NODES = "UNWIND $rows AS row CREATE (n:Resource:$(row[1])) SET n = row[2] RETURN row[0], id(n)"
_CHANGE_NODES = "UNWIND $rows AS row MATCH (n) WHERE id(n) = row[0] SET n += row[1] SET n:$(row[2]) REMOVE n:$(row[3])"
_CHANGE_PROPERTIES = "UNWIND $rows AS row MATCH (n) WHERE id(n) = row[0] SET n += row[1]"
_CREATE_LINKS = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (o) WHERE id(o) = row[1] "
    "CREATE (s)-[r:`{type}`]->(o) SET r = row[2]"
)
_CREATE_LINKS_OF_GRAPH = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (o) WHERE id(o) = row[1] "
    "CREATE (s)-[r:`{type}` {{g: row[2]}}]->(o)"
)
_IRIS = "UNWIND $rows AS row MATCH (n:Resource) WHERE id(n) = row RETURN id(n), n.iri"
_CHANGE_LINKS = "UNWIND $rows AS row MATCH ()-[r]->() WHERE id(r) = row[0] SET r = row[1]"
_DELETE_LINKS = "UNWIND $rows AS row MATCH ()-[r]->() WHERE id(r) = row DELETE r"
_MERGE_GRAPHS = (
    "UNWIND $rows AS row MERGE (g:_Graph {iri: row[0]}) ON CREATE SET g.longIri = row[1] RETURN row[0], id(g)"
)
_FIND_GRAPHS = "UNWIND $rows AS row MATCH (g:_Graph {iri: row[0]}) RETURN row[0], id(g)"
_CREATE_COUNTS = (
    "UNWIND $rows AS row MATCH (g) WHERE id(g) = row[0] MATCH (s) WHERE id(s) = row[1] "
    "CREATE (g)-[:_states {n: row[2]}]->(s)"
)
_CHANGE_COUNTS = (
    "UNWIND $rows AS row MATCH (g) WHERE id(g) = row[0] MATCH (s) WHERE id(s) = row[1] "
    "MERGE (g)-[r:_states]->(s) ON CREATE SET r.n = row[2] ON MATCH SET r.n = r.n + row[2] "
    "WITH r WHERE r.n = 0 DELETE r"
)
_DELETE_GRAPHS = "UNWIND $rows AS row MATCH (g:_Graph) WHERE id(g) = row AND NOT EXISTS { (g)--() } DELETE g"
_DELETE_NODES = (
    "UNWIND $rows AS row MATCH (n:Resource) WHERE id(n) = row AND NOT EXISTS { (n)--() } AND size(labels(n)) = 1 "
    "AND all(name IN keys(n) WHERE name IN ['iri', 'longIri']) DELETE n"
)


class Writer:
    """Writes one change in one transaction; used once.

    Args:
        transaction: A write transaction.
        registry: The registry as the transaction sees it.
        preferences: What is known about names.
    """

    def __init__(self, transaction: Transaction, registry: Registry, preferences: Preferences) -> None:
        self._transaction = transaction
        self._registry = registry
        self._draft = Draft(registry, preferences)
        self._state = State()
        self._new: dict[str, tuple[list[str], dict[str, object]]] = {}
        self._changed: list[tuple[int, dict[str, object], list[str], list[str]]] = []
        self._links: dict[str, list[tuple[str, str, Graphs]]] = {}
        self._changed_links: list[tuple[int, dict[str, object]]] = []
        self._lost_links: list[int] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._doubtful: set[int] = set()

    def write(self, changes: Changes) -> Registry:
        """Writes; returns the registry that follows.

        Raises:
            ConflictError: Another transaction came between.
        """
        self._state = read_state(self._transaction, self._registry, changes, lock=True)
        for iri, change in changes.items():
            held = self._state.held.get(iri)
            labels: list[str] = []
            lost_labels: list[str] = []
            properties: dict[str, object] = {}
            for cls, marks in change.labels.items():
                self._label(iri, cls, marks, held, labels, lost_labels, properties)
            for key, values in change.literals.items():
                self._literals(iri, key, values, held, properties)
            for (predicate, obj), marks in change.links.items():
                self._link(iri, predicate, obj, marks, held)
            if held is None:
                if labels or properties:
                    self._new[iri] = labels, properties
            elif labels or lost_labels or properties:
                self._changed.append((held.id, properties, labels, lost_labels))
        registry = self._finish_registry()
        self._write_nodes()
        self._write_links()
        self._write_counts()
        self._delete_nodes()
        return registry

    def _after(self, iri: str, before: Graphs, marks: Marks) -> Graphs:
        """The graphs of a statement after the change; counts what named graphs gain and lose."""
        after = changed(before, marks)
        for graph, held in marks.items():
            if graph is not None and held != (graph in before):
                self._counts[graph, iri] = self._counts.get((graph, iri), 0) + (1 if held else -1)
        return after

    def _label(
        self, iri: str, cls: str, marks: Marks, held: Held | None,
        labels: list[str], lost: list[str], properties: dict[str, object],
    ) -> None:  # fmt: skip
        before = held.labels.get(cls, _NONE) if held else _NONE
        after = self._after(iri, before, marks)
        if after == before:
            return
        name = self._draft.label(cls)
        if not after:
            lost.append(name)
            self._doubt(held)
        elif not before:
            labels.append(name)
        named, hidden = _marks(after)
        self._draft.mark_label(cls, named=named, hidden=hidden)
        if named or before:
            properties[f"{name}#g"] = to_text(after) if named else None

    def _literals(
        self, iri: str, key: KeyId, values: dict[Value, Marks], held: Held | None, properties: dict[str, object]
    ) -> None:
        before = held.literals.get(key, {}) if held else {}
        after = dict(before)
        for value, marks in values.items():
            found = self._after(iri, before.get(value, _NONE), marks)
            if found:
                after[value] = found
            else:
                after.pop(value, None)
        if after == before:
            return
        name = self._draft.key(key)
        if not after:
            properties[name] = properties[f"{name}#g"] = None
            self._doubt(held)
            return
        named = any(len(graphs) > 1 or None not in graphs for graphs in after.values())
        hidden = any(None not in graphs for graphs in after.values())
        self._draft.mark_key(key, multi=len(after) > 1, named=named, hidden=hidden)
        properties[name] = _scalar(list(after))
        if named or before:
            properties[f"{name}#g"] = _scalar([to_text(graphs) for graphs in after.values()]) if named else None

    def _link(self, iri: str, predicate: str, obj: str, marks: Marks, held: Held | None) -> None:
        link, before = held.links.get((predicate, obj), (None, _NONE)) if held else (None, _NONE)
        after = self._after(iri, before, marks)
        if after == before:
            return
        self._draft.relationship(predicate)
        named, hidden = _marks(after)
        self._draft.mark_relationship(predicate, named=named, hidden=hidden)
        if link is None:
            self._links.setdefault(predicate, []).append((iri, obj, after))
            for end in (iri, obj):
                if end not in self._state.ids:
                    self._new.setdefault(end, ([], {}))
        elif after:
            self._changed_links.append((link, to_link(after)))
        else:
            self._lost_links.append(link)
            self._doubt(held)
            self._doubtful.add(self._state.ids[obj])

    def _doubt(self, held: Held | None) -> None:
        """Notes a node that nothing may state any more."""
        if held is not None:
            self._doubtful.add(held.id)

    def _finish_registry(self) -> Registry:
        if any(stored_iri(iri)[1] is not None for iri in self._new):
            self._draft.long_iris = True
        return catalogue.write(self._transaction, self._draft)

    def _write_nodes(self) -> None:
        made = list(self._new)
        rows = [
            (place, labels, {"iri": stored, "longIri": whole, **properties})
            for place, iri in enumerate(made)
            for stored, whole in [stored_iri(iri)]
            for labels, properties in [self._new[iri]]
        ]
        for batch in batches(rows):
            for place, node in self._transaction.run(_CREATE_NODES, {"rows": batch}):
                self._state.ids[made[place]] = node
        plain = [row[:2] for row in self._changed if not row[2] and not row[3]]
        self._run(_CHANGE_PROPERTIES, sorted(plain, key=lambda row: row[0]))
        self._run(_CHANGE_NODES, [row for row in self._changed if row[2] or row[3]])

    def _write_links(self) -> None:
        ids = self._state.ids
        for predicate, links in self._links.items():
            name = escaped(self._draft.relationships[predicate].name)
            plain = [(ids[s], ids[o], [g for g in graphs if g]) for s, o, graphs in links if None in graphs]
            self._run(_CREATE_LINKS_OF_GRAPH.format(type=name), [row for row in plain if row[2]])
            rest = [(ids[s], ids[o], to_link(gs)) for s, o, gs in links if None not in gs or len(gs) == 1]
            self._run(_CREATE_LINKS.format(type=name), rest)
        self._check_objects()
        self._run(_CHANGE_LINKS, self._changed_links)
        self._run(_DELETE_LINKS, self._lost_links)

    def _check_objects(self) -> None:
        """Sees to it that links went where they should: objects are not locked until a link ends there.

        Raises:
            ConflictError: Another transaction deleted one meanwhile, and its id may stand for another node now.
        """
        made = self._new.keys() | self._state.held.keys()
        objects = {obj for links in self._links.values() for _, obj, _ in links} - made
        wanted = {self._state.ids[obj]: stored_iri(obj)[0] for obj in objects}
        for batch in batches(sorted(wanted)):
            found = self._transaction.run(_IRIS, {"rows": batch})
            if dict(found) != {node: wanted[node] for node in batch}:
                raise ConflictError

    def _write_counts(self) -> None:
        counts = {where: n for where, n in self._counts.items() if n}
        gaining = {graph for (graph, _), n in counts.items() if n > 0}
        ids = self._graphs(_MERGE_GRAPHS, gaining)
        ids |= self._graphs(_FIND_GRAPHS, {graph for graph, _ in counts} - gaining)
        rows = [(ids[graph], self._state.ids[iri], n, iri in self._state.held) for (graph, iri), n in counts.items()]
        self._run(_CREATE_COUNTS, [row[:3] for row in rows if not row[3]])
        self._run(_CHANGE_COUNTS, [row[:3] for row in rows if row[3]])
        self._run(_DELETE_GRAPHS, sorted({ids[graph] for (graph, _), n in counts.items() if n < 0}))

    def _graphs(self, text: str, graphs: set[str]) -> dict[str, int]:
        stored = {stored_iri(graph): graph for graph in sorted(graphs)}
        by_stored = {short: graph for (short, _), graph in stored.items()}
        found: dict[str, int] = {}
        for batch in batches(stored):
            found.update((by_stored[iri], node) for iri, node in self._transaction.run(text, {"rows": batch}))
        return found

    def _delete_nodes(self) -> None:
        self._run(_DELETE_NODES, sorted(self._doubtful))

    def _run(self, text: str, rows: list[_Row]) -> None:
        for batch in batches(rows):
            self._transaction.run(text, {"rows": batch})


def _marks(graphs: Graphs) -> tuple[bool, bool]:
    """Whether a statement is in a named graph, and whether it is not in the default graph."""
    hidden = bool(graphs) and None not in graphs
    return hidden or len(graphs) > 1, hidden


def _scalar(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values
