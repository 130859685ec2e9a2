"""Whether the default graph is what it is defined to be."""

from collections.abc import Iterator

from common.namespaces import Graphs
from graph.store import GraphStore
from graph.suppressions import SuppressionGraph


def differences(store: GraphStore, graphs: Graphs) -> list[str]:
    """Lines that say which triples the default graph lacks, and which it should not hold; [] is right."""
    expected = set(merged(store, graphs))
    held = {statement for statement, _ in store.quads((None, None, None), "")}
    missing = [f"missing from the merge: {statement}" for statement in sorted(expected - held)]
    return missing + [f"in the merge without support: {statement}" for statement in sorted(held - expected)]


def merged(store: GraphStore, graphs: Graphs) -> Iterator[str]:
    """The merge by its definition, with duplicates."""
    suppressed = {(found.statement, found.graph) for found in SuppressionGraph(store, graphs).all()}
    for statement, graph in store.quads((None, None, None), None):
        if graph is not None and graph not in graphs.outside_merge and (statement, graph) not in suppressed:
            yield statement
