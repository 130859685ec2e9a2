"""What the database holds of the statements that a change is about, read under locks if it is to be changed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from graph.backends.neo4j import graphs as graph_sets
from graph.backends.neo4j.changes import Changes
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.errors import ConflictError
from graph.backends.neo4j.graphs import Graphs
from graph.backends.neo4j.registry import Registry, stored_iri
from graph.backends.neo4j.terms import KeyId, Value

BATCH = 10_000
"""Rows in one statement."""

_FIND = (
    "UNWIND range(0, size($rows) - 1) AS place MATCH (n:Resource {iri: $rows[place]}) "
    "RETURN collect(place), collect(id(n))"
)
_READ = (
    "UNWIND $rows AS row MATCH (n) WHERE id(n) = row[0] {lock}"
    "RETURN row[0], n.iri, labels(n), [name IN row[1] | n[name]]"
)
_LOCK = "SET n:Resource WITH n, row "
"""Changes nothing, but takes the node's lock. (To remove a property that no node has takes none.)"""
_LINKS = (
    "UNWIND $rows AS row MATCH (s) WHERE id(s) = row[0] MATCH (o) WHERE id(o) = row[1] "
    "MATCH (s)-[r:`{type}`]->(o) RETURN row[0], row[1], id(r), r.g, r.d"
)
_Row = TypeVar("_Row")


class Held:
    """What a resource that exists holds.

    Attributes:
        id: Of its node.
        labels: By class.
        literals: By key and value.
        links: By predicate and IRI of the object: id of the relationship, and its graphs.
    """

    __slots__ = ("id", "labels", "links", "literals")

    def __init__(self, node: int) -> None:
        self.id = node
        self.labels: dict[str, Graphs] = {}
        self.literals: dict[KeyId, dict[Value, Graphs]] = {}
        self.links: dict[tuple[str, str], tuple[int, Graphs]] = {}


class State:
    """What the database holds.

    Attributes:
        ids: Of the nodes of all resources that occur in the change and exist.
        held: By IRI, of those that exist.
    """

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.held: dict[str, Held] = {}


def read_state(transaction: Transaction, registry: Registry, changes: Changes, *, lock: bool) -> State:
    """What the database holds of the statements in ``changes``.

    Args:
        transaction: Reads.
        registry: Its names; a statement with a name that it does not know is not there.
        changes: The statements.
        lock: Keep others from changing these resources until the transaction ends. It must write then.
    """
    state = State()
    iris = dict.fromkeys(changes)
    for change in changes.values():
        iris.update(dict.fromkeys(obj for _, obj in change.links))
    stored = {stored_iri(iri)[0]: iri for iri in iris}
    for rows in batches(sorted(stored)):
        for places, nodes in transaction.run(_FIND, {"rows": rows}):
            state.ids.update((stored[rows[place]], node) for place, node in zip(places, nodes, strict=True))
    state.held = {iri: Held(state.ids[iri]) for iri in changes if iri in state.ids}
    _read_nodes(transaction, registry, changes, state, lock=lock)
    _read_links(transaction, registry, changes, state)
    return state


def batches(rows: Iterable[_Row], size: int = BATCH) -> Iterator[list[_Row]]:
    """The rows in lists of up to ``size``."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def _read_nodes(transaction: Transaction, registry: Registry, changes: Changes, state: State, *, lock: bool) -> None:
    keys = {KeyId(k.predicate, k.datatype, k.language, k.encoding): k for ks in registry.keys.values() for k in ks}
    about: dict[int, tuple[Held, list[tuple[str, str]], list[KeyId]]] = {}
    rows: list[tuple[int, list[str]]] = []
    for iri, held in state.held.items():
        change = changes[iri]
        labels = [(cls, registry.labels[cls].name) for cls in change.labels if cls in registry.labels]
        known = [key for key in change.literals if key in keys]
        names = [f"{name}#g" for _, name in labels]
        for key in known:
            names += (keys[key].name, f"{keys[key].name}#g")
        if lock or names:
            about[held.id] = held, labels, known
            rows.append((held.id, names))
    rows.sort()
    iris = {held.id: iri for iri, held in state.held.items()}
    text = _READ.format(lock=_LOCK if lock else "")
    for batch in batches(rows):
        found = transaction.run(text, {"rows": batch})
        if lock and len(found) != len(batch):
            raise ConflictError
        for node, iri, labels_there, values in found:
            held, labels, known = about[node]
            if stored_iri(iris[node])[0] != iri:
                raise ConflictError  # the node was deleted meanwhile, and another one has its id
            _fill(held, labels, set(labels_there), known, values)


def _fill(
    held: Held, labels: Sequence[tuple[str, str]], there: set[str], known: Sequence[KeyId], values: Sequence[Any]
) -> None:
    for (cls, name), graphs in zip(labels, values, strict=False):
        if name in there:
            held.labels[cls] = graph_sets.of_text(graphs)
    rest = values[len(labels) :]
    for key, kept, graphs in zip(known, rest[::2], rest[1::2], strict=True):
        if kept is not None:
            held.literals[key] = dict(values_of(kept, graphs))


def values_of(kept: Any, graphs: Any) -> Iterator[tuple[Value, Graphs]]:
    """Each value of a property with its graphs."""
    values = kept if isinstance(kept, list) else [kept]
    texts = [None] * len(values) if graphs is None else graphs if isinstance(graphs, list) else [graphs]
    for value, text in zip(values, texts, strict=True):
        yield value, graph_sets.of_text(text)


def _read_links(transaction: Transaction, registry: Registry, changes: Changes, state: State) -> None:
    by_predicate: dict[str, list[tuple[int, int]]] = {}
    iris = {held.id: iri for iri, held in state.held.items()}
    objects = {node: iri for iri, node in state.ids.items()}
    for iri, held in state.held.items():
        for predicate, obj in changes[iri].links:
            if predicate in registry.relationships and obj in state.ids:
                by_predicate.setdefault(predicate, []).append((held.id, state.ids[obj]))
    for predicate, rows in by_predicate.items():
        text = _LINKS.format(type=escaped(registry.relationships[predicate].name))
        for batch in batches(rows):
            for subject, obj, link, named, default in transaction.run(text, {"rows": batch}):
                graphs = graph_sets.of_link(named, default)
                state.held[iris[subject]].links[predicate, objects[obj]] = link, graphs


def escaped(name: str) -> str:
    """A name between backticks."""
    return name.replace("`", "``")
