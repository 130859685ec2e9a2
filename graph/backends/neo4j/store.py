"""A store on Neo4j, by the mapping of ``graph.backends.neo4j.registry``.

Isolation: read committed. A query and ``quads`` read under one time limit, but what another transaction commits
meanwhile may appear in the rest of what they read. Of one node or relationship they always see a whole state. Writers
that change the same resource wait for each other, and what a writer has read it has locked: nothing is lost between two
of them.
Atomic: ``apply``, ``update`` and ``bulk_load`` are one transaction each, the names that they bring included.
There are no snapshots: users' queries run on the live store.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from common.errors import QueryError, StoreError
from graph.backends.neo4j import catalogue, collector
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.changes import Changes, changes, loaded, parse
from graph.backends.neo4j.connection import Connection, Credentials, Transaction
from graph.backends.neo4j.errors import NumberError, OutdatedError
from graph.backends.neo4j.indexes import Indexes, TooLongError
from graph.backends.neo4j.lookups import graphs_of
from graph.backends.neo4j.names import Preferences, no_preferences
from graph.backends.neo4j.reading import Pattern
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.sources import NO_STATE, LiveSource, ReadSource, WriteSource
from graph.backends.neo4j.state import batches
from graph.backends.neo4j.whole_graphs import read_graph, read_graphs
from graph.backends.neo4j.writing import Writer
from graph.backends.server_store import ServerStore
from graph.cypher.evaluation import evaluate, plan
from graph.cypher.explaining import stages
from graph.cypher.updating import by_database, update
from graph.explanation import Stage
from graph.sparql.parser import parse_update
from graph.store import PLAIN, Delta, Quad, QueryOptions, Result

_ALL = (None, None, None)
_TRIES = 5
_GRAPHS = 1_000
"""Named graphs that are read by one request."""
_LONGEST_LOAD = 32_000_000
"""Bytes. What a transaction changes is kept in the server's memory until it ends: some ten times as much."""


class Neo4jStore(ServerStore):
    """A ``GraphStore`` on a Neo4j database.

    Args:
        address: Where it is.
        credentials: Who asks.
        preferences: What is known about names before anything is loaded, asked when there is a new one.
        query_seconds: The server's time limit for reading; None: its own.

    Raises:
        ConfigurationError: There is no such database.
        FormatError: It holds data of somebody else, or of another format.
        StoreError: It can't be reached, or does not let us in.
    """

    longest_load = _LONGEST_LOAD

    def __init__(
        self,
        address: Address,
        credentials: Credentials | None = None,
        preferences: Callable[[], Preferences] = no_preferences,
        *,
        query_seconds: float | None = None,
    ) -> None:
        self.address = address
        self._preferences = preferences
        self._registry = Registry(version=-1)
        self._settled = self._registry, NO_STATE
        self._connection = Connection(address, credentials or Credentials(), query_seconds)
        self._indexes = Indexes(self._connection)
        try:
            catalogue.prepare(self._connection)
        except BaseException:
            self._connection.close()
            raise

    @property
    def registry(self) -> Registry:
        """The names as of the last transaction."""
        return self._registry

    def query(self, text: str, options: QueryOptions = PLAIN) -> Result:
        """Runs a SPARQL 1.1 query over default and named graphs.

        Names may come to stand for more while it runs (a second value makes a list of a property), or others change
        what it reads under the server's hands: then it runs again.
        Numbers that do not fit into the database's make its statement fail: then it runs without such statements.
        """
        try:
            return self._query(text, options, guards=True)
        except NumberError:
            return self._query(text, options, guards=False)

    def _query(self, text: str, options: QueryOptions, *, guards: bool) -> Result:
        if self._registry.version < 0:
            with self._connection.reading() as transaction:
                self._current(transaction)
        for _ in range(_TRIES):
            source = self._source()
            try:
                result = evaluate(text, options, source, guards=guards)
            except OutdatedError:
                continue
            except (QueryError, StoreError):
                if self._is_current(source):
                    raise
                continue
            if self._is_current(source):
                return result
        raise StoreError(f"{self.address.host}: what the query read changed again and again while it ran: try again")

    def explain(self, text: str, options: QueryOptions = PLAIN) -> list[Stage]:
        """The Cypher by which a query is answered, and what of it is left to do in memory."""
        with self._connection.reading() as transaction:
            return stages(plan(text, options, self._current(transaction)))

    def update(self, text: str) -> None:
        """Runs a SPARQL 1.1 update in one transaction, which reads before it locks what it changes (read committed)."""
        request = parse_update(text)

        def work(transaction: Transaction) -> Registry:
            source = WriteSource(transaction, self._registry, self._preferences)
            update(request, source, by_database)
            return source.registry

        self._commit(work)

    def quads(self, pattern: Pattern, graph: str | None) -> Iterator[Quad]:
        """Quads that match, read from the server as they are asked for; see ``GraphStore``."""
        whole = read_graph(self._connection, self._registry, graph) if graph and pattern == _ALL else None
        if whole is not None:
            yield from whole
            return
        with self._connection.reading() as transaction:
            source = ReadSource(transaction, self._registry)
            self._registry = source.registry
            yield from source.quads(pattern, graph)

    def statements_of(self, graphs: Collection[str]) -> dict[str, set[str]]:
        """The statements of each of ``graphs`` (``graph.lookups``)."""
        found: dict[str, set[str]] = {}
        for some in batches(graphs, _GRAPHS):
            read = read_graphs(self._connection, self._registry, some)
            if read is None:
                read = {graph: {statement for statement, _ in self.quads(_ALL, graph)} for graph in some}
            found.update(read)
        return found

    def holding(self, quads: Collection[Quad]) -> set[Quad]:
        """Those of ``quads`` that the store holds (``graph.lookups``)."""
        if not quads:
            return set()
        with self._connection.reading() as transaction:
            found = graphs_of(transaction, self._current(transaction), quads)
        return {(statement, graph) for statement, graph in quads if graph in found.get(statement, ())}

    def holders(self, statements: Collection[str]) -> Iterator[list[Quad] | None]:
        """Quads of named graphs that hold each of ``statements`` (``graph.lookups``)."""
        if not statements:
            return
        with self._connection.reading() as transaction:
            found = graphs_of(transaction, self._current(transaction), [(statement, None) for statement in statements])
        for statement in statements:
            yield [(statement, graph) for graph in found.get(statement, ()) if graph is not None]

    def apply(self, delta: Delta) -> None:
        """Removes and adds quads in one transaction. Done twice it does what it does once."""
        with collector.paused():
            found = changes(delta)
            if delta.only_if is not None:
                changes(Delta(add=[delta.only_if]))
            self._write(found, delta.only_if)

    def bulk_load(self, nquads: Iterable[bytes]) -> None:
        """Loads N-Quads in one transaction; it is parsed here, as a whole."""
        given = b"".join(nquads)
        with collector.paused():
            self._write(loaded(given), None)

    def close(self) -> None:
        """Closes all connections."""
        self._connection.close()

    def _current(self, transaction: Transaction) -> Registry:
        self._registry = catalogue.current(transaction, self._registry)
        return self._registry

    def _source(self) -> LiveSource:
        registry, (known, state) = self._registry, self._settled
        return LiveSource(self._connection, registry, state if known is registry else NO_STATE)

    def _is_current(self, source: LiveSource) -> bool:
        """Whether the names were those that ``source`` took them for, all the time."""
        self._registry = latest = source.latest()
        self._settled = latest, source.settled
        return latest is source.registry

    def _write(self, found: Changes, only_if: Quad | None) -> None:
        if not found:
            return

        def work(transaction: Transaction) -> Registry:
            registry = catalogue.current(transaction, self._registry)
            if only_if is not None and not _holds(transaction, registry, only_if):
                return registry
            return Writer(transaction, registry, self._preferences).write(found)

        self._commit(work)

    def _commit(self, work: Callable[[Transaction], Registry]) -> None:
        """Writes; indexes follow what is written, those that are in the way go before it."""
        for _ in range(_TRIES):
            try:
                self._registry = self._connection.write(work)
            except TooLongError as error:
                self._indexes.drop(error.keys)
                continue
            self._indexes.make(self._registry)
            return
        raise StoreError(f"{self.address.host}: indexes of long values came back again and again: try again")


def _holds(transaction: Transaction, registry: Registry, quad: Quad) -> bool:
    """Whether a quad is there, and stays there until the transaction ends."""
    statement = str(parse([quad[0]])[0])
    return quad[1] in graphs_of(transaction, registry, [quad], lock=True).get(statement, ())
