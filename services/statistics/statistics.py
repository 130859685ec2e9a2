"""Counts of the graph, kept up to date by counting anew in a query worker when the graph has changed.

Whoever asks gets what was counted last, with the number of the changeset that it reflects, and never waits for a count
of a changed graph: it may take long, and one at a time is enough.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event, Lock, Thread

import structlog

from common.errors import BibliographError
from common.namespaces import Graphs
from common.terms import literal
from graph.parameters import Value, bind
from graph.queries import query_file
from services.sparql.messages import Query
from services.sparql.pool import QueryPool

_FIRST_SECONDS = 10.0
"""How long the first who asks waits for a first count."""
_PAUSE = 60.0
"""Seconds between two counts: of a graph that changes all the time, one a minute will do."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the graph held as of a changeset.

    Attributes:
        sequence: Number of the changeset.
        classes: Entities of the merge by IRI of their class, most first.
        properties: Statements of the merge by IRI of their property, most first.
        graphs: IRIs of the named graphs, those of records and cited headings aside.
        records: How many graphs of records there are.
    """

    sequence: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: tuple[str, ...]
    records: int

    @property
    def triples(self) -> int:
        """Statements of the merge."""
        return sum(self.properties.values())


class StatisticsKeeper:
    """Counts in the background.

    Args:
        pool: Where the queries run.
        graphs: IRIs of the named graphs.
        pause: Seconds between two counts.
    """

    def __init__(self, pool: QueryPool, graphs: Graphs, *, pause: float = _PAUSE) -> None:
        self._pool = pool
        self._graphs = graphs
        self._pause = pause
        self._lock = Lock()
        self._counting: Event | None = None
        self._ended: float | None = None
        self._known: Statistics | None = None

    def current(self, sequence: int) -> Statistics | None:
        """The last counts; None: there are none yet, for they take long or failed.

        Args:
            sequence: Number of the graph's last changeset: where the counts are older, new ones are begun.
        """
        with self._lock:
            if self._known is not None and self._known.sequence >= sequence:
                return self._known
            if self._counting is None and not self._is_resting():
                self._counting = Event()
                Thread(target=self._count, args=(self._counting,), name="statistics", daemon=True).start()
            counting = self._counting
        if self._known is None and counting is not None:
            counting.wait(_FIRST_SECONDS)
        return self._known

    def _is_resting(self) -> bool:
        return self._ended is not None and time.monotonic() < self._ended + self._pause

    def _count(self, done: Event) -> None:
        try:
            self._known = self._counted()
        except BibliographError as error:
            _log.warning("statistics", error=type(error).__name__)
        finally:
            with self._lock:
                self._counting, self._ended = None, time.monotonic()
            done.set()

    def _counted(self) -> Statistics:
        prefixes: dict[str, Value] = {
            "records": literal(f"{self._graphs.base}graph/record/"),
            "cited": literal(f"{self._graphs.base}graph/cited/"),
        }
        # The oldest number of all: what the later ones have seen beyond it is seen again the next time.
        sequence, classes = self._rows("classes", {})
        _, properties = self._rows("properties", {})
        _, graphs = self._rows("graphs", prefixes)
        _, records = self._rows("records", {"records": prefixes["records"]})
        return Statistics(
            sequence,
            {row["class"]: int(row["entities"]) for row in classes if "class" in row},
            {row["property"]: int(row["triples"]) for row in properties if "property" in row},
            tuple(row["graph"] for row in graphs),
            int(records[0]["graphs"]),
        )

    def _rows(self, name: str, parameters: Mapping[str, Value]) -> tuple[int, list[dict[str, str]]]:
        """Number of the changeset that was read, and the values of each row by variable."""
        answer = self._pool.query(Query(bind(query_file("services.statistics", name), parameters)))
        with answer.file as file:
            found = json.load(file)["results"]["bindings"]
        return answer.sequence, [{key: cell["value"] for key, cell in row.items()} for row in found]
