"""What the platform's services ask for lists of hits, pages and related answers, with the parameters that they give."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from benchmarks.engines.loading import graphs
from common.namespaces import BF, BG
from common.terms import value
from graph.merge import MergedGraph
from graph.parameters import Value
from graph.store import GraphStore, Result, Solutions
from services.entities.editions import editions
from services.entities.incoming import incoming_counts, incoming_page
from services.entities.naming import Names
from services.entities.page import entity_page
from services.hits.describe import describe
from services.neighbourhood.neighbourhood import neighbourhood
from services.related.related import related

_SEED = 20261126
_HITS = 10
_ENTITIES = {
    "works": f"?x a <{BF}Work>",
    "instances": f"?x a <{BF}Instance>",
    "agents": f"?c <{BF}agent> ?m . ?m <{BG}canonical> ?x",
    "subjects": f"?w <{BF}subject> ?m . ?m <{BG}canonical> ?x",
}
"""Kinds of entities that readers come to, each with how it is found."""


class _Recorder(MergedGraph):
    """A graph that notes what it is asked."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__(store, graphs())
        self.asked: dict[str, list[Mapping[str, Value]]] = {}

    def query(self, text: str, parameters: Mapping[str, Value] | None = None) -> Result:
        """Notes it, and answers."""
        known = self.asked.setdefault(text, [])
        if parameters is not None and parameters not in known:
            known.append(parameters)
        return super().query(text, parameters)


def asked(store: GraphStore, times: int) -> dict[str, list[Mapping[str, Value]]]:
    """Query text -> the parameters it was asked with, for entities of the data; seeded.

    Args:
        store: Holds the data.
        times: Lists, pages and related answers of each kind of entity.
    """
    graph, random = _Recorder(store), Random(_SEED)  # noqa: S311  figures, no secrets
    for entities in [sorted(_found(store, kind)) for kind in _ENTITIES]:
        for _ in range(times):
            describe(graph, [value(each) for each in random.sample(entities, min(_HITS, len(entities)))], "en")
            _page(graph, random.choice(entities))
            related(graph, value(random.choice(entities)))
    return graph.asked


def _page(graph: MergedGraph, entity: str) -> None:
    """Asks what the page of an entity asks."""
    names = Names(graph, "en")
    page = entity_page(graph, entity, names)
    assert page is not None, entity
    members = page.cluster.members
    editions(graph, members, names)
    for predicate, count in incoming_counts(graph, members).items():
        incoming_page(graph, members, predicate, names, count=count)
    neighbourhood(graph, page.cluster.canonical, names)


def _found(store: GraphStore, kind: str) -> Iterator[str]:
    found = store.query(f"SELECT DISTINCT ?x {{ {_ENTITIES[kind]} . ?x <{BG}canonical> ?x }}")
    assert isinstance(found, Solutions)
    rows: Sequence[tuple[str | None, ...]] = found.rows
    return (row[0] for row in rows if row[0])
