"""Transactions on a Neo4j server: who asks, how long, how often again.

A transaction that met another one (a deadlock, a node that both made), or whose connection was lost, is tried again as
a whole, later each time: what the platform writes does no harm when it is written twice.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Bookmarks, Driver, GraphDatabase, Query
from neo4j import Transaction as DriverTransaction
from neo4j.exceptions import DriverError, Neo4jError
from pydantic import SecretStr

from common.errors import StoreError
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.errors import ConflictError, is_passing, query_error, store_error

# Where nobody has set up logging, Python prints what the driver warns of; it is told by our errors.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_TRIES = 8
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 10.0
_CONNECT_SECONDS = 10.0
_ERRORS = (DriverError, Neo4jError, ConflictError, OSError)
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Name and password. Never printed."""

    user: str = ""
    password: SecretStr = field(default_factory=lambda: SecretStr(""))

    @property
    def auth(self) -> tuple[str, str] | None:
        """What the driver takes."""
        return (self.user or "neo4j", self.password.get_secret_value()) if self.user or self.password else None


class Transaction:
    """One transaction; its statements see what it has written, and what others have committed (read committed)."""

    def __init__(self, transaction: DriverTransaction) -> None:
        self._transaction = transaction

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        """All rows of a statement."""
        return self._transaction.run(cypher, dict(parameters or {})).values()

    def stream(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Iterator[list[Any]]:
        """The rows of a statement, as they are asked for."""
        for record in self._transaction.run(cypher, dict(parameters or {})):
            yield record.values()


class Connection:
    """Keeps connections to one database; several threads may use it.

    Args:
        address: Where it is.
        credentials: Who asks.
        seconds: The server's time limit for reading; None: its own.
    """

    def __init__(self, address: Address, credentials: Credentials, seconds: float | None = None) -> None:
        self.address = address
        self._seconds = seconds
        self._is_open = True
        try:
            self._driver: Driver = GraphDatabase.driver(
                address.url,
                auth=credentials.auth,
                user_agent="bibliograph",
                connection_timeout=_CONNECT_SECONDS,
                notifications_min_severity="OFF",
            )
        except (DriverError, ValueError) as error:
            raise store_error(error, address.host) from error

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A read transaction.

        Raises:
            QueryError, StoreError: The server refuses, or can't be reached.
        """
        try:
            with (
                self._open.session(default_access_mode=READ_ACCESS, database=self.address.database) as session,
                session.begin_transaction(timeout=self._seconds) as transaction,
            ):
                yield Transaction(transaction)
        except _ERRORS as error:
            raise query_error(error, self.address.host) from error

    @property
    def seconds(self) -> float | None:
        """The server's time limit for reading; None: its own."""
        return self._seconds

    def rows(
        self,
        cypher: str,
        parameters: Mapping[str, object],
        seconds: float | None = None,
        *,
        after: Bookmarks | None = None,
        ended: Callable[[Bookmarks], None] | None = None,
    ) -> Iterator[list[Any]]:
        """The rows of one statement in a read transaction of its own, as they are asked for: one request.

        Args:
            cypher: The statement.
            parameters: Its parameters.
            seconds: Another time limit than that for reading.
            after: It sees what was committed up to there.
            ended: Told, after the last row, up to where what was committed can have been seen.

        Raises:
            QueryError, StoreError: The server refuses, or can't be reached.
        """
        try:
            with self._open.session(
                default_access_mode=READ_ACCESS, database=self.address.database, bookmarks=after
            ) as session:
                for record in session.run(Query(cypher, timeout=seconds or self._seconds), dict(parameters)):
                    yield record.values()
                if ended is not None:
                    ended(session.last_bookmarks())
        except _ERRORS as error:
            raise query_error(error, self.address.host) from error

    def write(self, work: Callable[[Transaction], _Made]) -> _Made:
        """What ``work`` gives in a write transaction, which is committed; tried again as a whole.

        Raises:
            StoreError: The server refuses, or can't be reached.
        """
        for tries in range(_TRIES):
            try:
                return self._write(work)
            except _ERRORS as error:
                if tries == _TRIES - 1 or not is_passing(error):
                    raise store_error(error, self.address.host) from error
                pause = _FIRST_PAUSE * 2**tries * random.uniform(0.5, 1.0)  # noqa: S311  spreads clients, hides nothing
                time.sleep(min(pause, _LONGEST_PAUSE))
        raise AssertionError

    def close(self) -> None:
        """Closes all connections."""
        if self._is_open:
            self._is_open = False
            self._driver.close()

    @property
    def _open(self) -> Driver:
        if not self._is_open:
            raise StoreError("the graph store is closed")
        return self._driver

    def _write(self, work: Callable[[Transaction], _Made]) -> _Made:
        with self._open.session(default_access_mode=WRITE_ACCESS, database=self.address.database) as session:
            transaction = session.begin_transaction()
            with transaction:
                made = work(Transaction(transaction))
                transaction.commit()
                return made
