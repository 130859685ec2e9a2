"""Graph patterns as clauses.

A pattern is lowered into a frame whose variables have values already, as nested loops join. That gives the solutions of
the join from the bottom up exactly if each variable of both sides surely has a value on both: anything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.backends.neo4j.registry import GRAPH, Registry, stored_iri
from graph.cypher import look_ups, optionals, paths, shapes
from graph.cypher.bindings import NULL, Binding, Inexact, NoSolutions, iri
from graph.cypher.conversions import Terms
from graph.cypher.expressions import Expressions
from graph.cypher.frames import ActiveGraph, Frame
from graph.cypher.needs import requires_match
from graph.cypher.triples import Triples
from graph.cypher.values import column
from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.inspect import certain, in_scope
from graph.sparql.serialize.terms import variables
from graph.sparql.syntax import UNIT
from graph.sparql.terms import Iri, Variable

Lower = Callable[[Frame], None]
_LOOK_UP, _DIRECT, _TABLE, _WIDE, _PATH = range(5)


class Patterns:
    """Lowers patterns; ``tables.Tables`` adds subqueries.

    Args:
        registry: Names of the graph.
        dataset: FROM and the like; None: the store's own graphs.
        guards: A statement may fail where a number does not fit.
    """

    def __init__(self, registry: Registry, dataset: alg.Dataset | None, *, guards: bool = True) -> None:
        self.registry = registry
        self.terms = Terms(long_iris=registry.long_iris, guards=guards)
        self.triples = Triples(registry)
        self._dataset = dataset
        self.default = ActiveGraph(merged=None if dataset is None else dataset.default)

    # Patterns

    def lower(self, pattern: Pattern, frame: Frame, graph: ActiveGraph) -> None:  # noqa: C901  a case for each kind of node
        """Adds a pattern to a frame.

        Raises:
            Inexact: Cypher can't say it exactly.
            NoSolutions: There are none.
        """
        match pattern:
            case alg.BGP(patterns):
                self._bgp(list(patterns), frame, graph)
            case alg.Join():
                self._join(pattern, frame, graph)
            case alg.Filter(condition, inner):
                self._filter(condition, inner, frame, graph)
            case alg.Extend(inner, variable, expression):
                self.lower(inner, frame, graph)
                found = self.expressions(frame, set(in_scope(inner)), graph).lower(expression)
                self._extend(variable, found, frame)
            case alg.Values():
                self._values(pattern, frame)
            case alg.Union():
                for arm in shapes.arms(pattern):
                    check_join(arm, frame)
                self.union([self._arm(arm, graph) for arm in shapes.arms(pattern)], frame, in_scope(pattern))
            case alg.LeftJoin(left, right, condition):
                self.lower(left, frame, graph)
                self._left_join(left, right, condition, frame, graph)
            case alg.Minus(left, right):
                self.lower(left, frame, graph)
                self._minus(left, right, frame, graph)
            case alg.Graph(name, inner):
                self._graph(name, inner, frame)
            case alg.Service():
                raise Inexact("SERVICE")
            case _:
                self.subquery(pattern, frame, graph)

    def subquery(self, pattern: Pattern, frame: Frame, graph: ActiveGraph) -> None:
        """A SELECT within the query."""
        raise NotImplementedError

    def expressions(self, frame: Frame, visible: set[Variable], graph: ActiveGraph) -> Expressions:
        """For what stands in a frame where only these variables are in scope."""

        def lookup(variable: Variable) -> Binding:
            if variable not in visible and variable in frame.bindings:
                if not frame.is_substituted and variable != graph.name:  # Oxigraph sees the graph's in filters
                    return NULL
                raise Inexact(f"?{variable.name} in an expression where it is not in scope")
            return frame.get(variable)

        return Expressions(frame.names, self.terms, lookup, lambda each: self._exists(each, frame, visible, graph))

    # Basic graph patterns

    def _bgp(self, patterns: list[alg.TriplePattern | alg.PathPattern], frame: Frame, graph: ActiveGraph) -> None:
        """The pattern first that is cheapest to match with what is bound before it."""
        patterns = [paths.simple(each, frame) if isinstance(each, alg.PathPattern) else each for each in patterns]
        before, frame.subjects = frame.subjects, frame.subjects | shapes.subjects(patterns)
        while patterns:
            costs = [self._cost(pattern, frame, graph) for pattern in patterns]
            best = min(range(len(patterns)), key=lambda index: costs[index])
            pattern = patterns.pop(best)
            if isinstance(pattern, alg.PathPattern):
                paths.lower(self, pattern, frame, graph)
            else:
                self.triple(pattern, frame, graph)
        frame.subjects = before

    def _cost(
        self, pattern: alg.TriplePattern | alg.PathPattern, frame: Frame, graph: ActiveGraph
    ) -> tuple[bool, int, int]:
        known = sum(not isinstance(end, Variable) or end in frame.bindings for end in (pattern.subject, pattern.object))
        if isinstance(pattern, alg.PathPattern):
            return not known, _PATH, -known
        access = self.triples.access(pattern, frame, graph)
        if not access.branches:
            raise NoSolutions
        if self.triples.is_look_up(pattern, access, frame):
            return False, _LOOK_UP, -known
        # The members of a class are too many to begin with where anything else leads to them.
        anchored = known > (access.is_class and pattern.subject not in frame.bindings)
        return not anchored, _DIRECT if access.is_direct else _WIDE, -known

    def triple(self, pattern: alg.TriplePattern, frame: Frame, graph: ActiveGraph) -> None:
        """One triple pattern."""
        access = self.triples.access(pattern, frame, graph)
        branches = self.triples.branches(pattern, access, graph)
        if not branches:
            raise NoSolutions
        if len(branches) == 1:
            branches[0](frame)
            return
        if not isinstance(pattern.subject, Variable) or pattern.subject in frame.bindings:
            self.triples.end(pattern.subject, frame)  # looked up once for all branches
        found = [*in_scope(alg.BGP((pattern,)))]
        if isinstance(graph.name, Variable):
            found.append(graph.name)
        self.union(branches, frame, found)

    # Joins

    def _join(self, pattern: Pattern, frame: Frame, graph: ActiveGraph) -> None:
        operands = shapes.operands(pattern)
        operands, twice = shapes.stated_twice(operands) if graph == ActiveGraph() else (operands, [])
        first, rest = look_ups.spread(operands, self.registry, frame.bindings.keys())
        for operand in (*first, *sorted(rest, key=shapes.order)):
            if not isinstance(operand, alg.Values):
                check_join(operand, frame)
            if operand in twice:
                self._graph(operand.name, operand.pattern, frame, in_default=True)
            else:
                self.lower(operand, frame, graph)

    def _filter(self, condition: Expression, inner: Pattern, frame: Frame, graph: ActiveGraph) -> None:
        before = dict(frame.hints), dict(frame.excluded)
        frame.expect(condition)
        self.lower(inner, frame, graph)
        frame.hints, frame.excluded = before
        frame.pipeline.filter(self.expressions(frame, set(in_scope(inner)), graph).condition(condition))

    def _extend(self, variable: Variable, found: Binding, frame: Frame) -> None:
        if variable not in frame.bindings:
            frame.bindings[variable] = found
        elif found.nullable:
            raise Inexact(f"a join on ?{variable.name}, which may be unbound")
        else:
            frame.bind(variable, found)

    def _values(self, pattern: alg.Values, frame: Frame) -> None:
        if not pattern.rows:
            raise NoSolutions
        columns = [column([row[i] for row in pattern.rows]) for i in range(len(pattern.variables))]
        if len(columns) == 1:
            name = frame.pipeline.unwind(frame.names.parameter(columns[0][1]))
            texts = [name]
        else:
            rows = [list(row) for row in zip(*(cells for _, cells in columns), strict=True)]
            name = frame.pipeline.unwind(frame.names.parameter(rows or [[]] * len(pattern.rows)))
            texts = [f"{name}[{index}]" for index in range(len(columns))]
        for index, (variable, text) in enumerate(zip(pattern.variables, texts, strict=True)):
            binding = columns[index][0].renamed(text)
            iris = frozenset(row[index].value for row in pattern.rows if isinstance(row[index], Iri))  # type: ignore[union-attr]
            if binding.form == "iri" and not binding.nullable:
                frame.hints[variable] = iris & frame.hints.get(variable, iris)
            if variable in frame.bindings and binding.nullable:
                self._undefined(variable, binding, frame)
            else:
                frame.bind(variable, binding)

    def _undefined(self, variable: Variable, binding: Binding, frame: Frame) -> None:
        """A column with UNDEF, which any value goes with."""
        known = frame.bound(variable)
        if known is None or binding.form == "null":
            return
        condition = self.terms.same(known, binding)
        frame.pipeline.filter(f"({binding.text} IS NULL{'' if condition is None else f' OR {condition}'})")

    # Unions and optional parts

    def _arm(self, pattern: Pattern, graph: ActiveGraph) -> Lower:
        return lambda frame: self.lower(pattern, frame, graph)

    def union(self, arms: Iterable[Lower], frame: Frame, found: Iterable[Variable]) -> None:
        """Solutions of all arms, duplicates kept; ``found``: the variables that they bring."""
        frames: list[Frame] = []
        for arm in arms:
            child = frame.child()
            try:
                arm(child)
            except NoSolutions:
                continue
            frames.append(child)
        if not frames:
            raise NoSolutions
        new = [variable for variable in dict.fromkeys(found) if variable not in frame.bindings]
        texts: list[list[str]] = [[] for _ in frames]
        names: list[str] = []
        for variable in new:
            merged, columns = self.terms.merged([child.get(variable) for child in frames])
            name = frame.names.fresh()
            names.append(name)
            for text, each in zip(texts, columns, strict=True):
                text.append(f"{each} AS {name}")
            frame.bindings[variable] = merged.renamed(name) if merged.form != "null" else NULL
        if not new:
            names.append(frame.names.fresh())
            texts = [[f"1 AS {names[0]}"] for _ in frames]
        parts = [
            f"{child.pipeline.render()}\nRETURN {', '.join(text)}" for child, text in zip(frames, texts, strict=True)
        ]
        frame.pipeline.call("\nUNION ALL\n".join(parts), frozenset(names))

    def _left_join(
        self, left: Pattern, right: Pattern, condition: Expression | None, frame: Frame, graph: ActiveGraph
    ) -> None:
        check_join(right, frame)
        new = [variable for variable in in_scope(right) if variable not in frame.bindings]
        child = frame.child()
        if condition is not None:
            child.expect(condition)
        try:
            self.lower(right, child, graph)
            if condition is not None:
                visible = {*in_scope(left), *in_scope(right)}
                child.pipeline.filter(self.expressions(child, visible, graph).condition(condition))
        except NoSolutions:
            frame.bindings.update(dict.fromkeys(new, NULL))
            return
        if optionals.attach(child, new, frame):
            return
        names = [frame.names.fresh() for _ in new] or [frame.names.fresh()]
        found = [child.get(variable) for variable in new]
        texts = [f"{binding.text} AS {name}" for binding, name in zip(found, names, strict=bool(new))] or [
            f"1 AS {names[0]}"
        ]
        text = f"{child.pipeline.render()}\nRETURN {', '.join(texts)}"
        frame.pipeline.call(text, frozenset(names), optional=True)
        for variable, binding, name in zip(new, found, names, strict=bool(new)):
            frame.bindings[variable] = binding.renamed(name).maybe() if binding.form != "null" else NULL

    def _minus(self, left: Pattern, right: Pattern, frame: Frame, graph: ActiveGraph) -> None:
        shared = set(in_scope(left)) & set(in_scope(right))
        if isinstance(graph.name, Variable):
            raise Inexact("MINUS in GRAPH with a variable")  # Oxigraph counts the graph as a shared variable
        if not shared:
            return
        sure = certain(left) & certain(right)
        if not shared <= sure:
            raise Inexact("MINUS with variables that may be unbound")
        child = frame.child()
        child.bindings = {variable: frame.bindings[variable] for variable in shared}
        child.hints, child.excluded, child.places, child.subjects = {}, {}, {}, frozenset()
        try:
            self.lower(right, child, graph)
        except NoSolutions:
            return
        frame.pipeline.filter(f"NOT {_exists_text(child)}")

    def _exists(self, expression: exp.Exists, frame: Frame, visible: set[Variable], graph: ActiveGraph) -> str:
        """The pattern with the values of the solution put in (section 18.6)."""
        pattern = expression.pattern
        mentioned = set(variables(pattern))
        if graph.name is not None and isinstance(graph.name, Variable):
            mentioned.add(graph.name)
        shared = {variable for variable in mentioned if variable in frame.bindings}
        if not shared <= visible | ({graph.name} if isinstance(graph.name, Variable) else set()):
            raise Inexact("EXISTS with a variable that is not in scope")
        sure = certain(pattern) | shapes.in_filters(pattern)
        for variable in shared:
            if frame.bindings[variable].nullable or (variable not in sure and variable != graph.name):
                raise Inexact(f"EXISTS with ?{variable.name}, which may be unbound")
        child = frame.child()
        child.is_substituted = True
        child.bindings = {variable: frame.bindings[variable] for variable in shared}
        child.hints, child.excluded, child.subjects = {}, {}, frozenset()
        try:
            if isinstance(pattern, alg.Filter):
                child.expect(pattern.condition)
                self.lower(pattern.pattern, child, graph)
                inner = {*in_scope(pattern.pattern), *shared}
                child.pipeline.filter(self.expressions(child, inner, graph).condition(pattern.condition))
            else:
                self.lower(pattern, child, graph)
        except NoSolutions:
            return "false"
        return _exists_text(child)

    # Graphs

    def _graph(self, name: Iri | Variable, inner: Pattern, frame: Frame, *, in_default: bool = False) -> None:
        named = None if self._dataset is None else self._dataset.named
        is_free = isinstance(name, Variable) and name not in frame.bindings
        if isinstance(name, Variable) and name in set(variables(inner)) and not shapes.is_basic(inner):
            raise Inexact("GRAPH with a variable that is used inside")  # Oxigraph does not always join it
        if not requires_match(inner):
            if self._dataset is not None or inner != UNIT:
                raise Inexact("GRAPH around a pattern that may match nothing")
            self._enumerate(name, frame)
        elif isinstance(name, Iri) and named is not None and name.value not in named:
            raise NoSolutions
        elif is_free and not shapes.starts_with_triples(inner):
            if named is not None:
                raise Inexact("GRAPH with a variable around more than a basic graph pattern, and a dataset")
            self._enumerate(name, frame)
        graph = ActiveGraph(name, allowed=named if isinstance(name, Variable) else None, in_default=in_default)
        self.lower(inner, frame, graph)
        if isinstance(name, Variable) and name not in frame.bindings:
            raise Inexact("GRAPH with a variable that gets no value")

    def _enumerate(self, name: Iri | Variable, frame: Frame) -> None:
        """Graphs that exist."""
        found = frame.names.fresh()
        if isinstance(name, Iri):
            frame.pipeline.match(f"({found}:{GRAPH} {{iri: {frame.names.parameter(stored_iri(name.value)[0])}}})")
            return
        frame.pipeline.match(f"({found}:{GRAPH})")
        frame.bind(name, iri(f"coalesce({found}.longIri, {found}.iri)"))


def check_join(pattern: Pattern, frame: Frame) -> None:
    """Refuses a pattern with a variable that may be unbound in it and has a value in the frame, or may have one."""
    shared = {variable for variable in in_scope(pattern) if variable in frame.bindings}
    unsure = shared - certain(pattern)
    unsure |= {variable for variable in shared if frame.bindings[variable].nullable}
    if unsure:
        raise Inexact(f"a join on ?{min(variable.name for variable in unsure)}, which may be unbound")


def _exists_text(child: Frame) -> str:
    return f"EXISTS {{\n{indented(child.pipeline.render())}\nRETURN 1 AS {child.names.fresh()}\n}}"


def indented(text: str) -> str:
    """Lines within braces."""
    return "\n".join(f"  {line}" for line in text.split("\n"))
