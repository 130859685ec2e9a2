"""Suggestions: entities, types and properties by the beginning of their names in any language, or by identifier."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names
from services.hits.describe import describe
from services.hits.hit import Hit
from services.reconciliation import reconcile
from services.reconciliation.extension import described
from services.reconciliation.identified import is_identifier
from services.reconciliation.identity import iri_or_nothing
from services.reconciliation.properties import PROPERTIES
from services.reconciliation.types import TYPES, Type, of_class
from services.reconciliation.types import described as types_described
from services.search.searcher import Searcher
from services.search.words import key

PAGE, PAGE_OF_TABLE = 20, 50
"""Suggestions of one answer: entities, and types or properties, of which there are few."""
DEEPEST = 100
"""Suggestions that can be skipped."""
_Json = dict[str, object]


class _Labelled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def labels(self) -> dict[str, str]: ...


_Item = TypeVar("_Item", bound=_Labelled)


def entities(
    graph: KnowledgeGraph, searcher: Searcher, prefix: str, types: Iterable[Type], lang: str, cursor: int
) -> list[_Json]:
    """Entities whose name begins so, or whose identifier this is, without the first ``cursor`` ones."""
    kinds = list(dict.fromkeys(each.kind for each in types)) or [""]
    found = [s.iri for kind in kinds for s in searcher.suggest(prefix, lang, kind, cursor + PAGE)]
    named = [] if cursor else _identified(graph, prefix)
    wanted = list(dict.fromkeys([*named, *found]))[cursor : cursor + PAGE]
    hits = describe(graph, wanted, lang, brief=True)
    ids = {each.id for each in types}
    shown = [hits[iri] for iri in wanted if iri in hits and _is_of(hits[iri], ids)]
    return [_entity(hit, graph.graphs.base, lang) for hit in shown]


def _entity(hit: Hit, base: str, lang: str) -> _Json:
    found = reconcile.entity(hit, base, lang)
    return {**{name: found[name] for name in ("id", "name", "description")}, "notable": found["type"]}


def _is_of(hit: Hit, ids: set[str]) -> bool:
    return not ids or not ids.isdisjoint(each.id for each in of_class(hit.type))


def _identified(graph: KnowledgeGraph, prefix: str) -> list[str]:
    if not is_identifier(prefix):
        return []
    found = canonical(graph, prefix)
    return [found] if found else []


def canonical(graph: KnowledgeGraph, id_: str) -> str | None:
    """The bare IRI of the entity that stands for an identifier; None where the graph knows none of the kind."""
    iri = iri_or_nothing(id_, graph.graphs.base)
    if not iri:
        return None
    term, names = terms.iri(iri), Names(graph, "en")
    names.load([term])
    known = names.name(term)
    return known.canonical[1:-1] if known.canonical else None


def types(prefix: str, lang: str, cursor: int) -> list[_Json]:
    """Types whose name or identifier begins so, or has a word that does; all for nothing typed."""
    return types_described(_beginning(prefix, TYPES.values())[cursor : cursor + PAGE_OF_TABLE], lang)


def properties(prefix: str, lang: str, cursor: int) -> list[_Json]:
    """Properties whose name or identifier begins so, or has a word that does; all for nothing typed."""
    found = _beginning(prefix, PROPERTIES.values())[cursor : cursor + PAGE_OF_TABLE]
    return [dict(described(each, lang)) for each in found]


def every_property(lang: str, limit: int) -> list[dict[str, str]]:
    """All properties, at most ``limit`` of them (0: all)."""
    found = [described(each, lang) for each in PROPERTIES.values()]
    return found[:limit] if limit else found


def _beginning(prefix: str, items: Iterable[_Item]) -> list[_Item]:
    wanted = key(prefix)
    ranked = [(_rank(wanted, each), n, each) for n, each in enumerate(items)]
    return [each for rank, _, each in sorted(ranked, key=lambda row: row[:2]) if rank < _NOT]


_NOT = 2


def _rank(wanted: str, item: _Labelled) -> int:
    """0 where a name begins so, 1 where a word of it does."""
    names = [key(item.id), *map(key, item.labels.values())]
    if any(name.startswith(wanted) for name in names):
        return 0
    return 1 if any(word.startswith(wanted) for name in names for word in name.split()) else _NOT
