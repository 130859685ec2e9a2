"""The queries of this package: each is a ``.rq`` file beside this module, bound by ``graph.parameters``."""

from collections.abc import Mapping

from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value, bind
from graph.queries import Rows, query_file, select


def bound(name: str, parameters: Mapping[str, Value]) -> str:
    """The query of this name as it is sent, ready to run at ``/sparql``."""
    return bind(query_file("services.related", name), parameters)


def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of the query of this name."""
    return select(graph, query_file("services.related", name), parameters)
