"""The editions of a work: how each instance was published, and where its copies are."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.namespaces import BF, BG
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.naming import Names
from services.entities.page import Builder, Row
from services.entities.statements import About, statements_about

_OF_INSTANCE = frozenset({f"<{BF}provisionActivity>", f"<{BF}editionStatement>", f"<{BG}extent>", f"<{BF}carrier>"})
_OF_ITEM = frozenset({f"<{BF}heldBy>", f"<{BF}sublocation>", f"<{BG}callNumber>", f"<{BG}holdingsStatement>"})


@dataclass(frozen=True, slots=True)
class Copy:
    """An item of an edition."""

    item: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Edition:
    """An instance of a work, with its copies."""

    instance: str
    label: str
    rows: list[Row]
    copies: list[Copy]


def editions(graph: KnowledgeGraph, works: Sequence[str], names: Names) -> tuple[list[Edition], str]:
    """Editions of a work's cluster, and the query that found them."""
    parameters = {"works": list(works)}
    items: dict[str, list[str]] = {}
    for instance, item in queries.rows(graph, "editions", parameters):
        if instance:
            items.setdefault(instance, []).extend([item] if item else [])
    about = (
        statements_about(graph, [*items, *(item for found in items.values() for item in found)]) if items else About()
    )
    names.load([*items, *(s.object for s in about.all() if s.predicate in _OF_INSTANCE | _OF_ITEM)])
    builder = Builder(names, about)
    found = [
        Edition(
            instance,
            names.label(instance),
            builder.rows([s for s in about.of(instance) if s.predicate in _OF_INSTANCE]),
            [Copy(i, builder.rows([s for s in about.of(i) if s.predicate in _OF_ITEM])) for i in of_instance],
        )
        for instance, of_instance in items.items()
    ]
    return found, queries.bound("editions", parameters)
