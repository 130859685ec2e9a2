"""Compares pairs: they must find the same, then their times are taken."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from neo4j import READ_ACCESS, Driver

from benchmarks.engines.workload import Asked
from common.namespaces import RDF
from common.terms import value
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Solutions

_DIGITS = 6
Rows = list[tuple[object, ...]]


class Comparison:
    """Asks one store both ways.

    Args:
        store: The store.
        driver: A driver on the same database.

    Attributes:
        idle: Queries that found nothing, so that there was nothing to compare.
    """

    def __init__(self, store: Neo4jStore, driver: Driver) -> None:
        self._store = store
        self._driver = driver
        self.idle: list[str] = []

    def by_hand(self, each: Asked) -> Rows:
        """The rows of the Cypher by hand, by the driver's quickest way: one request, which is not tried again."""
        with self._driver.session(default_access_mode=READ_ACCESS) as session:
            return [tuple(row) for row in session.run(each.cypher, dict(each.parameters))]

    def generated(self, each: Asked) -> Rows:
        """The rows of the query in SPARQL."""
        found = self._store.query(each.sparql)
        assert isinstance(found, Solutions)
        return list(found.rows)

    def medians(self, asked: Iterable[Asked]) -> tuple[dict[str, float], dict[str, float]]:
        """Milliseconds of the median of each query, warm: generated, and by hand.

        Both are asked in turn, so that whatever else the machine does falls on both.
        """
        made: dict[str, float] = {}
        hand: dict[str, float] = {}
        for name, group in groupby(asked, attrgetter("name")):
            calls = list(group)
            if not self._found(name, calls):
                self.idle.append(name)
                continue
            times = [(_milliseconds(self.generated, each), _milliseconds(self.by_hand, each)) for each in calls]
            made[name], hand[name] = (statistics.median(column) for column in zip(*times, strict=True))
        return made, hand

    def _found(self, name: str, calls: list[Asked]) -> int:
        """How many rows some calls find, the same both ways."""
        names = _iris(self._store.registry)
        found = 0
        for each in calls:
            made, hand = self.generated(each), self.by_hand(each)
            found += len(made)
            same = bool(made) == bool(hand) if each.is_sample else _same(made, hand, names)
            assert same, f"{name}: not the same question: {each.sparql}"
        return found


def _milliseconds(call: Callable[[Asked], Rows], each: Asked) -> float:
    start = time.perf_counter()
    call(each)
    return (time.perf_counter() - start) * 1_000


def _same(made: Rows, hand: Rows, iris: Mapping[str, str]) -> bool:
    """Whether both found the same, in whatever order; Cypher may give more columns, such as the language."""
    if len(made) != len(hand):
        return False
    width = min((len(row) for row in made), default=0)
    terms = ([cell and value(str(cell)) for cell in row] for row in made)
    wanted, found = (
        Counter(tuple(_plain(cell, iris) for cell in row[:width]) for row in rows) for rows in (terms, hand)
    )
    return wanted == found


def _plain(cell: object, iris: Mapping[str, str]) -> object:
    """A cell in a form that is the same whether it came as a term or as a value of Cypher."""
    try:
        return None if cell is None else round(float(str(cell)), _DIGITS)
    except ValueError:
        return iris.get(str(cell), str(cell))


def _iris(registry: Registry) -> dict[str, str]:
    """Name in Cypher -> IRI."""
    named = [*registry.relationships.values(), *registry.labels.values()]
    keys = {key.name: key.predicate for found in registry.keys.values() for key in found}
    return {"type": f"{RDF}type", **keys, **{each.name: each.iri for each in named}}
