"""The same data in Neo4j and in pyoxigraph, and a query on both."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import pytest
from neo4j import GraphDatabase

from common.errors import QueryError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Connection, Credentials
from graph.backends.neo4j.errors import NumberError
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.sources import LiveSource, ReadSource
from graph.backends.neo4j.store import Neo4jStore
from graph.cypher.evaluation import evaluate, plan
from graph.cypher.explaining import stages
from graph.cypher.plan import Plan
from graph.sparql.parser import parse_query
from graph.store import PLAIN, Result, Solutions
from tests.graph.cypher.compare import expected, same


class Pair:
    """Both.

    Args:
        address: Of the server.
    """

    KINDS = ("cypher", "finished", "in parts", "residual")

    def __init__(self, address: str) -> None:
        self._address = Address(address)
        self._connection = Connection(self._address, Credentials(), None)
        self._driver = GraphDatabase.driver(address)
        self._registry = Registry(version=-1)
        self._nquads: bytes | None = None
        self.data = ox.Store()
        self.counts: Counter[str] = Counter()

    def load(self, data: ox.Store) -> None:
        """Puts other data in the place of what is there."""
        nquads = data.dump(format=ox.RdfFormat.N_QUADS) or b""
        self.data = data
        if nquads == self._nquads:
            return
        self._driver.execute_query("MATCH (n) DETACH DELETE n")
        self._registry = Registry(version=-1)
        store = Neo4jStore(self._address)
        if nquads:
            store.bulk_load([nquads])
        store.close()
        self._nquads = nquads

    @contextmanager
    def store(self) -> Iterator[Neo4jStore]:
        """The store on Neo4j, to be changed; what is loaded afterwards takes the place of all."""
        store = Neo4jStore(self._address)
        self._nquads = None
        try:
            yield store
        finally:
            store.close()

    def rows(self, cypher: str, parameters: dict[str, object]) -> list[list[object]]:
        """Rows of a statement."""
        with self._connection.reading() as transaction:
            return transaction.run(cypher, parameters)

    def check(self, text: str) -> Plan:
        """Asserts that both answer alike; gives the plan."""
        query = parse_query(text)
        try:
            wanted = expected(self.data, query)
        except QueryError:
            wanted = None
        with self._connection.reading() as transaction:
            source = ReadSource(transaction, self._registry)
            self._registry = source.registry
            found = plan(text, PLAIN, source.registry)
        self.counts[self._kind(found)] += 1
        if wanted is None:
            with pytest.raises(QueryError):
                self._answer(text)
            return found
        self.counts["with answers"] += bool(wanted.rows if isinstance(wanted, Solutions) else wanted)
        answer = self._answer(text)
        assert same(answer, wanted, query), f"{answer}\n\nis not\n\n{wanted}\n\n{stages(found)}"
        return found

    def _answer(self, text: str) -> Result:
        try:
            return self._evaluated(text, guards=True)
        except NumberError:
            self.counts["again"] += 1
            return self._evaluated(text, guards=False)

    def _evaluated(self, text: str, *, guards: bool) -> Result:
        return evaluate(text, PLAIN, LiveSource(self._connection, self._registry), guards=guards)

    def _kind(self, plan: Plan) -> str:
        cypher, finished, parts, residual = self.KINDS
        if plan.is_whole:
            return cypher if plan.finish is None else finished
        return parts if plan.statements else residual

    def close(self) -> None:
        """Ends both connections."""
        self._connection.close()
        self._driver.close()
