"""The algebra of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlQuery, section 18.2), nodes named as there."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.sparql.expressions import Aggregate, Expression
from graph.sparql.paths import Path
from graph.sparql.terms import Iri, Literal, Node, Variable


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """Subject, predicate, object."""

    subject: Node
    predicate: Node
    object: Node


@dataclass(frozen=True, slots=True)
class PathPattern:
    """Subject, path, object: a path that triple patterns can't say."""

    subject: Node
    path: Path
    object: Node


@dataclass(frozen=True, slots=True)
class BGP:
    """A basic graph pattern, the paths among its patterns included; empty: one empty solution."""

    patterns: tuple[TriplePattern | PathPattern, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Solutions of both that are compatible."""

    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class LeftJoin:
    """OPTIONAL; ``condition`` is the filters of its group, None: true. It sees the variables of both sides."""

    left: Pattern
    right: Pattern
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Solutions for which the condition is true."""

    condition: Expression
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Union:
    """Solutions of either, duplicates kept."""

    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class Minus:
    """Solutions of ``left`` without a compatible one in ``right`` that shares a bound variable."""

    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class Graph:
    """``GRAPH name {…}``: an IRI, or a variable over the named graphs of the dataset."""

    name: Iri | Variable
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Extend:
    """BIND, ``AS`` and grouping keys: the variable stays unbound where the expression is an error."""

    pattern: Pattern
    variable: Variable
    expression: Expression


@dataclass(frozen=True, slots=True)
class Values:
    """Inline data; None is UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Iri | Literal | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """``SERVICE name {…}``."""

    name: Iri | Variable
    pattern: Pattern
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """GROUP BY with its aggregates (Group and AggregateJoin of the specification as one node).

    Attributes:
        pattern: What is grouped.
        keys: Grouping variables (expressions are bound by ``Extend`` below); empty: one group, also of no solutions,
            when ``implicit`` (an aggregate without GROUP BY).
        aggregates: New variable and aggregate, each used above by that variable.
        implicit: No GROUP BY was written.
    """

    pattern: Pattern
    keys: tuple[Variable, ...]
    aggregates: tuple[tuple[Variable, Aggregate], ...]
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class OrderCondition:
    """One key of ORDER BY."""

    expression: Expression
    descending: bool = False


@dataclass(frozen=True, slots=True)
class OrderBy:
    """Solutions in order."""

    pattern: Pattern
    conditions: tuple[OrderCondition, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Only these variables, in this order. As a pattern it is a subquery: its other variables are its own."""

    pattern: Pattern
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Distinct:
    """Each solution once."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Reduced:
    """Duplicates may be left out."""

    pattern: Pattern


MOST_SOLUTIONS = 2**63 - 1
"""The largest number in LIMIT and OFFSET, those that are larger being read as this: more can't be counted anywhere."""


@dataclass(frozen=True, slots=True)
class Slice:
    """LIMIT and OFFSET; ``limit`` None: all."""

    pattern: Pattern
    offset: int = 0
    limit: int | None = None


Pattern = (
    BGP
    | Join
    | LeftJoin
    | Filter
    | Union
    | Minus
    | Graph
    | Extend
    | Values
    | Service
    | Group
    | OrderBy
    | Project
    | Distinct
    | Reduced
    | Slice
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """FROM and FROM NAMED, or USING of an update; None in a query without either.

    Attributes:
        default: Graphs whose merge is the default graph.
        named: The only named graphs; None: those of the store (WITH without USING changes the default graph only).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Select:
    """Columns are ``variables``, in the order of the query (``SELECT *``: in order of appearance)."""

    pattern: Pattern
    variables: tuple[Variable, ...]
    dataset: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Whether there is a solution."""

    pattern: Pattern
    dataset: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Construct:
    """The template for each solution."""

    template: tuple[TriplePattern, ...]
    pattern: Pattern
    dataset: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Describe:
    """Terms (IRIs and variables of the pattern) to describe; ``pattern`` None: IRIs only."""

    terms: tuple[Iri | Variable, ...]
    pattern: Pattern | None = None
    dataset: Dataset | None = None


Query = Select | Ask | Construct | Describe


@dataclass(frozen=True, slots=True)
class QuadPattern:
    """A triple of an update's template, and its graph (None: the default graph)."""

    triple: TriplePattern
    graph: Iri | Variable | None = None


@dataclass(frozen=True, slots=True)
class InsertData:
    """INSERT DATA; its blank nodes are new ones."""

    quads: tuple[QuadPattern, ...]


@dataclass(frozen=True, slots=True)
class DeleteData:
    """DELETE DATA."""

    quads: tuple[QuadPattern, ...]


@dataclass(frozen=True, slots=True)
class Modify:
    """DELETE / INSERT … WHERE (DELETE WHERE too); ``dataset`` is USING, or WITH where USING is absent.

    WITH has already been written into the templates.
    """

    delete: tuple[QuadPattern, ...]
    insert: tuple[QuadPattern, ...]
    pattern: Pattern
    dataset: Dataset | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """LOAD."""

    source: str
    graph: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class GraphManagement:
    """CLEAR, DROP, CREATE, ADD, MOVE, COPY.

    Attributes:
        operation: The keyword, upper case.
        source: Graph IRI, or ``DEFAULT``, ``NAMED``, ``ALL`` (CLEAR and DROP).
        target: For ADD, MOVE, COPY: graph IRI or ``DEFAULT``.
        silent: Failures are no errors.
    """

    operation: str
    source: str
    target: str | None = None
    silent: bool = False


Operation = InsertData | DeleteData | Modify | Load | GraphManagement


@dataclass(frozen=True, slots=True)
class Update:
    """Operations of one request, in order."""

    operations: tuple[Operation, ...] = field(default_factory=tuple)
