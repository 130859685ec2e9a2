"""Results of queries as graphs, so that two can be compared up to the names of blank nodes, in order or not."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from common.namespaces import RDF
from graph.store import Result, Solutions

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Row = dict[str, str]
"""Variable to term in N-Triples text; without those that are unbound."""
Answer = bool | list[Row] | list[str]
"""Of ASK, of SELECT, or statements."""
_TABLES = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}
_GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


def as_answer(result: Result) -> Answer:
    """What a store answered."""
    if isinstance(result, Solutions):
        return [
            {name: term for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
    return result


def read_expected(path: Path) -> Answer:
    """The answer in a file of the test suites: a format of results, a graph, or results described as a graph."""
    if path.suffix in _TABLES:
        found = ox.parse_query_results(path=str(path), format=_TABLES[path.suffix])
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        names = [variable.value for variable in found.variables]
        return [{name: str(row[name]) for name in names if row[name] is not None} for row in found]
    store = ox.Store()
    store.load(path=str(path), format=_GRAPHS[path.suffix], base_iri=path.as_uri())
    described = next(store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{RS}ResultSet")), None)
    return [str(quad.triple) for quad in store] if described is None else _described(store, described.subject)


def _described(store: ox.Store, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> Answer:
    """https://www.w3.org/2001/sw/DataAccess/tests/README.html: solutions and bindings as nodes."""

    def values(subject: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        found = store.quads_for_pattern(subject, ox.NamedNode(f"{RS}{name}"), None)  # type: ignore[arg-type]
        return [quad.object for quad in found]

    def text(term: object) -> str:
        assert isinstance(term, ox.Literal)
        return term.value

    if truth := values(node, "boolean"):
        return text(truth[0]) == "true"
    rows: list[tuple[int, Row]] = []
    for solution in values(node, "solution"):
        bindings = values(solution, "binding")
        row = {text(values(b, "variable")[0]): str(values(b, "value")[0]) for b in bindings}
        place = values(solution, "index")
        rows.append((int(text(place[0])) if place else 0, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def form(answer: Answer, *, in_order: bool = False) -> object:
    """Something that equals the form of any answer of the same meaning; numbers are compared by value."""
    if isinstance(answer, bool):
        return answer
    lines = _lines(answer, in_order=in_order)
    dataset = ox.Dataset(_by_value(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _lines(answer: Sequence[Row] | Sequence[str], *, in_order: bool) -> Iterable[str]:
    for number, row in enumerate(answer):
        if isinstance(row, str):
            yield f"{row} .\n"
            continue
        yield f"_:row{number} <urn:row> <urn:row> .\n"
        if in_order:
            yield f'_:row{number} <urn:place> "{number}" .\n'
        for name, term in row.items():
            yield f"_:row{number} <urn:variable:{name}> {term} .\n"


def _by_value(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    store = ox.Store()
    store.extend(quads)
    return store


def dataset_form(nquads: bytes) -> object:
    """A dataset up to the names of blank nodes."""
    dataset = ox.Dataset(_by_value(ox.parse(nquads, format=ox.RdfFormat.N_QUADS)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))
