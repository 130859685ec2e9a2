"""Expressions as typed Cypher. Unbound and error are null, and Cypher's three-valued logic is SPARQL's.

Only what is exact for the kinds that are known is lowered; anything else raises ``Inexact``.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.cypher.bindings import NULL, Binding, Inexact, Terms, iri, string, value
from graph.cypher.kinds import BOOLEAN, INTEGER, LANG_STRING, STRING, TEXT, Kind, LiteralKind, literal_value
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
_AGGREGATES = frozenset({"COUNT", "MIN", "MAX"})
_FUNCTIONS: dict[str, Callable[[Expressions, list[Binding]], Binding]] = {}


def never_exact(root: object) -> str | None:
    """A construct that is never lowered, whatever its types are; None: there is none. Quicker than to try."""
    for node in nodes(root):
        match node:
            case exp.Arithmetic() | exp.Sign() | exp.FunctionCall():
                return _named(node)
            case exp.Call(function) if function not in _FUNCTIONS and function not in _FORMS:
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
                kind, native = literal_value(expression)
                return value(self.names.parameter(native), kind)
            case exp.Or(operands):
                return _boolean(f"({' OR '.join(map(self.condition, operands))})")
            case exp.And(operands):
                return _boolean(f"({' AND '.join(map(self.condition, operands))})")
            case exp.Not(operand):
                return _boolean(f"(NOT {self.condition(operand)})")
            case exp.Compare(operator, left, right):
                return _boolean(self._compare(operator, self.lower(left), self.lower(right)))
            case exp.In():
                return self._in(expression)
            case exp.Call("BOUND", (Variable() as variable,)):
                found = self._lookup(variable)
                return value("false" if found.form == "null" else f"({found.text} IS NOT NULL)", BOOLEAN)
            case exp.Call("COALESCE", arguments):
                return self._coalesce([self.lower(argument) for argument in arguments])
            case exp.Call("IF", (condition, yes, no)):
                return self._if(condition, self.lower(yes), self.lower(no))
            case exp.Call(function, arguments) if function in _FUNCTIONS:
                return _FUNCTIONS[function](self, [self.lower(argument) for argument in arguments])
            case exp.Exists():
                text = self._subquery(expression)
                return value(f"(NOT {text})" if expression.negated else text, BOOLEAN)
            case _:
                raise Inexact(_named(expression))

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
        return _boolean(f"(NOT {text})" if expression.negated else text)

    def _compare(self, operator: str, left: Binding, right: Binding) -> str:
        """Section 17.3."""
        if "null" in {left.form, right.form}:
            return "null"
        if operator in {"=", "!="}:
            text = self._equal(left, right)
            return text if operator == "=" else f"(NOT {text})"
        if left.form == right.form == "value" and left.kinds == right.kinds and _is_ordered(left.kind):
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
        return Binding(merged.form, f"coalesce({', '.join(texts)})", merged.kinds, nullable)

    def _if(self, condition: Expression, yes: Binding, no: Binding) -> Binding:
        merged, texts = self.terms.merged([yes, no])
        if merged.form == "null":
            return NULL
        if merged.form == "node":
            merged, texts = iri(""), [self.terms.iri_text(each) for each in (yes, no)]
        test = self.condition(condition)
        text = f"(CASE WHEN {test} THEN {texts[0]} WHEN NOT {test} THEN {texts[1]} END)"
        return Binding(merged.form, text, merged.kinds, nullable=True)


def _boolean(text: str) -> Binding:
    return value(text, BOOLEAN, nullable=True)


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


def _is_ordered(kind: LiteralKind) -> bool:
    return kind in {INTEGER, TEXT}


# Functions


def _function(name: str) -> Callable[[Callable[[Expressions, list[Binding]], Binding]], None]:
    def register(function: Callable[[Expressions, list[Binding]], Binding]) -> None:
        _FUNCTIONS[name] = function

    return register


@_function("STR")
def _str(context: Expressions, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null":
        return NULL
    if argument.form == "tagged":
        if any(kind is not None and kind.encoding == "double" for kind in argument.kinds):
            raise Inexact("STR of xsd:double")
        text = argument.text
        long = f"substring({text}, size(split({text}, ' ')[0]) + 1)"
        found = f"(CASE WHEN left({text}, 1) IN ['@', '^'] THEN {long} ELSE substring({text}, 1) END)"
        blank = f"(CASE WHEN {text} STARTS WITH '<_:' THEN null ELSE {found} END)" if None in argument.kinds else found
        return value(blank, TEXT, nullable=argument.nullable or None in argument.kinds)
    if argument.form == "value":
        match argument.kind.encoding:
            case "double":
                raise Inexact("STR of xsd:double")
            case "string" | "lexical":
                return value(argument.text, TEXT, nullable=argument.nullable)
            case _:
                return value(f"toString({argument.text})", TEXT, nullable=argument.nullable)
    text = context.terms.iri_text(argument)
    return value(f"(CASE WHEN {text} STARTS WITH '_:' THEN null ELSE {text} END)", TEXT, nullable=True)


@_function("LANG")
def _lang(_: Expressions, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null" or argument.is_resource:
        return NULL
    text = argument.text
    if argument.form == "tagged":
        found = f"CASE WHEN {text} STARTS WITH '<' THEN null "
        found += (
            f"WHEN {text} STARTS WITH '@' THEN substring(split({text}, ' ')[0], 1) WHEN {text} IS NOT NULL THEN '' END"
        )
        return value(f"({found})", TEXT, nullable=True)
    constant = string(argument.kind.language or "")
    if not argument.nullable:
        return value(constant, TEXT)
    return value(f"(CASE WHEN {text} IS NOT NULL THEN {constant} END)", TEXT, nullable=True)


@_function("LANGMATCHES")
def _lang_matches(context: Expressions, arguments: list[Binding]) -> Binding:
    tag, wanted = arguments
    known = context.names.parameters.get(wanted.text[1:]) if wanted.text.startswith("$") else None
    if tag.form == "null":
        return NULL
    if tag.kinds != {TEXT} or wanted.kinds != {TEXT} or not isinstance(known, str):
        raise Inexact("LANGMATCHES with other than a constant")
    if known == "*":
        return _boolean(f"({tag.text} <> '')")
    lower = context.names.parameter(known.lower())
    return _boolean(f"(toLower({tag.text}) = {lower} OR toLower({tag.text}) STARTS WITH {lower} + '-')")


@_function("DATATYPE")
def _datatype(_: Expressions, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null" or argument.is_resource:
        return NULL
    if argument.form != "value":
        raise Inexact("DATATYPE of several types")
    constant = string(argument.kind.datatype)
    if not argument.nullable:
        return iri(constant)
    return iri(f"(CASE WHEN {argument.text} IS NOT NULL THEN {constant} END)", nullable=True)


@_function("ISIRI")
def _is_iri(context: Expressions, arguments: list[Binding]) -> Binding:
    return _is_resource(context, arguments[0], blank=False)


@_function("ISBLANK")
def _is_blank(context: Expressions, arguments: list[Binding]) -> Binding:
    return _is_resource(context, arguments[0], blank=True)


def _is_resource(context: Expressions, argument: Binding, *, blank: bool) -> Binding:
    if argument.form == "null":
        return NULL
    if None not in argument.kinds:
        return _test(argument, "false")
    if argument.form == "tagged":
        text = argument.text
        found = f"({text} STARTS WITH '<_:')" if blank else f"({text} STARTS WITH '<' AND NOT {text} STARTS WITH '<_:')"
    else:
        text = context.terms.iri_text(argument)
        found = f"({text} STARTS WITH '_:')" if blank else f"(NOT {text} STARTS WITH '_:')"
    return value(found, BOOLEAN, nullable=argument.nullable)


@_function("ISLITERAL")
def _is_literal(_: Expressions, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null":
        return NULL
    if argument.form == "tagged":
        return value(f"(NOT {argument.text} STARTS WITH '<')", BOOLEAN, nullable=argument.nullable)
    return _test(argument, "false" if argument.is_resource else "true")


def _test(argument: Binding, constant: str) -> Binding:
    if not argument.nullable:
        return value(constant, BOOLEAN)
    return value(f"(CASE WHEN {argument.text} IS NOT NULL THEN {constant} END)", BOOLEAN, nullable=True)


@_function("SAMETERM")
def _same_term(context: Expressions, arguments: list[Binding]) -> Binding:
    left, right = arguments
    if "null" in {left.form, right.form}:
        return NULL
    text = context.terms.same(left, right)
    if text is None:
        nullable = [each.text for each in (left, right) if each.nullable]
        if not nullable:
            return value("false", BOOLEAN)
        tests = " OR ".join(f"{each} IS NULL" for each in nullable)
        text = f"CASE WHEN {tests} THEN null ELSE false END"
    return _boolean(f"({text})")


def _text_pair(name: str, operator: str) -> None:
    def lower(_: Expressions, arguments: list[Binding]) -> Binding:
        left, right = arguments
        if "null" in {left.form, right.form}:
            return NULL
        if left.form != "value" or not _is_text(left.kind) or right.kinds != {TEXT} or right.form != "value":
            raise Inexact(f"{name} of other than strings")
        return _boolean(f"({left.text} {operator} {right.text})")

    _FUNCTIONS[name] = lower


for _name, _operator in (("STRSTARTS", "STARTS WITH"), ("STRENDS", "ENDS WITH"), ("CONTAINS", "CONTAINS")):
    _text_pair(_name, _operator)


def _is_text(kind: LiteralKind) -> bool:
    return kind.datatype in {STRING, LANG_STRING}


@_function("STRLEN")
def _string_length(_: Expressions, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null":
        return NULL
    if argument.form != "value" or not _is_text(argument.kind):
        raise Inexact("STRLEN of other than strings")
    return value(f"size({argument.text})", INTEGER, nullable=argument.nullable)
