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
#: Entrances of the home page: the query that finds them and its parameters.
ENTRANCES: dict[str, tuple[str, dict[str, str]]] = {
    "works": ("rich_works", {}),
    "agents": ("entrances", {"predicate": f"<{BF}agent>"}),
    "subjects": ("entrances", {"predicate": f"<{BF}subject>"}),
    "hubs": ("entrances", {"predicate": f"<{BF}expressionOf>"}),
}
_MOST_ENTRANCES = 6
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
    entrances = {key: _entrances(graph, *query, names) for key, query in ENTRANCES.items()}
    return Overview(
        sequence,
        _time(graph, sequence),
        {kind: counts[kind] for kind in CLASSES if kind in counts},
        {key: links for key, links in entrances.items() if links},
        {"classes": queries.bound("classes", {"classes": list(CLASSES)})},
    )


def _entrances(graph: KnowledgeGraph, query: str, parameters: dict[str, str], names: Names) -> list[Link]:
    """A few entities; of several with the same label, which a reader could not tell apart here, the first."""
    rows = queries.rows(graph, query, parameters)
    links = links_to(graph, [row[0] for row in rows if row[0]], names)
    return list({link.label: link for link in reversed(links)}.values())[::-1][:_MOST_ENTRANCES]


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
