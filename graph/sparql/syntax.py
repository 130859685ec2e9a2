"""What stands between the grammar's rules and the algebra: parts of a query that are not yet nodes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.sparql.algebra import BGP, Filter, Join, OrderCondition, Pattern, Values
from graph.sparql.expressions import And, Expression
from graph.sparql.paths import Path
from graph.sparql.terms import Iri, Node, Variable

UNIT = BGP(())
"""The empty group: one solution without bindings."""

Scope = dict[Variable, None]
"""Variables in scope (SPARQL 1.1, section 18.2.1) in order of appearance; hidden ones are not among them."""


class Fault(Exception):  # noqa: N818  it becomes a QuerySyntaxError, once the offset has become line and column
    """What is wrong, and its offset in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Triple:
    """Subject, verb and object as written: blank nodes are blank nodes, paths are paths."""

    subject: Node
    verb: Node | Path
    object: Node


@dataclass(frozen=True, slots=True)
class Compound:
    """A collection or blank node with properties: the node that stands for it, and what it says."""

    node: Node
    triples: list[Triple]


@dataclass(frozen=True, slots=True)
class Triples:
    """Triples between two other elements of a group; ``offset``: where they end."""

    triples: list[Triple]


@dataclass(frozen=True, slots=True)
class QuadBlock:
    """``GRAPH name {…}`` of a template."""

    graph: Iri | Variable
    triples: list[Triple]


@dataclass(frozen=True, slots=True)
class Scoped:
    """A pattern and what it brings into scope."""

    pattern: Pattern
    scope: Scope


@dataclass(frozen=True, slots=True)
class GroupPattern:
    """``{…}``: its filters hold for the whole of it, and are the condition of an OPTIONAL around it."""

    pattern: Pattern
    filters: tuple[Expression, ...]
    scope: Scope

    def filtered(self) -> Pattern:
        """The group as a pattern."""
        condition = conjunction(self.filters)
        return self.pattern if condition is None else Filter(condition, self.pattern)


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """``OPTIONAL {…}``."""

    group: GroupPattern


@dataclass(frozen=True, slots=True)
class MinusPart:
    """``MINUS {…}``."""

    group: GroupPattern


@dataclass(frozen=True, slots=True)
class FilterPart:
    """``FILTER …``."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class BindPart:
    """``BIND(… AS ?v)``."""

    expression: Expression
    variable: Variable
    offset: int


Part = Triples | OptionalPart | MinusPart | FilterPart | BindPart | Scoped


@dataclass(frozen=True, slots=True)
class SelectItem:
    """A column: an expression of None is a variable of the pattern."""

    variable: Variable
    expression: Expression | None
    offset: int


@dataclass(frozen=True, slots=True)
class SelectClause:
    """``items`` None: ``*``; ``modifier``: DISTINCT, REDUCED or None."""

    items: tuple[SelectItem, ...] | None
    modifier: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A key of GROUP BY; ``variable`` None: an expression without a name."""

    expression: Expression
    variable: Variable | None
    offset: int


@dataclass(frozen=True, slots=True)
class Modifiers:
    """GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET and the VALUES after them."""

    keys: tuple[GroupKey, ...] = ()
    having: tuple[Expression, ...] = ()
    order: tuple[OrderCondition, ...] = ()
    offset: int = 0
    limit: int | None = None
    values: Values | None = None


@dataclass(slots=True)
class State:
    """What one text has declared so far.

    Attributes:
        base: BASE, or before one the base IRI that the caller gave; None: there is none.
        prefixes: Namespace by prefix.
        labels: Blank nodes' labels, each with the number of the group pattern that it stands in.
        data_labels: Likewise of INSERT DATA, with the number of the operation.
        places: Where each variable and label stood last.
        offset: Where the last token that a builder has looked at begins.
        aggregate_offset: Where the last aggregate begins.
        path_offset: Where the last path that is longer than a link ends.
        count: Names given to hidden variables and blank nodes.
        has_aggregates: An aggregate occurs.
    """

    base: str | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    data_labels: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    offset: int = 0
    aggregate_offset: int = 0
    path_offset: int = 0
    count: int = 0
    has_aggregates: bool = False

    def new_name(self) -> str:
        """A name that no variable or blank node of a text can have: it begins with a dot."""
        self.count += 1
        return f".{self.count}"


def conjunction(conditions: tuple[Expression, ...]) -> Expression | None:
    """All of them as one expression; None: always true."""
    if len(conditions) < 2:  # noqa: PLR2004  fewer than two need no ``And``
        return conditions[0] if conditions else None
    return And(conditions)


def join(left: Pattern, right: Pattern) -> Pattern:
    """``Join``, less the empty group (SPARQL 1.1, section 18.2.2.8)."""
    if left == UNIT:
        return right
    return left if right == UNIT else Join(left, right)
