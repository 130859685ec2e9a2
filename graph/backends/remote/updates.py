"""Requests that write: updates made of terms that have been read and written again, never of texts as they were given.

No statement can end its update and start another operation: ``graph.canonical`` has parsed it as one statement.
"""

import pyoxigraph as ox

from common.errors import StoreError
from graph.canonical import canonical
from graph.store import Delta, Quad


def update_text(delta: Delta) -> str:
    """The update that does what ``delta`` says; "" if that is nothing.

    Raises:
        StoreError: A statement is not one N-Triples statement of IRIs and literals, or a graph is no IRI.
    """
    add, remove = _data(delta.add), _data(delta.remove)
    if not add and not remove:
        return ""
    if delta.only_if is not None:
        # One operation, because its two parts must depend on one look at the condition.
        return f"DELETE {{ {remove} }} INSERT {{ {add} }} WHERE {{ {_data([delta.only_if])} }}"
    operations = [f"DELETE DATA {{ {remove} }}"] if remove else []
    return ";\n".join([*operations, f"INSERT DATA {{ {add} }}"] if add else operations)


def _data(quads: list[Quad]) -> str:
    """Quads as SPARQL writes them, those of a graph together."""
    by_graph: dict[str | None, list[str]] = {}
    # All in one go: reading them again one graph at a time takes twice as long.
    for statement, (_, graph) in zip(canonical(statement for statement, _ in quads), quads, strict=True):
        by_graph.setdefault(graph, []).append(statement)
    return "\n".join(_block(graph, statements) for graph, statements in by_graph.items())


def _block(graph: str | None, statements: list[str]) -> str:
    triples = " .\n".join(statements)
    return f"{triples} ." if graph is None else f"GRAPH {graph_term(graph)} {{ {triples} }}"


def graph_term(graph: str) -> str:
    """The graph's IRI as a term.

    Raises:
        StoreError: It is no absolute IRI.
    """
    try:
        return str(ox.NamedNode(graph))
    except ValueError as error:
        raise StoreError(f"not the IRI of a graph: {graph[:200]}") from error


def load_text(nquads: bytes) -> str:
    """N-Quads as an update, for servers that take no N-Quads.

    Raises:
        StoreError: It is not N-Quads, or holds blank nodes.
    """
    try:
        return update_text(Delta(add=[_quad(quad) for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)]))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"not N-Quads: {' '.join(str(error).split())[:300]}") from error


def _quad(quad: ox.Quad) -> Quad:
    name = quad.graph_name
    return str(quad.triple), name.value if isinstance(name, ox.NamedNode) else None
