"""Evaluates a query in memory, on the quads that it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import pyoxigraph as ox

from common.errors import QueryLimitError, StoreError
from graph.backends.oxigraph import run
from graph.cypher.needs import Need, needs
from graph.cypher.source import Quads
from graph.cypher.unions import query_with_unions
from graph.sparql import algebra as alg
from graph.sparql.inspect import in_scope
from graph.sparql.serialize import serialize_query
from graph.sparql.terms import Iri, Variable
from graph.store import Quad, QueryOptions, Result, Solutions

MOST_QUADS = 500_000
"""Quads that one evaluation may hold: some 250 MB."""

_BATCH = 10_000


class Residual:
    """Quads of a source in memory.

    Args:
        source: Where they come from.
        dataset: What a query or the protocol names; None: the store's own graphs.
        most: Quads held at most.
    """

    def __init__(self, source: Quads, dataset: alg.Dataset | None, most: int = MOST_QUADS) -> None:
        self.store = ox.Store()
        self._source = source
        self._dataset = dataset
        self._most = most
        self._read = 0

    def fetch(self, wanted: Iterable[Need]) -> None:
        """Takes in what is needed.

        Raises:
            QueryLimitError: That is too much; names what needs it.
        """
        for need in wanted:
            for graph in self._graphs(need.graph):
                found = self._source.quads(need.pattern, graph)
                if graph is None:
                    found = (quad for quad in found if quad[1] is not None)
                self.take(islice(found, 1) if need.one else found, need.construct)

    def take(self, quads: Iterable[Quad], construct: str) -> None:
        """Takes in quads.

        Raises:
            QueryLimitError: Those are too many; names the construct that needs them.
        """
        rest = iter(quads)
        while batch := list(islice(rest, _BATCH)):
            self._read += len(batch)
            if self._read > self._most:
                raise QueryLimitError(
                    f"the query can't be answered by the database alone, and {construct} needs more than "
                    f"{self._most} statements in memory: make it more specific"
                )
            self.store.extend(parse(batch))

    def describe(self, subjects: Iterable[str]) -> None:
        """Takes in what DESCRIBE says of terms: their statements in the default graph, and those of blank nodes."""
        seen: set[str] = set()
        queue = [subject for subject in subjects if not subject.startswith('"')]
        while queue:
            subject = queue.pop()
            if subject in seen:
                continue
            seen.add(subject)
            self.fetch([Need((subject, None, None), None, f"DESCRIBE of {subject}")])
            found = self.store.quads_for_pattern(_node(subject), None, None)
            queue.extend(str(quad.object) for quad in found if isinstance(quad.object, ox.BlankNode))

    def run(self, text: str, first_rows: int | None) -> Result:
        """The answer to a query that names no dataset, over the quads that have been taken in."""
        dataset = self._dataset
        if dataset is None:
            return run(self.store, text, QueryOptions(first_rows=first_rows))
        named = dataset.named
        if named is None:
            names = (name for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))
            named = tuple(name.value for name in names)
        return run(self.store, text, QueryOptions(dataset.default, named, first_rows))

    def _graphs(self, name: Iri | Variable | None) -> Sequence[str | None]:
        """Names for ``Source.quads``: ``""`` for the default graph, None for all."""
        dataset = self._dataset
        if name is None:
            return [""] if dataset is None else dataset.default
        named = None if dataset is None else dataset.named
        if isinstance(name, Iri):
            return [name.value] if named is None or name.value in named else []
        return [None] if named is None else named


def evaluate(query: alg.Query, source: Quads, first_rows: int | None = None, most: int = MOST_QUADS) -> Result:
    """The answer to a query.

    Args:
        query: The query; its ``dataset`` is the protocol's, where that names one, or that of WITH.
        source: The data.
        first_rows: As of ``QueryOptions``.
        most: Quads held at most.

    Raises:
        QueryError: The query fails, or needs too many quads.
    """
    query = query_with_unions(query)
    residual = Residual(source, query.dataset, most)
    residual.fetch(needs(query))
    if isinstance(query, alg.Describe):
        residual.describe(_described(query, residual))
    return residual.run(text_of(query), first_rows)


def text_of(query: alg.Query) -> str:
    """The query without its dataset, which ``Residual.run`` adds."""
    return serialize_query(replace(query, dataset=None))


def _described(query: alg.Describe, residual: Residual) -> Iterator[str]:
    yield from (f"<{term.value}>" for term in query.terms if isinstance(term, Iri))
    if query.pattern is None:
        return
    known = set(in_scope(query.pattern))
    columns = tuple(term for term in query.terms if isinstance(term, Variable) and term in known)
    result = residual.run(text_of(alg.Select(alg.Project(query.pattern, columns), columns)), None)
    if columns and isinstance(result, Solutions):
        yield from {term for row in result.rows for term in row if term is not None}


def parse(quads: Iterable[Quad]) -> list[ox.Quad]:
    """Quads as Oxigraph's; blank nodes keep their labels.

    Raises:
        StoreError: One is no N-Quads statement.
    """
    lines = "\n".join(f"{statement} <{graph}> ." if graph else f"{statement} ." for statement, graph in quads)
    try:
        return list(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the store holds what is no N-Quads statement: {error}") from error


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.NamedNode(text[1:-1]) if text.startswith("<") else ox.BlankNode(text[2:])
