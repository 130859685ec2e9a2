"""The operators of the algebra over rows as they come. Groups and DISTINCT keep what they have seen, ORDER BY all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from heapq import nsmallest
from itertools import islice
from typing import Any

from common.errors import QueryLimitError
from graph.cypher.bindings import Inexact
from graph.cypher.finishing.aggregates import Accumulator, accumulator
from graph.cypher.finishing.comparing import order
from graph.cypher.finishing.evaluator import Compiled, Evaluator, Row
from graph.cypher.finishing.values import Value, term
from graph.sparql import algebra as alg
from graph.sparql.algebra import Pattern
from graph.sparql.terms import Iri, Variable

ROWS = "urn:x-rows:"
"""``SERVICE <urn:x-rows:0> {…}``: the rows of the first statement, which answers what stands in it."""
MOST_KEPT = 500_000
"""Rows or groups that an operator may keep."""


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions.

    Attributes:
        columns: Their variables.
        rows: Terms, None where unbound.
    """

    columns: tuple[Variable, ...]
    rows: Iterable[Row]

    def only(self, columns: Sequence[Variable]) -> Table:
        """These columns, in this order; those that are not there are unbound."""
        if tuple(columns) == self.columns:
            return self
        where = [self.columns.index(column) if column in self.columns else None for column in columns]
        rows = (tuple(None if index is None else row[index] for index in where) for row in self.rows)
        return Table(tuple(columns), rows)


class Operators:
    """Evaluates a pattern.

    Args:
        statements: Rows of each statement, when they are asked for.
    """

    def __init__(self, statements: Sequence[Callable[[], Iterable[Row]]]) -> None:
        self._statements = statements

    def table(self, pattern: Pattern, most: int | None = None) -> Table:  # noqa: PLR0911  a case for each kind
        """The solutions of a pattern; ``most``: only the first ones are asked for.

        Raises:
            Inexact: It can't be evaluated here.
        """
        match pattern:
            case alg.Service(Iri(name), alg.Project(_, columns)) if name.startswith(ROWS):
                return Table(columns, _later(self._statements[int(name.removeprefix(ROWS))]))
            case alg.Project(inner, columns):
                return self.table(inner, most).only(columns)
            case alg.Slice(inner, offset, limit):
                return self._slice(inner, offset, limit)
            case alg.Distinct(inner) | alg.Reduced(inner):
                found = self.table(inner)
                return Table(found.columns, _distinct(found.rows))
            case alg.Filter(condition, inner):
                found = self.table(inner)
                return Table(found.columns, filter(Evaluator(found.columns).condition(condition), found.rows))
            case alg.Extend(inner, variable, expression):
                found = self.table(inner, most)
                compiled = Evaluator(found.columns).compile(expression)
                return Table((*found.columns, variable), ((*row, _text(compiled(row))) for row in found.rows))
            case alg.OrderBy(inner, conditions):
                return self._ordered(self.table(inner), conditions, most)
            case alg.Group():
                return self._grouped(self.table(pattern.pattern), pattern)
            case alg.Union(left, right):
                one, other = self.table(left), self.table(right)
                columns = tuple(dict.fromkeys((*one.columns, *other.columns)))
                return Table(columns, _chained(one.only(columns).rows, other.only(columns).rows))
            case _:
                raise Inexact(type(pattern).__name__)

    def _slice(self, inner: Pattern, offset: int, limit: int | None) -> Table:
        end = None if limit is None else min(offset + limit, alg.MOST_SOLUTIONS)
        found = self.table(inner, end)
        return Table(found.columns, islice(found.rows, offset, end))

    @staticmethod
    def _ordered(found: Table, conditions: Sequence[alg.OrderCondition], most: int | None) -> Table:
        evaluator = Evaluator(found.columns)
        keys = [evaluator.compile(condition.expression) for condition in conditions]
        signs = [-1 if condition.descending else 1 for condition in conditions]
        return Table(found.columns, _later(lambda: _sorted(found.rows, keys, signs, most)))

    @staticmethod
    def _grouped(found: Table, group: alg.Group) -> Table:
        evaluator = Evaluator(found.columns)
        keys = [found.columns.index(key) if key in found.columns else None for key in group.keys]
        arguments = [_argument(evaluator, aggregate) for _, aggregate in group.aggregates]
        columns = (*group.keys, *(variable for variable, _ in group.aggregates))
        return Table(columns, _later(lambda: _groups(found.rows, keys, arguments, group)))


def _later(rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    yield from rows()


def _chained(*parts: Iterable[Row]) -> Iterator[Row]:
    for part in parts:
        yield from part


def _text(value: Value | None) -> str | None:
    return None if value is None else term(value)


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    seen: set[Row] = set()
    for row in rows:
        if row not in seen:
            seen.add(row)
            _check(len(seen), "DISTINCT")
            yield row


def _check(count: int, construct: str) -> None:
    if count > MOST_KEPT:
        raise QueryLimitError(
            f"{construct} would have to keep more than {MOST_KEPT} rows in memory because the database can't answer "
            "the query alone: make it more specific"
        )


def _sorted(rows: Iterable[Row], keys: Sequence[Compiled], signs: Sequence[int], most: int | None) -> list[Row]:
    def compare(left: tuple[list[Value | None], Row], right: tuple[list[Value | None], Row]) -> int:
        for one, other, sign in zip(left[0], right[0], signs, strict=True):
            if found := order(one, other):
                return sign * found
        return 0

    decorated = (([key(row) for key in keys], row) for row in rows)
    by_order: Any = cmp_to_key(compare)
    if most is not None:
        return [row for _, row in nsmallest(most, decorated, key=by_order)]
    return [row for _, row in sorted(_counted(decorated), key=by_order)]


def _counted(rows: Iterable[tuple[list[Value | None], Row]]) -> Iterator[tuple[list[Value | None], Row]]:
    for count, row in enumerate(rows, 1):
        _check(count, "ORDER BY")
        yield row


class _Rows:
    """``COUNT(*)`` and ``COUNT(DISTINCT *)``."""

    def __init__(self, *, distinct: bool) -> None:
        self._seen: set[Row] | None = set() if distinct else None
        self._count = 0

    def add(self, row: Row) -> None:
        """Takes in a row."""
        if self._seen is not None:
            self._seen.add(row)
        self._count += 1

    def result(self) -> Value | None:
        """How many there are."""
        return self._count if self._seen is None else len(self._seen)


def _argument(evaluator: Evaluator, aggregate: Any) -> Compiled | None:
    return None if aggregate.argument is None else evaluator.compile(aggregate.argument)


def _accumulators(group: alg.Group) -> list[Accumulator | _Rows]:
    return [
        _Rows(distinct=aggregate.distinct)
        if aggregate.argument is None
        else accumulator(aggregate.function, distinct=aggregate.distinct, separator=aggregate.separator)
        for _, aggregate in group.aggregates
    ]


def _groups(
    rows: Iterable[Row], keys: Sequence[int | None], arguments: Sequence[Compiled | None], group: alg.Group
) -> Iterator[Row]:
    groups: dict[Row, list[Accumulator | _Rows]] = {}
    for row in rows:
        key = tuple(None if index is None else row[index] for index in keys)
        if (kept := groups.get(key)) is None:
            kept = groups[key] = _accumulators(group)
            _check(len(groups), "GROUP BY")
        for each, argument in zip(kept, arguments, strict=True):
            each.add(row if argument is None else argument(row))  # type: ignore[arg-type]
    if not groups and group.implicit:
        groups[()] = _accumulators(group)
    for key, kept in groups.items():
        yield (*key, *(_text(each.result()) for each in kept))
