"""Durations of many calls and their percentiles."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def durations(call: Callable[[T], object], items: Iterable[T]) -> list[float]:
    """Milliseconds of each call, one after another."""
    found = []
    for item in items:
        start = time.perf_counter()
        call(item)
        found.append((time.perf_counter() - start) * 1_000)
    return found


def percentile(values: list[float], share: float) -> float:
    """The least value that ``share`` of the values do not exceed.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def summary(values: list[float]) -> dict[str, float]:
    """Median and 99th percentile in milliseconds, their ratio, and how many calls."""
    p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
    return {"p50 ms": round(p50, 2), "p99 ms": round(p99, 2), "p99 / p50": round(p99 / p50, 2), "calls": len(values)}
