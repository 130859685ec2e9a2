"""Queries: the four forms, their dataset and solution modifiers (SPARQL 1.1, sections 13, 15, 16)."""

from __future__ import annotations

from graph.sparql.algebra import (
    MOST_SOLUTIONS,
    Ask,
    Construct,
    Dataset,
    Describe,
    OrderCondition,
    Query,
    Select,
    TriplePattern,
    Values,
)
from graph.sparql.build.groups import GroupRules
from graph.sparql.build.solutions import NO_GROUP, Solutions
from graph.sparql.build.terms import Parts
from graph.sparql.expressions import Expression
from graph.sparql.syntax import GroupKey, GroupPattern, Modifiers, Scoped, SelectClause, SelectItem, Triple, Triples
from graph.sparql.terms import Iri, Literal, Variable


class QueryRules(GroupRules):
    """Rules of queries."""

    def query(self, parts: Parts) -> Query:
        """A whole query."""
        query: Query = parts[1]
        return query

    # Forms

    def select(self, parts: Parts) -> Select:
        """``SELECT … WHERE {…}``."""
        clause, dataset, where, modifiers, values = parts
        found = self._solutions(where, modifiers, values, clause)
        return Select(found.pattern, tuple(found.scope), dataset)

    def sub_select(self, parts: Parts) -> Scoped:
        """A SELECT as a pattern."""
        clause, where, modifiers, values = parts
        return self._solutions(where, modifiers, values, clause)

    def construct(self, parts: Parts) -> Construct:
        """``CONSTRUCT {…} WHERE {…}``."""
        triples, dataset, where, modifiers, values = parts
        found = self._solutions(where, modifiers, values)
        return Construct(self.template_patterns(triples), found.pattern, dataset)

    def construct_where(self, parts: Parts) -> Construct:
        """``CONSTRUCT WHERE {…}``: the pattern is the template."""
        dataset, triples, modifiers, values = parts
        template = self.template_patterns(triples)
        where = self.group([Triples(triples)] if triples else [])
        return Construct(template, self._solutions(where, modifiers, values).pattern, dataset)

    def describe(self, parts: Parts) -> Describe:
        """``DESCRIBE <iri> ?v WHERE {…}``."""
        terms, dataset, where, modifiers, values = parts
        if where is None and values is None and modifiers == Modifiers():
            return Describe(terms or (), None, dataset)
        found = self._solutions(where or NO_GROUP, modifiers, values)
        return Describe(tuple(found.scope) if terms is None else terms, found.pattern, dataset)

    def ask(self, parts: Parts) -> Ask:
        """``ASK {…}``."""
        dataset, where, modifiers, values = parts
        return Ask(self._solutions(where, modifiers, values).pattern, dataset)

    def _solutions(
        self, where: GroupPattern, modifiers: Modifiers, values: Values | None, clause: SelectClause | None = None
    ) -> Scoped:
        if values is not None:
            modifiers = Modifiers(
                modifiers.keys, modifiers.having, modifiers.order, modifiers.offset, modifiers.limit, values
            )
        return Solutions(self, where, modifiers, clause).build()

    # Templates

    def template(self, parts: list[Triples]) -> list[Triple]:
        """``{…}`` of CONSTRUCT."""
        triples = parts[0].triples if parts else []
        self.refuse_paths(triples)
        return triples

    def template_patterns(self, triples: list[Triple]) -> tuple[TriplePattern, ...]:
        """Triples that are made, not looked for; ``refuse_paths`` has seen them."""
        return tuple(
            TriplePattern(triple.subject, triple.verb, triple.object)
            for triple in triples
            if isinstance(triple.verb, Iri | Variable)
        )

    # SELECT clause

    def select_clause(self, parts: Parts) -> SelectClause:
        """``SELECT DISTINCT ?x``."""
        modifier, items = parts
        return SelectClause(items, None if modifier is None else modifier.upper(), self.state.offset)

    def projection(self, parts: list[SelectItem]) -> tuple[SelectItem, ...]:
        """The columns."""
        return tuple(parts)

    def all_variables(self, _: Parts) -> None:
        """``*``."""

    def select_item(self, parts: Parts) -> SelectItem:
        """``?x`` or ``(… AS ?x)``."""
        *expression, variable = parts
        return SelectItem(variable, expression[0] if expression else None, self.state.offset)

    def described(self, parts: Parts) -> tuple[Iri | Variable, ...]:
        """What DESCRIBE names."""
        return tuple(parts)

    # Dataset

    def dataset(self, parts: list[tuple[bool, str]]) -> Dataset | None:
        """FROM clauses; None without any."""
        if not parts:
            return None
        default = tuple(dict.fromkeys(iri for named, iri in parts if not named))
        return Dataset(default, tuple(dict.fromkeys(iri for named, iri in parts if named)))

    def dataset_clause(self, parts: Parts) -> tuple[bool, str]:
        """``FROM NAMED <iri>``."""
        named, iri = parts
        return named is not None, iri.value

    # Solution modifiers

    def solution_modifier(self, parts: Parts) -> Modifiers:
        """All of them."""
        keys, having, order, limits = parts
        offset, limit = limits or (0, None)
        return Modifiers(keys or (), having or (), order or (), offset, limit)

    def values_clause(self, parts: Parts) -> Values | None:
        """VALUES behind a query."""
        values: Values | None = parts[0]
        return values

    def group_clause(self, parts: list[GroupKey]) -> tuple[GroupKey, ...]:
        """``GROUP BY …``."""
        return tuple(parts)

    def group_condition(self, parts: Parts) -> GroupKey:
        """One key."""
        expression, variable = (*parts, None)[:2]
        return GroupKey(expression, variable, self.state.offset)

    def having_clause(self, parts: list[Expression]) -> tuple[Expression, ...]:
        """``HAVING …``."""
        return tuple(parts)

    def order_clause(self, parts: list[OrderCondition]) -> tuple[OrderCondition, ...]:
        """``ORDER BY …``."""
        return tuple(parts)

    def order_condition(self, parts: Parts) -> OrderCondition:
        """``DESC(…)`` and the like."""
        *direction, expression = parts
        return OrderCondition(expression, bool(direction) and direction[0].upper() == "DESC")

    def limit_first(self, parts: list[Literal | None]) -> tuple[int, int | None]:
        """``LIMIT 1 OFFSET 2`` as offset and limit."""
        limit, offset = map(_number, parts)
        return offset or 0, limit

    def offset_first(self, parts: list[Literal | None]) -> tuple[int, int | None]:
        """``OFFSET 2 LIMIT 1`` as offset and limit."""
        offset, limit = map(_number, parts)
        return offset or 0, limit


def _number(literal: Literal | None) -> int | None:
    return None if literal is None else min(int(literal.lexical), MOST_SOLUTIONS)
