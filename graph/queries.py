"""Query files: SPARQL beside the module that runs it, with its parameters named in comments at the top.

::

    # Works by an agent.
    # $agent: IRI of the agent
    SELECT ?work { ?work bf:contribution/bf:agent $agent }
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.store import Solutions

Rows = Sequence[tuple[str | None, ...]]


@cache
def query_file(package: str, name: str) -> str:
    """Text of ``{name}.rq`` in a package, its header included."""
    return files(package).joinpath(f"{name}.rq").read_text(encoding="utf-8")


def select(graph: KnowledgeGraph, text: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of a SELECT query of our own.

    Raises:
        TypeError: The query is no SELECT.
    """
    result = graph.query(text, parameters)
    if not isinstance(result, Solutions):
        raise TypeError(f"not a SELECT query: {text[:80]}")
    return result.rows
