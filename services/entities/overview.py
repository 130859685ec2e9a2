"""What is in the graph, for the home page: counts, entrances, the newest changeset; and finding by exact words."""

import re
from dataclasses import dataclass

from common import terms
from common.namespaces import BF
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.incoming import Link, links_to
from services.entities.naming import Names

#: Classes that a librarian would ask about, in this order.
CLASSES = tuple(
    f"<{BF}{name}>" for name in ("Work", "Instance", "Item", "Hub", "Person", "Organization", "Topic", "Place")
)
#: Kind of link that leads to entities worth beginning with.
ENTRANCES = {"agents": f"<{BF}agent>", "subjects": f"<{BF}subject>", "hubs": f"<{BF}expressionOf>"}
_LANGUAGES = (
    "en",
    "zh",
    "zh-hani",
    "zh-hans",
    "zh-hant",
    "zh-latn",
    "ja",
    "ko",
    "fr",
    "de",
    "es",
    "ru",
    "la",
    "und-hani",
)
_NOT_ISBN = re.compile(r"[^0-9Xx]")


@dataclass(frozen=True, slots=True)
class Overview:
    """The graph at a glance, as of a changeset."""

    sequence: int
    time: str | None
    counts: dict[str, int]
    entrances: dict[str, list[Link]]
    queries: dict[str, str]


def overview(graph: KnowledgeGraph, lang: str) -> Overview:
    """Counts by class and some entrances; the caller keeps it for as long as the changeset is the newest."""
    names, sequence = Names(graph, lang), graph.sequence
    counted = queries.rows(graph, "classes", {"classes": list(CLASSES)})
    counts = {kind: int(terms.value(count)) for kind, count in counted if kind and count}
    entrances = {key: _entrances(graph, predicate, names) for key, predicate in ENTRANCES.items()}
    return Overview(
        sequence,
        _time(graph, sequence),
        {kind: counts[kind] for kind in CLASSES if kind in counts},
        {key: links for key, links in entrances.items() if links},
        {"classes": queries.bound("classes", {"classes": list(CLASSES)})},
    )


def _entrances(graph: KnowledgeGraph, predicate: str, names: Names) -> list[Link]:
    rows = queries.rows(graph, "entrances", {"predicate": predicate})
    return links_to(graph, [entity for entity, _ in rows if entity], names)


def _time(graph: KnowledgeGraph, sequence: int) -> str | None:
    parameters = {"changesets": f"<{graph.graphs.changesets}>", "number": terms.integer(sequence)}
    rows = queries.rows(graph, "newest", parameters)
    return terms.value(rows[0][0]) if rows and rows[0][0] else None


def jump(graph: KnowledgeGraph, wanted: str, names: Names) -> tuple[list[Link], str]:
    """Entities with exactly this identifier, control number or heading, and the query that found them."""
    wanted = " ".join(wanted.split())
    identifiers = dict.fromkeys((wanted, _NOT_ISBN.sub("", wanted).upper() or wanted))
    parameters = {
        "values": [terms.literal(value) for value in identifiers],
        "headings": [terms.literal(wanted), *(terms.literal(wanted, language) for language in _LANGUAGES)],
    }
    rows = queries.rows(graph, "jump", parameters)
    links = links_to(graph, [entity for (entity,) in rows if entity], names)
    return links, queries.bound("jump", parameters)
