"""Bulk loads: graphs rendered so that nothing has to be parsed to see which they are."""

import re
from collections.abc import Iterable, Iterator

from common.errors import StoreError

_HEADER = re.compile(rb"^# <([^>\n]*)>$", re.MULTILINE)


def render(graph: str, statements: Iterable[str]) -> bytes:
    r"""N-Quads of a new graph for ``bulk_commit``: each statement in the default graph and in its own.

    The comment in front names the graph, so that ``bulk_commit`` sees which graphs it gets without parsing.

    >>> render("g:1", ["<a:s> <a:p> <a:o>"])
    b'# <g:1>\n<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:o> <g:1> .\n'
    """
    end = f" <{graph}> .\n"
    return "".join([f"# <{graph}>\n", *[f"{s} .\n{s}{end}" for s in statements]]).encode()


class BulkLoad:
    """Passes chunks on, counting their statements and refusing graphs that a bulk load would merge wrongly.

    Args:
        chunks: What ``render`` gave.
        refused: Graphs with suppressions.

    Attributes:
        graphs: Graphs that have passed.
        statements: How many statements have passed, when all have.
    """

    def __init__(self, chunks: Iterable[bytes], refused: set[str]) -> None:
        self._chunks = chunks
        self._refused = refused
        self.graphs: set[str] = set()
        self.statements = 0

    def __iter__(self) -> Iterator[bytes]:
        lines = 0
        for chunk in self._chunks:
            lines += chunk.count(b"\n") - chunk.count(b"\n# <") - chunk.startswith(b"# <")
            names = {name.decode() for name in _HEADER.findall(chunk)}
            if found := self._refused & names:
                raise StoreError(f"graph {min(found)} has suppressions: it can't be bulk loaded")
            self.graphs |= names
            yield chunk
        # Each statement stands twice: in the default graph and in its own.
        self.statements = lines // 2


def parts(chunks: Iterable[bytes], most: int | None) -> Iterator[Iterable[bytes]]:
    r"""The chunks in parts of up to ``most`` bytes (None: all in one), each of which leaves the merge right.

    A long chunk is divided between statements; a statement of a graph and that of the default graph stay together.

    >>> [list(part) for part in parts([b"# <g:1>\na\nb\nc\nd\n"], 12)]
    [[b'# <g:1>\na\nb\n'], [b'# <g:1>\nc\nd\n']]
    """
    if most is None:
        yield chunks
        return
    part: list[bytes] = []
    size = 0
    for chunk in chunks:
        for piece in _pieces(chunk, most):
            if part and size + len(piece) > most:
                yield part
                part, size = [], 0
            part.append(piece)
            size += len(piece)
    if part:
        yield part


def _pieces(chunk: bytes, most: int) -> Iterator[bytes]:
    if len(chunk) <= most:
        yield chunk
        return
    header, *lines = chunk.splitlines(keepends=True)
    piece = [header]
    size = len(header)
    for pair in zip(lines[::2], lines[1::2], strict=True):
        length = len(pair[0]) + len(pair[1])
        if len(piece) > 1 and size + length > most:
            yield b"".join(piece)
            piece, size = [header], len(header)
        piece += pair
        size += length
    yield b"".join(piece)
