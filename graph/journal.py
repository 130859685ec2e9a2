"""The numbered changesets, in a graph of their own outside the merge.

Numbers have no gaps: the last one is found by look-ups that double their step, and then forward from there.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from common.namespaces import BG, PROV, RDFS, XSD, Graphs
from common.terms import integer, literal, type_
from graph.changeset import Receipt
from graph.store import GraphStore, Quad

_ACTIVITY = f"<{PROV}Activity>"


class Journal:
    """Reads the sequence number and writes the description of a changeset.

    Args:
        store: The store that holds the changesets.
        graphs: IRIs of the graphs.
        clock: Gives the time of a changeset.
    """

    def __init__(self, store: GraphStore, graphs: Graphs, clock: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._graphs = graphs
        self._clock = clock or (lambda: datetime.now(UTC))
        self._last = 0

    def last(self) -> int:
        """Number of the last changeset, 0 if there is none."""
        low, step = self._last, 1
        while self._exists(low + step):
            low, step = low + step, step * 2
        while step > 1:
            step //= 2
            if self._exists(low + step):
                low += step
        self._last = low
        return low

    def node(self, number: int) -> str:
        """IRI of a changeset."""
        return f"{self._graphs.base}changeset/{number}"

    def quads(self, receipt: Receipt, author: str, note: str) -> list[Quad]:
        """Description of a changeset."""
        time = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        pairs = (
            (type_, _ACTIVITY),
            (f"<{BG}number>", integer(receipt.number)),
            (f"<{BG}author>", literal(author)),
            (f"<{PROV}endedAtTime>", literal(time, datatype=f"{XSD}dateTime")),
            (f"<{RDFS}comment>", literal(note)),
            (f"<{BG}added>", integer(receipt.added)),
            (f"<{BG}removed>", integer(receipt.removed)),
        )
        node = f"<{self.node(receipt.number)}>"
        return [(f"{node} {predicate} {obj}", self._graphs.changesets) for predicate, obj in pairs]

    def _exists(self, number: int) -> bool:
        pattern = (f"<{self.node(number)}>", type_, _ACTIVITY)
        return next(self._store.quads(pattern, self._graphs.changesets), None) is not None
