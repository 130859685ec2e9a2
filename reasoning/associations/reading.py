"""Reads from the graph what works have: the facts that associations rest on."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import ontology
from common.namespaces import BF, RDFS
from common.terms import value
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows, query_file, select
from reasoning.associations.bases import AGENT, CLASS, GENRE, HUB, LINK, PLACE, SERIES, SUBJECT
from reasoning.associations.class_numbers import lineage, scheme_of

PAGE = 1_000
"""Works, or other entities, that are asked about in one query."""
EXPRESSION_OF = f"<{BF}expressionOf>"
_OF_SERIES = frozenset(f"<{BF}{name}>" for name in ("hasSeries", "seriesOf", "hasSubseries"))

Fact = tuple[int, str, str]
"""Kind, term of the canonical work, and what it has: a term, or the name of a class."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """A query for one kind of facts, and its parameters beside the works."""

    kind: int
    query: str
    parameters: Mapping[str, Value] = field(default_factory=dict)


@cache
def relations() -> list[str]:
    """Terms of the properties that say that one resource has to do with another: those below ``bf:relatedTo``."""
    axioms = [line.split(" ") for line in ontology.ontology_statements() if f" <{RDFS}subPropertyOf> " in line]
    found, grown = {f"<{BF}relatedTo>"}, 0
    while grown < len(found):
        grown = len(found)
        found.update(below for below, _, above in axioms if above in found)
    return sorted(found)


@cache
def hub_relations() -> list[str]:
    """Terms of the properties by which a work belongs to a hub that is no series."""
    return [EXPRESSION_OF, *(relation for relation in relations() if relation not in _OF_SERIES)]


@cache
def _readers() -> tuple[_Reader, ...]:
    return (
        _Reader(SUBJECT, "subjects"),
        _Reader(GENRE, "things", {"predicate": f"<{BF}genreForm>"}),
        _Reader(SERIES, "things", {"predicate": f"<{BF}hasSeries>"}),
        _Reader(AGENT, "agents"),
        _Reader(PLACE, "places"),
        _Reader(HUB, "hubs", {"relations": hub_relations()}),
        _Reader(LINK, "links", {"relations": relations()}),
    )


def works(graph: KnowledgeGraph) -> list[str]:
    """Terms of all canonical works."""
    return [work for (work,) in rows(graph, "works", {}) if work]


def pages(terms: Collection[str]) -> Iterator[list[str]]:
    """The terms in order, a page at a time."""
    ordered = sorted(terms)
    return (ordered[start : start + PAGE] for start in range(0, len(ordered), PAGE))


def facts(graph: KnowledgeGraph, works: Collection[str]) -> Iterator[list[Fact]]:
    """What ``works`` have, a page of works at a time; nothing for what is no canonical work."""
    for page in pages(works):
        found = set(_classes(graph, page))
        for reader in _readers():
            parameters = {"works": page, **reader.parameters}
            answer = rows(graph, reader.query, parameters)
            found.update((reader.kind, work, thing) for work, thing in answer if work and thing)
        yield sorted(found)


def _classes(graph: KnowledgeGraph, page: list[str]) -> Iterator[Fact]:
    for work, kind, source, number in rows(graph, "classes", {"works": page}):
        scheme = scheme_of(kind or "", source)
        if work and number and scheme:
            yield from ((CLASS, work, name) for name in lineage(scheme, value(number)))


def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of a query of this package."""
    return select(graph, query_file("reasoning.associations", name), parameters)
