"""The embedded store: Oxigraph in this process, on disk or (for tests) in memory.

Isolation: every query reads a snapshot of the store as of its start. ``SELECT *`` lists its variables by name.
Literals of numeric and time datatypes come back in their canonical form (``graph.canonical``).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from common.errors import QueryError, StoreError
from graph.backends.oxigraph_errors import query_error, store_error
from graph.canonical import refuse_triple_terms
from graph.explanation import Stage, passed_on
from graph.store import PLAIN, Delta, Quad, QueryOptions, Result, Solutions

_DEFAULT = ox.DefaultGraph()
_IN_MEMORY = 256 << 20
"""Bytes of N-Quads that a bulk load may hold in memory."""
_N_QUADS = ox.RdfFormat.N_QUADS


class OxigraphStore:
    """A ``GraphStore`` embedded in this process.

    Args:
        path: Directory of the store, made if it does not exist; None keeps it in memory.

    Raises:
        StoreBusyError: Another process has the store open.
        StoreReadOnlyError: The directory can't be written.
    """

    shared = False
    longest_load = None

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        try:
            if path is not None:
                path.mkdir(parents=True, exist_ok=True)
            self._store: ox.Store | None = ox.Store(None if path is None else str(path))
            if path is not None:
                sweep(path)
        except OSError as error:
            raise store_error(error, path) from error

    @property
    def _open(self) -> ox.Store:
        if self._store is None:
            raise StoreError("the graph store is closed")
        return self._store

    def query(self, text: str, options: QueryOptions = PLAIN) -> Result:
        """Runs a SPARQL 1.1 query over default and named graphs; a triple term of RDF 1.2 in its result is refused."""
        return run(self._open, text, options)

    def explain(self, text: str, options: QueryOptions = PLAIN) -> list[Stage]:  # noqa: ARG002  of the contract
        """The algebra; Oxigraph does the rest."""
        return passed_on(text, "Oxigraph")

    def update(self, text: str) -> None:
        """Runs a SPARQL 1.1 update, atomically and durably."""
        try:
            self._open.update(text)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise query_error(error, text) from error
        except OSError as error:
            raise store_error(error, self.path) from error
        self._flush()

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Quads that match, read as they are asked for; see ``GraphStore``."""
        try:
            yield from matching(self._open, pattern, graph)
        except (SyntaxError, ValueError, OSError) as error:
            raise store_error(error, self.path) from error

    def apply(self, delta: Delta) -> None:
        """Removes and adds quads in one transaction, then flushes."""
        # Only what the parser has read and written again goes into the update: no statement can end it and start
        # another operation.
        add, remove = parse_quads(delta.add), parse_quads(delta.remove)
        only_if = parse_quads([delta.only_if]) if delta.only_if else []
        try:
            if not all(quad in self._open for quad in only_if):
                return
            if remove:
                self._open.update(f"DELETE DATA {{ {_data(remove)} }}; INSERT DATA {{ {_data(add)} }}")
            elif add:
                self._open.extend(add)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise store_error(error, self.path) from error
        self._flush()

    def bulk_load(self, nquads: Iterable[bytes]) -> None:
        """Loads N-Quads by new files that the store takes in together at the end."""
        try:
            with _gathered(nquads) as source:
                self._open.bulk_load(source, format=_N_QUADS)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise store_error(error, self.path) from error
        self._flush()

    def compact(self) -> None:
        """Merges the files that bulk loads left behind: some 3 s for a million quads; others may read meanwhile."""
        try:
            self._open.optimize()
        except OSError as error:
            raise store_error(error, self.path) from error

    def snapshot(self, directory: Path) -> None:
        """A backup by hard links: about 10 ms, whatever the size. A store in memory has none."""
        if self.path is None:
            raise StoreError("a store in memory has no snapshots")
        try:
            if directory.exists():
                directory.rmdir()
            directory.parent.mkdir(parents=True, exist_ok=True)
            self._open.backup(str(directory))
        except OSError as error:
            raise store_error(error, directory) from error

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """N-Quads of everything, or N-Triples of one graph."""
        if graph is None:
            self._open.dump(output=output, format=_N_QUADS)
        else:
            name = ox.NamedNode(graph) if graph else _DEFAULT
            self._open.dump(output=output, format=ox.RdfFormat.N_TRIPLES, from_graph=name)

    def close(self) -> None:
        """Releases the directory for other processes."""
        self._store = None

    def _flush(self) -> None:
        if self.path is None:
            return
        try:
            self._open.flush()
        except OSError as error:
            raise store_error(error, self.path) from error


def sweep(path: Path) -> None:
    """Deletes what no open store uses: files of a bulk load that was killed, and RocksDB's old logs.

    Call only while holding the store open: nobody else can then be loading.
    """
    for pattern in ("bulk-*.sst", "LOG.old.*"):
        for orphan in path.glob(pattern):
            orphan.unlink(missing_ok=True)


def parse_quads(quads: list[Quad]) -> list[ox.Quad]:
    """The quads as the store's objects.

    Raises:
        StoreError: A text is not one N-Quads statement of IRIs and literals; shows it.
    """
    parsed: list[ox.Quad] = []
    refuse_triple_terms(statement for statement, _ in quads)
    try:
        lines = "\n".join(f"{statement} <{graph}> ." if graph else f"{statement} ." for statement, graph in quads)
        parsed.extend(ox.parse(lines.encode(), format=_N_QUADS))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"not an N-Quads statement: {error}") from error
    if len(parsed) != len(quads):
        raise StoreError(f"{len(quads)} quads are {len(parsed)} N-Quads statements: one holds a line end or a comment")
    for quad, (statement, graph) in zip(parsed, quads, strict=True):
        _check(quad, statement, graph)
    return parsed


def _check(quad: ox.Quad, statement: str, graph: str | None) -> None:
    """Refuses blank nodes, triple terms and a statement that brings its own graph."""
    found = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
    if found != graph:
        raise StoreError(f"statement with a graph of its own: {statement[:200]}")
    if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
        raise StoreError(f"statement with a blank node or triple term: {statement[:200]}")


def _data(quads: list[ox.Quad]) -> str:
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(str(quad.triple))
    return " ".join(
        " . ".join(triples) + " ." if graph == "DEFAULT" else f"GRAPH {graph} {{ {' . '.join(triples)} }}"
        for graph, triples in sorted(by_graph.items())
    )


def _pattern(
    pattern: tuple[str | None, str | None, str | None], graph: str | None
) -> tuple[
    ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | ox.Literal | None, ox.NamedNode | ox.DefaultGraph | None
]:
    subject, predicate, obj = pattern
    return (
        None if subject is None else ox.NamedNode(subject[1:-1]),
        None if predicate is None else ox.NamedNode(predicate[1:-1]),
        None if obj is None else _term(obj),
        None if graph is None else ox.NamedNode(graph) if graph else _DEFAULT,
    )


def _term(text: str) -> ox.NamedNode | ox.Literal:
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    term = next(iter(ox.parse(f"<a:a> <a:a> {text} .".encode(), format=_N_QUADS))).object
    if not isinstance(term, ox.Literal):
        raise StoreError(f"not an IRI or literal: {text[:200]}")
    return term


def matching(store: ox.Store, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
    """Quads of a store of pyoxigraph's that match; see ``GraphStore.quads``."""
    for quad in store.quads_for_pattern(*_pattern(pattern, graph)):
        name = quad.graph_name
        yield str(quad.triple), name.value if isinstance(name, ox.NamedNode) else None


def run(store: ox.Store, text: str, options: QueryOptions) -> Result:
    """The answer to a query over a store of pyoxigraph's.

    Raises:
        QueryError: As for ``OxigraphStore.query``.
    """
    try:
        return _result(evaluate(store, text, options), options.first_rows)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise query_error(error, text) from error


def evaluate(
    store: ox.Store, text: str, options: QueryOptions
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The result of a query over the dataset of the protocol, if it names one, else over the store's own."""
    if not options.default_graphs and not options.named_graphs:
        return store.query(text)
    try:
        default = [ox.NamedNode(iri) for iri in options.default_graphs]
        named = [ox.NamedNode(iri) for iri in options.named_graphs]
    except ValueError as error:
        raise QueryError(f"default-graph-uri or named-graph-uri is no IRI: {error}") from error
    return store.query(text, default_graph=[*default], named_graphs=[*named])


def _result(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, most: int | None) -> Result:
    if isinstance(result, ox.QuerySolutions):
        rows = [tuple(None if term is None else _text(term) for term in solution) for solution in islice(result, most)]
        return Solutions([variable.value for variable in result.variables], rows)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    return [_statement(triple) for triple in islice(result, most)]


def _statement(triple: ox.Triple) -> str:
    _text(triple.object)
    return str(triple)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The term's N-Triples text. A triple term's would be a bare statement, which looks like an IRI with blanks."""
    if isinstance(term, ox.Triple):
        raise QueryError(f"the result holds a triple term of RDF 1.2, which is not supported: {str(term)[:200]}")
    return str(term)


@contextmanager
def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes | BinaryIO]:
    """The chunks as one ``bytes``, which are parsed without Python's lock; a file where that would take much memory."""
    kept: list[bytes] = []
    size = 0
    rest = iter(chunks)
    for chunk in rest:
        kept.append(chunk)
        size += len(chunk)
        if size > _IN_MEMORY:
            break
    else:
        yield b"".join(kept)
        return
    with TemporaryFile() as file:
        file.writelines(kept)
        kept.clear()
        file.writelines(rest)
        file.seek(0)
        yield cast("BinaryIO", file)
