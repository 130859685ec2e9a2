"""Updates: each operation becomes quads to remove and add, in order, in one transaction.

The store keeps no empty graphs: CLEAR, DROP, COPY, MOVE and ADD of a graph that isn't there do nothing, and CREATE
fails only where the graph is there (https://www.w3.org/TR/sparql11-update/#graphManagement).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from common.errors import QueryError, QueryLimitError, QueryRefusedError
from graph.cypher import residual
from graph.cypher.compiler import compile_query
from graph.cypher.evaluation import execute
from graph.cypher.source import Source, WritableQuads
from graph.cypher.templates import Template, data
from graph.sparql import algebra as alg
from graph.sparql.inspect import in_scope
from graph.store import Delta, Quad, Result, Solutions

_Transaction = TypeVar("_Transaction", bound=WritableQuads)
Answer = Callable[[alg.Query, _Transaction], Result]
"""What evaluates a query."""
_ALL: tuple[None, None, None] = (None, None, None)


def by_database(query: alg.Query, source: Source) -> Result:
    """The answer to a query, as far as possible by the database; no statement may fail within the transaction."""
    return execute(compile_query(query, source.registry, guards=False), source)


def update(request: alg.Update, source: _Transaction, answer: Answer[_Transaction]) -> None:
    """Runs a SPARQL 1.1 update; each operation sees what those before it did.

    Args:
        request: The update.
        source: The transaction.
        answer: What evaluates WHERE.

    Raises:
        QueryRefusedError: LOAD.
        QueryError: Any other failure; the transaction must then be rolled back.
    """
    for operation in request.operations:
        _run(operation, source, answer)


def _run(operation: alg.Operation, source: _Transaction, answer: Answer[_Transaction]) -> None:
    match operation:
        case alg.InsertData(quads):
            source.apply(Delta(add=data(quads)))
        case alg.DeleteData(quads):
            source.apply(Delta(remove=data(quads)))
        case alg.Modify():
            source.apply(_modified(operation, source, answer))
        case alg.GraphManagement():
            _manage(operation, source)
        case alg.Load(silent=silent):
            if not silent:
                raise QueryRefusedError("LOAD is not supported: send the statements themselves")


def _modified(operation: alg.Modify, source: _Transaction, answer: Answer[_Transaction]) -> Delta:
    """What DELETE / INSERT changes."""
    templates = Template(operation.delete), Template(operation.insert)
    used = dict.fromkeys(variable for template in templates for variable in template.variables)
    known = set(in_scope(operation.pattern))
    variables = tuple(variable for variable in used if variable in known)
    query = alg.Select(alg.Project(operation.pattern, variables), variables, operation.dataset)
    found = answer(query, source)
    remove: dict[Quad, None] = {}
    add: dict[Quad, None] = {}
    for row in found.rows if isinstance(found, Solutions) else ():
        values = dict(zip(variables, row, strict=False))  # one of no variables may have a column all the same
        remove.update(dict.fromkeys(templates[0].quads(values)))
        add.update(dict.fromkeys(templates[1].quads(values)))
        if len(remove) + len(add) > residual.MOST_QUADS:
            raise QueryLimitError(f"the update changes more than {residual.MOST_QUADS} statements: do it in parts")
    return Delta(add=list(add), remove=list(remove))


def _manage(operation: alg.GraphManagement, source: WritableQuads) -> None:
    match operation.operation:
        case "CREATE":
            if not operation.silent and next(source.quads(_ALL, operation.source), None) is not None:
                raise QueryError(f"CREATE: the graph {operation.source} is there already")
        case "CLEAR" | "DROP":
            source.apply(Delta(remove=_held(source, operation.source, operation.operation)))
        case _:
            _transfer(operation, source)


def _transfer(operation: alg.GraphManagement, source: WritableQuads) -> None:
    """ADD, COPY, MOVE."""
    target = operation.target or "DEFAULT"
    if target == operation.source:
        return
    moved = _held(source, operation.source, operation.operation)
    name = None if target == "DEFAULT" else target
    remove = [] if operation.operation == "ADD" else _held(source, target, operation.operation)
    if operation.operation == "MOVE":
        remove += moved
    source.apply(Delta(add=[(statement, name) for statement, _ in moved], remove=remove))


def _held(source: WritableQuads, name: str, operation: str) -> list[Quad]:
    """Quads of a graph, or of ``DEFAULT``, ``NAMED``, ``ALL``."""
    match name:
        case "DEFAULT":
            found = source.quads(_ALL, "")
        case "ALL":
            found = source.quads(_ALL, None)
        case "NAMED":
            found = (quad for quad in source.quads(_ALL, None) if quad[1] is not None)
        case _:
            found = source.quads(_ALL, name)
    return list(_limited(found, f"{operation} {name}"))


def _limited(quads: Iterable[Quad], construct: str) -> Iterator[Quad]:
    for count, quad in enumerate(quads):
        if count >= residual.MOST_QUADS:
            raise QueryLimitError(f"{construct} concerns more than {residual.MOST_QUADS} statements: do it in parts")
        yield quad
