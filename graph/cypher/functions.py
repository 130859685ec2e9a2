"""Functions on typed Cypher: exact for the kinds that are known, else ``Inexact``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from graph.cypher import decimals
from graph.cypher.bindings import NULL, Binding, Inexact, iri, value
from graph.cypher.conversions import Terms, string
from graph.cypher.kinds import BOOLEAN, INTEGER, LANG_STRING, STRING, TEXT, LiteralKind
from graph.cypher.pipeline import Names
from graph.cypher.regexes import regex


class Context(Protocol):
    """Where a function stands: ``expressions.Expressions``."""

    names: Names
    terms: Terms


Function = Callable[[Context, list[Binding]], Binding]
FUNCTIONS: dict[str, Function] = {}
"""By name, as of ``exp.Call``."""


def boolean(text: str) -> Binding:
    """A condition as a value."""
    return value(text, BOOLEAN, nullable=True)


def _function(name: str) -> Callable[[Function], None]:
    def register(function: Function) -> None:
        FUNCTIONS[name] = function

    return register


@_function("STR")
def _str(context: Context, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null":
        return NULL
    if argument.form == "tagged":
        if any(kind is not None and kind.encoding == "double" for kind in argument.kinds):
            raise Inexact("STR of xsd:double")
        text, found = argument.text, lexical_text(argument.text)
        blank = f"(CASE WHEN {text} STARTS WITH '<_:' THEN null ELSE {found} END)" if None in argument.kinds else found
        return value(blank, TEXT, nullable=argument.nullable or None in argument.kinds)
    if argument.form == "scaled":
        return value(decimals.lexical(argument), TEXT, nullable=argument.nullable)
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


def lexical_text(tagged: str) -> str:
    """The lexical form or IRI of a tagged string."""
    long = f"substring({tagged}, size(split({tagged}, ' ')[0]) + 1)"
    return f"(CASE WHEN left({tagged}, 1) IN ['@', '^'] THEN {long} ELSE substring({tagged}, 1) END)"


@_function("LANG")
def _lang(_: Context, arguments: list[Binding]) -> Binding:
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
def _lang_matches(context: Context, arguments: list[Binding]) -> Binding:
    tag, wanted = arguments
    known = context.names.parameters.get(wanted.text[1:]) if wanted.text.startswith("$") else None
    if tag.form == "null":
        return NULL
    if tag.kinds != {TEXT} or wanted.kinds != {TEXT} or not isinstance(known, str):
        raise Inexact("LANGMATCHES with other than a constant")
    if known == "*":
        return boolean(f"({tag.text} <> '')")
    lower = context.names.parameter(known.lower())
    return boolean(f"(toLower({tag.text}) = {lower} OR toLower({tag.text}) STARTS WITH {lower} + '-')")


@_function("DATATYPE")
def _datatype(_: Context, arguments: list[Binding]) -> Binding:
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
def _is_iri(context: Context, arguments: list[Binding]) -> Binding:
    return _is_resource(context, arguments[0], blank=False)


@_function("ISBLANK")
def _is_blank(context: Context, arguments: list[Binding]) -> Binding:
    return _is_resource(context, arguments[0], blank=True)


def _is_resource(context: Context, argument: Binding, *, blank: bool) -> Binding:
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
def _is_literal(_: Context, arguments: list[Binding]) -> Binding:
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
def _same_term(context: Context, arguments: list[Binding]) -> Binding:
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
    return boolean(f"({text})")


def _text_pair(name: str, operator: str) -> None:
    def lower(_: Context, arguments: list[Binding]) -> Binding:
        left, right = arguments
        if "null" in {left.form, right.form}:
            return NULL
        if left.form != "value" or not is_text(left.kind) or right.kinds != {TEXT} or right.form != "value":
            raise Inexact(f"{name} of other than strings")
        return boolean(f"({left.text} {operator} {right.text})")

    FUNCTIONS[name] = lower


for _name, _operator in (("STRSTARTS", "STARTS WITH"), ("STRENDS", "ENDS WITH"), ("CONTAINS", "CONTAINS")):
    _text_pair(_name, _operator)


def is_text(kind: LiteralKind) -> bool:
    """Whether it is that of strings, in a language or in none."""
    return kind.datatype in {STRING, LANG_STRING}


@_function("STRLEN")
def _string_length(_: Context, arguments: list[Binding]) -> Binding:
    (argument,) = arguments
    if argument.form == "null":
        return NULL
    if argument.form != "value" or not is_text(argument.kind):
        raise Inexact("STRLEN of other than strings")
    return value(f"size({argument.text})", INTEGER, nullable=argument.nullable)


@_function("REGEX")
def _regex(context: Context, arguments: list[Binding]) -> Binding:
    """A constant expression that Java reads as Oxigraph does."""
    argument, *rest = arguments
    if argument.form == "null":
        return NULL
    known = [context.names.parameters.get(each.text[1:]) if each.text.startswith("$") else None for each in rest]
    if argument.form != "value" or not is_text(argument.kind) or any(each.kinds != {TEXT} for each in rest):
        raise Inexact("REGEX of other than strings, or by what is no constant")
    texts = [each for each in known if isinstance(each, str)]
    if len(texts) < len(known):
        raise Inexact("REGEX by what is no constant")
    wanted = context.names.parameter(f"[\\s\\S]*(?:{regex(*texts).text})[\\s\\S]*")
    return boolean(f"({argument.text} =~ {wanted})")
