"""Expressions of FILTER, BIND, ORDER BY and projection (SPARQL 1.1, section 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.sparql.terms import Iri, Literal, Variable

if TYPE_CHECKING:
    from graph.sparql.algebra import Pattern


@dataclass(frozen=True, slots=True)
class Or:
    """``a || b || …``: at least two."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class And:
    """``a && b && …``: at least two."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """``!a``."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """``a = b`` and the like; ``operator`` is one of ``= != < > <= >=``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class In:
    """``a IN (…)``, or NOT IN; the list may be empty."""

    operand: Expression
    options: tuple[Expression, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``a + b``; ``operator`` is one of ``+ - * /``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Sign:
    """``-a`` or ``+a``."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A built-in function by its upper-case name (``STRLEN``, ``IF``, ``COALESCE``, ``BOUND``, ``REGEX``…).

    ``URI`` is ``IRI``, ``isURI`` is ``ISIRI``. ``IRI`` has a second argument where there is a BASE: that base, an
    ``Iri``.
    """

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function named by IRI: a constructor such as ``xsd:integer``, or an extension."""

    function: str
    arguments: tuple[Expression, ...]
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Exists:
    """``EXISTS {…}``, or NOT EXISTS; the pattern sees the solution's bindings by substitution (section 18.6)."""

    pattern: Pattern
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT``; ``argument`` None is ``COUNT(*)``."""

    function: str
    argument: Expression | None
    distinct: bool = False
    separator: str | None = None


Expression = (
    Iri
    | Literal
    | Variable
    | Or
    | And
    | Not
    | Compare
    | In
    | Arithmetic
    | Sign
    | Call
    | FunctionCall
    | Exists
    | Aggregate
)
"""Any of them. ``Aggregate`` stands only in ``algebra.Group`` once the algebra is made."""
