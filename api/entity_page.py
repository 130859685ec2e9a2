"""An entity page as HTML: what the services say, with addresses."""

from dataclasses import dataclass

from flask import Response

from api import html
from api.platform import platform
from common.namespaces import BF
from services.entities.editions import editions
from services.entities.incoming import Incoming, incoming_counts, incoming_page
from services.entities.naming import Names
from services.entities.page import Page

_INSTANCE_OF = f"<{BF}instanceOf>"
_WORK = f"<{BF}Work>"
_SECTIONS = 8
"""Kinds of links of which a page shows the first ones; the others can be opened."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a footnote says of a graph: when it entered, by which changeset."""

    number: int
    changeset: int | None
    date: str | None


def render(
    page: Page, names: Names, formats: list[tuple[str, str, str]], *, links: str | None, after: str | None
) -> Response:
    """The page; ``links`` and ``after`` choose a page of what links here."""
    graph, members = platform().graph, page.cluster.members
    is_work = any(kind.term == _WORK for kind in page.kinds)
    found, text = editions(graph, members, names) if is_work else ([], "")
    sections = _incoming(page, names, links, after, without=_INSTANCE_OF if found else None)
    names.load([f"{row.predicate}" for group in page.groups for row in group.rows])
    response = html.page(
        "entity.html",
        page=page,
        names=names,
        formats=formats,
        notes=_notes(page),
        editions=found,
        incoming=sections,
        continued=after is not None,
        queries={
            **page.queries,
            **({"editions": text} if found else {}),
            **{f"links-{n}": s.query for n, s in enumerate(sections)},
        },
    )
    for _, media_type, address in formats:
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{media_type}"')
    return response


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
