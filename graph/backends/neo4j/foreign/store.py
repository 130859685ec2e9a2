"""A store over a foreign graph: it is read, and never written.

Queries are evaluated in memory, on what their triple patterns need of the graph, up to half a million statements: the
compiler's Cypher is for the mapping of ``graph.backends.neo4j.registry``. Isolation: read committed.
"""

from collections.abc import Iterable, Iterator
from typing import NoReturn

from common.errors import StoreReadOnlyError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Connection, Credentials
from graph.backends.neo4j.foreign.names import Names
from graph.backends.neo4j.foreign.reading import ForeignSource
from graph.backends.neo4j.reading import Pattern
from graph.backends.server_store import ServerStore
from graph.cypher import residual
from graph.cypher.evaluation import in_order, with_dataset
from graph.cypher.needs import needs
from graph.explanation import Stage, algebra_stage
from graph.sparql.parser import parse_query
from graph.store import PLAIN, Delta, Quad, QueryOptions, Result

_ANYTHING = "RETURN 1"


class ForeignStore(ServerStore):
    """A ``GraphStore`` whose writing raises an error.

    Args:
        address: Where the database is.
        credentials: Who asks.
        base: Base IRI of the names.
        query_seconds: The server's time limit for reading; None: its own.

    Raises:
        ConfigurationError: There is no such database.
        StoreError: It can't be reached, or does not let us in.
    """

    longest_load = None

    def __init__(
        self, address: Address, credentials: Credentials, base: str, *, query_seconds: float | None = None
    ) -> None:
        self.address = address
        self._names = Names(base)
        self._connection = Connection(address, credentials, query_seconds)
        try:
            with self._connection.reading() as transaction:
                transaction.run(_ANYTHING)
        except BaseException:
            self._connection.close()
            raise

    def query(self, text: str, options: QueryOptions = PLAIN) -> Result:
        """Runs a SPARQL 1.1 query; the graph is the default graph, and there are no named ones."""
        query = with_dataset(parse_query(text), options)
        with self._connection.reading() as transaction:
            found = residual.evaluate(query, ForeignSource(transaction, self._names), options.first_rows)
        return in_order(found, query)

    def explain(self, text: str, options: QueryOptions = PLAIN) -> list[Stage]:
        """The algebra, and which patterns are read into memory."""
        query = with_dataset(parse_query(text), options)
        wanted = [f"# reads {' '.join(part or '?' for part in need.pattern)}" for need in needs(query)]
        why = "# because the graph is foreign, mounted under its own names"
        return [algebra_stage(text), Stage("residual", "\n".join((why, *wanted, residual.text_of(query))))]

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match, read from the server as they are asked for; see ``GraphStore``."""
        with self._connection.reading() as transaction:
            yield from ForeignSource(transaction, self._names).quads(pattern, graph)

    def update(self, text: str) -> None:
        """Refused, as every writing."""
        self._refuse(text)

    def apply(self, delta: Delta) -> None:
        """Refused."""
        self._refuse(delta)

    def bulk_load(self, nquads: Iterable[bytes]) -> None:
        """Refused."""
        self._refuse(nquads)

    def close(self) -> None:
        """Closes all connections."""
        self._connection.close()

    def _refuse(self, _: object) -> NoReturn:
        raise StoreReadOnlyError(
            f"{self.address.host} holds a graph of somebody else and is mounted read-only: name another store to write"
        )
