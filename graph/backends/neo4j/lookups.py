"""Looks up many statements at once."""

from collections.abc import Collection, Iterator

from graph.backends.neo4j.changes import TYPE, changes
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.graphs import Graphs
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.state import Held, read_state
from graph.backends.neo4j.terms import render
from graph.store import Delta, Quad


def graphs_of(
    transaction: Transaction, registry: Registry, quads: Collection[Quad], *, lock: bool = False
) -> dict[str, Graphs]:
    """The graphs that hold the statement of each of ``quads``, by statement in canonical form.

    Args:
        transaction: Reads.
        registry: As the transaction sees it.
        quads: The statements.
        lock: Keep others from changing them until the transaction ends.
    """
    asked = changes(Delta(add=list(quads)))
    found: dict[str, Graphs] = {}
    for iri, held in read_state(transaction, registry, asked, lock=lock).held.items():
        found.update((f"<{iri}> {rest}", graphs) for rest, graphs in _statements(held))
    return found


def _statements(held: Held) -> Iterator[tuple[str, Graphs]]:
    for cls, graphs in held.labels.items():
        yield f"<{TYPE}> <{cls}>", graphs
    for key, values in held.literals.items():
        for value, graphs in values.items():
            yield f"<{key.predicate}> {render(key.datatype, key.language, key.encoding, value)}", graphs
    for (predicate, obj), (_, graphs) in held.links.items():
        yield f"<{predicate}> {obj if obj.startswith('_:') else f'<{obj}>'}", graphs
