"""Writes a change: reads what there is under locks, works out what follows, and writes that in few statements."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.backends.neo4j import catalogue
from graph.backends.neo4j import graphs as graph_sets
from graph.backends.neo4j.changes import Changes, Marks
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.errors import ConflictError
from graph.backends.neo4j.graphs import Graphs, Placed
from graph.backends.neo4j.indexes import TooLongError, is_too_long
from graph.backends.neo4j.names import Draft, Preferences
from graph.backends.neo4j.registry import VALUE, VALUE_OF, Registry, stored_iri
from graph.backends.neo4j.state import Held, State, batches, read_state
from graph.backends.neo4j.terms import KeyId, Value

_Row = TypeVar("_Row")
_NONE: Graphs = {}
_NO_LINK: tuple[int | None, Graphs] = None, _NONE
_NO_VALUES: dict[Value, Graphs] = {}
_CREATE_NODES = (
    "UNWIND $rows AS row CREATE (n:Resource:$(row[1])) SET n = row[2] RETURN collect(row[0]), collect(id(n))"
)
_CHANGE_NODES = "UNWIND $rows AS row MATCH (n) WHERE id(n) = row[0] SET n += row[1] SET n:$(row[2]) REMOVE n:$(row[3])"
_CHANGE_PROPERTIES = "UNWIND $rows AS row MATCH (n) WHERE id(n) = row[0] SET n += row[1]"
_CREATE_LINKS = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (o) WHERE id(o) = row[1] "
    "CREATE (s)-[r:$(row[2])]->(o) SET r = row[3]"
)
_CREATE_LINKS_OF_GRAPH = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (o) WHERE id(o) = row[1] "
    "CREATE (s)-[r:$(row[2]) {g: row[3]}]->(o)"
)
_IRIS = "UNWIND $rows AS row MATCH (n:Resource) WHERE id(n) = row RETURN collect(id(n)), collect(n.iri)"
_CHANGE_LINKS = "UNWIND $rows AS row MATCH ()-[r]->() WHERE id(r) = row[0] SET r = row[1]"
_DELETE_LINKS = "UNWIND $rows AS row MATCH ()-[r]->() WHERE id(r) = row DELETE r"
_MERGE_GRAPHS = (
    "UNWIND $rows AS row MERGE (g:_Graph {iri: row[0]}) ON CREATE SET g.longIri = row[1] RETURN row[0], id(g)"
)
_FIND_GRAPHS = "UNWIND $rows AS row MATCH (g:_Graph {iri: row[0]}) RETURN row[0], id(g)"
_CREATE_COUNTS = (
    "UNWIND $rows AS row MATCH (g) WHERE id(g) = row[0] MATCH (s) WHERE id(s) = row[1] "
    "CREATE (g)-[:_states {n: row[2]}]->(s) RETURN count(*)"
)
_CHANGE_COUNTS = (
    "UNWIND $rows AS row MATCH (g) WHERE id(g) = row[0] MATCH (s) WHERE id(s) = row[1] "
    "MERGE (g)-[r:_states]->(s) ON CREATE SET r.n = row[2] ON MATCH SET r.n = r.n + row[2] "
    "FOREACH (gone IN CASE r.n WHEN 0 THEN [r] ELSE [] END | DELETE gone) RETURN count(*)"
)
_DELETE_VALUES = (
    f"UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (v:{VALUE})-[:{VALUE_OF}]->(s) WHERE v.key = row[1] "
    "DETACH DELETE v"
)
_CREATE_VALUES = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] "
    f"UNWIND row[2] AS value CREATE (:{VALUE} {{key: row[1], value: value}})-[:{VALUE_OF}]->(s)"
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
        preferences: What is known about names, asked when there is a new one.
    """

    def __init__(self, transaction: Transaction, registry: Registry, preferences: Callable[[], Preferences]) -> None:
        self._transaction = transaction
        self._registry = registry
        self._draft = Draft(registry, preferences)
        self._state = State()
        self._new: dict[str, tuple[list[str], dict[str, object]]] = {}
        self._changed: list[tuple[int, dict[str, object], list[str], list[str]]] = []
        self._links: list[tuple[str, str, str, Placed]] = []
        self._placed: dict[tuple[tuple[str | None, bool], ...], Placed] = {}
        self._changed_links: list[tuple[int, dict[str, object]]] = []
        self._lost_links: list[int] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._doubtful: set[int] = set()
        self._lists: list[tuple[str, str, list[Value]]] = []
        self._lost_lists: list[tuple[int, str]] = []
        self._too_long: set[str] = set()

    def write(self, changes: Changes) -> Registry:
        """Writes; returns the registry that follows.

        Raises:
            ConflictError: Another transaction came between.
            TooLongError: An index is in the way; nothing is written.
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
        if self._too_long:
            raise TooLongError(self._too_long)
        registry = self._finish_registry()
        self._write_nodes()
        self._write_lists()
        self._write_links()
        self._write_counts()
        self._delete_nodes()
        return registry

    def _fresh(self, marks: Marks) -> Placed:
        """Where a statement that was nowhere stands after the change; most statements of a record stand alike."""
        known = tuple(marks.items())
        if (found := self._placed.get(known)) is None:
            found = self._placed[known] = Placed(graph_sets.changed(_NONE, marks))
        return found

    def _after(self, iri: str, before: Graphs, marks: Marks) -> Placed:
        """Where a statement stands after the change; counts what named graphs gain and lose."""
        if not before:
            after = self._fresh(marks)
            for graph in after.named:
                where = graph, iri
                self._counts[where] = self._counts.get(where, 0) + 1
            return after
        for name, held in marks.items():
            if name is not None and held != (name in before):
                self._counts[name, iri] = self._counts.get((name, iri), 0) + (1 if held else -1)
        return Placed(graph_sets.changed(before, marks))

    def _label(
        self, iri: str, cls: str, marks: Marks, held: Held | None,
        labels: list[str], lost: list[str], properties: dict[str, object],
    ) -> None:  # fmt: skip
        before = held.labels.get(cls, _NONE) if held else _NONE
        after = self._after(iri, before, marks)
        if after.graphs == before:
            return
        name = self._draft.label(cls)
        if not after.graphs:
            lost.append(name)
            self._doubt(held)
        elif not before:
            labels.append(name)
        self._draft.mark_label(cls, named=after.is_named, hidden=after.is_hidden)
        if after.is_named or before:
            properties[f"{name}#g"] = after.text if after.is_named else None

    def _literals(
        self, iri: str, key: KeyId, values: dict[Value, Marks], held: Held | None, properties: dict[str, object]
    ) -> None:
        before = held.literals.get(key, _NO_VALUES) if held else _NO_VALUES
        after = {value: Placed(graphs) for value, graphs in before.items()}
        for value, marks in values.items():
            found = self._after(iri, before.get(value, _NONE), marks)
            if found.graphs:
                after[value] = found
            else:
                after.pop(value, None)
        if {value: placed.graphs for value, placed in after.items()} == before:
            return
        name = self._draft.key(key)
        if self._draft.keys[key].indexed:
            self._look_ups(iri, key, name, before, list(after), held)
        if not after:
            properties[name] = properties[f"{name}#g"] = None
            self._doubt(held)
            return
        named = any(placed.is_named for placed in after.values())
        hidden = any(placed.is_hidden for placed in after.values())
        self._draft.mark_key(key, multi=len(after) > 1, named=named, hidden=hidden)
        properties[name] = _scalar(list(after))
        if named or before:
            properties[f"{name}#g"] = _scalar([placed.text for placed in after.values()]) if named else None

    def _look_ups(
        self, iri: str, key: KeyId, name: str, before: dict[Value, Graphs], after: list[Value], held: Held | None
    ) -> None:
        if is_too_long(after):
            if self._registry_has(key):
                self._too_long.add(name)
            else:
                self._draft.end_look_ups(key)
        if held is not None and len(before) > 1:
            self._lost_lists.append((held.id, name))
        if len(after) > 1:
            self._lists.append((iri, name, after))

    def _registry_has(self, key: KeyId) -> bool:
        return any(known.name == self._draft.keys[key].name for known in self._registry.keys.get(key.predicate, ()))

    def _link(self, iri: str, predicate: str, obj: str, marks: Marks, held: Held | None) -> None:
        link, before = held.links.get((predicate, obj), _NO_LINK) if held else _NO_LINK
        after = self._after(iri, before, marks)
        if after.graphs == before:
            return
        name = self._draft.relationship(predicate)
        self._draft.mark_relationship(predicate, named=after.is_named, hidden=after.is_hidden)
        if link is None:
            self._links.append((iri, name, obj, after))
            for end in (iri, obj):
                if end not in self._state.ids:
                    self._new.setdefault(end, ([], {}))
        elif after.graphs:
            self._changed_links.append((link, after.link))
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
            for places, nodes in self._transaction.run(_CREATE_NODES, {"rows": batch}):
                self._state.ids.update((made[place], node) for place, node in zip(places, nodes, strict=True))
        plain = [row[:2] for row in self._changed if not row[2] and not row[3]]
        self._run(_CHANGE_PROPERTIES, sorted(plain, key=lambda row: row[0]))
        self._run(_CHANGE_NODES, [row for row in self._changed if row[2] or row[3]])

    def _write_lists(self) -> None:
        indexed = {key.name for key in self._draft.keys.values() if key.indexed}
        self._run(_DELETE_VALUES, self._lost_lists)
        rows = [(self._state.ids[iri], name, values) for iri, name, values in self._lists if name in indexed]
        self._run(_CREATE_VALUES, rows)

    def _write_links(self) -> None:
        ids = self._state.ids
        plain = [
            (ids[subject], ids[obj], name, placed.named)
            for subject, name, obj, placed in self._links
            if placed.named and not placed.is_hidden
        ]
        rest = [
            (ids[subject], ids[end], name, placed.link)
            for subject, name, end, placed in self._links
            if placed.is_hidden or not placed.named
        ]
        self._run(_CREATE_LINKS_OF_GRAPH, plain)
        self._run(_CREATE_LINKS, rest)
        self._check_objects()
        self._run(_CHANGE_LINKS, self._changed_links)
        self._run(_DELETE_LINKS, self._lost_links)

    def _check_objects(self) -> None:
        """Sees to it that links went where they should: objects are not locked until a link ends there.

        Raises:
            ConflictError: Another transaction deleted one meanwhile, and its id may stand for another node now.
        """
        made = self._new.keys() | self._state.held.keys()
        objects = {obj for _, _, obj, _ in self._links} - made
        wanted = {self._state.ids[obj]: stored_iri(obj)[0] for obj in objects}
        for batch in batches(sorted(wanted)):
            [[nodes, iris]] = self._transaction.run(_IRIS, {"rows": batch})
            if dict(zip(nodes, iris, strict=True)) != {node: wanted[node] for node in batch}:
                raise ConflictError

    def _write_counts(self) -> None:
        counts = {where: n for where, n in self._counts.items() if n}
        gaining = {graph for (graph, _), n in counts.items() if n > 0}
        ids = self._graphs(_MERGE_GRAPHS, gaining)
        ids |= self._graphs(_FIND_GRAPHS, {graph for graph, _ in counts} - gaining)
        rows = [(ids[graph], self._state.ids[iri], n, iri in self._state.held) for (graph, iri), n in counts.items()]
        self._count(_CREATE_COUNTS, [row[:3] for row in rows if not row[3]])
        self._count(_CHANGE_COUNTS, [row[:3] for row in rows if row[3]])
        self._run(_DELETE_GRAPHS, sorted({ids[graph] for (graph, _), n in counts.items() if n < 0}))

    def _count(self, text: str, rows: list[tuple[int, int, int]]) -> None:
        """Writes counts; a graph is not locked until one is written to it.

        Raises:
            ConflictError: Another transaction deleted one meanwhile: it had taken the last statement out of it.
        """
        for batch in batches(rows):
            if self._transaction.run(text, {"rows": batch}) != [[len(batch)]]:
                raise ConflictError

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


def _scalar(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values
