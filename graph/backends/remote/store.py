"""A store on a server that speaks SPARQL 1.1 (https://www.w3.org/TR/sparql11-protocol/).

Isolation: a query is one request, so it reads what the server lets one request read: on the servers that are tested
(Oxigraph, Jena Fuseki with TDB2) a snapshot as of its start. Updates are one request each and atomic on the server.
There are no snapshots: users' queries run on the live store.

The default graph must be a graph of its own. Servers that show the union of all named graphs in its place (RDF4J,
GraphDB, Virtuoso, Fuseki if so configured) are found out when the store is opened, and refused.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from common.errors import StoreError
from graph.backends.remote import batches, results
from graph.backends.remote.address import Address
from graph.backends.remote.connection import UPDATE_SECONDS, Connection, Credentials, Refusal, Request
from graph.backends.remote.errors import query_error, server_error
from graph.backends.remote.probing import find_endpoints, has_own_default_graph
from graph.backends.remote.updates import graph_term, load_text, update_text
from graph.backends.server_store import ServerStore
from graph.explanation import Stage, passed_on
from graph.parameters import check_term
from graph.store import PLAIN, Delta, Quad, QueryOptions, Result, Solutions

_AHEAD = 65_536
"""Bytes read at once: most answers to look-ups are shorter, and leave the connection free for the next."""
_LONGEST_UPDATE = 100_000_000
"""Bytes. More in one transaction is more than servers keep in memory gladly."""
_VARIABLES = ("?s", "?p", "?o")


class RemoteStore(ServerStore):
    """A ``GraphStore`` on a SPARQL server.

    Args:
        address: Where the dataset is.
        credentials: Who asks.
        query_seconds: The server's time limit for queries, where it can be told one; default: its own.

    Raises:
        StoreError: Nothing there answers as a SPARQL service does.
    """

    def __init__(
        self, address: Address, credentials: Credentials | None = None, *, query_seconds: float | None = None
    ) -> None:
        self.address = address
        self._connection = Connection(address.url, credentials or Credentials())
        self._query_seconds = query_seconds
        self._is_open = True
        try:
            self._endpoints = find_endpoints(address, self._connection)
        except BaseException:
            self._connection.close()
            raise

    @property
    def longest_load(self) -> int | None:
        """Servers that take N-Quads take any number of them; an update is parsed as a whole."""
        return None if self._endpoints.load else _LONGEST_UPDATE // 5

    def check_default_graph(self, outside: Iterable[str]) -> None:
        """Refuses a server that shows the union of all graphs in place of the default graph.

        Args:
            outside: Graphs that hold nothing of the default graph (``Graphs.outside_merge``).

        Raises:
            StoreError: It does.
        """
        if not has_own_default_graph(self, outside):
            raise StoreError(
                f"{self.address.url} shows the union of all graphs as its default graph; Bibliograph needs a default "
                "graph of its own: turn that off in the server's settings, or use another server (docs/engines.md)"
            )

    def query(self, text: str, options: QueryOptions = PLAIN) -> Result:
        """Runs a SPARQL 1.1 query over default and named graphs; a triple term of RDF 1.2 in its result is refused."""
        try:
            with self._open.answer(self._query_request(text, options)) as body:
                return results.read_result(body.gather(_AHEAD), self._host, options.first_rows)
        except Refusal as refusal:
            raise query_error(refusal.status, refusal.words, text, self._host) from refusal

    def explain(self, text: str, options: QueryOptions = PLAIN) -> list[Stage]:  # noqa: ARG002  of the contract
        """The algebra; the server does the rest."""
        return passed_on(text, f"The server at {self._host}")

    def update(self, text: str) -> None:
        """Runs a SPARQL 1.1 update: one request, which the server takes as one transaction."""
        self._update(text, repeatable=False)

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Quads that match, read from the server as they are asked for; see ``GraphStore``."""
        terms = tuple(
            variable if term is None else check_term(term, variable[1:])
            for term, variable in zip(pattern, _VARIABLES, strict=True)
        )
        text = _pattern_query(terms, graph)
        try:
            with self._open.answer(self._query_request(text)) as body:
                for row in results.read_rows(body.gather(_AHEAD), self._host):
                    yield _quad(terms, row, graph)
        except Refusal as refusal:
            raise server_error(refusal.status, refusal.words, self._host) from refusal

    def holding(self, quads: Collection[Quad]) -> set[Quad]:
        """Those of ``quads`` that the store holds, asked about in batches (``graph.lookups``)."""
        found: set[Quad] = set()
        for kind in ([q for q in quads if q[1] is None], [q for q in quads if q[1] is not None]):
            for batch in batches.batches(kind):
                found.update(self._found(batches.held_query(batch)))
        return found

    def holders(self, statements: Collection[str]) -> Iterator[list[Quad] | None]:
        """Quads of named graphs that hold each of ``statements``, asked about in batches (``graph.lookups``)."""
        for batch in batches.batches((statement, None) for statement in statements):
            found = self._found(batches.holders_query(batch))
            by_statement: dict[str, list[Quad]] = {}
            for quad in found:
                by_statement.setdefault(quad[0], []).append(quad)
            whole = len(found) < batches.MOST_HOLDERS
            yield from (by_statement.get(statement, []) if whole else None for statement, _ in batch)

    def apply(self, delta: Delta) -> None:
        """Removes and adds quads by one update. Sent twice it does what it does once, so a lost answer is no harm."""
        if text := update_text(delta):
            self._update(text, repeatable=True)

    def bulk_load(self, nquads: Iterable[bytes]) -> None:
        """Loads N-Quads by one request: as they are where the server takes them, else as one update.

        They are gathered in a file first: an iterable that fails must not have begun anything, and a lost answer is
        asked for again.
        """
        with TemporaryDirectory(prefix="bibliograph-load-") as directory:
            file = Path(directory) / "load.nq"
            with file.open("wb") as output:
                output.writelines(nquads)
            if not file.stat().st_size:
                return
            if self._endpoints.load:
                self._load(file)
            else:
                self._update(load_text(file.read_bytes()), repeatable=True)

    def close(self) -> None:
        """Closes the connections."""
        self._is_open = False
        self._connection.close()

    def _found(self, text: str) -> list[Quad]:
        """Rows of a query for subject, predicate, object and perhaps graph, as quads."""
        result = self.query(text)
        rows = result.rows if isinstance(result, Solutions) else []
        return [
            (" ".join(term or "" for term in row[:3]), row[3][1:-1] if row[3:] and row[3] else None) for row in rows
        ]

    @property
    def _open(self) -> Connection:
        if not self._is_open:
            raise StoreError("the graph store is closed")
        return self._connection

    @property
    def _host(self) -> str:
        return self._connection.host

    def _query_request(self, text: str, options: QueryOptions = PLAIN) -> Request:
        parameters = [("default-graph-uri", iri) for iri in options.default_graphs]
        parameters += [("named-graph-uri", iri) for iri in options.named_graphs]
        if self._endpoints.timeout and self._query_seconds:
            parameters.append((self._endpoints.timeout, f"{self._query_seconds:g}"))
        content = text.encode("utf-8", "replace")
        return Request(self._endpoints.query, content, "application/sparql-query", results.ACCEPT, tuple(parameters))

    def _update(self, text: str, *, repeatable: bool) -> None:
        content = text.encode()
        if len(content) > _LONGEST_UPDATE:
            raise StoreError(f"a change of {len(content):,} bytes is too large for one transaction; make it in parts")
        request = Request(
            self._endpoints.update,
            content,
            "application/sparql-update",
            repeatable=repeatable,
            seconds=UPDATE_SECONDS,
        )
        try:
            self._open.send(request)
        except Refusal as refusal:
            if repeatable:
                raise server_error(refusal.status, refusal.words, self._host) from refusal
            raise query_error(refusal.status, refusal.words, None, self._host) from refusal

    def _load(self, file: Path) -> None:
        request = Request(self._endpoints.load, file, "application/n-quads", seconds=UPDATE_SECONDS)
        try:
            self._open.send(request)
        except Refusal as refusal:
            raise server_error(refusal.status, refusal.words, self._host) from refusal


def _pattern_query(terms: tuple[str, ...], graph: str | None) -> str:
    """A query for a pattern of terms and variables, in one graph or in all."""
    selected = " ".join(variable for variable in _VARIABLES if variable in terms)
    pattern = " ".join(terms)
    if graph is not None:
        block = f"GRAPH {graph_term(graph)} {{ {pattern} }}" if graph else pattern
        return f"SELECT {selected} {{ {block} }}" if selected else f"ASK {{ {block} }}"
    return f"SELECT ?g {selected} {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }}"


def _quad(terms: tuple[str, ...], row: tuple[str | None, ...], graph: str | None) -> Quad:
    """The quad of a row, whose columns are the graph, if it was asked for, and the pattern's variables."""
    name = graph or None
    values = iter(row)
    if graph is None:
        found = next(values)
        name = found[1:-1] if found else None
    return " ".join(next(values) or "" if term in _VARIABLES else term for term in terms), name
