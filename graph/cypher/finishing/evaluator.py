"""Expressions as functions of a row (SPARQL 1.1, section 17); None is unbound and error."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import SystemRandom

from common.namespaces import XSD
from graph.canonical import canonical_literal, is_absolute_iri
from graph.cypher.bindings import Inexact
from graph.cypher.finishing import times
from graph.cypher.finishing.casts import CASTS, truth
from graph.cypher.finishing.comparing import compare, equals
from graph.cypher.finishing.numbers import ROUNDING, absolute, calculate, is_number, negated
from graph.cypher.finishing.strings import STRINGS
from graph.cypher.finishing.values import (
    Moment,
    Resource,
    Tagged,
    Unsure,
    Value,
    datatype_of,
    lexical_form,
    parse,
    term,
)
from graph.cypher.kinds import quoted
from graph.cypher.terms import term_text
from graph.sparql import expressions as exp
from graph.sparql.expressions import Expression
from graph.sparql.terms import Iri, Literal, Variable

Row = tuple[str | None, ...]
Compiled = Callable[[Row], Value | None]
_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda found: found < 0,
    "<=": lambda found: found <= 0,
    ">": lambda found: found > 0,
    ">=": lambda found: found >= 0,
}
_RANDOM = SystemRandom()


class Evaluator:
    """Compiles expressions for rows with these columns.

    Args:
        columns: Of the rows.
    """

    def __init__(self, columns: Sequence[Variable]) -> None:
        self._columns = {variable: index for index, variable in enumerate(columns)}
        self._now = parse(canonical_literal(f'"{datetime.now(UTC).isoformat()}"^^<{XSD}dateTime>'))

    def condition(self, expression: Expression) -> Callable[[Row], bool]:
        """Whether a condition is true.

        Raises:
            Inexact: It can't be evaluated here.
        """
        found = self.compile(expression)
        return lambda row: truth(found(row)) is True

    def compile(self, expression: Expression) -> Compiled:  # noqa: C901, PLR0911  a case for each kind
        """An expression's value.

        Raises:
            Inexact: It can't be evaluated here.
        """
        match expression:
            case Variable():
                return self._variable(expression)
            case Iri() | Literal():
                constant = parse(term_text(expression))
                return lambda _: constant
            case exp.Or(operands):
                return self._junction(operands, decisive=True)
            case exp.And(operands):
                return self._junction(operands, decisive=False)
            case exp.Not(operand):
                return self._not(self.compile(operand))
            case exp.Compare(operator, left, right):
                return self._compare(operator, self.compile(left), self.compile(right))
            case exp.In(operand, options, is_negated):
                found = self._in(self.compile(operand), list(map(self.compile, options)))
                return self._not(found) if is_negated else found
            case exp.Arithmetic(operator, left, right):
                one, other = self.compile(left), self.compile(right)
                return lambda row: calculate(operator, one(row), other(row))
            case exp.Sign(operator, operand):
                return self._sign(operator, self.compile(operand))
            case exp.Call(function, arguments):
                return self._call(function, arguments)
            case exp.FunctionCall(name, (argument,)) if name in CASTS:
                return self._strict(CASTS[name], [self.compile(argument)])
            case _:
                raise Inexact(_named(expression))

    def _variable(self, variable: Variable) -> Compiled:
        index = self._columns.get(variable)
        if index is None:
            return lambda _: None

        def look(row: Row) -> Value | None:
            cell = row[index]
            return None if cell is None else parse(cell)

        return look

    def _junction(self, operands: Sequence[Expression], *, decisive: bool) -> Compiled:
        """``||`` and ``&&``: one decisive operand decides, whatever the others are."""
        compiled = list(map(self.compile, operands))

        def apply(row: Row) -> Value | None:
            is_error = False
            for operand in compiled:
                found = truth(operand(row))
                if found is decisive:
                    return decisive
                is_error |= found is None
            return None if is_error else not decisive

        return apply

    @staticmethod
    def _not(operand: Compiled) -> Compiled:
        def apply(row: Row) -> Value | None:
            found = truth(operand(row))
            return None if found is None else not found

        return apply

    @staticmethod
    def _sign(operator: str, operand: Compiled) -> Compiled:
        def apply(row: Row) -> Value | None:
            found = operand(row)
            if found is None:
                return None
            if operator == "-" or isinstance(found, Moment):
                return negated(found)
            return found if is_number(found) else None

        return apply

    @staticmethod
    def _compare(operator: str, left: Compiled, right: Compiled) -> Compiled:
        def equal(row: Row) -> Value | None:
            one, other = left(row), right(row)
            found = None if one is None or other is None else equals(one, other)
            return None if found is None else found == (operator == "=")

        def ordered(row: Row) -> Value | None:
            one, other = left(row), right(row)
            found = None if one is None or other is None else compare(one, other)
            return None if found is None else _ORDERS[operator](found)

        return equal if operator in {"=", "!="} else ordered

    @staticmethod
    def _in(operand: Compiled, options: list[Compiled]) -> Compiled:
        def apply(row: Row) -> Value | None:
            one, is_error = operand(row), False
            if one is None:
                return None
            for option in options:
                other = option(row)
                found = None if other is None else equals(one, other)
                if found:
                    return True
                is_error |= found is None
            return None if is_error else False

        return apply

    def _call(self, function: str, arguments: tuple[Expression, ...]) -> Compiled:
        compiled = list(map(self.compile, arguments))
        match function, compiled:
            case "BOUND", [only]:
                return lambda row: only(row) is not None
            case "COALESCE", _:
                return lambda row: next((found for each in compiled if (found := each(row)) is not None), None)
            case "IF", [condition, yes, no]:
                return lambda row: None if (test := truth(condition(row))) is None else yes(row) if test else no(row)
            case "NOW", []:
                return lambda _: self._now
            case "BNODE", []:
                return lambda _: Resource(f"_:{uuid.uuid4().hex}")
        if function not in FUNCTIONS:
            raise Inexact(function)
        return self._strict(FUNCTIONS[function], compiled)

    @staticmethod
    def _strict(function: Callable[..., Value | None], arguments: list[Compiled]) -> Compiled:
        """An error where an argument is one."""

        def apply(row: Row) -> Value | None:
            values = [argument(row) for argument in arguments]
            return None if None in values else function(*values)

        return apply


def _named(expression: Expression) -> str:
    match expression:
        case exp.FunctionCall(function):
            return f"the function <{function}>"
        case _:
            return type(expression).__name__.upper()


def _language(value: Value) -> Value | None:
    if isinstance(value, Resource):
        return None
    return value.language if isinstance(value, Tagged) else ""


def _datatype(value: Value) -> Value | None:
    found = datatype_of(value)
    return None if found is None else Resource(f"<{found}>")


def _typed(text: Value, datatype: Value) -> Value | None:
    if not isinstance(text, str) or not isinstance(datatype, Resource) or datatype.text.startswith("_:"):
        return None
    return parse(canonical_literal(f"{quoted(text)}^^{datatype.text}"))


def _with_language(text: Value, language: Value) -> Value | None:
    if not isinstance(text, str) or not isinstance(language, str):
        return None
    if not (language.isascii() and language.isalpha() and len(language) in range(2, 9)):
        raise Unsure
    return Tagged(text, language.lower())


def _iri(value: Value, base: Value | None = None) -> Value | None:
    """With a base, relative IRIs are left to others."""
    if isinstance(value, Resource):
        return value if value.text.startswith("<") else None
    if not isinstance(value, str):
        return None
    if is_absolute_iri(value):
        if base is not None and "/." in value:
            raise Unsure
        return Resource(f"<{value}>")
    if base is not None:
        raise Unsure
    return None


FUNCTIONS: dict[str, Callable[..., Value | None]] = {
    **STRINGS,
    **ROUNDING,
    "ABS": absolute,
    "STR": lexical_form,
    "LANG": _language,
    "DATATYPE": _datatype,
    "STRDT": _typed,
    "STRLANG": _with_language,
    "IRI": _iri,
    "ISIRI": lambda value: isinstance(value, Resource) and value.text.startswith("<"),
    "ISBLANK": lambda value: isinstance(value, Resource) and value.text.startswith("_:"),
    "ISLITERAL": lambda value: not isinstance(value, Resource),
    "ISNUMERIC": is_number,
    "SAMETERM": lambda left, right: term(left) == term(right),
    "UUID": lambda: Resource(f"<urn:uuid:{uuid.uuid4()}>"),
    "STRUUID": lambda: str(uuid.uuid4()),
    "RAND": _RANDOM.random,
    "TZ": times.zone,
    "TIMEZONE": times.offset,
    **{
        name: (lambda value, name=name: times.part(name, value))
        for name in ("YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS")
    },
}
