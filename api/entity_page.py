"""An entity page as HTML: what the services say, with addresses."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from flask import Response

from api import html
from api.drawing import Drawing, draw
from api.paths import local
from api.platform import platform
from common import terms
from common.errors import BibliographError
from common.namespaces import BF
from services.citations.citations import citations
from services.entities.editions import editions
from services.entities.incoming import Incoming, incoming_counts, incoming_page
from services.entities.naming import Names
from services.entities.page import Page, Value
from services.hits import kinds
from services.hits.describe import describe
from services.hits.hit import Hit
from services.neighbourhood.neighbourhood import Neighbourhood, neighbourhood
from services.related.related import Related
from services.related.related import related as find_related

_INSTANCE_OF = f"<{BF}instanceOf>"
_CONTRIBUTION = f"<{BF}contribution>"
_WORK, _INSTANCE = f"<{BF}Work>", f"<{BF}Instance>"
_SECTIONS = 8
"""Kinds of links of which a page shows the first ones; the others can be opened."""
_RELATED = 8
_PATIENCE = 1.5
"""Seconds that a page waits for what is related; then it comes without."""
_WIDE, _NARROW = 900, 340
"""Widths of the two drawings, of which one fits."""
_log = structlog.get_logger()
_aside = ThreadPoolExecutor(4, thread_name_prefix="related")


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a footnote says of a graph: when it entered, by which changeset."""

    number: int
    changeset: int | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The neighbourhood with its drawings, the wide one and the narrow one."""

    around: Neighbourhood
    wide: Drawing
    narrow: Drawing


def render(
    page: Page, names: Names, formats: list[tuple[str, str, str]], *, links: str | None, after: str | None
) -> Response:
    """The page; ``links`` and ``after`` choose a page of what links here."""
    graph, members = platform().graph, page.cluster.members
    classes = {kind.term for kind in page.kinds}
    found, text = editions(graph, members, names) if _WORK in classes else ([], "")
    sections = _incoming(page, names, links, after, without=_INSTANCE_OF if found else None)
    names.load([f"{row.predicate}" for group in page.groups for row in group.rows])
    around = None if links else _surroundings(page, names)
    response = html.page(
        "entity.html",
        page=page,
        names=names,
        formats=formats,
        notes=_notes(page),
        editions=found,
        incoming=sections,
        continued=links is not None,
        is_record=bool(classes & {_WORK, _INSTANCE}),
        queries={
            **page.queries,
            **({"editions": text} if found else {}),
            **({f"neighbourhood-{name}": query for name, query in around.around.queries.items()} if around else {}),
            **{f"links-{n}": s.query for n, s in enumerate(sections)},
        },
        **_more(page, names, around, is_first=links is None),
    )
    for _, media_type, address in formats:
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{media_type}"')
    return response


def _more(page: Page, names: Names, around: Surroundings | None, *, is_first: bool) -> dict[str, object]:
    """What the first of several pages has beside statements and links."""
    hit = describe(platform().graph, [page.cluster.canonical[1:-1]], names.lang).get(page.cluster.canonical[1:-1])
    if not is_first:
        return {"hit": hit}
    today = datetime.now(UTC).date()
    return {
        "hit": hit,
        "contributions": _contributions(page),
        "related": _related(page.cluster.canonical[1:-1], names.lang),
        "around": around,
        "citations": citations(platform().graph, page.cluster.canonical, today),
        "searches": _searches(page.cluster.canonical[1:-1], hit),
    }


def _contributions(page: Page) -> list[Value]:
    rows = [row for group in page.groups if group.key == "creators" for row in group.rows]
    return [value for row in rows if row.predicate == _CONTRIBUTION for value in row.values]


def _related(entity: str, language: str) -> Related | None:
    """What is related; None where that is not known in time, for the page does not wait for it."""
    asked = _aside.submit(find_related, platform().graph, entity, language, limit=_RELATED)
    try:
        return asked.result(_PATIENCE)
    except (TimeoutError, BibliographError) as error:
        _log.warning("related", error=type(error).__name__)
    except Exception as error:  # noqa: BLE001  a mistake of ours beside the page is logged and does not take it away
        _log.exception("defect", error=type(error).__name__)
    return None


def _surroundings(page: Page, names: Names) -> Surroundings | None:
    """The neighbourhood; of an edition, that of its work, of which it is a part. None if there is nothing to draw."""
    around = neighbourhood(platform().graph, _centre(page), names)
    if not around.spokes:
        return None
    title = terms.value(around.centre.label)
    return Surroundings(
        around,
        draw(around, title, width=_WIDE, is_round=True),
        draw(around, title, width=_NARROW, is_round=False),
    )


def _centre(page: Page) -> str:
    members = page.cluster.members
    works = {s.object for member in members for s in page.about.of(member) if s.predicate == _INSTANCE_OF}
    return works.pop() if len(works) == 1 else page.cluster.canonical


#: Facets of the search page by which works of an entity are found -> kinds of entities that have such works.
_FACETS = {
    "creator": kinds.AGENTS,
    "subject": kinds.AGENTS
    | frozenset("Topic Place Event Temporal GenreForm Concept Hub Occupation Jurisdiction Function".split()),
    "place": frozenset({"Place"}),
    "series": frozenset({"Series", "Hub"}),
}


def _searches(entity: str, hit: Hit | None) -> dict[str, str]:
    """Facet -> address of the search for works that have the entity in it."""
    found = [facet for facet, names in _FACETS.items() if hit and hit.type in names]
    return {facet: local("/search", **{"facet." + facet: entity}) for facet in found}


def _incoming(page: Page, names: Names, links: str | None, after: str | None, without: str | None) -> list[Incoming]:
    """Pages of links: the one asked for, or the first of every kind."""
    graph, members = platform().graph, page.cluster.members
    counts = {p: n for p, n in incoming_counts(graph, members).items() if p != without}
    wanted = [p for p in counts if p[1:-1] == links] if links else sorted(counts, key=lambda p: (-counts[p], p))
    names.load(wanted)
    return [
        incoming_page(graph, members, p, names, after=(after or "") if links else "", count=counts[p])
        for p in wanted[:_SECTIONS]
    ]


def _notes(page: Page) -> dict[str, SourceNote]:
    """Footnote of each graph; of a record's graph, what the archive knows."""
    notes = {}
    for number, source in enumerate(page.sources, 1):
        archived = platform().archive.find_graph(source.graph) if source.is_record else None
        changeset, date = (archived.changeset, archived.datestamp) if archived else (None, None)
        notes[source.graph] = SourceNote(number, changeset, date)
    return notes
