"""From who has what to weighted links, by sparse matrices of integers, so that the same input gives the same links.

What few have says more than what many have: the specificity of a thing falls by a twelfth with each doubling of the
number of entities that have it, 11/12 for 2 or 3 of them, 10/12 for 4 to 7. It depends on nothing else, and changes
only when that number passes a power of two: so one record more changes few links. Evidence adds up as independent
reasons do: 1 − Π(1 − worth · specificity). Equal weights go in the order of the IRIs, beginning after the entity's own,
so that among many alike each leads to others.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reasoning.associations.bases import Basis
from reasoning.associations.class_numbers import ceiling

Ids = NDArray[np.int64]

_DOUBLINGS = 12
_HEADING_CEILING = 0.7
"""Specificity of the main part of a heading at most: under it, two subjects may be far from each other."""
_COUNTRY_CEILING = 0.5
"""Likewise of the area code of a country."""
_UNIT = 10_000
"""Evidence is counted in ten thousandths of the natural logarithm."""
_COUNT = 40
"""Bits below the count of shared things in an entry of the product."""
WEIGHTS = 1_000
"""Weights are whole thousandths."""
_LEAST = 100
"""Weaker links are not kept, in thousandths."""
_MOST_EVIDENCE = 100_000
_AT_ONCE = 1_000_000
"""Entries of the product that are held at a time."""


@dataclass(frozen=True, slots=True)
class Links:
    """Links of one basis, column by column, ordered by source; ``weight`` in thousandths."""

    source: Ids
    target: Ids
    weight: Ids
    count: Ids

    @property
    def columns(self) -> tuple[Ids, Ids, Ids, Ids]:
        """The columns."""
        return self.source, self.target, self.weight, self.count

    def __len__(self) -> int:
        return len(self.source)


class Things(Protocol):
    """Knows terms and names, and what lies in what."""

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Terms and names of numbers, in their own order."""
        ...

    def broader(self, things: Iterable[int]) -> dict[int, int]:
        """What things lie in, for those that lie in any."""
        ...


def evidence(worth: float, specificity: float) -> int:
    """What a shared thing adds."""
    return round(-math.log1p(-worth * specificity) * _UNIT)


def specificity(holders: int) -> float:
    """How much it says that two of ``holders`` entities have the same thing, 0 to 1.

    >>> [round(specificity(holders), 3) for holders in (2, 3, 4, 1000)]
    [0.917, 0.917, 0.833, 0.25]
    """
    return 1 - (holders.bit_length() - 1) / _DOUBLINGS


@cache
def _weight_of_evidence() -> Ids:
    """Weight in thousandths for each amount of evidence: a table, since vector units round in their own ways."""
    found = [round(WEIGHTS * -math.expm1(-each / _UNIT)) for each in range(_MOST_EVIDENCE + 1)]
    return np.array(found, dtype=np.int64)


def links(pairs: Ids, sources: Ids, basis: Basis, known: Things) -> Links:
    """The strongest links of ``sources``.

    Args:
        pairs: Two columns, entity and thing: complete for every thing that one of ``sources`` has.
        sources: Entities whose links are wanted, in any order.
        basis: The basis.
        known: Gives terms, and what things lie in.
    """
    entities, rows = np.unique(pairs[:, 0], return_inverse=True)
    things, columns, holders = np.unique(pairs[:, 1], return_inverse=True, return_counts=True)
    sources = np.intersect1d(sources, entities)
    if not len(sources):
        return Links(*(np.empty(0, dtype=np.int64) for _ in range(4)))
    rank = _ranks(entities, known)
    values = _values(things, holders, basis, known)
    counts = values[columns] > 0
    rows, columns = rows[counts], columns[counts]
    shape = (len(entities), len(things))
    mine = csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)
    theirs = csr_array((values[columns], (rows, columns)), shape=shape).T.tocsr()
    portions = _portions(mine, np.searchsorted(entities, sources), holders)
    parts = [_strongest(mine[part] @ theirs, part, rank, basis) for part in portions]
    source, target, weight, count = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Links(entities[source], entities[target], weight, count)


def _ranks(entities: Ids, known: Things) -> Ids:
    """Place of each entity in the order of the terms."""
    ordered = np.fromiter(known.names(entities), dtype=np.int64, count=len(entities))
    rank = np.empty(len(entities), dtype=np.int64)
    rank[np.searchsorted(entities, ordered)] = np.arange(len(entities))
    return rank


def _values(things: Ids, holders: Ids, basis: Basis, known: Things) -> Ids:
    """What each shared thing adds to the evidence and to the count, packed; 0 for what does not count."""
    of_number = [evidence(basis.worth, specificity(number)) if number > 1 else 0 for number in range(basis.common)]
    adds = np.array([*of_number, 0], dtype=np.int64)[np.minimum(holders, basis.common)]
    ones = (adds > 0).astype(np.int64)
    if basis.nested:
        return _nested(things, adds, holders, basis, known)
    return adds + (ones << _COUNT)


def _nested(things: Ids, adds: Ids, holders: Ids, basis: Basis, known: Things) -> Ids:
    """A thing adds what it says beyond what it lies in: so two count by the narrowest thing that holds both."""
    shared = things[adds > 0]
    index = dict(zip(shared.tolist(), np.flatnonzero(adds > 0).tolist(), strict=True))
    most = {
        thing: evidence(basis.worth, min(specificity(int(holders[index[thing]])), _ceiling(name)))
        for thing, name in known.names(shared).items()
    }
    broader = known.broader(shared)
    values = np.zeros(len(things), dtype=np.int64)
    for thing, own in most.items():
        above = most.get(broader.get(thing, -1))
        values[index[thing]] = (own + (1 << _COUNT)) if above is None else max(own - above, 0)
    return values


def _ceiling(name: str) -> float:
    if name.startswith("<"):
        *_, area = name.partition("/geographicAreas/")
        return _COUNTRY_CEILING if area.count("-") == 1 else 1.0
    return _HEADING_CEILING if name.startswith("heading/") else ceiling(name)


def _portions(mine: csr_array, wanted: Ids, holders: Ids) -> Iterator[Ids]:
    """``wanted`` in parts whose products stay small."""
    sizes = np.cumsum((mine[wanted] @ holders).astype(np.int64))
    at = 0
    while at < len(wanted):
        done = sizes[at - 1] if at else 0
        end = max(int(np.searchsorted(sizes, done + _AT_ONCE, side="right")), at + 1)
        yield wanted[at:end]
        at = end


def _strongest(product: csr_array, part: Ids, rank: Ids, basis: Basis) -> tuple[Ids, Ids, Ids, Ids]:
    """Source, target, weight and count of the strongest entries of each row of the product."""
    row = np.repeat(np.arange(len(part)), np.diff(product.indptr))
    target, packed = product.indices.astype(np.int64), product.data
    count = packed >> _COUNT
    weight = _weight_of_evidence()[np.minimum(packed & ((1 << _COUNT) - 1), _MOST_EVIDENCE)]
    kept = (target != part[row]) & (count >= basis.least) & (weight >= _LEAST)
    row, target, weight, count = row[kept], target[kept], weight[kept], count[kept]
    after = (rank[target] - rank[part[row]]) % len(rank)
    order = np.argsort((row * (WEIGHTS + 1) + (WEIGHTS - weight)) * len(rank) + after)
    row = row[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    best = order[place < basis.most]
    row = row[place < basis.most]
    return part[row], target[best], weight[best], count[best]
