"""Rows of a large result, held small: compressed in blocks, and unpacked block by block when they are read."""

import marshal
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

Row = tuple[str | None, ...]
FEW = 20_000
"""Rows up to which a result stays as it is."""
_BLOCK = 1_000
_FAST = 1
"""Level of compression: rows resemble each other, so the fastest makes a tenth of them."""


class PackedRows(Sequence[Row]):
    """Rows in blocks; going through them is fast, a single one costs the unpacking of its block.

    Args:
        rows: The rows, read once.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._blocks: list[bytes] = []
        self._length = 0
        rest = iter(rows)
        while block := list(islice(rest, _BLOCK)):
            self._length += len(block)
            self._blocks.append(zlib.compress(marshal.dumps(block), _FAST))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        for block in self._blocks:
            yield from _unpacked(block)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(self._length))]
        index = range(self._length)[place]
        return _unpacked(self._blocks[index // _BLOCK])[index % _BLOCK]


def packed(rows: Iterable[Row]) -> Sequence[Row]:
    """All rows: a list where they are few."""
    rest = iter(rows)
    first = list(islice(rest, FEW + 1))
    return first if len(first) <= FEW else PackedRows(chain(first, rest))


def _unpacked(block: bytes) -> list[Row]:
    found: list[Row] = marshal.loads(zlib.decompress(block))  # noqa: S302  made by this process
    return found
