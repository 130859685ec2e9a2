"""Exact decimals in Cypher: integers of 64 bits in units that are known at compile time.

A *scaled* expression is such an integer, ``places`` digits of which stand after the point. A decimal that is kept with
more digits than ``DATA_PLACES``, or a result that does not fit, makes the statement fail with an arithmetic error: the
query is then evaluated another way (``evaluation``). So nothing is rounded, ever.
"""

from __future__ import annotations

import re
from dataclasses import replace

from common.namespaces import XSD
from graph.cypher.bindings import Binding, Inexact, value
from graph.cypher.kinds import INTEGER, LiteralKind
from graph.cypher.pipeline import Names

DECIMAL = LiteralKind(f"{XSD}decimal", None, "lexical")
DATA_PLACES = 4
"""Digits after the point of decimals that are kept in the graph: what has more is left to others."""
MOST_PLACES = 18
_WHOLE_DIGITS = 12
_CANONICAL = re.compile(r"(-?[0-9]+)(?:\.([0-9]+))?")
_INT_64 = 1 << 63


def is_decimal(binding: Binding) -> bool:
    """Whether it is a decimal of any form, or unbound."""
    return binding.kinds == {DECIMAL} and binding.form in {"value", "scaled"}


def is_number(binding: Binding) -> bool:
    """Whether it is a decimal or an integer, or unbound."""
    return is_decimal(binding) or (binding.form == "value" and binding.kinds == {INTEGER})


def constant(lexical: str, names: Names) -> Binding | None:
    """A canonical decimal of a query; None: it is too large, or none."""
    found = _CANONICAL.fullmatch(lexical)
    if found is None:
        return None
    places = len(found.group(2) or "")
    number = int(found.group(1) + (found.group(2) or ""))
    if places > MOST_PLACES or not -_INT_64 < number < _INT_64:
        return None
    return Binding("scaled", names.parameter(number), frozenset({DECIMAL}), places=places)


def scaled(binding: Binding, *, guards: bool) -> Binding:
    """A number as a scaled expression.

    Raises:
        Inexact: Nothing may fail here.

    Args:
        binding: A decimal or integer.
        guards: The statement may fail.
    """
    if not guards:
        raise Inexact("decimals or arithmetic in an update")
    if binding.form == "scaled":
        return binding
    if binding.kinds == {INTEGER}:
        return replace(binding, form="scaled", places=0)
    whole = f"toInteger(split(x, '.')[0] + left(coalesce(split(x, '.')[1], '') + '{'0' * DATA_PLACES}', {DATA_PLACES}))"
    form = f"'-?[0-9]{{1,{_WHOLE_DIGITS}}}([.][0-9]{{1,{DATA_PLACES}}})?'"
    text = f"[x IN [{binding.text}] | CASE WHEN x =~ {form} THEN {whole} ELSE 1 / (size(x) - size(x)) END][0]"
    return replace(binding, form="scaled", text=text, places=DATA_PLACES)


def at(binding: Binding, places: int) -> str:
    """The text of a scaled expression with more digits after the point."""
    factor = 10 ** (places - binding.places)
    return binding.text if factor == 1 else f"({binding.text} * {factor})"


def lexical(binding: Binding) -> str:
    """The canonical lexical form of a scaled expression."""
    if binding.places == 0:
        return f"toString({binding.text})"
    unit = 10**binding.places
    digits = f"right('{'0' * binding.places}' + toString(abs(x) % {unit}), {binding.places})"
    part = f"CASE WHEN x % {unit} = 0 THEN '' ELSE '.' + rtrim({digits}, '0') END"
    sign = "CASE WHEN x < 0 THEN '-' ELSE '' END"
    return f"[x IN [{binding.text}] | {sign} + toString(abs(x) / {unit}) + {part}][0]"


def calculate(operator: str, left: Binding, right: Binding, *, guards: bool) -> Binding:
    """``+``, ``-`` or ``*`` of integers and decimals; one that does not fit makes the statement fail.

    Raises:
        Inexact: Of other things.
    """
    if operator == "/" or not (is_number(left) and is_number(right)):
        raise Inexact(f"the operator {operator}")
    nullable = left.nullable or right.nullable
    one, other = scaled(left, guards=guards), scaled(right, guards=guards)
    if left.kinds == right.kinds == {INTEGER}:
        return value(f"({left.text} {operator} {right.text})", INTEGER, nullable=nullable)
    if operator == "*":
        places = one.places + other.places
        text = f"({one.text} * {other.text})"
    else:
        places = max(one.places, other.places)
        text = f"({at(one, places)} {operator} {at(other, places)})"
    if places > MOST_PLACES:
        raise Inexact(f"the operator {operator} with more than {MOST_PLACES} digits after the point")
    return Binding("scaled", text, frozenset({DECIMAL}), nullable, places)


def sum_of(text: str) -> str:
    """A sum of integers; Neo4j goes on with floats where it does not fit, which here makes the statement fail."""
    fails = "1 / (size(toString(x)) - size(toString(x)))"
    return f"[x IN [sum({text})] | CASE WHEN valueType(x) STARTS WITH 'INTEGER' THEN x ELSE {fails} END][0]"


def compare(operator: str, left: Binding, right: Binding, *, guards: bool) -> str:
    """A comparison of two numbers, one of which is a decimal.

    Raises:
        Inexact: Nothing may fail here.
    """
    one, other = scaled(left, guards=guards), scaled(right, guards=guards)
    places = max(one.places, other.places)
    return f"({at(one, places)} {'<>' if operator == '!=' else operator} {at(other, places)})"


def text_of(number: int, places: int) -> str:
    """The canonical lexical form of a scaled number.

    >>> text_of(-1500, 3), text_of(20, 1)
    ('-1.5', '2')
    """
    whole, part = divmod(abs(number), 10**places)
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{'-' if number < 0 else ''}{whole}{'.' + digits if digits else ''}"
