"""Expressions: operators, built-in functions, aggregates (SPARQL 1.1, section 17)."""

from __future__ import annotations

from lark import Token

from graph.sparql.build.terms import Parts, Terms
from graph.sparql.expressions import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Exists,
    Expression,
    FunctionCall,
    In,
    Not,
    Or,
    Sign,
)
from graph.sparql.terms import Iri, Variable
from graph.sparql.tokens import FUNCTIONS
from graph.sparql.walk import check_depth, expression_nodes

_SYNONYMS = {"URI": "IRI", "ISURI": "ISIRI"}
ALL_SOLUTIONS = object()
"""``*`` of ``COUNT(*)``."""


class ExpressionRules(Terms):
    """Rules of expressions."""

    # Operators

    def expression(self, parts: Parts) -> Expression:
        """``a || b``."""
        return Or(tuple(parts))

    def conjunction(self, parts: Parts) -> Expression:
        """``a && b``."""
        return And(tuple(parts))

    def compare(self, parts: Parts) -> Expression:
        """``a < b``."""
        left, operator, right = parts
        return Compare(str(operator), left, right)

    def in_list(self, parts: Parts) -> Expression:
        """``a IN (b, c)``."""
        operand, negated, options = parts
        return In(operand, options, negated is not None)

    def add(self, parts: Parts) -> Expression:
        """``a + b``."""
        return Arithmetic("+", *parts)

    def subtract(self, parts: Parts) -> Expression:
        """``a - b``."""
        return Arithmetic("-", *parts)

    def add_signed(self, parts: Parts) -> Expression:
        """``a -1``, without a blank after the sign: that is a number, and the sum is of it."""
        return Arithmetic("+", *parts)

    def multiply(self, parts: Parts) -> Expression:
        """``a * b``."""
        return Arithmetic("*", *parts)

    def divide(self, parts: Parts) -> Expression:
        """``a / b``."""
        return Arithmetic("/", *parts)

    def negation(self, parts: Parts) -> Expression:
        """``!a``."""
        return Not(parts[0])

    def plus(self, parts: Parts) -> Expression:
        """``+a``."""
        return Sign("+", parts[0])

    def minus_sign(self, parts: Parts) -> Expression:
        """``-a``."""
        return Sign("-", parts[0])

    # Functions

    def FUNCTION(self, token: Token) -> Token:
        """The name of a built-in function."""
        self.state.offset = token.start_pos or 0
        return token

    AGGREGATE = FUNCTION

    def builtin_function(self, parts: Parts) -> Expression:
        """``STR(a)``."""
        token, arguments = parts
        name = token.upper()
        fewest, most = FUNCTIONS[name]
        if len(arguments) < fewest or (most is not None and len(arguments) > most):
            raise self.fault(f"{name} takes {_count(fewest, most)}, not {len(arguments)}", token.start_pos)
        if name == "BOUND" and not isinstance(arguments[0], Variable):
            raise self.fault("BOUND takes a variable", token.start_pos)
        name = _SYNONYMS.get(name, name)
        if name == "IRI" and self.state.base is not None:
            arguments = (*arguments, Iri(self.state.base))
        return Call(name, arguments)

    def expression_list(self, parts: Parts) -> tuple[Expression, ...]:
        """``(a, b)``, also without any."""
        return () if isinstance(parts[0], Token) else tuple(parts)

    def function_call(self, parts: Parts) -> Expression:
        """``ex:function(a)``."""
        iri, (distinct, arguments) = parts
        return FunctionCall(iri.value, arguments, distinct)

    def argument_list(self, parts: Parts) -> tuple[bool, tuple[Expression, ...]]:
        """``(DISTINCT a, b)``."""
        if len(parts) == 1:
            return False, ()
        return parts[0] is not None, tuple(parts[1:])

    def exists(self, parts: Parts) -> Expression:
        """``NOT EXISTS {…}``."""
        negated, group = parts
        return Exists(group.filtered(), negated is not None)

    # Aggregates

    def all_solutions(self, _: Parts) -> object:
        """``*``."""
        return ALL_SOLUTIONS

    def aggregate(self, parts: Parts) -> Expression:
        """``COUNT(DISTINCT ?x)``."""
        token, distinct, argument, separator = parts
        name = token.upper()
        if separator is not None and name != "GROUP_CONCAT":
            raise self.fault(f"{name} has no SEPARATOR", token.start_pos)
        if argument is ALL_SOLUTIONS:
            if name != "COUNT":
                raise self.fault(f"only COUNT takes *, not {name}", token.start_pos)
            argument = None
        else:
            check_depth(argument)
            self.refuse_aggregates(argument, "an aggregate can't stand inside another one")
        self.state.has_aggregates = True
        self.state.aggregate_offset = token.start_pos or 0
        return Aggregate(name, argument, distinct is not None, separator)

    def refuse_aggregates(self, expression: Expression, message: str) -> None:
        """Refuses an expression that holds an aggregate."""
        if self.state.has_aggregates and any(isinstance(node, Aggregate) for node in expression_nodes(expression)):
            raise self.fault(message, self.state.aggregate_offset)


def _count(fewest: int, most: int | None) -> str:
    number = f"{fewest}" if most == fewest else f"{fewest} to {most}"
    return f"{number} argument{'s' * (number != '1')}"
