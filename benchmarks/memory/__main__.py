"""``python -m benchmarks.memory [--json] [--quick]``: how much memory reading a large graph takes here.

A million rows of a SELECT and a dump of five million triples, each by a process of its own, whose highest resident set
counts. The server's memory is its own.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import RawIOBase
from pathlib import Path

from benchmarks import report
from common.namespaces import RDF, XSD
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Solutions
from graph.transfer import load_lines
from tools.neo4j.server import V5, running

_NODES, _QUICK_NODES = 500_000, 20_000
_HEAP = "3g"
_MEGABYTES = 400
_BASE = "https://bibliograph.example/entity/"
_SELECT = f"SELECT ?s ?title ?o {{ ?s <{_BASE}title> ?title ; <{_BASE}subject> ?o }}"


def main() -> None:
    """Loads, lets processes read, and prints their memory."""
    parser = report.arguments(__doc__ or "")
    options = parser.parse_args()
    nodes = _QUICK_NODES if options.quick else _NODES
    result = report.Report("memory")
    with (
        tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as name,
        running(V5, Path(name) / "neo4j", heap=_HEAP) as address,
    ):
        start = time.perf_counter()
        with closing(Neo4jStore(Address.of(address))) as store:
            load_lines(store, lines(nodes))
        seconds = time.perf_counter() - start
        result.data = {"triples": 10 * nodes, "Neo4j": V5, "load, triples/s": round(10 * nodes / seconds)}
        for work in WORK:
            command = [sys.executable, "-m", "benchmarks.memory", work, address]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            result.figures[work] = json.loads(done.stdout)
    result.bars += [
        report.Bar(f"{work}, MB", figures["megabytes"], _MEGABYTES, least=False)
        for work, figures in result.figures.items()
    ]
    result.show(as_json=options.json)


def lines(nodes: int) -> Iterator[bytes]:
    """Ten statements about each of so many resources: a class, three literals, and links."""
    for n in range(nodes):
        node = f"<{_BASE}{n:08d}>"
        for statement in (
            f"<{RDF}type> <{_BASE}Work>",
            f'<{_BASE}title> "The history of everything, volume {n}"',
            f'<{_BASE}note> "A note on volume {n}"@en',
            f'<{_BASE}date> "{1500 + n % 500}"^^<{XSD}integer>',
            *(f"<{_BASE}subject> <{_BASE}subject/{n * step % 9973}-{step}>" for step in (1, 7)),
            *(f"<{_BASE}related> <{_BASE}{(n * 31 + step) % nodes:08d}>" for step in range(4)),
        ):
            yield f"{node} {statement} .\n".encode()


class _Counting(RawIOBase):
    """A file that only counts."""

    def __init__(self) -> None:
        self.lines = 0

    def write(self, data: object) -> int:
        """Counts a line."""
        assert isinstance(data, bytes)
        self.lines += 1
        return len(data)


def _select(store: Neo4jStore) -> int:
    found = store.query(_SELECT)
    assert isinstance(found, Solutions)
    return sum(1 for _ in found.rows)


def _dump(store: Neo4jStore) -> int:
    output = _Counting()
    store.dump(output)  # type: ignore[arg-type]  # all that dump asks of a file
    return output.lines


WORK: dict[str, Callable[[Neo4jStore], int]] = {"select": _select, "dump": _dump}


def _child(work: str, address: str) -> None:
    start = time.perf_counter()
    with closing(Neo4jStore(Address.of(address))) as store:
        read = WORK[work](store)
    print(json.dumps({"read": read, "megabytes": _peak(), "seconds": round(time.perf_counter() - start, 1)}))


def _peak() -> int:
    """Highest resident set of this process, in MB; ``ru_maxrss`` would have that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] in WORK:
        _child(*sys.argv[1:3])
    else:
        main()
