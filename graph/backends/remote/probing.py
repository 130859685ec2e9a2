"""What a server offers, found by asking it."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from common.errors import StoreError
from graph.backends.remote.address import Address, Endpoints
from graph.backends.remote.connection import Body, Connection, Refusal, Request
from graph.backends.remote.errors import server_error
from graph.store import Delta, GraphStore, Solutions

_ASK = b"ASK {}"
_REFUSES_US = frozenset({401, 403})
_SECONDS = 30.0


def find_endpoints(address: Address, connection: Connection) -> Endpoints:
    """Addresses of the services for query, update and loading.

    Raises:
        StoreError: No address answers queries and takes updates; says why.
    """
    found: Endpoints | None = None
    for candidate in address.candidates():
        if found is None:
            if not _works(candidate, connection):
                continue
            found = candidate
        if (candidate.query, candidate.update) == (found.query, found.update) and _takes_loads(candidate, connection):
            return candidate
    if found is None:
        raise StoreError(f"{connection.host}: no SPARQL service with query and update at {address.url}")
    return replace(found, load="")


def _works(endpoints: Endpoints, connection: Connection) -> bool:
    try:
        return _answers_queries(endpoints, connection) and _takes_updates(endpoints, connection)
    except Refusal as refusal:
        if refusal.status in _REFUSES_US:
            raise server_error(refusal.status, refusal.words, connection.host) from refusal
        return False


def _answers_queries(endpoints: Endpoints, connection: Connection) -> bool:
    request = Request(
        endpoints.query, _ASK, "application/sparql-query", "application/sparql-results+json", seconds=_SECONDS
    )
    with connection.answer(request) as body:
        return body.content_type.endswith("json") and b"true" in _start(body)


def _takes_updates(endpoints: Endpoints, connection: Connection) -> bool:
    connection.send(Request(endpoints.update, b"INSERT DATA {}", "application/sparql-update", seconds=_SECONDS))
    return True


def _takes_loads(endpoints: Endpoints, connection: Connection) -> bool:
    """Whether N-Quads can be posted; none are."""
    if not endpoints.load:
        return False
    try:
        connection.send(Request(endpoints.load, b"", "application/n-quads", seconds=_SECONDS))
    except Refusal:
        return False
    return True


def _start(body: Body) -> bytes:
    return body.gather(1024).read()


def has_own_default_graph(store: GraphStore, outside: Iterable[str]) -> bool:
    """Whether the default graph is a graph of its own and not the union of all named ones.

    Args:
        store: The store to look at.
        outside: Named graphs no statement of which is ever in the default graph. If they hold anything, a query tells;
            else a quad is written and taken away again.
    """
    graphs = " ".join(f"<{graph}>" for graph in outside)
    seen = store.query(f"SELECT ?s ?p ?o {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }} LIMIT 1")
    if isinstance(seen, Solutions) and seen.rows:
        return next(store.quads(seen.rows[0], ""), None) is None  # type: ignore[arg-type]  # three columns
    name = f"urn:uuid:{uuid4()}"
    probe = (f'<{name}> <{name}> "probe"', name)
    store.apply(Delta(add=[probe]))
    try:
        return next(store.quads((f"<{name}>", None, None), ""), None) is None
    finally:
        store.apply(Delta(remove=[probe]))
