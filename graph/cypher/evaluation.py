"""Queries: ``text → algebra → plan → rows``."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from threading import Lock

from common.errors import QueryError, QueryLimitError
from graph.backends.neo4j.registry import Registry
from graph.canonical import is_absolute_iri
from graph.cypher import residual
from graph.cypher.compiler import Target, compile_in_parts, compile_query, narrowed
from graph.cypher.finishing.operators import Operators
from graph.cypher.finishing.values import Unsure
from graph.cypher.plan import Plan, Row, Statement
from graph.cypher.source import Source
from graph.cypher.templates import Template
from graph.packed import packed
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_query
from graph.store import PLAIN, QueryOptions, Result, Solutions

MOST_ROWS = 100_000
"""Rows of one part of a query that may be held in memory for the rest of it."""
_PLANS = 512
_MOST_VALUES = 10_000
"""Rows of values to which a statement is narrowed down."""


class _Cache:
    """The plans that were used last."""

    def __init__(self) -> None:
        self._plans: OrderedDict[object, tuple[Registry, Plan]] = OrderedDict()
        self._lock = Lock()

    def plan(self, text: str, options: QueryOptions, registry: Registry, *, guards: bool) -> Plan:
        """The plan of a text over a graph with this registry."""
        key = (text, options.default_graphs, options.named_graphs, guards)
        with self._lock:
            found = self._plans.get(key)
            if found is not None and (found[0] is registry or found[0] == registry):
                self._plans.move_to_end(key)
                return found[1]
        plan = compile_query(with_dataset(parse_query(text), options), registry, guards=guards)
        with self._lock:
            self._plans[key] = registry, plan
            while len(self._plans) > _PLANS:
                self._plans.popitem(last=False)
        return plan


_CACHE = _Cache()


def plan(text: str, options: QueryOptions, registry: Registry, *, guards: bool = True) -> Plan:
    """The plan of a query; ``guards``: its statements may fail where a number does not fit.

    Raises:
        QuerySyntaxError: With line and column.
        QueryError: A graph of the protocol is no IRI.
    """
    return _CACHE.plan(text, options, registry, guards=guards)


def evaluate(text: str, options: QueryOptions, source: Source, *, guards: bool = True) -> Result:
    """The answer to a SPARQL 1.1 query over a source.

    Args:
        text: The query.
        options: The protocol's.
        source: The data.
        guards: A statement may fail with an arithmetic error where a number does not fit; then ask again, in another
            transaction and without guards.

    Raises:
        QuerySyntaxError: With line and column.
        QueryLimitError: It would need too much memory; names the construct.
        QueryError: Any other failure.
    """
    return execute(plan(text, options, source.registry, guards=guards), source, options.first_rows)


def execute(found: Plan, source: Source, first_rows: int | None = None) -> Result:
    """The answer by a plan."""
    if found.finish is not None:
        try:
            return _result(found.query, _finished(found, source), first_rows)
        except Unsure:
            found = compile_in_parts(found.query, source.registry, "values of several types", guards=found.guards)
    if found.residual is None:
        return _result(found.query, found.statements[0].rows(source), first_rows)
    rest = residual.Residual(source, found.query.dataset)
    rows: list[list[Row]] = []
    for statement in found.statements:
        rows.append(list(_limited(_narrowed(statement, found, rows, rest, source).rows(source), found)))
        if any(cell is not None and cell.startswith("_:") for row in rows[-1] for cell in row):
            rows.clear()  # no text of a query can name a blank node
            break
    if not rows:
        return in_order(residual.evaluate(found.query, source, first_rows), found.query)
    rest.fetch(found.residual.needs)
    return in_order(rest.run(found.residual.filled(rows), first_rows), found.query)


def _finished(found: Plan, source: Source) -> Iterator[Row]:
    """Rows whose end was left for here."""
    assert found.finish is not None  # noqa: S101  asked before
    statements = [partial(statement.rows, source) for statement in found.statements]
    table = Operators(statements).table(found.finish.pattern)
    variables = found.query.variables if isinstance(found.query, alg.Select) else table.columns
    return iter(table.only(variables).rows)


def _narrowed(
    statement: Statement, found: Plan, rows: list[list[Row]], rest: residual.Residual, source: Source
) -> Statement:
    """The statement for the values that other parts of the query leave to its variables."""
    restriction = statement.restriction
    if restriction is None or found.residual is None:
        return statement
    rest.fetch(restriction.needs)
    values = rest.run(found.residual.filled(rows, restriction.text), _MOST_VALUES + 1)
    if not isinstance(values, Solutions) or len(values.rows) > _MOST_VALUES:
        return statement
    target = Target(source.registry, found.query.dataset, found.guards)
    return narrowed(statement, restriction.variables, values.rows, target)


def _result(query: alg.Query, rows: Iterator[Row], most: int | None) -> Result:
    match query:
        case alg.Select(_, variables):
            return Solutions([variable.name for variable in variables], packed(islice(rows, most)))
        case alg.Construct():
            return list(islice(_constructed(query, rows), most))
        case _:
            return next(rows, None) is not None


def _constructed(query: alg.Construct, rows: Iterator[Row]) -> Iterator[str]:
    template = Template(alg.QuadPattern(triple) for triple in query.template)
    variables = tuple(dict.fromkeys(template.variables))
    seen: set[str] = set()
    for row in rows:
        for statement, _ in template.quads(dict(zip(variables, row, strict=False))):
            if statement not in seen:
                seen.add(statement)
                yield statement


def _limited(rows: Iterator[Row], found: Plan) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            reasons = ", ".join(found.residual.reasons[:3]) if found.residual else ""
            raise QueryLimitError(
                f"more than {MOST_ROWS} rows would have to be held in memory because the database can't answer the "
                f"query alone ({reasons}): make it more specific"
            )
        yield row


def in_order(result: Result, query: alg.Query) -> Result:
    """Columns in the order of the query: Oxigraph gives those of ``SELECT *`` by name."""
    if not isinstance(result, Solutions) or not isinstance(query, alg.Select):
        return result
    wanted = [variable.name for variable in query.variables]
    if wanted == result.variables:
        return result
    where = [result.variables.index(name) if name in result.variables else None for name in wanted]
    return Solutions(wanted, [tuple(None if i is None else row[i] for i in where) for row in result.rows])


def with_dataset(query: alg.Query, options: QueryOptions = PLAIN) -> alg.Query:
    """The query over the dataset of the protocol, which comes before its own.

    Raises:
        QueryError: A graph of the protocol is no IRI.
    """
    if not options.default_graphs and not options.named_graphs:
        return query
    for iri in (*options.default_graphs, *options.named_graphs):
        if not is_absolute_iri(iri):
            raise QueryError(f"default-graph-uri or named-graph-uri is no IRI: {iri[:200]}")
    dataset = alg.Dataset(tuple(dict.fromkeys(options.default_graphs)), tuple(dict.fromkeys(options.named_graphs)))
    return replace(query, dataset=dataset)
