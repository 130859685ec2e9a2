"""Whole datasets on their way: as N-Quads, in pieces that a store takes at once, and summed to see that all arrived."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import IO

from graph.store import GraphStore, Quad

PIECE = 200_000
"""Quads loaded at once: some 30 MB."""


def nquads(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Each quad as a line of N-Quads."""
    for statement, graph in quads:
        yield f"{statement} <{graph}> .\n".encode() if graph else f"{statement} .\n".encode()


class Digest:
    """Order-independent SHA-256: the digests of the quads are added up (AdHash), so nothing is sorted or kept."""

    def __init__(self) -> None:
        self._total = 0
        self.count = 0

    def add(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Passes the quads on and adds them."""
        for statement, graph in quads:
            self._total += int.from_bytes(sha256(f"{statement} <{graph or ''}>".encode()).digest())
            self.count += 1
            yield statement, graph

    def hexdigest(self) -> str:
        """The digest of what was added."""
        return sha256(str(self._total).encode()).hexdigest()


def digest(quads: Iterable[Quad]) -> str:
    """The digest of ``quads``, in whatever order they come."""
    sums = Digest()
    for _ in sums.add(quads):
        pass
    return sums.hexdigest()


def load_lines(
    store: GraphStore, lines: IO[bytes] | Iterable[bytes], done: Callable[[int], None] | None = None
) -> None:
    """Loads lines of N-Quads, piece by piece: each is there as a whole or not at all.

    Args:
        store: The store.
        lines: What to load; quads that are there already do no harm.
        done: Told how many lines each piece had, when it is there.
    """
    rest = iter(lines)
    while piece := list(islice(rest, PIECE)):
        for part in _parts(piece, store.longest_load):
            store.bulk_load([b"".join(part)])
        if done:
            done(len(piece))


def _parts(lines: list[bytes], most: int | None) -> Iterator[list[bytes]]:
    """The lines in parts of up to ``most`` bytes; None: all in one."""
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and most is not None and size + len(line) > most:
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line)
    yield part
