"""What is known at one place of a statement: variables, constants, and the graph in which patterns are matched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.backends.neo4j.registry import stored_iri
from graph.cypher import shapes
from graph.cypher.bindings import NULL, Binding, Inexact, NoSolutions, node
from graph.cypher.conversions import Terms
from graph.cypher.pipeline import Names, Pipeline
from graph.sparql.expressions import Expression
from graph.sparql.terms import Iri, Literal, Variable

HIDDEN = "! "
"""How the graphs' text of a statement begins that is not in the default graph."""


@dataclass(frozen=True, slots=True)
class ActiveGraph:
    """Where triples are looked for.

    Attributes:
        name: A named graph's IRI or variable; None: the default graph.
        merged: Default graph: IRIs of the graphs whose merge it is; None: the store's own.
        allowed: ``name`` a variable: the only graphs that it may be; None: any.
        in_default: ``name`` given: only statements that are in the store's default graph, too.
    """

    name: Iri | Variable | None = None
    merged: tuple[str, ...] | None = None
    allowed: tuple[str, ...] | None = None
    in_default: bool = False

    @property
    def is_named(self) -> bool:
        """Whether only statements of named graphs count."""
        return self.name is not None or self.merged is not None

    @property
    def is_default(self) -> bool:
        """Whether only statements of the store's default graph count."""
        return self.in_default or not self.is_named


class Frame:
    """A pipeline and what its variables stand for.

    Args:
        pipeline: Clauses so far.
        terms: Conversions.
    """

    def __init__(self, pipeline: Pipeline, terms: Terms) -> None:
        self.pipeline = pipeline
        self.terms = terms
        self.bindings: dict[Variable, Binding] = {}
        self.constants: dict[str, str] = {}
        self.hints: dict[Variable, frozenset[str]] = {}
        """IRIs that a variable may have: other rows are dropped later."""
        self.excluded: dict[Variable, frozenset[str]] = {}
        """IRIs of rows that are dropped later."""
        self.subjects: frozenset[Variable] = frozenset()
        """Variables of rows that are dropped later where they are literals."""
        self.is_substituted = False
        """It is within EXISTS, whose filters see values from outside (section 18.6)."""
        self.places: dict[Variable, ActiveGraph] = {}
        """A graph in which a variable's node surely has a statement."""

    @property
    def names(self) -> Names:
        """Of the statement."""
        return self.pipeline.names

    def child(self) -> Frame:
        """For a subquery that sees everything."""
        frame = self.apart()
        frame.bindings, frame.constants = dict(self.bindings), dict(self.constants)
        frame.hints, frame.excluded, frame.places = dict(self.hints), dict(self.excluded), dict(self.places)
        frame.subjects = self.subjects
        return frame

    def apart(self) -> Frame:
        """For a subquery that sees nothing."""
        frame = Frame(Pipeline(self.names, self.pipeline.available), self.terms)
        frame.is_substituted = self.is_substituted
        return frame

    def expect(self, condition: Expression) -> None:
        """Takes hints from a condition that the solutions of what is lowered next must fulfil."""
        for variable, iris in shapes.hints(condition):
            self.hints[variable] = iris & self.hints.get(variable, iris)
        for variable, iris in shapes.excluded(condition):
            self.excluded[variable] = iris | self.excluded.get(variable, frozenset())

    def possible(self, variable: Variable, iris: Iterable[str]) -> list[str]:
        """Those of ``iris`` that a variable may have."""
        hints, excluded = self.hints.get(variable), self.excluded.get(variable, frozenset())
        return [each for each in iris if each not in excluded and (hints is None or each in hints)]

    def get(self, variable: Variable) -> Binding:
        """What a variable is here."""
        return self.bindings.get(variable, NULL)

    def bound(self, variable: Variable) -> Binding | None:
        """A variable that has a value already; None: it has none yet.

        Raises:
            Inexact: It may have one.
        """
        binding = self.bindings.get(variable)
        if binding is not None and binding.nullable:
            raise Inexact(f"a join on ?{variable.name}, which may be unbound")
        return binding

    def bind(self, variable: Variable, binding: Binding) -> None:
        """Gives a variable a value, which must be the one that it has, if any.

        Raises:
            NoSolutions: It can't be.
        """
        known = self.bound(variable)
        if known is None:
            self.bindings[variable] = binding
            return
        condition = self.terms.same(known, binding)
        if condition is None:
            raise NoSolutions
        self.pipeline.filter(condition)
        if binding.form == "node" or (known.form == "tagged" and binding.form != "tagged"):
            self.bindings[variable] = binding

    def node(self, term: Iri | Variable | Literal, *, long_iris: bool) -> str | None:
        """The Cypher variable of a subject or object that is a node; None: it has no value yet.

        Raises:
            NoSolutions: It is a literal.
            Inexact: Its IRI, computed in the statement, may be too long to be looked up.
        """
        if isinstance(term, Literal):
            raise NoSolutions
        if isinstance(term, Iri):
            return self._constant(term.value)
        binding = self.bound(term)
        if binding is None:
            return None
        if binding.form == "node":
            return binding.text
        if None not in binding.kinds:
            raise NoSolutions
        if long_iris:
            raise Inexact("a look-up of computed IRIs where some are very long")
        if not binding.is_resource:
            self.pipeline.filter(f"{binding.text} STARTS WITH '<'")
        name = self.names.fresh()
        self.pipeline.match(f"({name}:Resource {{iri: {self.terms.iri_text(binding)}}})")
        self.bindings[term] = node(name)
        return name

    def _constant(self, iri: str) -> str:
        if iri not in self.constants:
            name = self.names.fresh()
            self.pipeline.match(f"({name}:Resource {{iri: {self.names.parameter(stored_iri(iri)[0])}}})")
            self.constants[iri] = name
        return self.constants[iri]
