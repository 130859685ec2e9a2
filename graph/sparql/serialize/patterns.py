"""Expressions and patterns as text."""

from __future__ import annotations

from collections.abc import Iterable

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.inspect import in_scope
from graph.sparql.serialize.terms import Names, iri_text, literal_text, path_text
from graph.sparql.terms import Iri, Literal, Variable

_OPERANDS = (alg.BGP, alg.Union, alg.Graph, alg.Service, alg.Values)
"""Patterns that stand in a group without braces around them and mean the same."""
_SUBQUERIES = (alg.Group, alg.OrderBy, alg.Project, alg.Distinct, alg.Reduced, alg.Slice)


class PatternWriter:
    """Writes what stands in braces.

    Args:
        names: Of hidden variables.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.bases: set[str] = set()
        """Base IRIs that ``IRI()`` resolves against."""

    # Groups

    def group(self, pattern: Pattern) -> str:
        """``{…}`` that means the pattern."""
        if isinstance(pattern, _SUBQUERIES):
            return f"{{ {self.select(pattern)} }}"
        conditions: list[Expression] = []
        while isinstance(pattern, alg.Filter):
            conditions.insert(0, pattern.condition)
            pattern = pattern.pattern
        parts = [*self._elements(pattern), *self._filters(conditions)]
        return f"{{ {' '.join(parts)} }}" if parts else "{}"

    def _filters(self, conditions: Iterable[Expression]) -> list[str]:
        return [f"FILTER({self.expression(condition)})" for condition in conditions]

    def _elements(self, pattern: Pattern) -> list[str]:
        """The elements of a group that mean the pattern, the last one first found: a chain goes down to the left."""
        parts: list[str] = []
        while True:
            match pattern:
                case alg.Join(left, right):
                    parts.append(self._operand(right))
                case alg.LeftJoin(left, right, condition):
                    parts.append(f"OPTIONAL {self._optional(right, condition)}")
                case alg.Minus(left, right):
                    parts.append(f"MINUS {self.group(right)}")
                case alg.Extend(left, variable, expression):
                    parts.append(f"BIND({self.expression(expression)} AS {self.names.variable(variable)})")
                case _:
                    parts.append(self._operand(pattern))
                    return [part for part in reversed(parts) if part]
            pattern = left

    def _optional(self, right: Pattern, condition: Expression | None) -> str:
        """The right side of LeftJoin; a filter of its own must not become the condition, which sees the left side.

        A subquery keeps it apart: some engines see through braces.
        """
        inner = self._subselect(right, in_scope(right)) if isinstance(right, alg.Filter) else self.group(right)
        if condition is None:
            return inner
        filtered = isinstance(right, (*_SUBQUERIES, alg.Filter))
        parts = [inner] if filtered else self._elements(right)
        return f"{{ {' '.join((*parts, *self._filters([condition])))} }}"

    def _operand(self, pattern: Pattern) -> str:
        """One element of a group."""
        match pattern:
            case alg.BGP(patterns):
                return " ".join(f"{self._triple(each)} ." for each in patterns)
            case alg.Union():
                return " UNION ".join(self.group(arm) for arm in _arms(pattern))
            case alg.Graph(name, inner):
                return f"GRAPH {self.names.node(name)} {self.group(inner)}"
            case alg.Service(name, inner, silent):
                return f"SERVICE {'SILENT ' if silent else ''}{self.names.node(name)} {self.group(inner)}"
            case alg.Values():
                return f"VALUES {self.data(pattern)}"
            case _:
                return self.group(pattern)

    def _triple(self, pattern: alg.TriplePattern | alg.PathPattern) -> str:
        subject, target = self.names.node(pattern.subject), self.names.node(pattern.object)
        if isinstance(pattern, alg.PathPattern):
            return f"{subject} {path_text(pattern.path)} {target}"
        return f"{subject} {self.names.node(pattern.predicate)} {target}"

    def data(self, values: alg.Values) -> str:
        """``(?x ?y) { (1 UNDEF) }``."""
        rows = (f"({' '.join(map(self._value, row))})" for row in values.rows)
        return f"({' '.join(map(self.names.variable, values.variables))}) {{ {' '.join(rows)} }}"

    def _value(self, value: Iri | Literal | None) -> str:
        return "UNDEF" if value is None else self.names.node(value)

    # Subqueries

    def select(self, pattern: Pattern, variables: tuple[Variable, ...] | None = None, dataset: str = "") -> str:
        """``SELECT …`` that means the pattern: as much as one SELECT can say, the rest in its braces.

        Args:
            pattern: What it selects.
            variables: Columns of a pattern that does not project; None: all in scope.
            dataset: FROM clauses.
        """
        limits = modifier = ""
        if isinstance(pattern, alg.Slice):
            limits = _limits(pattern)
            pattern = pattern.pattern
        if isinstance(pattern, alg.Distinct | alg.Reduced):
            modifier = "DISTINCT " if isinstance(pattern, alg.Distinct) else "REDUCED "
            pattern = pattern.pattern
        if isinstance(pattern, alg.Project):
            variables = pattern.variables
            pattern = pattern.pattern
        elif variables is None:
            variables = in_scope(pattern)
        order = ""
        if isinstance(pattern, alg.OrderBy):
            order = f" ORDER BY {' '.join(map(self._order, pattern.conditions))}"
            pattern = pattern.pattern
        if isinstance(pattern, alg.Group) and not order and set(variables) == set(in_scope(pattern)):
            return f"{self._grouping(pattern, variables, modifier, dataset)}{limits}"
        return f"SELECT {modifier}{self._columns(variables)}{dataset} WHERE {self.group(pattern)}{order}{limits}"

    def _subselect(self, pattern: Pattern, variables: tuple[Variable, ...]) -> str:
        return f"{{ SELECT {self._columns(variables)} WHERE {self.group(pattern)} }}"

    def _columns(self, variables: Iterable[Variable]) -> str:
        """Without any: a column that is always unbound."""
        return " ".join(map(self.names.variable, variables)) or self.names.fresh()

    def _order(self, condition: alg.OrderCondition) -> str:
        return f"{'DESC' if condition.descending else 'ASC'}({self.expression(condition.expression)})"

    def _grouping(self, group: alg.Group, columns: Iterable[Variable], modifier: str, dataset: str) -> str:
        aggregates = dict(group.aggregates)
        texts = [
            f"({self.expression(aggregates[each])} AS {self.names.variable(each)})"
            if each in aggregates
            else self.names.variable(each)
            for each in columns
        ]
        if group.implicit and not aggregates:  # one group all the same
            texts.append(f"(COUNT(*) AS {self.names.fresh()})")
        where = self.group(group.pattern)
        if any(aggregate.argument is None and aggregate.distinct for aggregate in aggregates.values()):
            visible = tuple(v for v in in_scope(group.pattern) if not v.hidden or v in group.keys)
            where = f"{{ {self._subselect(group.pattern, visible)} }}"
        keys = f" GROUP BY {' '.join(map(self.names.variable, group.keys))}" if group.keys else ""
        return f"SELECT {modifier}{' '.join(texts)}{dataset} WHERE {where}{keys}"

    # Expressions

    def expression(self, expression: Expression) -> str:  # noqa: C901, PLR0911  a case for each kind of node
        """An expression, in brackets if it has several parts."""
        match expression:
            case Iri() | Literal() | Variable():
                return self.names.node(expression)
            case exp.Or(operands):
                return f"({' || '.join(map(self.expression, operands))})"
            case exp.And(operands):
                return f"({' && '.join(map(self.expression, operands))})"
            case exp.Not(operand):
                return f"(! {self.expression(operand)})"
            case exp.Compare(operator, left, right) | exp.Arithmetic(operator, left, right):
                return f"({self.expression(left)} {operator} {self.expression(right)})"
            case exp.Sign(operator, operand):
                return f"({operator} {self.expression(operand)})"
            case exp.In(operand, options, negated):
                return f"({self.expression(operand)} {'NOT ' if negated else ''}IN {self._arguments(options)})"
            case exp.Call():
                return self._call(expression)
            case exp.FunctionCall(function, arguments, distinct):
                listed = self._arguments(arguments)
                return f"{iri_text(function)}{f'(DISTINCT {listed[1:]}' if distinct else listed}"
            case exp.Exists(pattern, negated):
                return f"({'NOT ' if negated else ''}EXISTS {self.group(pattern)})"
            case exp.Aggregate():
                return self._aggregate(expression)

    def _arguments(self, arguments: Iterable[Expression]) -> str:
        return f"({', '.join(map(self.expression, arguments))})"

    def _call(self, call: exp.Call) -> str:
        arguments = call.arguments
        if call.function == "IRI" and len(arguments) > 1:
            base = arguments[1]
            if isinstance(base, Iri):
                self.bases.add(base.value)
            arguments = arguments[:1]
        return f"{call.function}{self._arguments(arguments)}"

    def _aggregate(self, aggregate: exp.Aggregate) -> str:
        argument = "*" if aggregate.argument is None else self.expression(aggregate.argument)
        separator = ""
        if aggregate.separator is not None:
            separator = f"; SEPARATOR={literal_text(Literal(aggregate.separator))}"
        return f"{aggregate.function}({'DISTINCT ' if aggregate.distinct else ''}{argument}{separator})"


def _arms(union: Pattern) -> list[Pattern]:
    """Of a chain of unions."""
    arms: list[Pattern] = []
    while isinstance(union, alg.Union):
        arms.append(union.right)
        union = union.left
    return [union, *reversed(arms)]


def _limits(pattern: alg.Slice) -> str:
    limit = "" if pattern.limit is None else f" LIMIT {pattern.limit}"
    return f"{limit} OFFSET {pattern.offset}" if pattern.offset else limit
