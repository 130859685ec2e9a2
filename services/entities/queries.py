"""The queries of this package: each is a ``.rq`` file beside this module, bound by ``graph.parameters``."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value, bind
from graph.store import Solutions

Rows = Sequence[tuple[str | None, ...]]


@cache
def text(name: str) -> str:
    """Text of a query, its commented header included."""
    return files("services.entities").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def bound(name: str, parameters: Mapping[str, Value]) -> str:
    """The query as it is sent: what a page shows as the query behind it, ready to run."""
    return bind(text(name), parameters)


def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of a SELECT query.

    Raises:
        TypeError: The query is no SELECT.
    """
    result = graph.query(text(name), parameters)
    if not isinstance(result, Solutions):
        raise TypeError(f"{name}.rq is not a SELECT query")
    return result.rows
