"""The same data in Neo4j and in pyoxigraph, and a query on both."""

from collections import Counter

import pyoxigraph as ox
from neo4j import GraphDatabase

from common.errors import QueryError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Connection, Credentials
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.sources import ReadSource
from graph.backends.neo4j.store import Neo4jStore
from graph.cypher.evaluation import execute, plan
from graph.cypher.plan import Plan
from graph.sparql.parser import parse_query
from graph.store import PLAIN, Solutions
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

    def check(self, text: str) -> Plan:
        """Asserts that both answer alike; gives the plan."""
        query = parse_query(text)
        try:
            wanted = expected(self.data, query)
        except QueryError as error:
            wanted = None
            failure = str(error)
        with self._connection.reading() as transaction:
            source = ReadSource(transaction, self._registry)
            self._registry = source.registry
            found = plan(text, PLAIN, source.registry)
            self.counts[self._kind(found)] += 1
            if wanted is None:
                try:
                    execute(found, source)
                except QueryError:
                    return found
                raise AssertionError(f"no {failure}")
            self.counts["with answers"] += bool(wanted.rows if isinstance(wanted, Solutions) else wanted)
            answer = execute(found, source)
        assert same(answer, wanted, query), f"{answer}\n\nis not\n\n{wanted}\n\n{found.explain()}"
        return found

    def _kind(self, plan: Plan) -> str:
        cypher, finished, parts, residual = self.KINDS
        if plan.is_whole:
            return cypher if plan.finish is None else finished
        return parts if plan.statements else residual

    def close(self) -> None:
        """Ends both connections."""
        self._connection.close()
        self._driver.close()
