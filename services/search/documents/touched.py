"""From what changesets touched to the documents that must be made anew."""

from collections.abc import Iterable

from common import terms
from graph.changes import Changes
from services.search.documents.reading import Reading

INDEXED = ("work", "agent", "subject", "place", "hub", "event", "authority")
"""Kinds of entities, by the path of their IRIs, that have documents."""


def touched(reading: Reading, changes: Changes) -> tuple[set[str], set[str]]:
    """``(gone, made)``: entities (terms) whose documents are removed, and the canonical ones that are described anew.

    The names of an entity stand in the documents of all works that link to it, so a name that changes touches those; a
    work that comes or goes touches the number of works behind what it links to.
    """
    described, linked = _with_graphs(reading, changes)
    parts = {entity for entity in linked if not _is_indexed(entity, reading.base)}
    works = {row[0] for row in reading.rows("touched_works", "entities", sorted(described | parts)) if row[0]}
    entities = {entity for entity in described | linked | works if _is_indexed(entity, reading.base)}
    canonical = {c for _, c in reading.rows("canonical", "entities", sorted(entities)) if c}
    return entities | canonical, {entity for entity in canonical if _is_indexed(entity, reading.base)}


def _with_graphs(reading: Reading, changes: Changes) -> tuple[set[str], set[str]]:
    """The entities described and linked, those of graphs that were added whole among them."""
    described, linked = set(changes.described), set(changes.linked)
    for subject, link in _entities_of(reading, changes.graphs):
        if subject and subject.startswith(f"<{reading.base}id/"):
            described.add(_whole(subject))
        if link:
            linked.add(_whole(link))
    return described, linked


def _entities_of(reading: Reading, graphs: Iterable[str]) -> Iterable[tuple[str | None, ...]]:
    base = reading.base
    ours = sorted(f"<{g}>" for g in graphs if g.startswith((f"{base}graph/record/", f"{base}graph/cited/")))
    return reading.rows("graph_entities", "graphs", ours, {"prefix": terms.literal(f"{base}id/")})


def _is_indexed(entity: str, base: str) -> bool:
    return entity.removeprefix(f"<{base}id/").split("/", 1)[0] in INDEXED and "#" not in entity


def _whole(term: str) -> str:
    return f"{term.partition('#')[0]}>" if "#" in term else term
