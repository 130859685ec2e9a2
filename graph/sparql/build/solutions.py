"""From a WHERE clause to solutions: grouping, HAVING, projection, order, slices (SPARQL 1.1, section 18.2.4 and 5)."""

from __future__ import annotations

from graph.sparql.algebra import (
    Distinct,
    Extend,
    Filter,
    Group,
    OrderBy,
    OrderCondition,
    Pattern,
    Project,
    Reduced,
    Slice,
)
from graph.sparql.build.groups import GroupRules
from graph.sparql.expressions import Aggregate, Expression
from graph.sparql.syntax import (
    UNIT,
    GroupKey,
    GroupPattern,
    Modifiers,
    Scope,
    Scoped,
    SelectClause,
    SelectItem,
    conjunction,
    join,
)
from graph.sparql.terms import Variable
from graph.sparql.walk import expression_nodes, rewrite

NO_GROUP = GroupPattern(UNIT, (), {})


class Solutions:
    """One SELECT, or the solutions that another form of query takes.

    Args:
        rules: For hidden names and faults.
        where: The WHERE clause.
        modifiers: What stands behind it.
        clause: The SELECT clause; None: another form.
    """

    def __init__(
        self, rules: GroupRules, where: GroupPattern, modifiers: Modifiers, clause: SelectClause | None = None
    ) -> None:
        self._rules = rules
        self._modifiers = modifiers
        self._clause = clause
        self._items = () if clause is None or clause.items is None else clause.items
        self._pattern = where.filtered()
        self._inner = where.scope
        self._scope = where.scope
        self._aggregates: dict[Aggregate, Variable] = {}
        self._grouped = bool(modifiers.keys) or self._has_aggregates()

    def build(self) -> Scoped:
        """The pattern with everything applied, and its columns (of another form: all variables in scope)."""
        if self._clause is not None and self._clause.items is None and self._grouped:
            raise self._rules.fault("SELECT * can't stand with GROUP BY or an aggregate", self._clause.offset)
        having = self._modifiers.having
        aliases = dict.fromkeys(item.variable for item in self._items if item.expression is not None)
        items, order = self._items, self._modifiers.order
        if self._grouped:
            having, items, order = self._group(having, items, order, aliases)
        condition = conjunction(having)
        if condition is not None:
            self._pattern = Filter(condition, self._pattern)
        if self._modifiers.values is not None:
            self._pattern = join(self._pattern, self._modifiers.values)
            self._scope = {**self._scope, **dict.fromkeys(self._modifiers.values.variables)}
        self._extend(items)
        if order:
            self._pattern = OrderBy(self._pattern, order)
        return self._project()

    # Grouping

    def _has_aggregates(self) -> bool:
        if not self._rules.state.has_aggregates:
            return False
        expressions = [
            *(item.expression for item in self._items if item.expression is not None),
            *self._modifiers.having,
            *(condition.expression for condition in self._modifiers.order),
        ]
        return any(isinstance(node, Aggregate) for each in expressions for node in expression_nodes(each))

    def _group(
        self,
        having: tuple[Expression, ...],
        items: tuple[SelectItem, ...],
        order: tuple[OrderCondition, ...],
        aliases: Scope,
    ) -> tuple[tuple[Expression, ...], tuple[SelectItem, ...], tuple[OrderCondition, ...]]:
        """Section 18.2.4.1: aggregates become variables; a variable that is not grouped is sampled."""
        keys = tuple(dict.fromkeys(self._key(key) for key in self._modifiers.keys))
        pattern = self._pattern
        self._scope = {key: None for key in keys if not key.hidden}
        self._refuse_ungrouped()
        having = tuple(self._aggregated(each, {}) for each in having)
        items = tuple(self._aggregated_item(item) for item in items)
        order = tuple(OrderCondition(self._aggregated(each.expression, aliases), each.descending) for each in order)
        named = tuple((variable, aggregate) for aggregate, variable in self._aggregates.items())
        self._pattern = Group(pattern, keys, named, implicit=not self._modifiers.keys)
        return having, items, order

    def _key(self, key: GroupKey) -> Variable:
        """The variable of a key; an expression is bound first."""
        self._rules.refuse_aggregates(key.expression, "an aggregate can't stand in GROUP BY")
        if key.variable is None and isinstance(key.expression, Variable):
            return key.expression
        variable = key.variable or self._rules.new_variable()
        if variable in self._inner:
            raise self._rules.fault(f"?{variable.name} has a value before GROUP BY", key.offset)
        self._pattern = Extend(self._pattern, variable, key.expression)
        if key.variable is not None:
            self._inner = {**self._inner, variable: None}
        return variable

    def _refuse_ungrouped(self) -> None:
        """Section 11.4: a column shows keys, and what aggregates make of the rest."""
        visible = dict(self._scope)
        for item in self._items:
            for variable in _outside_aggregates(item.variable if item.expression is None else item.expression):
                if variable not in visible:
                    message = f"?{variable.name} is neither grouped nor in an aggregate"
                    raise self._rules.fault(message, item.offset)
            visible[item.variable] = None

    def _aggregated_item(self, item: SelectItem) -> SelectItem:
        if item.expression is None:
            return item
        return SelectItem(item.variable, self._aggregated(item.expression, self._inner), item.offset)

    def _aggregated(self, expression: Expression, left: Scope) -> Expression:
        """The expression over variables of the group; those in ``left`` are not sampled."""
        return rewrite(expression, lambda node: self._replacement(node, left))

    def _replacement(self, node: Expression, left: Scope) -> Expression | None:
        if isinstance(node, Variable) and node in self._inner and node not in self._scope and node not in left:
            node = Aggregate("SAMPLE", node)
        if not isinstance(node, Aggregate):
            return None
        if node not in self._aggregates:
            self._aggregates[node] = self._rules.new_variable()
        return self._aggregates[node]

    # Projection

    def _extend(self, items: tuple[SelectItem, ...]) -> None:
        """Section 18.2.4.4: a new column may not be in scope already."""
        seen: Scope = {}
        named = {item.variable for item in items if item.expression is not None}
        for item in items:
            if item.expression is not None:
                if item.variable in self._scope or item.variable in seen:
                    raise self._rules.fault(f"?{item.variable.name} has a value before AS", item.offset)
                self._pattern = Extend(self._pattern, item.variable, item.expression)
            elif item.variable in named:
                raise self._rules.fault(f"?{item.variable.name} is selected twice", item.offset)
            seen[item.variable] = None

    def _project(self) -> Scoped:
        scope = self._scope
        pattern: Pattern = self._pattern
        if self._clause is not None:
            if self._clause.items is not None:
                scope = dict.fromkeys(item.variable for item in self._clause.items)
            pattern = Project(pattern, tuple(scope))
            if self._clause.modifier is not None:
                pattern = Distinct(pattern) if self._clause.modifier == "DISTINCT" else Reduced(pattern)
        if self._modifiers.offset or self._modifiers.limit is not None:
            pattern = Slice(pattern, self._modifiers.offset, self._modifiers.limit)
        return Scoped(pattern, scope)


def _outside_aggregates(expression: Expression) -> list[Variable]:
    nodes = expression_nodes(expression, into_aggregates=False)
    return [node for node in nodes if isinstance(node, Variable)]
