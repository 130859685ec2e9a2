"""Brings the text index up to the graph's last changeset: by what changed since, or anew."""

from collections.abc import Iterable, Iterator

from common import terms
from common.progress import Meter, ProgressCallback
from graph.knowledge_graph import KnowledgeGraph
from ingest.batching import batched
from services.search.documents.document import Document
from services.search.documents.entity import entity_documents
from services.search.documents.reading import Reading
from services.search.documents.touched import INDEXED, touched
from services.search.documents.work import work_documents
from services.search.index import TextIndex

FOLLOWER = "text"
"""Under this name the graph knows how far the index has come."""
_BATCH = 200
"""Entities described together: more are hardly quicker, and a full text may have a megabyte."""


def bring_up_to_date(
    graph: KnowledgeGraph, index: TextIndex, progress: ProgressCallback | None = None, *, rebuild: bool = False
) -> int:
    """Makes the index reflect the graph as of now or later; returns the number of documents written.

    Args:
        graph: The graph.
        index: Its text index.
        progress: Where progress goes.
        rebuild: Make all documents anew, whatever the index holds.

    Raises:
        StoreReadOnlyError: The index can't be written.
    """
    if not rebuild and index.sequence == graph.sequence:
        return 0
    with index.writing() as writing:
        reflected, sequence = index.sequence, graph.sequence
        if not rebuild and reflected == sequence:
            return 0  # another process was quicker
        reading = Reading(graph)
        known = reflected is not None and reflected <= sequence and not rebuild
        changes = graph.changes_since(reflected) if known and reflected is not None else None
        if changes is None:
            count = writing.replace(sequence, _all(reading, progress))
        else:
            gone, made = touched(reading, changes, index.names_digests)
            meter = Meter(progress, "index", len(made), "entities")
            count = writing.update(sequence, map(terms.value, gone), _documents(reading, sorted(made), meter))
            meter.finish()
    graph.followed(FOLLOWER, sequence)
    return count


def _all(reading: Reading, progress: ProgressCallback | None) -> Iterator[Document]:
    meter = Meter(progress, "index", None, "entities")
    yield from _documents(reading, reading.canonical_entities(), meter)
    meter.finish()


def _documents(reading: Reading, entities: Iterable[str], meter: Meter) -> Iterator[Document]:
    prefix = f"<{reading.base}id/"
    for batch in batched(entities, _BATCH):
        works = [entity for entity in batch if entity.startswith(f"{prefix}work/")]
        others = [e for e in batch if e.removeprefix(prefix).split("/", 1)[0] in INDEXED and e not in set(works)]
        yield from work_documents(reading, works)
        yield from entity_documents(reading, others)
        meter.advance(len(batch))
