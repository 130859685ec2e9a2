"""Queries and updates of the W3C's tests, run in pyoxigraph over the tests' data, with answers that can be compared."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph.sparql.algebra import Query
from tests.graph.sparql.w3c import MF, QT, UT, Case

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


def store_of(case: Case, query: Query | None = None) -> ox.Store:
    """The test's data; the graphs that a query's FROM names are named graphs."""
    store = dataset_of(case, "action")
    if query is not None and query.dataset is not None:
        for iri in {*query.dataset.default, *(query.dataset.named or ())}:
            if _file(iri).is_file():
                _load(store, ox.NamedNode(iri), ox.NamedNode(iri))
    return store


def dataset_of(case: Case, part: str) -> ox.Store:
    """What an ``action`` finds, or what an update's ``result`` should be."""
    store = ox.Store()
    described = case.manifest.values(case.node, f"{MF}{part}")
    if described and isinstance(described[0], ox.BlankNode):
        node, values = described[0], case.manifest.values
        for data in (*values(node, f"{QT}data"), *values(node, f"{UT}data")):
            _load(store, data, None)
        for data in (*values(node, f"{QT}graphData"), *values(node, f"{UT}graphData")):
            if isinstance(data, ox.BlankNode):
                graph = ox.NamedNode(case.manifest.value(data, RDFS_LABEL).value)
                _load(store, case.manifest.value(data, f"{UT}graph"), graph)
            else:
                _load(store, data, data)
    return store


def _file(iri: str) -> Path:
    return Path(iri.removeprefix("file://"))


def _load(store: ox.Store, data: ox.NamedNode, graph: ox.NamedNode | None) -> None:
    path = _file(data.value)
    store.load(path=str(path), format=_FORMATS[path.suffix], base_iri=data.value, to_graph=graph)


def answer(store: ox.Store, text: str, base: str, columns: Iterable[str] | None = None) -> object:
    """An answer in a form that equals another one of the same meaning.

    Rows as a multiset, with their columns in the order of ``columns``; statements up to the names of blank nodes.
    """
    result = store.query(text, base_iri=base)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return graph_form(ox.Quad(t.subject, t.predicate, t.object) for t in result)
    names = {variable.value: index for index, variable in enumerate(result.variables)}
    columns = sorted(names) if columns is None else columns
    rows = [tuple(row[names[name]] if name in names else None for name in columns) for row in result]
    return _rows_form(rows)


def graph_form(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Quads up to the names of blank nodes."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _rows_form(rows: list[tuple[object, ...]]) -> Counter[tuple[str, ...]]:
    """Rows with blank nodes numbered as they come, in the order of the rest."""
    numbers: dict[str, str] = {}
    form: Counter[tuple[str, ...]] = Counter()
    for row in sorted(rows, key=lambda row: [_shown(term) for term in row]):
        form[tuple(_numbered(term, numbers) for term in row)] += 1
    return form


def _shown(term: object) -> str:
    return "_:" if isinstance(term, ox.BlankNode) else str(term)


def _numbered(term: object, numbers: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return numbers.setdefault(term.value, f"_:{len(numbers)}")
    return str(term)
