"""Indexes of properties that are looked up by value (``Key.indexed``), and the nodes of lists' values.

A schema change is a transaction of its own, after the one that brings the key. Queries are right without the index.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256
from threading import Lock

from graph.backends.neo4j import catalogue
from graph.backends.neo4j.connection import Connection, Transaction
from graph.backends.neo4j.registry import RESOURCE, VALUE, Registry
from graph.backends.neo4j.state import escaped
from graph.backends.neo4j.terms import Value

LONGEST_INDEXED = 4_000
"""Bytes of a value, or of a list with what each value costs, that an index takes: it refuses some 8,000."""
_EACH = 8
_CHARACTERS = LONGEST_INDEXED // 4 - _EACH
_LONGEST_WAIT = 600
_KNOWN = "SHOW RANGE INDEXES YIELD name RETURN name"
_FORGET = f"UNWIND $names AS name MATCH (v:{VALUE} {{key: name}}) DETACH DELETE v"


class TooLongError(Exception):
    """Values that no index takes are to be written under keys that have one; ``keys``: their names."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__("values too long for an index")
        self.keys = sorted(keys)


def is_too_long(values: Sequence[Value]) -> bool:
    """Whether the values of a node, all of one key, are too long together.

    >>> is_too_long(["a" * 4_000]), is_too_long(["a"] * 500)
    (True, True)
    """
    if len(values) == 1 and len(str(values[0])) <= _CHARACTERS:
        return False
    return sum(len(str(value).encode()) + _EACH for value in values) > LONGEST_INDEXED


class Indexes:
    """Sees to it that the database has the indexes of a registry.

    Args:
        connection: To the database.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: set[str] | None = None
        self._lock = Lock()

    def make(self, registry: Registry) -> None:
        """Makes those that are missing; another thread that is at it goes on with it alone."""
        if self._lock.acquire(blocking=False):
            try:
                self._make(registry)
            finally:
                self._lock.release()

    def _make(self, registry: Registry) -> None:
        wanted = {index_name(key.name): key for keys in registry.keys.values() for key in keys if key.indexed}
        if self._known is None and wanted:
            with self._connection.reading() as transaction:
                self._known = {name for (name,) in transaction.run(_KNOWN)}
        missing = wanted.keys() - (self._known or set())
        if not missing:
            return
        for name in sorted(missing):
            # One after the other: the server plans no query while its schema changes all the time.
            self._connection.write(partial(_create, name=name, key=wanted[name].name))
            self._connection.write(partial(_await, name=name))
        self._known = (self._known or set()) | missing

    def drop(self, keys: Sequence[str]) -> None:
        """Ends the look-ups by these keys, for good."""
        self._connection.write(lambda transaction: _end(transaction, keys))
        self._connection.write(lambda transaction: _drop(transaction, keys))


def index_name(key: str) -> str:
    """Name of the index of a key."""
    return f"value_{sha256(key.encode()).hexdigest()[:32]}"


def _create(transaction: Transaction, *, name: str, key: str) -> None:
    transaction.run(f"CREATE RANGE INDEX {name} IF NOT EXISTS FOR (n:{RESOURCE}) ON (n.`{escaped(key)}`)")


def _await(transaction: Transaction, *, name: str) -> None:
    transaction.run("CALL db.awaitIndex($name, $seconds)", {"name": name, "seconds": _LONGEST_WAIT})


def _end(transaction: Transaction, keys: Sequence[str]) -> None:
    catalogue.end_look_ups(transaction, keys)
    transaction.run(_FORGET, {"names": list(keys)})


def _drop(transaction: Transaction, keys: Iterable[str]) -> None:
    for key in keys:
        transaction.run(f"DROP INDEX {index_name(key)} IF EXISTS")
