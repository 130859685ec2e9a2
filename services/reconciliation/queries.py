"""The queries of this package: each is a ``.rq`` file beside this module, bound by ``graph.parameters``."""

from collections.abc import Mapping

from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows, query_file, select


def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of the query of this name, in order."""
    found = select(graph, query_file("services.reconciliation", name), parameters)
    return sorted(found, key=lambda row: tuple(term or "" for term in row))
