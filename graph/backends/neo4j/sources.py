"""Transactions, and statements one by one, as the evaluation of SPARQL sees them."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from neo4j import Bookmarks

from graph.backends.neo4j import catalogue
from graph.backends.neo4j.changes import changes
from graph.backends.neo4j.connection import Connection, Transaction
from graph.backends.neo4j.names import Preferences
from graph.backends.neo4j.reading import Pattern, find_quads
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.writing import Writer
from graph.store import Delta, Quad

State = frozenset[str]
"""How far a database has come, as its bookmarks say."""
NO_STATE: State = frozenset()


class ReadSource:
    """One transaction that reads.

    Args:
        transaction: The transaction.
        known: The registry that was known last; read again if it has changed.

    Attributes:
        registry: As the transaction sees it.
    """

    def __init__(self, transaction: Transaction, known: Registry) -> None:
        self._transaction = transaction
        self.registry = catalogue.current(transaction, known)

    def read(self, cypher: str, parameters: Mapping[str, object]) -> Iterator[list[object]]:
        """The rows of a statement, as they are asked for."""
        return self._transaction.stream(cypher, parameters)

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match; see ``GraphStore.quads``."""
        return find_quads(self._transaction, self.registry, pattern, graph)


class LiveSource:
    """Each statement in a read transaction of its own: one request, where a transaction of several takes three more.

    At read committed, two statements of one transaction see no more of one state than those of two.

    Args:
        connection: To the database.
        registry: The registry that was known last. Whether it was right is asked at the end, if it can be another one.
        settled: State of the database in which that registry is known to be right.

    Attributes:
        settled: The same for the registry that ``latest`` gave.
    """

    _SHORTEST = 0.001

    def __init__(self, connection: Connection, registry: Registry, settled: State = NO_STATE) -> None:
        self._connection = connection
        self.registry = registry
        self.settled = settled
        self._states: set[State] = set()
        self._running = 0
        self._deadline = None if connection.seconds is None else time.monotonic() + connection.seconds

    def read(self, cypher: str, parameters: Mapping[str, object]) -> Iterator[list[object]]:
        """The rows of a statement, as they are asked for; all statements share one time limit."""
        return self.stream(cypher, parameters)

    def stream(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Iterator[list[Any]]:
        """The same."""
        left = None if self._deadline is None else max(self._deadline - time.monotonic(), self._SHORTEST)
        self._running += 1
        return self._connection.rows(cypher, parameters or {}, left, ended=self._ended)

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        """All rows of a statement, under a time limit of its own; it sees all that the others can have seen."""
        after = Bookmarks.from_raw_values(value for state in self._states for value in state)
        self._running += 1
        return list(self._connection.rows(cypher, parameters or {}, after=after, ended=self._ended))

    def latest(self) -> Registry:
        """The registry now. If it is another one, what was read meanwhile may have been misread.

        Its version only grows, in the transactions that bring names: one that is the same at the end was so all along.
        Where nothing was committed since it was asked last, it need not be asked: the server says with each answer up
        to which transaction it can have seen (a bookmark), so that who reads after that sees no less.
        """
        before = NO_STATE if self._running or len(self._states) != 1 else next(iter(self._states))
        if before and before == self.settled:
            return self.registry
        found = catalogue.current(self, self.registry)
        self.settled = before if found is self.registry and self._states == {before} else NO_STATE
        return found

    def _ended(self, marks: Bookmarks) -> None:
        self._running -= 1
        self._states.add(marks.raw_values)

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match; see ``GraphStore.quads``."""
        return find_quads(self, self.registry, pattern, graph)


class WriteSource(ReadSource):
    """One transaction that reads and writes.

    Args:
        transaction: The transaction.
        known: The registry that was known last.
        preferences: What is known about names, asked when there is a new one.
    """

    def __init__(self, transaction: Transaction, known: Registry, preferences: Callable[[], Preferences]) -> None:
        super().__init__(transaction, known)
        self._preferences = preferences

    def apply(self, delta: Delta) -> None:
        """Writes; what is read afterwards has it."""
        self.registry = Writer(self._transaction, self.registry, self._preferences).write(changes(delta, blank=True))
