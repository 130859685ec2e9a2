"""Preparing records in this process or over several, in order, with a bounded number under way."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from ingest.batching import batched
from ingest.prepare import Chunk, Preparer
from ingest.record import RawRecord, Unreadable

CHUNK_RECORDS = 250
"""Records a worker gets at a time: enough to outweigh the passing to and fro."""

Raw = RawRecord | Unreadable

_preparer: Preparer | None = None


def prepare_all(raws: Iterable[Raw], preparer: Preparer, workers: int, ahead: int) -> Iterator[Chunk]:
    """Chunks in the order of ``raws``.

    Args:
        raws: Records as read.
        preparer: What prepares them.
        workers: Processes; 1 works in this one.
        ahead: Records that may be under way, so that workers go on while a batch is committed.
    """
    chunks = batched(raws, CHUNK_RECORDS)
    if workers <= 1:
        for chunk in chunks:
            yield preparer.prepare(chunk)
        return
    # Spawned, not forked: the owner has an open store and threads.
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (preparer,)) as pool:
        yield from _in_order(pool, chunks, max(ahead // CHUNK_RECORDS, workers * 2))


def _in_order(pool: ProcessPoolExecutor, chunks: Iterator[list[Raw]], window: int) -> Iterator[Chunk]:
    under_way: deque[Future[Chunk]] = deque()
    try:
        for chunk in chunks:
            under_way.append(pool.submit(_prepare, chunk))
            if len(under_way) >= window:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()


def _start(preparer: Preparer) -> None:
    global _preparer  # noqa: PLW0603  a worker process has one
    _preparer = preparer


def _prepare(chunk: list[Raw]) -> Chunk:
    assert _preparer is not None  # noqa: S101  _start ran
    return _preparer.prepare(chunk)
