"""nDCG, and whether two systems differ by more than chance.

The gain of a document is its grade itself (Järvelin and Kekäläinen 2002); with grades of 0 and 1, as both collections
have them, ``2 ** grade - 1`` would be the same. A rank is discounted by ``log2(rank + 1)``. The ideal ranking is made
of all judged documents, so a query with few relevant ones can still reach 1. What is not judged counts as not relevant.
"""

import math
import random
from collections.abc import Mapping, Sequence
from statistics import fmean

RESAMPLES = 2_000
_SEED = 1967


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of the first ``depth`` of ``ranked``, of which each counts once.

    Args:
        ranked: Documents, the best first.
        grades: Document -> grade, at least one of which is above 0.
        depth: Ranks that count.

    >>> ndcg(["a", "x", "b"], {"a": 1, "b": 1}), ndcg(["x"], {"a": 1}), round(ndcg(["x", "a"], {"a": 1}), 4)
    (0.9197207891481876, 0.0, 0.6309)
    """
    gains = [max(grades.get(document, 0), 0) for document in dict.fromkeys(ranked)]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    return _discounted(gains[:depth]) / _discounted(ideal[:depth])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def chance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Share of samples of the queries, drawn with replacement, in which ``ours`` is not better: paired bootstrap.

    >>> chance([0.5, 0.6, 0.7], [0.4, 0.5, 0.6]), chance([0.5, 0.5], [0.5, 0.5])
    (0.0, 1.0)
    """
    differences = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    draw = random.Random(_SEED)  # noqa: S311  the same samples each time
    means = (fmean(draw.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    return sum(mean <= 0 for mean in means) / RESAMPLES
