"""Finds quads by pattern: the nodes by index where the pattern or graph allows it, the rest is compared here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyoxigraph as ox

from graph.backends.neo4j import graphs as graph_sets
from graph.backends.neo4j.changes import TYPE, parse
from graph.backends.neo4j.graphs import Graphs
from graph.backends.neo4j.registry import RESOURCE, VALUE, VALUE_OF, Key, Registry, stored_iri
from graph.backends.neo4j.state import escaped, values_of
from graph.backends.neo4j.terms import KeyId, Value, encode, render
from graph.parameters import check_term
from graph.store import Quad

Pattern = tuple[str | None, str | None, str | None]


class Streaming(Protocol):
    """What reads: a transaction."""

    def stream(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Iterator[list[Any]]:
        """The rows of a statement."""
        ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A pattern, taken apart. Attributes are None where anything will do.

    Attributes:
        subject: IRI, or ``_:label``.
        predicate: IRI.
        node: IRI or ``_:label`` of an object.
        literal: Key and value of an object.
        graph: IRI, ``""`` for the default graph.
    """

    subject: str | None
    predicate: str | None
    node: str | None
    literal: tuple[KeyId, Value] | None
    graph: str | None
    parameters: dict[str, object] = field(default_factory=dict)


def find_quads(transaction: Streaming, registry: Registry, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
    """Quads that match; see ``GraphStore.quads``."""
    wanted = _wanted(pattern, graph)
    if wanted.literal is None and wanted.predicate in {None, TYPE} and not (wanted.node or "").startswith("_:"):
        yield from _labels_and_literals(transaction, registry, wanted)
    elif wanted.node is None:
        yield from _literals(transaction, registry, wanted)
    if wanted.literal is None:
        yield from _links(transaction, registry, wanted)


def _wanted(pattern: Pattern, graph: str | None) -> _Wanted:
    subject, predicate, obj = pattern
    found = _Wanted(
        None if subject is None else _name(subject, "subject"),
        None if predicate is None else _name(predicate, "predicate"),
        None if obj is None or obj.startswith('"') else _name(obj, "object"),
        _literal(predicate, obj) if obj is not None and obj.startswith('"') else None,
        graph,
    )
    for name, iri in (("subject", found.subject), ("object", found.node), ("graph", graph)):
        if iri:
            found.parameters[name] = stored_iri(iri)[0]
    found.parameters["name"] = graph
    return found


def _name(term: str, part: str) -> str:
    return term if term.startswith("_:") else check_term(term, part)[1:-1]


def _literal(predicate: str | None, obj: str) -> tuple[KeyId, Value]:
    found = parse([f"<a:a> <a:a> {obj}"])[0].object
    assert isinstance(found, ox.Literal)  # noqa: S101  it begins with a quote
    return encode(predicate[1:-1] if predicate else "", found)


def _subjects(wanted: _Wanted, label: str = "") -> str:
    """The clause that finds the subjects."""
    name = f"(s:Resource{label})"
    if wanted.subject is not None:
        # Planned while there is next to nothing, it would scan the index, and the server keeps the plan for a while.
        return f"MATCH {name[:-1]} {{iri: $subject}}) USING INDEX SEEK s:{RESOURCE}(iri)"
    return f"MATCH (:_Graph {{iri: $graph}})-[:_states]->{name}" if wanted.graph else f"MATCH {name}"


def _labels_and_literals(transaction: Streaming, registry: Registry, wanted: _Wanted) -> Iterator[Quad]:
    label = ""
    if wanted.node is not None:
        if wanted.node not in registry.labels:
            return
        label = f":`{escaped(registry.labels[wanted.node].name)}`"
    classes = {name.name: iri for iri, name in registry.labels.items() if wanted.node in {None, iri}}
    keys = {key.name: key for key in _keys(registry, wanted)} if wanted.node is None else {}
    text = f"{_subjects(wanted, label)} RETURN s.iri, s.longIri, labels(s), properties(s)"
    for iri, whole, labels, properties in transaction.stream(text, wanted.parameters):
        subject = whole or iri
        for name in labels:
            if (cls := classes.get(name)) is not None:
                graphs = graph_sets.of_text(properties.get(f"{name}#g"))
                yield from _quads(f"{_term(subject)} <{TYPE}> <{cls}>", graphs, wanted.graph)
        for name, kept in properties.items():
            if (key := keys.get(name)) is not None:
                yield from _values(subject, key, kept, properties.get(f"{name}#g"), wanted)


def _literals(transaction: Streaming, registry: Registry, wanted: _Wanted) -> Iterator[Quad]:
    keys = _keys(registry, wanted)
    if not keys:
        return
    names = [f"s.`{escaped(key.name)}`" for key in keys]
    values = ", ".join(f"{name}, s.`{escaped(key.name)}#g`" for name, key in zip(names, keys, strict=True))
    if wanted.literal is None:
        where = " OR ".join(f"{name} IS NOT NULL" for name in names)
    else:
        # Others may have made a list of it meanwhile.
        where = " OR ".join(f"$value IN [] + {name}" for name in names)
    subjects = _looked_up(keys, wanted) or _subjects(wanted)
    text = f"{subjects} WHERE {where} RETURN s.iri, s.longIri, {values}"
    value = {"value": wanted.literal[1]} if wanted.literal else {}
    for iri, whole, *found in transaction.stream(text, {**wanted.parameters, **value}):
        for key, kept, graphs in zip(keys, found[::2], found[1::2], strict=True):
            if kept is not None:
                yield from _values(whole or iri, key, kept, graphs, wanted)


def _looked_up(keys: Sequence[Key], wanted: _Wanted) -> str | None:
    """The clause that finds the subjects by an index of the value; None: there is none."""
    if wanted.literal is None or wanted.subject is not None or len(keys) != 1 or not keys[0].indexed:
        return None
    wanted.parameters["key"] = keys[0].name
    return (
        f"CALL () {{ MATCH (s:{RESOURCE}) WHERE s.`{escaped(keys[0].name)}` = $value RETURN s "
        f"UNION MATCH (:{VALUE} {{key: $key, value: $value}})-[:{VALUE_OF}]->(s) RETURN s }} WITH s"
    )


def _keys(registry: Registry, wanted: _Wanted) -> list[Key]:
    """Keys that hold what is wanted."""
    predicates = [wanted.predicate] if wanted.predicate is not None else list(registry.keys)
    keys = [key for predicate in predicates for key in registry.keys.get(predicate, ())]
    if wanted.literal is None:
        return keys
    return [key for key in keys if (key.datatype, key.language, key.encoding) == wanted.literal[0][1:]]


def _values(subject: str, key: Key, kept: Any, graphs: Any, wanted: _Wanted) -> Iterator[Quad]:
    for value, found in values_of(kept, graphs):
        if wanted.literal is None or wanted.literal[1] == value:
            text = render(key.datatype, key.language, key.encoding, value)
            yield from _quads(f"{_term(subject)} <{key.predicate}> {text}", found, wanted.graph)


def _links(transaction: Streaming, registry: Registry, wanted: _Wanted) -> Iterator[Quad]:
    predicates = {name.name: iri for iri, name in registry.relationships.items()}
    kind = ""
    if wanted.predicate is not None:
        if wanted.predicate not in registry.relationships:
            return
        kind = f":`{escaped(registry.relationships[wanted.predicate].name)}`"
    end = "(o:Resource {iri: $object})" if wanted.node is not None else "(o:Resource)"
    where = " WHERE $name IN r.g" if wanted.graph else ""
    text = (
        f"{_subjects(wanted)} MATCH (s)-[r{kind}]->{end}{where} "
        "RETURN s.iri, s.longIri, type(r), o.iri, o.longIri, r.g, r.d"
    )
    for iri, whole, name, obj, whole_obj, named, default in transaction.stream(text, wanted.parameters):
        if name not in predicates:
            continue  # written meanwhile
        statement = f"{_term(whole or iri)} <{predicates[name]}> {_term(whole_obj or obj)}"
        yield from _quads(statement, graph_sets.of_link(named, default), wanted.graph)


def _term(iri: str) -> str:
    return iri if iri.startswith("_:") else f"<{iri}>"


def _quads(statement: str, graphs: Graphs, graph: str | None) -> Sequence[Quad]:
    if graph is None:
        return [(statement, name) for name in graphs]
    name = graph or None
    return [(statement, name)] if name in graphs else []
