"""SELECT: projection, DISTINCT, groups, order and limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.cypher import decimals
from graph.cypher.bindings import NULL, Binding, Inexact, NoSolutions, value
from graph.cypher.frames import ActiveGraph, Frame
from graph.cypher.functions import is_text, lexical_text
from graph.cypher.kinds import INTEGER, TEXT
from graph.cypher.ordering import is_stored, sortable
from graph.cypher.patterns import Patterns, check_join
from graph.sparql import algebra as alg
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Aggregate
from graph.sparql.inspect import certain, in_scope
from graph.sparql.terms import Variable

RETURN = "\x00"
"""Stands in a text for the columns."""


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What one SELECT says of the solutions of a pattern."""

    pattern: Pattern
    variables: tuple[Variable, ...]
    order: tuple[alg.OrderCondition, ...] = ()
    distinct: bool = False
    offset: int = 0
    limit: int | None = None

    @classmethod
    def of(cls, pattern: Pattern) -> Modifiers:
        """Of a pattern, from the outside to the inside."""
        offset, limit, distinct = 0, None, False
        if isinstance(pattern, alg.Slice):
            offset, limit, pattern = pattern.offset, pattern.limit, pattern.pattern
        if isinstance(pattern, alg.Distinct | alg.Reduced):
            distinct, pattern = True, pattern.pattern
        variables = None
        if isinstance(pattern, alg.Project):
            variables, pattern = pattern.variables, pattern.pattern
        order: tuple[alg.OrderCondition, ...] = ()
        if isinstance(pattern, alg.OrderBy):
            order, pattern = pattern.conditions, pattern.pattern
        return cls(pattern, in_scope(pattern) if variables is None else variables, order, distinct, offset, limit)


class Tables(Patterns):
    """Lowers patterns, subqueries included."""

    def subquery(self, pattern: Pattern, frame: Frame, graph: ActiveGraph) -> None:
        """A SELECT or group as ``CALL {…}``; of what is bound before, it sees what can't change its solutions."""
        check_join(pattern, frame)
        imported = _importable(pattern) & frame.bindings.keys()
        child = frame.apart()
        child.bindings = {variable: frame.bindings[variable] for variable in imported}
        if isinstance(graph.name, Variable):
            raise Inexact("a subquery in GRAPH with a variable")
        columns = [variable for variable in in_scope(pattern) if variable not in imported]
        if isinstance(pattern, alg.Group):
            text, found = self._group(pattern, child, graph)
        else:
            text, found = self.table(pattern, child, graph, columns)
        names = [frame.names.fresh() for _ in columns] or [frame.names.fresh()]
        texts = [f"{binding.text} AS {name}" for binding, name in zip(found, names, strict=bool(columns))]
        returned = text.replace(RETURN, ", ".join(texts) or f"1 AS {names[0]}")
        frame.pipeline.call(returned, frozenset(names))
        for variable, binding, name in zip(columns, found, names, strict=bool(columns)):
            if binding.form == "null" and variable not in frame.bindings:
                frame.bindings[variable] = NULL
            elif variable in frame.bindings:
                frame.bind(variable, binding.renamed(name))
            else:
                frame.bindings[variable] = binding.renamed(name)

    def table(
        self, pattern: Pattern, frame: Frame, graph: ActiveGraph, columns: list[Variable]
    ) -> tuple[str, list[Binding]]:
        """A SELECT as text with ``RETURN`` where the columns' expressions stand, and the columns."""
        modifiers = Modifiers.of(pattern)
        if modifiers.pattern is pattern:
            raise Inexact("modifiers in an unusual order")
        self.lower(modifiers.pattern, frame, graph)
        visible = set(in_scope(modifiers.pattern))
        found = [frame.get(variable) if variable in visible else NULL for variable in columns]
        if modifiers.distinct:
            found = self._distinct(modifiers, frame, columns, found)
        keys = self._order_keys(modifiers, frame, visible, graph, dict(zip(columns, found, strict=True)))
        order = f"\nORDER BY {', '.join(keys)}" if keys else ""
        limits = f"\nSKIP {frame.names.parameter(modifiers.offset)}" if modifiers.offset else ""
        limits += "" if modifiers.limit is None else f"\nLIMIT {frame.names.parameter(modifiers.limit)}"
        return f"{frame.pipeline.render()}\nRETURN {RETURN}{order}{limits}", found

    def _distinct(
        self, modifiers: Modifiers, frame: Frame, columns: list[Variable], found: list[Binding]
    ) -> list[Binding]:
        outside = set(modifiers.variables) - set(columns) - frame.bindings.keys()
        if outside:
            raise Inexact("DISTINCT over columns that are not there")
        comparable = [self.terms.comparable(binding) for binding in found]
        names = [frame.names.fresh() for _ in columns] or [frame.names.fresh()]
        texts = [f"{binding.text} AS {name}" for binding, name in zip(comparable, names, strict=bool(columns))]
        frame.pipeline.add(f"WITH DISTINCT {', '.join(texts) or f'1 AS {names[0]}'}", frozenset(names))
        return [
            NULL if binding.form == "null" else binding.renamed(name)
            for binding, name in zip(comparable, names, strict=bool(columns))
        ]

    # Groups

    def _group(self, group: alg.Group, frame: Frame, graph: ActiveGraph) -> tuple[str, list[Binding]]:
        """Keys and aggregates, in this order."""
        try:
            self.lower(group.pattern, frame, graph)
        except NoSolutions:
            if not group.implicit:
                raise
            frame = frame.apart()
            frame.pipeline.unwind("[]")
        visible = set(in_scope(group.pattern))
        keys = [self.terms.comparable(frame.get(key)) for key in group.keys]
        expressions = self.expressions(frame, visible, graph)
        aggregates = [
            self._aggregate(
                aggregate, None if aggregate.argument is None else expressions.lower(aggregate.argument), group
            )
            for _, aggregate in group.aggregates
        ]
        names = [frame.names.fresh() for _ in (*keys, *aggregates)]
        if not names:
            raise Inexact("a group without columns")
        texts = [f"{binding.text} AS {name}" for binding, name in zip((*keys, *aggregates), names, strict=True)]
        found = [binding.renamed(name) for binding, name in zip((*keys, *aggregates), names, strict=True)]
        return f"{frame.pipeline.render()}\nWITH {', '.join(texts)}\nRETURN {RETURN}", found

    def _aggregate(self, aggregate: Aggregate, argument: Binding | None, group: alg.Group) -> Binding:
        function, distinct = aggregate.function, "DISTINCT " if aggregate.distinct else ""
        if argument is None:
            if aggregate.distinct:
                raise Inexact("COUNT(DISTINCT *)")
            return value("count(*)", INTEGER)
        text = self.terms.comparable(argument).text
        if function == "COUNT":
            return value(f"count({distinct}{text})", INTEGER)
        if argument.nullable or argument.form == "null":
            raise Inexact(f"{function} of what may be unbound")
        if decimals.is_decimal(argument):
            return self._of_decimals(function, distinct, argument, group)
        if function == "SUM" and argument.form == "value" and argument.kinds == {INTEGER} and self.terms.guards:
            return replace(argument, text=decimals.sum_of(f"{distinct}{argument.text}"))
        if function in {"MIN", "MAX"} and argument.form == "value" and argument.kind in {INTEGER, TEXT}:
            if argument.kind == TEXT and not (self.terms.guards and is_stored(argument.text)):
                raise Inexact(f"{function} of computed strings")
            return replace(argument, text=f"{function.lower()}({argument.text})", nullable=group.implicit)
        if function in {"MIN", "MAX"} and argument.form == "iri":
            raise Inexact(f"{function} of IRIs")
        raise Inexact(f"{function}{' of several types' if argument.form == 'tagged' else ''}")

    def _of_decimals(self, function: str, distinct: str, argument: Binding, group: alg.Group) -> Binding:
        if function == "SUM" and group.implicit:
            raise Inexact("SUM of decimals that may be none")  # that of none is an integer
        found = decimals.scaled(argument, guards=self.terms.guards)
        inner = f"{distinct}{found.text}"
        text = decimals.sum_of(inner) if function == "SUM" else f"{function.lower()}({inner})"
        return replace(found, text=text, nullable=group.implicit)

    # Order

    def _order_keys(
        self,
        modifiers: Modifiers,
        frame: Frame,
        visible: set[Variable],
        graph: ActiveGraph,
        columns: dict[Variable, Binding],
    ) -> list[str]:
        """Expressions for ORDER BY: unbound < blank node < IRI < literal, then by value."""
        keys: list[str] = []
        for condition in modifiers.order:
            expression = condition.expression
            if modifiers.distinct:
                if not isinstance(expression, Variable) or expression not in columns:
                    raise Inexact("DISTINCT with ORDER BY of what is no column")
                binding = columns[expression]
            else:
                binding = self.expressions(frame, visible, graph).lower(expression)
            direction = " DESC" if condition.descending else ""
            keys += [f"{key}{direction}" for key in self._ranks(binding)]
        return keys

    def _ranks(self, binding: Binding) -> list[str]:
        if binding.form == "null":
            return []
        if binding.is_resource and binding.form != "tagged":
            text = self.terms.iri_text(binding)
            keys = [f"NOT {text} STARTS WITH '_:'", sortable(text, guards=self.terms.guards)]
        elif binding.form == "value" and (binding.kind == INTEGER or is_text(binding.kind)):
            text = binding.text
            keys = [sortable(text, guards=self.terms.guards) if is_text(binding.kind) else text]
        elif decimals.is_decimal(binding):
            text = decimals.scaled(binding, guards=self.terms.guards).text
            keys = [text]
        elif binding.form == "tagged" and all(kind is None or is_text(kind) for kind in binding.kinds):
            text = binding.text
            keys = _text_ranks(binding)
        else:
            raise Inexact("ORDER BY of several types, or of other than strings and integers")
        return [f"{text} IS NOT NULL", *keys] if binding.nullable else keys


def _text_ranks(binding: Binding) -> list[str]:
    """Strings in languages or none, and resources: by lexical form, then by language, strings without one last."""
    text = binding.text
    ranks = [f"CASE WHEN {text} STARTS WITH '<_:' THEN 0 WHEN {text} STARTS WITH '<' THEN 1 ELSE 2 END"]
    language = f"CASE WHEN {text} STARTS WITH '@' THEN split({text}, ' ')[0] ELSE '~' END"
    return [*(ranks if None in binding.kinds else []), sortable(lexical_text(text), guards=True), language]


def _importable(pattern: Pattern) -> frozenset[Variable]:
    """Variables whose value may be given beforehand without any other change of the solutions."""
    match pattern:
        case alg.Slice() | alg.Group():
            return frozenset()
        case alg.Distinct(inner) | alg.Reduced(inner) | alg.OrderBy(inner):
            return _importable(inner)
        case alg.Project(inner, variables):
            return _importable(inner) & frozenset(variables)
        case alg.Extend(inner) | alg.Filter(_, inner):
            return _importable(inner)
        case alg.Join(left, right):
            return _importable(left) | _importable(right)
        case _:
            return certain(pattern)
