"""Triple patterns: relationships, properties and labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from common.namespaces import RDF
from graph.backends.neo4j.registry import GRAPH, RESOURCE, STATES, VALUE, VALUE_OF, Key, Name, Registry, stored_iri
from graph.cypher import memberships
from graph.cypher.bindings import Binding, Inexact, NoSolutions, iri, node, quote, tagged, value
from graph.cypher.frames import ActiveGraph, Frame
from graph.cypher.kinds import kind_of, literal_value
from graph.sparql import algebra as alg
from graph.sparql.terms import BlankNode, Iri, Literal, Node, Variable

TYPE = f"{RDF}type"
_Entry = TypeVar("_Entry", Name, Key)
Branch = Callable[[Frame], None]


@dataclass(frozen=True, slots=True)
class Access:
    """What of the graph a triple pattern can be about.

    Attributes:
        relationships: Types of relationships.
        keys: Properties.
        labels: Labels.
    """

    relationships: tuple[Name, ...]
    keys: tuple[Key, ...]
    labels: tuple[Name, ...]

    @property
    def branches(self) -> int:
        """In how many ways it has to be looked for."""
        return bool(self.relationships) + bool(self.keys) + bool(self.labels)

    @property
    def is_class(self) -> bool:
        """Whether it can only be about labels."""
        return bool(self.labels) and self.branches == 1

    @property
    def is_direct(self) -> bool:
        """Whether a MATCH does."""
        return self.branches == 1 and ((len(self.keys) == 1 and not self.keys[0].multi) or not self.keys)


class Triples:
    """Lowers triple patterns into a frame.

    Args:
        registry: Names of the graph.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.predicates = frozenset((*registry.relationships, *registry.keys, *([TYPE] if registry.labels else [])))

    # Access

    def access(self, pattern: alg.TriplePattern, frame: Frame, graph: ActiveGraph) -> Access:
        """What a pattern can be about, as far as its terms and those bound before tell."""
        predicates = self._candidates(pattern.predicate, frame)
        resource, literals = _possible(pattern.object, frame)
        registry = self._registry
        relationships = (
            [registry.relationships[p] for p in predicates if p in registry.relationships] if resource else []
        )
        keys = [key for p in predicates for key in registry.keys.get(p, ()) if literals(key)]
        labels = self._labels(pattern.object, frame) if resource and TYPE in predicates else []
        return Access(_held(relationships, graph), _held(keys, graph), _held(labels, graph))

    def _candidates(self, predicate: Node, frame: Frame) -> list[str]:
        if isinstance(predicate, Iri):
            return [predicate.value]
        if not isinstance(predicate, Variable):
            raise NoSolutions
        return sorted(frame.possible(predicate, self.predicates))

    def _labels(self, target: Node, frame: Frame) -> list[Name]:
        labels = self._registry.labels
        if isinstance(target, Iri):
            return [labels[target.value]] if target.value in labels else []
        possible = frame.possible(target, labels) if isinstance(target, Variable) else labels
        return [labels[each] for each in possible]

    # Lowering

    def branches(self, pattern: alg.TriplePattern, access: Access, graph: ActiveGraph) -> list[Branch]:
        """The ways in which the pattern is looked for, each as what lowers it."""
        found: list[Branch] = []
        if access.relationships:
            found.append(lambda frame: self._relationship(pattern, access.relationships, frame, graph))
        if len(access.keys) == 1:
            found.append(lambda frame: self._property(pattern, access.keys[0], frame, graph))
        elif access.keys:
            found.append(lambda frame: self._properties(pattern, access.keys, frame, graph))
        if access.labels:
            found.append(lambda frame: self._label(pattern, access.labels, frame, graph))
        return found

    def end(self, term: Node, frame: Frame) -> str | None:
        """The Cypher variable of a subject or of an object that is a node; None: without value yet."""
        if isinstance(term, BlankNode):
            raise Inexact("a blank node")
        return frame.node(term, long_iris=self._registry.long_iris)

    def subject(self, term: Node, frame: Frame, graph: ActiveGraph, label: str = "Resource") -> str:
        """The Cypher variable of a subject, matched here if it had no value."""
        name = self.end(term, frame)
        if name is None:
            name = frame.names.fresh()
            _among_described(name, frame, graph)
            frame.pipeline.match(f"({name}:{quote(label)})")
            _bind_node(term, name, frame)
        _place(term, frame, graph)
        return name

    def _relationship(
        self, pattern: alg.TriplePattern, entries: tuple[Name, ...], frame: Frame, graph: ActiveGraph
    ) -> None:
        start, target = self.end(pattern.subject, frame), self.end(pattern.object, frame)
        first, last = start or frame.names.fresh(), target or frame.names.fresh()
        if start is None and target is None and pattern.subject == pattern.object:
            last = first
        name = frame.names.fresh()
        if start is None and target is None:
            _among_described(first, frame, graph)
        frame.pipeline.match(f"({first})-[{name}{_types(entries)}]->({last})")
        if start is None:
            _bind_node(pattern.subject, first, frame)
        if target is None:
            _bind_node(pattern.object, last, frame)
        _place(pattern.subject, frame, graph)
        _place(pattern.object, frame, graph)
        memberships.in_relationship(frame, name, entries, graph)
        self._predicate(pattern, f"type({name})", {entry.name: entry.iri for entry in entries}, frame)

    def _predicate(self, pattern: alg.TriplePattern, name: str, iris: dict[str, str], frame: Frame) -> None:
        if isinstance(pattern.predicate, Variable):
            only = frame.names.parameter(next(iter(iris.values()))) if len(iris) == 1 else None
            frame.bind(pattern.predicate, iri(only or f"{frame.names.parameter(iris)}[{name}]"))

    def _label(self, pattern: alg.TriplePattern, entries: tuple[Name, ...], frame: Frame, graph: ActiveGraph) -> None:
        only = entries[0] if len(entries) == 1 else None
        target = frame.bound(pattern.object) if isinstance(pattern.object, Variable) else None
        if only is None and target is not None and target.form in {"node", "iri"}:
            self._known_label(pattern, entries, target, frame, graph)
            return
        if only is not None:
            known = self.end(pattern.subject, frame)
            subject = self.subject(pattern.subject, frame, graph, only.name)
            if known is not None:
                frame.pipeline.filter(f"{subject}:{quote(only.name)}")
            text, found = f"{subject}.{quote(f'{only.name}#g')}", iri(frame.names.parameter(only.iri))
        else:
            subject = self.subject(pattern.subject, frame, graph)
            iris = frame.names.parameter({entry.name: entry.iri for entry in entries})
            label = frame.pipeline.unwind(f"[x IN labels({subject}) WHERE {iris}[x] IS NOT NULL]")
            text, found = f"{subject}[{label} + '#g']", iri(f"{iris}[{label}]")
        memberships.in_text(frame, text, entries, graph)
        if isinstance(pattern.object, Variable):
            frame.bind(pattern.object, found)
        if isinstance(pattern.predicate, Variable):
            frame.bind(pattern.predicate, iri(frame.names.parameter(TYPE)))

    def _known_label(
        self, pattern: alg.TriplePattern, entries: tuple[Name, ...], target: Binding, frame: Frame, graph: ActiveGraph
    ) -> None:
        """The label that an IRI stands for, which is known only in the statement."""
        names = frame.names.parameter({entry.iri: entry.name for entry in entries})
        # UNWIND, so that nothing is scanned where it is no class; a condition would be looked at too late.
        label = frame.pipeline.unwind(f"[x IN [{names}[{frame.terms.iri_text(target)}]] WHERE x IS NOT NULL]")
        subject = self.subject(pattern.subject, frame, graph)
        frame.pipeline.filter(f"{label} IN labels({subject})")
        memberships.in_text(frame, f"{subject}[{label} + '#g']", entries, graph)
        if isinstance(pattern.predicate, Variable):
            frame.bind(pattern.predicate, iri(frame.names.parameter(TYPE)))

    def _property(self, pattern: alg.TriplePattern, key: Key, frame: Frame, graph: ActiveGraph) -> None:
        kind = kind_of(key)
        looked_up = self._looked_up(pattern, key, frame)
        subject = looked_up or self.subject(pattern.subject, frame, graph)
        stored = f"{subject}.{quote(key.name)}"
        if isinstance(pattern.predicate, Variable):
            frame.bind(pattern.predicate, iri(frame.names.parameter(key.predicate)))
        checked = graph.is_named or key.hidden
        wanted = self._wanted(pattern.object, kind, frame)
        if not checked and not key.multi:
            if looked_up is None:
                frame.pipeline.filter(f"{stored} IS NOT NULL" if wanted is None else f"{stored} = {wanted}")
            self._object(pattern.object, value(stored, kind), frame, known=wanted is not None)
            return
        if not checked and wanted is not None:
            frame.pipeline.filter(f"{wanted} IN coalesce([] + {stored}, [])")
            return
        if not checked:
            self._object(pattern.object, value(frame.pipeline.unwind(f"([] + {stored})"), kind), frame)
            return
        frame.pipeline.filter(f"{stored} IS NOT NULL")
        index = frame.pipeline.unwind(f"range(0, size([] + {stored}) - 1)")
        self._object(pattern.object, value(f"([] + {stored})[{index}]", kind), frame)
        text = f"([] + {subject}.{quote(f'{key.name}#g')})[{index}]"
        memberships.in_text(frame, text, [key], graph)

    def is_look_up(self, pattern: alg.TriplePattern, access: Access, frame: Frame) -> bool:
        """Whether the subjects are found by an index of the object's value."""
        if access.branches != 1 or len(access.keys) != 1 or not access.keys[0].indexed:
            return False
        if not isinstance(pattern.subject, Variable) or pattern.subject in frame.bindings:
            return False
        return self._wanted(pattern.object, kind_of(access.keys[0]), frame) is not None

    def _looked_up(self, pattern: alg.TriplePattern, key: Key, frame: Frame) -> str | None:
        """The Cypher variable of subjects, found by index."""
        if not self.is_look_up(pattern, Access((), (key,), ()), frame):
            return None
        wanted = self._wanted(pattern.object, kind_of(key), frame)
        name = frame.names.fresh()
        scalar = f"({name}:{RESOURCE})", f"{name}.{quote(key.name)} = {wanted}"
        if not key.multi:
            frame.pipeline.match(*scalar)
        else:
            one, other = frame.names.fresh(), f"{{key: {frame.names.parameter(key.name)}, value: {wanted}}}"
            # Each node once: it may come to have a list meanwhile.
            text = (
                f"MATCH {scalar[0]} WHERE {scalar[1]}\nRETURN {name} AS {one}\nUNION\n"
                f"MATCH (:{VALUE} {other})-[:{VALUE_OF}]->({name})\nRETURN {name} AS {one}"
            )
            frame.pipeline.call(text, frozenset({one}))
            name = one
        _bind_node(pattern.subject, name, frame)
        return name

    def _wanted(self, target: Node, kind: object, frame: Frame) -> str | None:
        """The object as a native value of the kind, if it has one already that compares so."""
        if isinstance(target, Literal):
            literal_kind, native = literal_value(target)
            return frame.names.parameter(native) if literal_kind == kind and literal_kind.encoding != "double" else None
        if isinstance(target, Variable):
            binding = frame.bound(target)
            if (
                binding is not None
                and binding.form == "value"
                and binding.kinds == {kind}
                and binding.kind.encoding != "double"
            ):
                return binding.text
        return None

    def _object(self, target: Node, found: Binding, frame: Frame, *, known: bool = False) -> None:
        if known:
            return
        if isinstance(target, Variable):
            frame.bind(target, found)
        elif isinstance(target, Literal):
            kind, native = literal_value(target)
            condition = frame.terms.same(found, value(frame.names.parameter(native), kind))
            if condition is None:
                raise NoSolutions
            frame.pipeline.filter(condition)

    def _properties(self, pattern: alg.TriplePattern, keys: tuple[Key, ...], frame: Frame, graph: ActiveGraph) -> None:
        subject = self.subject(pattern.subject, frame, graph)
        tags = frame.names.parameter({key.name: kind_of(key).tag for key in keys})
        key = frame.pipeline.unwind(f"[x IN keys({subject}) WHERE {tags}[x] IS NOT NULL]")
        if graph.is_named or any(each.hidden for each in keys):
            index = frame.pipeline.unwind(f"range(0, size([] + {subject}[{key}]) - 1)")
            found = f"([] + {subject}[{key}])[{index}]"
            text = f"([] + {subject}[{key} + '#g'])[{index}]"
            memberships.in_text(frame, text, keys, graph)
        else:
            found = frame.pipeline.unwind(f"([] + {subject}[{key}])")
        kinds = frozenset(kind_of(each) for each in keys)
        (only, *more) = kinds
        mixed = tagged(f"({tags}[{key}] + toString({found}))", kinds)
        self._object(pattern.object, mixed if more else value(found, only), frame)
        self._predicate(pattern, key, {each.name: each.predicate for each in keys}, frame)


def _held(entries: Iterable[_Entry], graph: ActiveGraph) -> tuple[_Entry, ...]:
    return tuple(entry for entry in entries if memberships.holds([entry], graph))


def _types(entries: tuple[Name, ...]) -> str:
    return f":{'|'.join(quote(entry.name) for entry in entries)}"


def _bind_node(term: Node, name: str, frame: Frame) -> None:
    if isinstance(term, Variable):
        frame.bind(term, node(name))


def _among_described(name: str, frame: Frame, graph: ActiveGraph) -> None:
    """Looks for subjects among those that a named graph says something of."""
    if isinstance(graph.name, Iri):
        text = frame.names.parameter(stored_iri(graph.name.value)[0])
    elif isinstance(graph.name, Variable) and (found := frame.bound(graph.name)) is not None:
        text = frame.terms.iri_text(found)
        if found.form == "tagged":
            return
    else:
        return
    frame.pipeline.match(f"(:{GRAPH} {{iri: {text}}})-[:{STATES}]->({name})")


def _place(term: Node, frame: Frame, graph: ActiveGraph) -> None:
    if isinstance(term, Variable):
        frame.places[term] = graph


def _possible(target: Node, frame: Frame) -> tuple[bool, Callable[[Key], bool]]:
    """Whether an object may be a node, and which properties it may be a value of."""
    if isinstance(target, Iri):
        return True, lambda _: False
    if isinstance(target, Literal):
        kind, _ = literal_value(target)
        return False, lambda key: kind_of(key) == kind
    binding = frame.bound(target) if isinstance(target, Variable) else None
    if binding is None:
        return True, lambda _: target not in frame.subjects
    kinds = binding.kinds
    return None in kinds, lambda key: kind_of(key) in kinds
