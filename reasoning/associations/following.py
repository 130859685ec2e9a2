"""Keeps the associations up to date: by what changed, or anew."""

from collections.abc import Collection
from pathlib import Path

import numpy as np

from common.progress import Meter, ProgressCallback
from common.terms import value
from graph.changes import Changes
from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.bases import AGENT, BASES, LINK, SUBJECT, Basis
from reasoning.associations.memory import Ids, Memory, Pairs, open_memory
from reasoning.associations.reading import Facts, facts, rows, works
from reasoning.associations.touched import touched_works
from reasoning.associations.weights import Links, links
from reasoning.associations.writing import Writer

FOLLOWER = "associations"
"""Under this name the graph knows how far the associations have come."""
_MUCH = 0.5
"""Share of the works above which it is quicker to weigh everything again."""


def bring_up_to_date(
    graph: KnowledgeGraph,
    progress: ProgressCallback | None = None,
    rebuild: bool = False,
    memory: Path | None = None,
) -> int:
    """Makes the associations reflect the graph; returns the number of the changeset that they reflect.

    Args:
        graph: The graph, which may be written meanwhile: what comes later is left to the next call.
        progress: Where progress goes.
        rebuild: Read and compare everything, whatever is known.
        memory: File that remembers what they were made of. Without it everything is read again when anything changed.

    Raises:
        StoreReadOnlyError: The file can't be written.
    """
    with open_memory(memory) as kept:
        number, stated = graph.sequence, stated_number(graph)
        changes = None if rebuild or kept.outdated else _changes(graph, kept, stated, number)
        meter = Meter(progress, "associate", None, "works")
        if changes is None or (changes and kept.number is None):
            number = _anew(graph, kept, number, meter)
        elif changes:
            number = _follow(graph, kept, changes, number, meter)
        if kept.number is not None:
            kept.keep(number)
        meter.finish()
        # The file may be lost: what came after the number that the graph states must be known still.
        graph.followed(FOLLOWER, stated_number(graph) or 0)
    return number


def stated_number(graph: KnowledgeGraph) -> int | None:
    """The changeset that the graph of associations says it reflects; None where it is not whole."""
    found = rows(graph, "stated", {"associations": f"<{graph.graphs.associations}>"})
    return int(value(found[0][0])) if found and found[0][0] else None


def _changes(graph: KnowledgeGraph, memory: Memory, stated: int | None, number: int) -> Changes | None:
    """What changed since; None where that can't be known, or what is remembered is not what is written."""
    since = stated if memory.number is None else memory.number
    if stated is None or since is None or not stated <= since <= number:
        return None
    changes = graph.changes_since(since)
    if changes is not None:
        changes.graphs.discard(graph.graphs.associations)
    return changes


def _anew(graph: KnowledgeGraph, memory: Memory, number: int, meter: Meter) -> int:
    """Reads all works and compares all links."""
    memory.forget()
    for page in facts(graph, works(graph)):
        memory.add(page)
        meter.advance(len({work for _, work, _ in page.facts}))
    writer = Writer(graph, memory, number, meter)
    is_new = writer.is_new
    if not is_new:
        writer.doubt()
    for basis in BASES:
        if is_new:
            writer.load(basis, _all(memory, basis))
        else:
            writer.update(basis, _all(memory, basis), None, trust=False)
    writer.finish()
    memory.keep(writer.reflected)
    return writer.reflected


def _all(memory: Memory, basis: Basis) -> Links:
    pairs = memory.pairs(basis)
    return links(pairs, pairs[:, 0], basis, memory)


def _follow(graph: KnowledgeGraph, memory: Memory, changes: Changes, number: int, meter: Meter) -> int:
    """Reads again what changed, and weighs the links that it can have touched."""
    touched = touched_works(graph, changes, memory)
    new = Facts()
    for page in facts(graph, touched):
        new.add(page)
    meter.advance(len(touched))
    writer = Writer(graph, memory, number, meter)
    for basis, affected in _take_over(memory, touched, new).items():
        if affected is None:
            writer.update(basis, _all(memory, basis), None)
        elif len(affected):
            writer.update(basis, _some(memory, basis, affected), affected)
    writer.finish()
    return writer.reflected


def _some(memory: Memory, basis: Basis, entities: Ids) -> Links:
    things = np.unique(memory.pairs(basis, entities=entities)[:, 1])
    return links(memory.pairs(basis, things=things), entities, basis, memory)


def _take_over(memory: Memory, touched: Collection[str], new: Facts) -> dict[Basis, Ids | None]:
    """Puts new facts in place of the old ones; by basis, the entities whose links may have changed (None: all)."""
    ids = memory.ids(sorted(touched))
    terms = {thing for kind, _, thing in new.facts if kind in {AGENT, SUBJECT, LINK}}
    concerned = np.unique(np.concatenate([ids, memory.ids(sorted(terms)), memory.things(ids)]))
    before = {basis: memory.pairs(basis, entities=concerned) for basis in BASES}
    memory.remove(ids)
    moved = memory.add(new)
    if len(ids) > _MUCH * memory.count_works():
        return dict.fromkeys(BASES)
    after = {basis: memory.pairs(basis, entities=concerned) for basis in BASES}
    return {basis: _affected(memory, basis, before[basis], after[basis], moved) for basis in BASES}


def _affected(memory: Memory, basis: Basis, before: Pairs, after: Pairs, moved: Ids) -> Ids:
    """Entities that have other things now, and those that share such a thing with them, or one that has moved.

    What too many have, before and after, links nobody.
    """
    gained, lost = _without(after, before), _without(before, after)
    changed = np.unique(np.concatenate([gained[:, 1], lost[:, 1]]))
    having = memory.pairs(basis, things=np.union1d(changed, moved))
    now = _count(having, changed)
    then = now - _count(gained, changed) + _count(lost, changed)
    telling = changed[np.minimum(now, then) < basis.common]
    sharing = having[np.isin(having[:, 1], np.union1d(telling, moved)), 0]
    return np.unique(np.concatenate([gained[:, 0], lost[:, 0], sharing]))


def _without(pairs: Pairs, others: Pairs) -> Pairs:
    """The pairs that are not among the others."""
    there = set(map(tuple, others.tolist()))
    left = [pair for pair in map(tuple, pairs.tolist()) if pair not in there]
    return np.array(left, dtype=np.int64).reshape(-1, 2)


def _count(pairs: Pairs, things: Ids) -> Ids:
    """How many entities have each of ``things``, which are ordered."""
    mine = pairs[np.isin(pairs[:, 1], things), 1]
    return np.bincount(np.searchsorted(things, mine), minlength=len(things)).astype(np.int64)
