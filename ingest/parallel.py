"""Preparing records in this process or over several, in order, with a bounded number under way."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from itertools import chain, islice
from multiprocessing import get_context

from ingest.batching import weighed
from ingest.prepare import Chunk, Preparer
from ingest.record import RawRecord, Unreadable

CHUNK_RECORDS = 250
"""Records a worker gets at a time: enough to outweigh the passing to and fro."""
CHUNK_BYTES = 4 << 20
"""Bytes likewise: long records go in small numbers."""
_WORTHWHILE = 3
"""Chunks from which on it pays to start processes; many files are smaller."""

Raw = RawRecord | Unreadable

_preparer: Preparer | None = None


class Preparation:
    """Prepares records; processes start when a file is large enough for them, and serve the files after it too.

    Args:
        preparer: What prepares them.
        workers: Processes; 1 works in this one.
        ahead: Records that may be under way, so that workers go on while a batch is committed.
    """

    def __init__(self, preparer: Preparer, workers: int, ahead: int) -> None:
        self._preparer = preparer
        self._workers = workers
        self._window = max(ahead // CHUNK_RECORDS, workers * 2)
        self._pool: ProcessPoolExecutor | None = None

    def chunks(self, raws: Iterable[Raw]) -> Iterator[Chunk]:
        """Chunks in the order of ``raws``."""
        chunks = weighed(raws, CHUNK_RECORDS, _size, CHUNK_BYTES)
        first = list(islice(chunks, _WORTHWHILE)) if self._workers > 1 else []
        if len(first) == _WORTHWHILE:
            yield from _in_order(self._started(), chain(first, chunks), self._window)
            return
        for chunk in chain(first, chunks):
            yield self._preparer.prepare(chunk)

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: the owner has an open store and threads.
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _start, (self._preparer,))
        return self._pool


def prepare_all(raws: Iterable[Raw], preparer: Preparer, workers: int, ahead: int) -> Iterator[Chunk]:
    """Chunks in the order of ``raws``; see ``Preparation``."""
    with closing(Preparation(preparer, workers, ahead)) as preparation:
        yield from preparation.chunks(raws)


def _size(raw: Raw) -> int:
    return len(raw.data)


def _in_order(pool: ProcessPoolExecutor, chunks: Iterable[list[Raw]], window: int) -> Iterator[Chunk]:
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
    # Ctrl-C reaches every process of the terminal; the one that ingests decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepare(chunk: list[Raw]) -> Chunk:
    assert _preparer is not None  # noqa: S101  _start ran
    return _preparer.prepare(chunk)
