"""How an engine answers a query, in stages that can be read."""

from dataclasses import dataclass

from graph.sparql.parser import parse_query
from graph.sparql.show import show


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage.

    Attributes:
        name: ``algebra``, ``cypher``, ``parameters``, ``finish``, ``residual`` or ``engine``.
        text: What it is then.
    """

    name: str
    text: str


def algebra_stage(text: str) -> Stage:
    """What every engine starts from.

    Raises:
        QuerySyntaxError: With line and column.
    """
    return Stage("algebra", show(parse_query(text)))


def passed_on(text: str, engine: str) -> list[Stage]:
    """The stages of an engine that takes SPARQL as it is."""
    return [algebra_stage(text), Stage("engine", f"{engine} evaluates the SPARQL text as it is.")]
