"""Triples with their shorthands, and property paths (SPARQL 1.1, sections 4.2, 9.1)."""

from __future__ import annotations

from common.namespaces import RDF
from graph.sparql.build.terms import Parts, Terms
from graph.sparql.paths import (
    Alternative,
    Inverse,
    Link,
    NegatedSet,
    OneOrMore,
    Path,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
)
from graph.sparql.syntax import Compound, Triple, Triples
from graph.sparql.terms import Iri, Node, Variable

_TYPE = Iri(f"{RDF}type")
_FIRST = Iri(f"{RDF}first")
_REST = Iri(f"{RDF}rest")
_NIL = Iri(f"{RDF}nil")

VerbObjects = tuple[Node | Path, list[Node | Compound]]


class TripleRules(Terms):
    """Rules of triples and paths."""

    def triples(self, parts: Parts) -> Triples:
        """Triples with dots between them."""
        return Triples([triple for triples in parts for triple in triples])

    def same_subject(self, parts: Parts) -> list[Triple]:
        """A subject and its verbs; a collection or blank node with properties may have none."""
        triples: list[Triple] = []
        subject = _place(parts[0], triples)
        if len(parts) > 1:
            _add(subject, parts[1], triples)
        return triples

    def property_list(self, parts: Parts) -> Parts:
        """Verbs with their objects, semicolons between them."""
        return parts

    def verb_objects(self, parts: Parts) -> VerbObjects:
        """A verb and its objects."""
        verb = parts[0]
        return verb, parts[1:]

    def collection(self, parts: Parts) -> Compound:
        """``(a b)``."""
        triples: list[Triple] = []
        cells = [self.new_blank_node() for _ in parts]
        ends: list[Node] = [*cells[1:], _NIL]
        for cell, rest, item in zip(cells, ends, parts, strict=True):
            triples.append(Triple(cell, _FIRST, _place(item, triples)))
            triples.append(Triple(cell, _REST, rest))
        return Compound(cells[0], triples)

    def blank_node_properties(self, parts: Parts) -> Compound:
        """``[ :p 1 ]``."""
        triples: list[Triple] = []
        node = self.new_blank_node()
        _add(node, parts[0], triples)
        return Compound(node, triples)

    # Paths: an IRI stands for a link until it is part of a longer one

    def rdf_type(self, _: Parts) -> Iri:
        """``a``."""
        return _TYPE

    def path(self, parts: Parts) -> Path:
        """``a|b``."""
        return self._long(Alternative(tuple(_flat(Alternative, parts))))

    def path_sequence(self, parts: Parts) -> Path:
        """``a/b``."""
        return self._long(Sequence(tuple(_flat(Sequence, parts))))

    def path_inverse(self, parts: Parts) -> Path:
        """``^a``."""
        return self._long(Inverse(as_path(parts[0])))

    def zero_or_one(self, parts: Parts) -> Path:
        """``a?``."""
        return self._long(ZeroOrOne(as_path(parts[0])))

    def zero_or_more(self, parts: Parts) -> Path:
        """``a*``."""
        return self._long(ZeroOrMore(as_path(parts[0])))

    def one_or_more(self, parts: Parts) -> Path:
        """``a+``."""
        return self._long(OneOrMore(as_path(parts[0])))

    def negated_nothing(self, _: Parts) -> Path:
        """``!()``: any predicate."""
        return self._long(NegatedSet((), None))

    def negated_links(self, parts: Parts) -> Path:
        """``!a`` or ``!(a|^b)``."""
        forward = tuple(part.value for part in parts if isinstance(part, Iri))
        backward = tuple(part.iri for part in parts if isinstance(part, Link))
        return self._long(NegatedSet(forward or None, backward or None))

    def negated_one(self, parts: Parts) -> Iri:
        """``a`` in a negated set."""
        iri: Iri = parts[0]
        return iri

    def negated_inverse(self, parts: Parts) -> Link:
        """``^a`` in a negated set."""
        return Link(parts[0].value)

    def _long(self, path: Path) -> Path:
        self.state.path_offset = self.state.offset
        return path

    def refuse_paths(self, triples: list[Triple]) -> None:
        """Refuses triples that can't be made."""
        if not all(isinstance(triple.verb, Iri | Variable) for triple in triples):
            raise self.fault("a property path can't stand here", self.state.path_offset)


def as_path(verb: Iri | Path) -> Path:
    """An IRI as a link."""
    return Link(verb.value) if isinstance(verb, Iri) else verb


def _flat(kind: type[Alternative | Sequence], parts: Parts) -> list[Path]:
    """Their own members in place of members of the same kind: both are associative."""
    paths: list[Path] = []
    for part in map(as_path, parts):
        if isinstance(part, kind):
            paths.extend(part.paths)
        else:
            paths.append(part)
    return paths


def _place(item: Node | Compound, triples: list[Triple]) -> Node:
    """The node that stands for an item; what it says goes to ``triples``."""
    if isinstance(item, Compound):
        triples.extend(item.triples)
        return item.node
    return item


def _add(subject: Node, properties: list[VerbObjects], triples: list[Triple]) -> None:
    """The triples of a subject."""
    for verb, objects in properties:
        for item in objects:
            triples.append(Triple(subject, verb, _place(item, triples)))
