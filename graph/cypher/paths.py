"""Property paths (SPARQL 1.1, section 18.4): those that repeat become relationships of variable length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.backends.neo4j.registry import RESOURCE, Name
from graph.cypher import memberships
from graph.cypher.bindings import Inexact, NoSolutions, node, quote
from graph.cypher.frames import ActiveGraph, Frame
from graph.cypher.triples import TYPE
from graph.cypher.unions import hidden
from graph.sparql import algebra as alg
from graph.sparql import paths
from graph.sparql.terms import Iri, Literal, Node, Variable

if TYPE_CHECKING:
    from graph.cypher.patterns import Lower, Patterns


def lower(patterns: Patterns, pattern: alg.PathPattern, frame: Frame, graph: ActiveGraph) -> None:
    """Adds a path to a frame.

    Raises:
        Inexact: Cypher can't say it exactly.
        NoSolutions: There are none.
    """
    changed = simple(pattern, frame)
    if isinstance(changed, alg.TriplePattern):
        patterns.triple(changed, frame, graph)
        return
    start, end = changed.subject, changed.object
    match changed.path:
        case paths.Sequence(members):
            _sequence(patterns, changed, members, frame, graph)
        case paths.Alternative(members):
            _union(patterns, [alg.PathPattern(start, member, end) for member in _grouped(members)], frame, graph)
        case paths.NegatedSet(forward, backward):
            _negated(patterns, changed, (forward, backward), frame, graph)
        case paths.ZeroOrOne(inner):
            _Repeated(patterns, changed, inner, frame, graph).lower("*0..1")
        case paths.ZeroOrMore(inner):
            _Repeated(patterns, changed, inner, frame, graph).lower("*0..")
        case paths.OneOrMore(inner):
            _Repeated(patterns, changed, inner, frame, graph).lower("*1..")


def _distinct_links(members: tuple[paths.Path, ...]) -> frozenset[str] | None:
    """Predicates, if that is all that an alternative is about: then it is one triple pattern."""
    links = [member.iri for member in members if isinstance(member, paths.Link)]
    return frozenset(links) if len(links) == len(members) == len(set(links)) else None


def _grouped(members: tuple[paths.Path, ...]) -> list[paths.Path]:
    """Members of an alternative, those together that are one triple pattern."""
    links = tuple(member for member in members if isinstance(member, paths.Link))
    if len(links) <= 1 or _distinct_links(links) is None:
        return list(members)
    return [paths.Alternative(links), *(member for member in members if not isinstance(member, paths.Link))]


def simple(pattern: alg.PathPattern, frame: Frame) -> alg.TriplePattern | alg.PathPattern:
    """A path of one step as a triple pattern; of several predicates, it has a variable that can only be these."""
    start, end = pattern.subject, pattern.object
    match pattern.path:
        case paths.Link(iri):
            return alg.TriplePattern(start, Iri(iri), end)
        case paths.Inverse(inner):
            return simple(alg.PathPattern(end, inner, start), frame)
        case paths.Alternative(members) if (links := _distinct_links(members)) is not None:
            predicate = hidden()
            frame.hints[predicate] = links
            return alg.TriplePattern(start, predicate, end)
        case _:
            return pattern


def _sequence(
    patterns: Patterns, pattern: alg.PathPattern, members: tuple[paths.Path, ...], frame: Frame, graph: ActiveGraph
) -> None:
    inner = [hidden() for _ in members[1:]]
    steps = zip((pattern.subject, *inner), members, (*inner, pattern.object), strict=True)
    patterns.lower(alg.BGP(tuple(_step(*step) for step in steps)), frame, graph)


def _step(start: Node, path: paths.Path, end: Node) -> alg.TriplePattern | alg.PathPattern:
    """One step of a sequence, as a triple pattern if it is one."""
    if isinstance(path, paths.Link):
        return alg.TriplePattern(start, Iri(path.iri), end)
    if isinstance(path, paths.Inverse):
        return _step(end, path.path, start)
    return alg.PathPattern(start, path, end)


def _union(patterns: Patterns, arms: list[alg.PathPattern], frame: Frame, graph: ActiveGraph) -> None:
    def arm(each: alg.PathPattern) -> Lower:
        return lambda child: lower(patterns, each, child, graph)

    ends = [end for end in (arms[0].subject, arms[0].object, graph.name) if isinstance(end, Variable)]
    patterns.union([arm(each) for each in arms], frame, ends)


def _negated(
    patterns: Patterns,
    pattern: alg.PathPattern,
    sets: tuple[tuple[str, ...] | None, tuple[str, ...] | None],
    frame: Frame,
    graph: ActiveGraph,
) -> None:
    known = patterns.triples.predicates
    arms: list[Lower] = []
    for ends, excluded in zip(
        ((pattern.subject, pattern.object), (pattern.object, pattern.subject)), sets, strict=True
    ):
        if excluded is not None:
            arms.append(_any_but(patterns, ends, known - set(excluded), graph))
    variables = [end for end in (pattern.subject, pattern.object, graph.name) if isinstance(end, Variable)]
    patterns.union(arms, frame, variables)


def _any_but(patterns: Patterns, ends: tuple[Node, Node], predicates: frozenset[str], graph: ActiveGraph) -> Lower:
    def arm(frame: Frame) -> None:
        predicate = hidden()
        frame.hints[predicate] = predicates
        patterns.triple(alg.TriplePattern(ends[0], predicate, ends[1]), frame, graph)

    return arm


class _Repeated:
    """A step that is repeated; its pairs of ends are a set."""

    def __init__(
        self, patterns: Patterns, pattern: alg.PathPattern, step: paths.Path, frame: Frame, graph: ActiveGraph
    ) -> None:
        self._patterns = patterns
        self._frame = frame
        self._graph = graph
        links, forward = _links(step)
        self._start, self._end = (pattern.subject, pattern.object) if forward else (pattern.object, pattern.subject)
        registry = patterns.registry
        self._names = [registry.relationships[iri] for iri in links if iri in registry.relationships]
        self._names = [name for name in self._names if memberships.holds([name], graph)]
        if TYPE in links or (any(iri in registry.keys for iri in links) and self._may_be_literal()):
            raise Inexact("a repeated path that may end in a literal or class")

    def lower(self, length: str) -> None:
        """Adds it to the frame."""
        frame, start, end = self._frame, self._start, self._end
        is_nullable = length.startswith("*0")
        if not self._names and not is_nullable:
            raise NoSolutions
        if is_nullable:
            self._refuse_literals()
        first, last = self._node(start), self._node(end)
        if is_nullable:
            self._check_zero(first, last)
        if start == end or (first is None and last is None and is_nullable):
            raise Inexact("a path of no steps between two variables" if is_nullable else "a path to where it begins")
        relationships = frame.names.fresh()
        ends = [first or frame.names.fresh(), last or frame.names.fresh()]
        types = f":{'|'.join(quote(name.name) for name in self._names)}" if self._names else ":`no such type`"
        match = f"MATCH ({ends[0]})-[{relationships}{types}{length}]->({ends[1]})"
        condition = memberships.relationship_condition(frame, "x", self._names, self._graph)
        where = "" if condition is None else f" WHERE all(x IN {relationships} WHERE {condition})"
        if first is not None and last is not None:
            frame.pipeline.filter(f"EXISTS {{ {match}{where} RETURN 1 AS {frame.names.fresh()} }}")
            return
        new = [
            (term, name) for term, name, known in zip((start, end), ends, (first, last), strict=True) if known is None
        ]
        renamed = [frame.names.fresh() for _ in new]
        texts = ", ".join(f"{name} AS {other}" for (_, name), other in zip(new, renamed, strict=True))
        frame.pipeline.call(f"{match}{where}\nRETURN DISTINCT {texts}", frozenset(renamed))
        for (term, _), name in zip(new, renamed, strict=True):
            if isinstance(term, Variable):
                frame.bind(term, node(name))

    def _may_be_literal(self) -> bool:
        if isinstance(self._end, Variable):
            binding = self._frame.bound(self._end)
            return binding is None or not binding.is_resource
        return isinstance(self._end, Literal)

    def _refuse_literals(self) -> None:
        """A path of no steps may begin and end in a literal."""
        for term in (self._start, self._end):
            binding = self._frame.bound(term) if isinstance(term, Variable) else None
            if binding is not None and not binding.is_resource:
                raise Inexact("a path of no steps at what may be a literal")

    def _node(self, term: Node) -> str | None:
        if isinstance(term, Literal):
            raise Inexact("a repeated path with a literal at its end")
        return self._patterns.triples.end(term, self._frame)

    def _check_zero(self, first: str | None, last: str | None) -> None:
        """A path of no steps is there for terms of the graph only (as Oxigraph has it)."""
        frame = self._frame
        for term, name in ((self._start, first), (self._end, last)):
            if name is None or (isinstance(term, Variable) and frame.places.get(term) == self._graph):
                continue
            if isinstance(term, Iri):
                iris: frozenset[str] | None = frozenset({term.value})
            else:
                iris = frame.hints.get(term) if isinstance(term, Variable) else None
            if iris is None or iris & self._patterns.registry.labels.keys():
                raise Inexact("a path of no steps at what may be a class")
            frame.pipeline.filter(self._in_graph(name))
            return  # the other end is reached from here, or is the same

    def _in_graph(self, name: str) -> str:
        """Whether a node has a statement in the graph."""
        registry, frame, graph = self._patterns.registry, self._frame, self._graph
        relationships = list(registry.relationships.values())
        keys = {key.name: True for of in registry.keys.values() for key in of if memberships.holds([key], graph)}
        all_keys = [key for of in registry.keys.values() for key in of]
        labels: list[Name] = [label for label in registry.labels.values() if memberships.holds([label], graph)]
        condition = memberships.relationship_condition(frame, "x", relationships, graph)
        where = f" WHERE {condition}" if condition else ""
        text = memberships.text_condition(frame, "y", all_keys, graph) or "true"
        label = memberships.text_condition(frame, f"{name}[x + '#g']", labels, graph) or "true"
        parts = [f"EXISTS {{ MATCH ({name})-[x]-(:{RESOURCE}){where} RETURN 1 AS {frame.names.fresh()} }}"]
        known = frame.names.parameter({each.name: True for each in labels})
        parts.append(f"any(x IN labels({name}) WHERE {known}[x] AND {label})")
        values = f"range(0, size([] + {name}[x]) - 1)"
        texts = f"[z IN {values} | ([] + {name}[x + '#g'])[z]]"
        parts.append(
            f"any(x IN keys({name}) WHERE {frame.names.parameter(keys)}[x] AND any(y IN {texts} WHERE {text}))"
        )
        return f"({' OR '.join(parts)})"


def _links(path: paths.Path) -> tuple[list[str], bool]:
    """Predicates of a step, and whether it goes forward."""
    match path:
        case paths.Link(text):
            return [text], True
        case paths.Inverse(inner):
            links, forward = _links(inner)
            return links, not forward
        case paths.Alternative(members):
            found = [_links(member) for member in members]
            if len({forward for _, forward in found}) == 1:
                return [link for links, _ in found for link in links], found[0][1]
    raise Inexact("a repeated path of more than one predicate")
