"""How long a changeset of one record takes where many records share one object."""

import statistics
import time

from benchmarks.engines.loading import graphs
from common.namespaces import BF
from graph.bulk import render
from graph.changeset import Changeset
from graph.merge import MergedGraph
from graph.store import GraphStore

FEW, MANY = 1_000, 200_000
_CHANGES, _WARM = 20, 10


def milliseconds(store: GraphStore, sharers: int) -> float:
    """The median of changesets that take the shared subject from a record, or give it back.

    Args:
        store: Is empty, or has fewer records that share the subject: others are added.
        sharers: Records that share it.
    """
    merged = MergedGraph(store, graphs())
    base = merged.graphs.base
    there = [number for number in range(sharers) if sharers == FEW or number >= FEW]
    chunks = (render(_graph(base, number), _record(base, number, "shared")) for number in there)
    merged.bulk_commit(chunks, "system:bench", "sharers")
    times: list[float] = []
    for number in range(_WARM + _CHANGES):
        for subject in ("other", "shared"):
            replace = {_graph(base, number): _record(base, number, subject)}
            start = time.perf_counter()
            receipt = merged.commit(Changeset("system:bench", "one record", replace=replace))
            times.append((time.perf_counter() - start) * 1_000)
            assert receipt.added == receipt.removed == 1, "only the subject changes"
    return statistics.median(times[2 * _WARM :])


def _graph(base: str, number: int) -> str:
    return f"{base}graph/record/shared/{number}"


def _record(base: str, number: int, subject: str) -> list[str]:
    work = f"<{base}id/work/shared/{number}>"
    return [f"{work} <{BF}subject> <{base}id/{subject}>", f'{work} <{BF}note> "record {number}"']
