"""Expressions as typed Cypher. Unbound and error are null, and Cypher's three-valued logic is SPARQL's.

Only what is exact for the kinds that are known is lowered; anything else raises ``Inexact``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.cypher import decimals, ordering
from graph.cypher.bindings import NULL, Binding, Inexact, iri, value
from graph.cypher.conversions import Terms
from graph.cypher.functions import FUNCTIONS, boolean
from graph.cypher.kinds import BOOLEAN, INTEGER, LANG_STRING, STRING, TEXT, Kind, literal_value
from graph.cypher.pipeline import Names
from graph.sparql import expressions as exp
from graph.sparql.expressions import Expression
from graph.sparql.terms import Iri, Literal, Variable
from graph.sparql.walk import nodes

Lookup = Callable[[Variable], Binding]
"""What a variable is where the expression stands."""

Subquery = Callable[[exp.Exists], str]
"""``EXISTS {…}`` in Cypher, not negated."""

_FORMS = frozenset({"BOUND", "COALESCE", "IF"})
_AGGREGATES = frozenset({"COUNT", "MIN", "MAX", "SUM"})


def never_exact(root: object) -> str | None:
    """A construct that is never lowered, whatever its types are; None: there is none. Quicker than to try."""
    for node in nodes(root):
        match node:
            case exp.Arithmetic("/") | exp.Sign() | exp.FunctionCall():
                return _named(node)
            case exp.Call(function) if function not in FUNCTIONS and function not in _FORMS:
                return function
            case exp.Aggregate(function) if function not in _AGGREGATES:
                return function
    return None


class Expressions:
    """Lowers the expressions of one place.

    Args:
        names: Of the statement.
        terms: Conversions.
        lookup: Variables.
        subquery: EXISTS.
    """

    def __init__(self, names: Names, terms: Terms, lookup: Lookup, subquery: Subquery) -> None:
        self.names = names
        self.terms = terms
        self._lookup = lookup
        self._subquery = subquery

    def condition(self, expression: Expression) -> str:
        """The effective boolean value, as Cypher's boolean.

        Raises:
            Inexact: Cypher can't say it exactly.
        """
        return self._effective(self.lower(expression))

    def _effective(self, binding: Binding) -> str:
        """Section 17.2.2."""
        if binding.form == "null" or binding.is_resource:
            return "null"
        if binding.form == "scaled":
            return f"({binding.text} <> 0)"
        if binding.form != "value":
            raise Inexact("the boolean value of an expression of several types")
        match binding.kind.encoding, binding.kind.datatype:
            case "boolean", _:
                return binding.text
            case "integer", _:
                return f"({binding.text} <> 0)"
            case "string", datatype if datatype == STRING:
                return f"({binding.text} <> '')"
            case _:
                raise Inexact(f"the boolean value of {binding.kind.datatype}")

    def lower(self, expression: Expression) -> Binding:  # noqa: C901, PLR0911, PLR0912  a case for each kind of node
        """An expression as a typed one.

        Raises:
            Inexact: Cypher can't say it exactly.
        """
        match expression:
            case Variable():
                return self._lookup(expression)
            case Iri(text):
                return iri(self.names.parameter(text))
            case Literal():
                return self._literal(expression)
            case exp.Arithmetic(operator, left, right):
                operands = self.lower(left), self.lower(right)
                return NULL if NULL in operands else decimals.calculate(operator, *operands, guards=self.terms.guards)
            case exp.Or(operands):
                return boolean(f"({' OR '.join(map(self.condition, operands))})")
            case exp.And(operands):
                return boolean(f"({' AND '.join(map(self.condition, operands))})")
            case exp.Not(operand):
                return boolean(f"(NOT {self.condition(operand)})")
            case exp.Compare(operator, left, right):
                return boolean(self._compare(operator, self.lower(left), self.lower(right)))
            case exp.In():
                return self._in(expression)
            case exp.Call("BOUND", (Variable() as variable,)):
                found = self._lookup(variable)
                return value("false" if found.form == "null" else f"({found.text} IS NOT NULL)", BOOLEAN)
            case exp.Call("COALESCE", arguments):
                return self._coalesce([self.lower(argument) for argument in arguments])
            case exp.Call("IF", (condition, yes, no)):
                return self._if(condition, self.lower(yes), self.lower(no))
            case exp.Call(function, arguments) if function in FUNCTIONS:
                return FUNCTIONS[function](self, [self.lower(argument) for argument in arguments])
            case exp.Exists():
                text = self._subquery(expression)
                return value(f"(NOT {text})" if expression.negated else text, BOOLEAN)
            case _:
                raise Inexact(_named(expression))

    def _literal(self, literal: Literal) -> Binding:
        kind, native = literal_value(literal)
        found = decimals.constant(str(native), self.names) if kind == decimals.DECIMAL and self.terms.guards else None
        return value(self.names.parameter(native), kind) if found is None else found

    # Comparison

    def _in(self, expression: exp.In) -> Binding:
        if not expression.options:
            raise Inexact("IN ()")
        operand = self.lower(expression.operand)
        options = [self.lower(option) for option in expression.options]
        if operand.is_resource and all(isinstance(option, Iri) for option in expression.options):
            members = [option.value for option in expression.options if isinstance(option, Iri)]
            text = f"({self.terms.iri_text(operand)} IN {self.names.parameter(members)})"
        else:
            text = f"({' OR '.join(self._compare('=', operand, option) for option in options)})"
        return boolean(f"(NOT {text})" if expression.negated else text)

    def _compare(self, operator: str, left: Binding, right: Binding) -> str:
        """Section 17.3."""
        if "null" in {left.form, right.form}:
            return "null"
        if decimals.is_number(left) and decimals.is_number(right) and left.kinds | right.kinds != {INTEGER}:
            return decimals.compare(operator, left, right, guards=self.terms.guards)
        if operator in {"=", "!="}:
            text = self._equal(left, right)
            return text if operator == "=" else f"(NOT {text})"
        if left.form == right.form == "value" and left.kinds == right.kinds == {TEXT}:
            return ordering.compare(operator, left.text, right.text, self.names, guards=self.terms.guards)
        if left.form == right.form == "value" and left.kinds == right.kinds == {INTEGER}:
            return f"({left.text} {operator} {right.text})"
        raise Inexact(f"{operator} of other than two strings or two integers")

    def _equal(self, left: Binding, right: Binding) -> str:
        """Terms that are equal exactly if they are the same; an IRI equals no literal."""
        if not (left.is_resource or right.is_resource):
            by_term = all(map(_by_term, left.kinds | right.kinds))
            if not by_term and not _one_exact(left, right):
                raise Inexact("= of numbers, times, unknown datatypes or several types")
        text = self.terms.same(left, right)
        return self._never(left, right) if text is None else f"({text})"

    def _never(self, left: Binding, right: Binding) -> str:
        """False, unless one is unbound."""
        nullable = [binding.text for binding in (left, right) if binding.nullable]
        if not nullable:
            return "false"
        return f"(CASE WHEN {' OR '.join(f'{text} IS NULL' for text in nullable)} THEN null ELSE false END)"

    # Choices

    def _coalesce(self, options: list[Binding]) -> Binding:
        kept: list[Binding] = []
        for option in options:
            if option.form == "null":
                continue
            kept.append(option)
            if not option.nullable:
                break
        if not kept:
            return NULL
        merged, texts = self.terms.merged(kept)
        if "node" in {option.form for option in kept} and merged.form == "node":
            merged, texts = iri(""), [self.terms.iri_text(option) for option in kept]
        nullable = all(option.nullable for option in kept)
        return replace(merged, text=f"coalesce({', '.join(texts)})", nullable=nullable)

    def _if(self, condition: Expression, yes: Binding, no: Binding) -> Binding:
        merged, texts = self.terms.merged([yes, no])
        if merged.form == "null":
            return NULL
        if merged.form == "node":
            merged, texts = iri(""), [self.terms.iri_text(each) for each in (yes, no)]
        test = self.condition(condition)
        text = f"(CASE WHEN {test} THEN {texts[0]} WHEN NOT {test} THEN {texts[1]} END)"
        return replace(merged, text=text, nullable=True)


def _named(expression: Expression) -> str:
    match expression:
        case exp.Call(function):
            return function
        case exp.FunctionCall(function):
            return f"the function <{function}>"
        case exp.Arithmetic(operator) | exp.Sign(operator):
            return f"the operator {operator}"
        case _:
            return type(expression).__name__.lower()


def _by_term(kind: Kind) -> bool:
    """Whether equality is that of terms, never an error."""
    return kind is None or kind.datatype in {STRING, LANG_STRING}


def _one_exact(left: Binding, right: Binding) -> bool:
    """Integers or booleans on both sides."""
    return (
        left.kinds == right.kinds
        and len(left.kinds) == 1
        and left.form == "value" == right.form
        and (left.kind in {INTEGER, BOOLEAN})
    )
