"""Moves a whole dataset from one engine to another, and sees to it that all of it arrived.

A copy that was interrupted is begun again by the same command: what is there already does no harm. A mark in the target
says that it is not whole, so that nobody takes a part of a graph for the graph.
"""

import time
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from common.errors import ConfigurationError, InputError, StoreError
from common.namespaces import BG
from common.progress import Meter, ProgressCallback
from common.settings import Settings
from common.terms import literal, split_statement, value
from graph.engines import open_store, store_address, store_path
from graph.open import UNFINISHED
from graph.store import Delta, GraphStore, Quad, Solutions
from graph.transfer import Digest, load_lines, nquads

_ALL = (None, None, None)
_COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_COPIED_FROM = f"<{BG}copiedFrom>"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did.

    Attributes:
        source: Where the quads were.
        target: Where they are too, now.
        quads: How many.
        digest: Of all of them, the same on both sides.
        seconds: How long it took.
    """

    source: str
    target: str
    quads: int
    digest: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The object that ``copy --json`` prints."""
        return asdict(self)


def copy(source: Settings, target: Settings, progress: ProgressCallback | None = None) -> Copied:
    """Copies everything that the store of ``source`` holds into the empty store of ``target``.

    Args:
        source: Settings that name the one store; nobody should write to it meanwhile.
        target: Settings that name the other.
        progress: Where progress goes.

    Raises:
        InputError: There is nothing to copy, or the target holds something else.
        StoreError: What arrived is not what was sent.
    """
    start = time.monotonic()
    names = store_address(source), store_address(target)
    if names[0] == names[1]:
        raise ConfigurationError(f"{names[0]} can't be copied onto itself")
    path = store_path(source)
    if path is not None and not path.is_dir():
        raise InputError(f"{path}: no such store")
    with closing(open_store(source)) as giving, closing(open_store(target)) as taking:
        mark = _begin(taking, *names)
        sums = _send(giving, taking, source.graphs.writers, Meter(progress, "copy", _count(giving), "quads"))
        _verify(taking, sums, names[1], Meter(progress, "verify", sums.count, "quads"))
        taking.apply(Delta(remove=[mark]))
    return Copied(*names, sums.count, sums.hexdigest(), time.monotonic() - start)


def _begin(taking: GraphStore, source: str, target: str) -> Quad:
    """Marks the target as unfinished; it must be empty, or be so marked already for the same source."""
    mark = (f"<{UNFINISHED}> {_COPIED_FROM} {literal(source)}", UNFINISHED)
    marks = list(taking.quads(_ALL, UNFINISHED))
    if other := next((found for found in marks if found != mark), None):
        raise InputError(f"{target} holds part of a copy of {value(split_statement(other[0])[2])}: empty it first")
    if not marks and next(taking.quads(_ALL, None), None) is not None:
        raise InputError(f"{target} is not empty")
    taking.apply(Delta(add=[mark]))
    return mark


def _count(store: GraphStore) -> int:
    found = store.query(_COUNT)
    return int(value(found.rows[0][0] or "")) if isinstance(found, Solutions) else 0


def _send(giving: GraphStore, taking: GraphStore, writers: str, meter: Meter) -> Digest:
    """Copies all but the flags of those who are writing."""
    sums = Digest()
    quads = (quad for quad in giving.quads(_ALL, None) if quad[1] not in {writers, UNFINISHED})
    load_lines(taking, nquads(sums.add(quads)), meter.advance)
    if not sums.count:
        raise InputError("there is nothing to copy")
    meter.finish()
    return sums


def _verify(taking: GraphStore, sums: Digest, target: str, meter: Meter) -> None:
    arrived = Digest()
    for _ in arrived.add(quad for quad in taking.quads(_ALL, None) if quad[1] != UNFINISHED):
        meter.advance()
    meter.finish()
    if arrived.hexdigest() != sums.hexdigest():
        raise StoreError(
            f"{target} holds {arrived.count:,} quads, and not the {sums.count:,} that were sent: "
            "empty it and copy again while nobody writes"
        )
