"""From what changesets touched to the works whose facts may have changed."""

from collections.abc import Iterable, Iterator

from common.namespaces import BF
from common.terms import value
from graph.changes import Changes
from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.bases import PLACE, SUBJECT
from reasoning.associations.memory import Memory
from reasoning.associations.reading import heading, pages, relations, rows
from reasoning.associations.untelling import UNTELLING

_WORK, _PLACE, _PERIOD = f"<{BF}Work>", f"<{BF}Place>", f"<{BF}Temporal>"
_PROPERTIES = frozenset(
    [*(f"<{BF}{name}>" for name in ("subject", "genreForm", "hasSeries", "expressionOf", "agent")), *relations()]
)
"""By these a work, a publication or a contribution names what an association may rest on."""


class _Standing:
    """Of each of some entities: what it stands for, and what class it has that matters here."""

    def __init__(self, graph: KnowledgeGraph, entities: set[str]) -> None:
        self.canonical: dict[str, str] = {}
        self.works: set[str] = set()
        self.places: set[str] = set()
        self.periods: set[str] = set()
        self.labels: dict[str, set[str]] = {}
        for page in pages(entities):
            for entity, canonical, work, class_, label in rows(graph, "standing", {"entities": page}):
                self._note(entity or "", canonical, work, class_)
                self.labels.setdefault(entity or "", set()).update([label] if label else [])

    def _note(self, entity: str, canonical: str | None, work: str | None, class_: str | None) -> None:
        if canonical:
            self.canonical[entity] = canonical
        if class_ == _WORK:
            self.works |= {entity, canonical or entity}
        elif class_ == _PLACE:
            self.places.add(entity)
        elif class_ == _PERIOD:
            self.periods.add(entity)
        if work:
            self.works.add(work)


def touched_works(graph: KnowledgeGraph, changes: Changes, memory: Memory) -> set[str]:
    """Terms of works to be read again; some may be no works any more.

    Those that changed themselves, and those that name an entity which came, went, or stands for another one now.
    """
    whole = _of_graphs(graph, changes.graphs)
    entities = changes.described | changes.linked | whole
    standing = _Standing(graph, entities)
    found = standing.works | memory.known_works(entities | set(standing.canonical.values()))
    changed = {e for e in changes.described | whole if not _is_as_before(e, standing, memory)}
    owners = set(_mentions(graph, changed))
    return found | _Standing(graph, owners).works


def _of_graphs(graph: KnowledgeGraph, graphs: Iterable[str]) -> set[str]:
    """Entities that whole graphs describe; vocabularies describe none of ours."""
    described = (graph.graphs.ontology, graph.graphs.vocabulary(""))
    ours, names = f"<{graph.graphs.base}id/", {f"<{name}>" for name in graphs if not name.startswith(described)}
    found = (entity for page in pages(names) for (entity,) in rows(graph, "entities", {"graphs": page}) if entity)
    return {entity for entity in found if entity.startswith(ours) and "#" not in entity}


def _is_as_before(entity: str, standing: _Standing, memory: Memory) -> bool:
    """Whether works that name it have the same facts still: a popular authority need not have them read again."""
    kinds = memory.kinds_as_thing(entity)
    if not kinds or standing.canonical.get(entity) != entity:
        return False
    labels, is_period = standing.labels[entity], entity in standing.periods
    if SUBJECT in kinds and (is_period or heading(labels) != memory.broader_name(entity)):
        return False
    if not UNTELLING.isdisjoint(map(value, labels)):
        return False
    return (SUBJECT if entity in standing.places else PLACE) not in kinds


def _mentions(graph: KnowledgeGraph, entities: set[str]) -> Iterator[str]:
    """What names one of ``entities``; a contribution counts as the work that it is part of."""
    for page in pages(entities):
        for (mention,) in rows(graph, "mentions", {"entities": page, "properties": sorted(_PROPERTIES)}):
            if mention:
                yield f"{mention.partition('#')[0]}>" if "#" in mention else mention
