"""Iterating in batches."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
BATCH_BYTES = 32 << 20
"""Bytes of quads that are committed together, whatever the number of records: a text may be a megabyte."""


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most ``size`` items, as ``itertools.batched`` of Python 3.12 gives tuples.

    >>> list(batched("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def weighed(items: Iterable[T], size: int, weight: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Lists of at most ``size`` items; one that weighs ``most`` or more gets no further item.

    >>> list(weighed(["a", "bbbb", "c", "d"], 3, len, 4))
    [['a', 'bbbb'], ['c', 'd']]
    """
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += weight(item)
        if len(batch) == size or total >= most:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
