"""Writes links: the first time by bulk load, afterwards only what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from common.namespaces import BG, XSD
from common.progress import Meter
from common.terms import integer, value
from graph.bulk import render
from graph.changeset import Changeset, Receipt
from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.bases import Basis
from reasoning.associations.memory import Ids, Memory
from reasoning.associations.reading import pages, rows
from reasoning.associations.weights import WEIGHTS, Links

AUTHOR = "system:associations"
_NOTE = "associations by what entities share"
_REFLECTS = f"<{BG}reflectsChangeset>"
_AT_ONCE = 100_000
"""Statements that are gathered before they are written."""
_BULK = 10_000
"""So many new statements are added by bulk load, in a changeset of their own: that takes a tenth of the time."""
_LAG = 100
"""Changesets after which the number is written though no link differs: the log must not grow for ever."""
_PIECE = 8_000
"""Links in a bulk load."""


@dataclass(slots=True)
class Difference:
    """Statements to add and to remove, and the digests of the entities whose links they are."""

    add: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)


class Writer:
    """Writes to the graph of associations.

    Args:
        graph: The graph.
        memory: Knows digests of what is written, and the entities' terms.
        number: The changeset that the links reflect.
        meter: Told after each page that is compared, so that its callback may stop the work there.
    """

    def __init__(self, graph: KnowledgeGraph, memory: Memory, number: int, meter: Meter | None = None) -> None:
        self._graph = graph
        self._memory = memory
        self._name = graph.graphs.associations
        self._number = number
        self._meter = meter or Meter(None, "associate")
        self._difference = Difference()
        self._receipts: list[Receipt] = []
        # A bulk load can't heed what a curator has suppressed.
        self._bulk = self._name not in graph.suppressed_graphs()

    @property
    def is_new(self) -> bool:
        """Whether all can be loaded at once: the graph holds nothing, and nothing is suppressed in it."""
        return self._bulk and not self._graph.has_graph(self._name)

    @property
    def reflected(self) -> int:
        """The changeset up to which all is reflected, its own included where no other came between."""
        own = len(self._receipts)
        last = self._receipts[-1].number if own else self._number
        return last if last == self._number + own else self._number

    def load(self, basis: Basis, links: Links) -> None:
        """Writes all links of a basis into the graph, which holds none of them.

        In pieces, each a bulk load: one of everything would hold all of it in memory.
        """
        for start in range(0, len(links), _PIECE):
            part = Links(*(column[start : start + _PIECE] for column in links.columns))
            lines = [line for lines in self._statements(basis, part).values() for line in lines]
            self._receipts.append(self._graph.bulk_commit([render(self._name, lines)], AUTHOR, _NOTE))
        self._memory.note_written(basis, digests(links))

    def update(self, basis: Basis, links: Links, entities: Ids | None, *, trust: bool = True) -> None:
        """Writes what differs between the links of ``entities`` that are there and those that should be.

        Args:
            basis: The basis.
            links: All that these entities should have.
            entities: Whose links they are; None: all entities'.
            trust: What the memory says is written is written; else the graph is asked about all.
        """
        wanted, written = digests(links), self._memory.digests(basis, entities)
        changed = {e for e in wanted.keys() | written.keys() if not trust or wanted.get(e) != written.get(e)}
        terms = self._memory.names(changed)
        numbers = {term: number for number, term in terms.items()}
        known = {*numbers, *(() if trust else self._sources(basis))}
        mine = np.isin(links.source, np.fromiter(changed, dtype=np.int64, count=len(changed)))
        should = self._statements(basis, Links(*(column[mine] for column in links.columns)))
        for page in pages(known):
            self._compare(basis, page, should)
            done = {numbers[term]: wanted.get(numbers[term], 0) for term in page if term in numbers}
            self._memory.note_written(basis, done)
            self._meter.advance(0)
            if len(self._difference.add) + len(self._difference.remove) > _AT_ONCE:
                self.doubt()
                self._write()

    def finish(self) -> None:
        """Writes the rest, with the number that is reflected; where nothing differs, that only now and then."""
        if self._bulk and len(self._difference.add) > _BULK:
            self.doubt()
        stated = self._stated()
        since = max((int(value(line.rsplit(" ", 1)[-1])) for line in stated), default=-_LAG)
        if self._difference.add or self._difference.remove or self._number - since >= _LAG:
            self._difference.remove += stated
            self._write(self._reflects(self._number))

    def doubt(self) -> None:
        """Takes the number away before a first part is written: if it stays the only one, all is compared again."""
        if stated := self._stated():
            self._commit(remove=stated)

    def _stated(self) -> list[str]:
        found = rows(self._graph, "stated", {"associations": f"<{self._name}>"})
        return [f"<{self._name}> {_REFLECTS} {number}" for (number,) in found]

    def _compare(self, basis: Basis, page: list[str], should: Mapping[str, list[str]]) -> None:
        parameters = {"sources": page, "basis": basis.term, "associations": f"<{self._name}>"}
        there = {" ".join(term or "" for term in row) for row in rows(self._graph, "statements", parameters)}
        wanted = {line for term in page for line in should.get(term, ())}
        self._difference.add += sorted(wanted - there)
        self._difference.remove += sorted(there - wanted)

    def _sources(self, basis: Basis) -> set[str]:
        parameters = {"basis": basis.term, "associations": f"<{self._name}>"}
        return {source for (source,) in rows(self._graph, "sources", parameters) if source}

    def _write(self, *more: str) -> None:
        """Writes what has been gathered, and some statements more."""
        difference, self._difference = self._difference, Difference()
        if self._bulk and len(difference.add) > _BULK:
            chunks = [render(self._name, difference.add)]
            self._receipts.append(self._graph.bulk_commit(chunks, AUTHOR, _NOTE))
            difference.add = []
        self._commit([*difference.add, *more], difference.remove)

    def _commit(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        changes = [[(line, self._name) for line in lines] for lines in (add, remove)]
        if any(changes):
            self._receipts.append(self._graph.commit(Changeset(AUTHOR, _NOTE, add=changes[0], remove=changes[1])))

    def _reflects(self, number: int) -> str:
        return f"<{self._name}> {_REFLECTS} {integer(number)}"

    def _statements(self, basis: Basis, links: Links) -> dict[str, list[str]]:
        """Statements of links by the term of their source."""
        terms = self._memory.names(np.union1d(links.source, links.target).tolist())
        found: dict[str, list[str]] = {}
        for source, target, weight, count in zip(*(column.tolist() for column in links.columns), strict=True):
            link = self._link(basis, terms[source], terms[target], weight, count)
            found.setdefault(terms[source], []).extend(link)
        return found

    def _link(self, basis: Basis, source: str, target: str, weight: int, count: int) -> list[str]:
        name = blake2b(f"{basis.name} {source} {target}".encode(), digest_size=10).hexdigest()
        node = f"<{self._graph.graphs.base}association/{name}>"
        return [
            f"{node} <{BG}associationSource> {source}",
            f"{node} <{BG}associationTarget> {target}",
            f'{node} <{BG}weight> "{weight / WEIGHTS:g}"^^<{XSD}decimal>',
            f"{node} <{BG}basis> {basis.term}",
            *([f"{node} <{BG}evidenceCount> {integer(count)}"] if count > 1 else []),
        ]


def digests(links: Links) -> dict[int, int]:
    """For each source a digest of its links, whatever their order; never 0."""
    if not len(links):
        return {}
    with np.errstate(over="ignore"):
        mixed = _mix(links.target.astype(np.uint64) + _mix((links.weight * (1 << 32) + links.count).astype(np.uint64)))
    source, start = np.unique(links.source, return_index=True)
    sums = np.add.reduceat(mixed, start) | np.uint64(1)
    return dict(zip(source.tolist(), sums.astype(np.int64).tolist(), strict=True))


def _mix(value: "np.typing.NDArray[np.uint64]") -> "np.typing.NDArray[np.uint64]":
    """Scatters the bits (the finalizer of SplitMix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
