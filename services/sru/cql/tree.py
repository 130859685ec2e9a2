"""The syntax tree of CQL 1.2 (https://www.loc.gov/standards/sru/cql/spec.html).

A tree is as deep as the query has operators, of which the parser takes a limited number: recursion over one is bounded.
"""

from dataclasses import dataclass

BOOLEANS = ("and", "or", "not", "prox")
RESERVED = frozenset({*BOOLEANS, "sortby"})


@dataclass(frozen=True, slots=True)
class Modifier:
    """``/name`` or ``/name=value`` behind a relation, a boolean or a sort key.

    Attributes:
        name: As written.
        comparison: ``=``, ``<`` …; "" where there is no value.
        value: As written, "" where there is none.
    """

    name: str
    comparison: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """``=``, ``any``, ``cql.within`` … with its modifiers; the name as written."""

    name: str
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """``index relation term``, or a term alone: then the index is "" and the relation None.

    The term keeps its backslashes but those before double quotes: what they escape is for the reader of the term.
    """

    term: str
    index: str = ""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    """Two queries joined; operators have no precedence and join from the left."""

    operator: str
    left: "Node"
    right: "Node"
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefixed:
    """``> prefix = "uri"`` before a query, for which it holds; the prefix "" is that of indexes without one."""

    prefix: str
    uri: str
    query: "Node"


Node = Clause | Boolean | Prefixed


@dataclass(frozen=True, slots=True)
class SortKey:
    """An index to sort by."""

    index: str
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; assignments at its beginning hold for the sort keys, too."""

    root: Node
    sort: tuple[SortKey, ...] = ()
