"""Transactions as the evaluation of SPARQL sees them."""

from collections.abc import Callable, Iterator, Mapping

from graph.backends.neo4j import catalogue
from graph.backends.neo4j.changes import changes
from graph.backends.neo4j.connection import Transaction
from graph.backends.neo4j.names import Preferences
from graph.backends.neo4j.reading import Pattern, find_quads
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.writing import Writer
from graph.store import Delta, Quad


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

    def is_current(self) -> bool:
        """Whether the registry is still the same: else what was read meanwhile may have been misread."""
        return catalogue.current(self._transaction, self.registry) is self.registry

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match; see ``GraphStore.quads``."""
        return find_quads(self._transaction, self.registry, pattern, graph)


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
