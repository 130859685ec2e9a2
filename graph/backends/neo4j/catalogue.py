"""The registry in the database: read, made, and changed in the transaction that needs the change."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from common.errors import FormatError
from graph.backends.neo4j.address import MOUNT
from graph.backends.neo4j.connection import Connection, Transaction
from graph.backends.neo4j.errors import ConflictError
from graph.backends.neo4j.names import Draft
from graph.backends.neo4j.registry import VALUE, Key, Name, Registry

FORMAT = 1
"""Version of the mapping; a database of another one is refused."""

_SCHEMA = (
    "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE",
    "CREATE CONSTRAINT graph_iri IF NOT EXISTS FOR (n:_Graph) REQUIRE n.iri IS UNIQUE",
    "CREATE CONSTRAINT registry_id IF NOT EXISTS FOR (n:_Registry) REQUIRE n.id IS UNIQUE",
    f"CREATE RANGE INDEX value_of_list IF NOT EXISTS FOR (n:{VALUE}) ON (n.key, n.value)",
)
_STATE = "MATCH (n:_Registry) RETURN n.version, n.format, n.longIris"
_NAMES = "MATCH (n:_Name) RETURN n.kind, n.iri, n.name, n.named, n.hidden"
_KEYS = (
    "MATCH (n:_Key) RETURN n.predicate, n.datatype, n.language, n.encoding, n.name, n.multi, n.named, n.hidden, "
    "coalesce(n.indexed, false) ORDER BY n.name"
)
_LOCK = "MATCH (n:_Registry) SET n:_Registry RETURN n.version"
_WRITE_NAMES = (
    "UNWIND $rows AS row MERGE (n:_Name {kind: row[0], iri: row[1]}) "
    "SET n.name = row[2], n.named = row[3], n.hidden = row[4]"
)
_WRITE_KEYS = (
    "UNWIND $rows AS row MERGE (n:_Key {name: row[4]}) SET n.predicate = row[0], n.datatype = row[1], "
    "n.language = row[2], n.encoding = row[3], n.multi = row[5], n.named = row[6], n.hidden = row[7], "
    "n.indexed = row[8]"
)
_WRITE_STATE = "MATCH (n:_Registry) SET n.version = $version, n.longIris = $long"
_END_LOOK_UPS = (
    "MATCH (n:_Registry) SET n.version = n.version + 1 "
    "WITH n MATCH (k:_Key) WHERE k.name IN $names SET k.indexed = false"
)
_LABEL, _RELATIONSHIP = "label", "relationship"


class Reading(Protocol):
    """What reads: a transaction, or statements one by one."""

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        """All rows of a statement."""
        ...


def prepare(connection: Connection) -> None:
    """Makes constraints and registry in an empty database; each in a transaction of its own.

    Raises:
        FormatError: The database holds data of somebody else, or of another format.
    """
    if _state(connection) is not None:
        return
    if connection.write(lambda transaction: transaction.run("MATCH (n) RETURN 1 LIMIT 1")):
        raise FormatError(
            f"{connection.address.host} holds data that Bibliograph did not write: name an empty database, or read it "
            f'as it is (store = "…?{MOUNT}")'
        )
    for statement in _SCHEMA:
        connection.write(lambda transaction, statement=statement: transaction.run(statement))  # type: ignore[misc]
    text = "MERGE (n:_Registry {id: 1}) ON CREATE SET n.version = 0, n.format = $format, n.longIris = false"
    connection.write(lambda transaction: transaction.run(text, {"format": FORMAT}))


def _state(connection: Connection) -> int | None:
    with connection.reading() as transaction:
        rows = transaction.run(_STATE)
    if not rows:
        return None
    if rows[0][1] != FORMAT:
        raise FormatError(
            f"{connection.address.host} is of format {rows[0][1]}, this program writes {FORMAT}: "
            "copy the graph with the program that wrote it"
        )
    return int(rows[0][0])


def current(transaction: Reading, known: Registry) -> Registry:
    """The registry as the transaction sees it: ``known``, if that is still its version.

    Raises:
        FormatError: There is none: the database was emptied.
    """
    rows = transaction.run(_STATE)
    if not rows:
        raise FormatError("the database no longer holds a graph of Bibliograph: it was emptied by somebody else")
    version, _, long_iris = rows[0]
    return known if version == known.version else _read(transaction, version, long_iris=long_iris)


def write(transaction: Transaction, draft: Draft) -> Registry:
    """Writes what has grown.

    Raises:
        ConflictError: Another transaction changed the registry meanwhile.
    """
    registry = draft.registry()
    if not draft.changed:
        return registry
    if transaction.run(_LOCK)[0][0] != registry.version - 1:
        raise ConflictError
    names = [[_LABEL, n.iri, n.name, n.named, n.hidden] for n in draft.new_labels]
    names += [[_RELATIONSHIP, n.iri, n.name, n.named, n.hidden] for n in draft.new_relationships]
    keys = [
        [k.predicate, k.datatype, k.language, k.encoding, k.name, k.multi, k.named, k.hidden, k.indexed]
        for k in draft.new_keys
    ]
    for text, rows in ((_WRITE_NAMES, names), (_WRITE_KEYS, keys)):
        if rows:
            transaction.run(text, {"rows": rows})
    transaction.run(_WRITE_STATE, {"version": registry.version, "long": registry.long_iris})
    return registry


def end_look_ups(transaction: Transaction, keys: Collection[str]) -> None:
    """Notes that these keys, given by name, have no index."""
    transaction.run(_END_LOOK_UPS, {"names": list(keys)})


def _read(transaction: Reading, version: int, *, long_iris: bool) -> Registry:
    names: dict[str, dict[str, Name]] = {_LABEL: {}, _RELATIONSHIP: {}}
    for kind, *row in transaction.run(_NAMES):
        names[kind][row[0]] = Name(*row)
    keys: dict[str, tuple[Key, ...]] = {}
    for row in transaction.run(_KEYS):
        key = _key(row)
        keys[key.predicate] = (*keys.get(key.predicate, ()), key)
    return Registry(version, names[_LABEL], names[_RELATIONSHIP], keys, long_iris)


def _key(row: list[Any]) -> Key:
    return Key(*row)
