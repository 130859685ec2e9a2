"""Reads from the graph what works have: the facts that associations rest on."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import ontology
from common.namespaces import BF, RDFS
from common.terms import value
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows, query_file, select
from reasoning.associations.bases import AGENT, CLASS, GENRE, HEADING, HUB, LINK, PLACE, SERIES, SUBJECT, VERSION
from reasoning.associations.class_numbers import lineage, scheme_of
from reasoning.associations.untelling import ROLES, UNTELLING

_RELATORS = "http://id.loc.gov/vocabulary/relators/"
PAGE = 1_000
"""Works, or other entities, that are asked about in one query."""
EXPRESSION_OF = f"<{BF}expressionOf>"
_OF_SERIES = frozenset(f"<{BF}{name}>" for name in ("hasSeries", "seriesOf", "hasSubseries"))

Fact = tuple[int, str, str]
"""Kind, term of the canonical work, and what it has: a term, or the name of a heading or class."""


@dataclass(slots=True)
class Facts:
    """Some facts about works.

    Attributes:
        facts: The facts.
        within: What a thing lies in: a class in the next broader one, a subject in the main part of its heading.
    """

    facts: set[Fact] = field(default_factory=set)
    within: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Facts") -> None:
        """Adds others."""
        self.facts |= other.facts
        self.within |= other.within


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
    """Those of them by which a work is related to a hub that is no series."""
    return [relation for relation in relations() if relation not in _OF_SERIES]


@cache
def _readers() -> tuple[_Reader, ...]:
    return (
        _Reader(GENRE, "things", {"predicate": f"<{BF}genreForm>"}),
        _Reader(SERIES, "things", {"predicate": f"<{BF}hasSeries>"}),
        _Reader(AGENT, "agents", {"roles": [f"<{_RELATORS}{code}>" for code in ROLES]}),
        _Reader(VERSION, "things", {"predicate": EXPRESSION_OF}),
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


def facts(graph: KnowledgeGraph, works: Collection[str]) -> Iterator[Facts]:
    """What ``works`` have, a page of works at a time; nothing for what is no canonical work."""
    for page in pages(works):
        found = Facts()
        _subjects(rows(graph, "subjects", {"works": page}), found)
        _places(rows(graph, "places", {"works": page}), found)
        _classes(rows(graph, "classes", {"works": page}), found)
        for reader in _readers():
            answer = rows(graph, reader.query, {"works": page, **reader.parameters})
            found.facts.update((reader.kind, work, thing) for work, thing in _telling(answer))
        yield found


def heading(labels: Iterable[str]) -> str | None:
    """The name of the main part of a heading, by which ``Whales -- Fiction`` and ``Whales`` are near each other.

    >>> heading(['"Whales -- Fiction"@en', '"鲸"@zh-hani'])
    'heading/whales'
    """
    first = min(labels, default=None)
    return None if first is None else f"heading/{value(first).split(' -- ')[0].strip(' .').casefold()}"


def _telling(answer: Rows) -> Iterator[tuple[str, str]]:
    """Works and things, from rows of work, thing and, where it counts, name; without things that tell nothing."""
    untelling = {thing for _, thing, *names in answer if any(name and value(name) in UNTELLING for name in names)}
    return ((work, thing) for work, thing, *_ in answer if work and thing and thing not in untelling)


def _subjects(answer: Rows, found: Facts) -> None:
    labels: dict[str, set[str]] = {}
    for _, thing, label in answer:
        labels.setdefault(thing or "", set()).update([label] if label else [])
    for work, thing in _telling(answer):
        found.facts.add((SUBJECT, work, thing))
        if main := heading(labels[thing]):
            found.facts.add((HEADING, work, main))
            found.within[thing] = main


def _places(answer: Rows, found: Facts) -> None:
    """Places, and of an area code the country too: ``n-us-nj`` lies in ``n-us``; a continent tells too little."""
    for work, place in answer:
        if work and place:
            start, _, code = place[1:-1].rpartition("/geographicAreas/")
            parts = code.split("-")
            areas = [f"<{start}/geographicAreas/{'-'.join(parts[:n])}>" for n in range(len(parts), 1, -1)]
            names = areas if start else [place]
            found.facts.update((PLACE, work, name) for name in names)
            found.within.update(pairwise(names))


def _classes(answer: Rows, found: Facts) -> None:
    for work, kind, source, number in answer:
        scheme = scheme_of(kind or "", source)
        if work and number and scheme:
            names = lineage(scheme, value(number))
            found.facts.update((CLASS, work, name) for name in names)
            found.within.update(pairwise(names))


def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
    """The rows of a query of this package."""
    return select(graph, query_file("reasoning.associations", name), parameters)
