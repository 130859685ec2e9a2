"""From what changesets touched to the documents that must be made anew."""

from collections.abc import Callable, Iterable, Mapping

from common import terms
from graph.changes import Changes, whole
from services.search.documents.document import names_digest
from services.search.documents.reading import Reading

INDEXED = ("work", "agent", "subject", "place", "hub", "event", "authority")
"""Kinds of entities, by the path of their IRIs, that have documents."""

Digests = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Gives the digest of the names under which the index knows entities (terms), of those that it knows."""


def touched(reading: Reading, changes: Changes, known: Digests) -> tuple[set[str], set[str]]:
    """``(gone, made)``: entities (terms) whose documents are removed, and the canonical ones that are described anew.

    A work's document shows the names and the canonical IRIs of what it links to. So what is described touches the works
    that link to it; and where the names of its cluster have changed, those that link to any member. A common heading
    has thousands of members: one more of the same name must not touch all their works.
    """
    described, linked = _with_graphs(reading, changes)
    parts = {entity for entity in linked if not _is_indexed(entity, reading.base)}
    works = _works(reading, described | parts)
    works |= _works(reading, _members(reading, _renamed(reading, described, known)))
    entities = {entity for entity in described | linked | works if _is_indexed(entity, reading.base)}
    canonical = set(reading.canonical(sorted(entities)).values())
    return entities | canonical, {entity for entity in canonical if _is_indexed(entity, reading.base)}


def _works(reading: Reading, entities: Iterable[str]) -> set[str]:
    return {work for (work,) in reading.rows("touched_works", "entities", sorted(entities)) if work}


def _renamed(reading: Reading, described: Iterable[str], known: Digests) -> list[str]:
    """The canonical entities among those of ``described`` that the index knows by other names, or not at all."""
    named = sorted(
        e for e in described if _is_indexed(e, reading.base) and not e.startswith(f"<{reading.base}id/work/")
    )
    canonical = sorted(set(reading.canonical(named).values()))
    before, now = known(canonical), reading.cluster_names(canonical)
    return [entity for entity in canonical if before.get(entity) != names_digest(now[entity])]


def _members(reading: Reading, canonical: Iterable[str]) -> set[str]:
    return {member for _, _, member in reading.rows("members", "entities", canonical) if member}


def _with_graphs(reading: Reading, changes: Changes) -> tuple[set[str], set[str]]:
    """The entities described and linked, those of graphs that were added whole among them."""
    described, linked = set(changes.described), set(changes.linked)
    for subject, link in _entities_of(reading, changes.graphs):
        if subject and subject.startswith(f"<{reading.base}id/"):
            described.add(whole(subject))
        if link:
            linked.add(whole(link))
    return described, linked


def _entities_of(reading: Reading, graphs: Iterable[str]) -> Iterable[tuple[str | None, ...]]:
    base = reading.base
    ours = sorted(f"<{g}>" for g in graphs if g.startswith((f"{base}graph/record/", f"{base}graph/cited/")))
    return reading.rows("graph_entities", "graphs", ours, {"prefix": terms.literal(f"{base}id/")})


def _is_indexed(entity: str, base: str) -> bool:
    return entity.removeprefix(f"<{base}id/").split("/", 1)[0] in INDEXED and "#" not in entity
