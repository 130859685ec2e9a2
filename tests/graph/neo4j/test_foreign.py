"""Somebody else's graph, mounted read-only under its own names."""

import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from cli.main import main
from common.errors import ConfigurationError, QueryLimitError, StoreReadOnlyError
from common.namespaces import RDF, XSD
from common.terms import literal, split_statement
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Credentials
from graph.backends.neo4j.foreign.store import ForeignStore
from graph.backends.oxigraph import OxigraphStore
from graph.cypher import residual
from graph.open import open_graph
from graph.store import Delta, Solutions
from tests.graph.neo4j.library import installation
from tests.services.library import BASE, book, write

ALL = (None, None, None)
HOSTILE = "a `b` \\u0060) DETACH DELETE (n) // 'é' \" \n 😀"
MADE = """
CREATE (ada:Person:Author {name: 'Ada', born: 1815, names: ['Ada', 'Augusta'], alive: false, height: 1.65})
CREATE (babbage:Person {name: 'Charles', born: 1791, note: $name})
CREATE (note {day: date('1843-08-01'), at: datetime('1843-08-01T10:00:00.5+01:00'), place: point({x: 1.5, y: 2})})
SET note.here = point({longitude: 8.5, latitude: 50})
WITH ada, babbage, note
CREATE (nothing)
CREATE (ada)-[:KNOWS {since: 1833}]->(babbage), (ada)-[:KNOWS]->(babbage), (babbage)-[:KNOWS]->(ada)
CREATE (ada)-[:$($name)]->(note), (note)-[:KNOWS]->(note)
SET note:$($name), note[$name] = 'hostile'
RETURN elementId(ada), elementId(babbage), elementId(note)
"""
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
TYPE = f"<{RDF}type>"
Cypher = Callable[..., list[list[object]]]


def iri(kind: str, name: object) -> str:
    """The IRI of something foreign."""
    return f"<{BASE}foreign/{kind}/{quote(str(name), safe=':')}>"


@pytest.fixture
def nodes(cypher: Cypher) -> Iterator[list[str]]:
    """IRIs of the nodes that others have made."""
    cypher("MATCH (n) DETACH DELETE n")
    [elements] = cypher(MADE, name=HOSTILE)
    yield [iri("node", element) for element in elements]
    cypher("MATCH (n) DETACH DELETE n")


@pytest.fixture
def mounted(address: str, nodes: list[str]) -> Iterator[ForeignStore]:  # noqa: ARG001  made before
    """Their graph, mounted."""
    store = ForeignStore(Address(address, foreign=True), Credentials(), BASE)
    yield store
    store.close()


def expected(nodes: list[str]) -> set[str]:
    """What their graph says."""
    ada, babbage, note = nodes
    knows, person = iri("relationship", "KNOWS"), iri("label", "Person")
    return {
        f"{ada} {TYPE} {person}",
        f"{ada} {TYPE} {iri('label', 'Author')}",
        f"{babbage} {TYPE} {person}",
        f"{note} {TYPE} {iri('label', HOSTILE)}",
        f'{ada} {iri("property", "name")} "Ada"',
        f'{ada} {iri("property", "names")} "Ada"',
        f'{ada} {iri("property", "names")} "Augusta"',
        f'{ada} {iri("property", "born")} "1815"^^<{XSD}integer>',
        f'{ada} {iri("property", "alive")} "false"^^<{XSD}boolean>',
        f'{ada} {iri("property", "height")} "1.65"^^<{XSD}double>',
        f'{babbage} {iri("property", "name")} "Charles"',
        f'{babbage} {iri("property", "born")} "1791"^^<{XSD}integer>',
        f"{babbage} {iri('property', 'note')} {literal(HOSTILE)}",
        f'{note} {iri("property", "day")} "1843-08-01"^^<{XSD}date>',
        f'{note} {iri("property", "at")} "1843-08-01T10:00:00.5+01:00"^^<{XSD}dateTime>',
        f'{note} {iri("property", "place")} "CartesianPoint(1.5, 2.0)"',
        f'{note} {iri("property", "here")} "POINT(8.5 50.0)"^^<{WKT}>',
        f'{note} {iri("property", HOSTILE)} "hostile"',
        f"{ada} {knows} {babbage}",
        f"{babbage} {knows} {ada}",
        f"{note} {knows} {note}",
        f"{ada} {iri('relationship', HOSTILE)} {note}",
    }


def test_everything_has_a_name(mounted: ForeignStore, nodes: list[str]) -> None:
    """Labels, types, keys, nodes and values of every type, hostile names too, in the default graph alone."""
    assert set(mounted.quads(ALL, None)) == {(statement, None) for statement in expected(nodes)}
    assert list(mounted.quads(ALL, f"{BASE}g")) == []
    output = io.BytesIO()
    mounted.dump(output)
    assert len(list(ox.parse(output.getvalue(), format=ox.RdfFormat.N_QUADS))) == len(expected(nodes)) + 1


def test_each_pattern_finds_what_it_should(mounted: ForeignStore, nodes: list[str]) -> None:
    """By subject, predicate and object in every combination, also of terms that are none of the graph's."""
    statements = [*expected(nodes), f"<{BASE}a> {TYPE} <{BASE}b>", f'{nodes[0]} <{BASE}p> "Ada"@en']
    terms = [split_statement(statement) for statement in statements]
    for wanted in terms:
        for mask in itertools.product((True, False), repeat=3):
            pattern = tuple(term if keep else None for term, keep in zip(wanted, mask, strict=True))
            found = {
                statement
                for statement, each in zip(statements[:-2], terms, strict=False)
                if all(term in {None, other} for term, other in zip(pattern, each, strict=True))
            }
            assert {statement for statement, _ in mounted.quads(pattern, "")} == found  # type: ignore[arg-type]


NAME, BORN, KNOWS = iri("property", "name"), iri("property", "born"), iri("relationship", "KNOWS")
QUERIES = [
    f"SELECT ?n ?m {{ ?a a {iri('label', 'Person')} ; {NAME} ?n ; {KNOWS}/{NAME} ?m }} ORDER BY ?n",
    f"SELECT (COUNT(*) AS ?n) (MAX(?b) AS ?last) {{ ?a {BORN} ?b FILTER(?b > 1800) }}",
    f"SELECT ?x {{ ?x a {iri('label', HOSTILE)} ; {iri('property', HOSTILE)} 'hostile' }}",
    f"SELECT ?x ?y {{ ?x {KNOWS}+ ?y }}",
    "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    f"SELECT ?s {{ ?s ?p {literal(HOSTILE)} }}",
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
    f"ASK {{ ?s {iri('property', 'alive')} true }}",
    f"CONSTRUCT {{ ?y <{BASE}knownBy> ?x }} WHERE {{ ?x {KNOWS} ?y }}",
    f"DESCRIBE ?s WHERE {{ ?s {BORN} 1815 }}",
]


@pytest.mark.parametrize("query", QUERIES)
def test_queries_have_the_answers_of_oxigraph(mounted: ForeignStore, nodes: list[str], query: str) -> None:
    """SPARQL over the mounted graph, which is explained, too."""
    other = OxigraphStore(None)
    other.apply(Delta(add=[(statement, None) for statement in expected(nodes)]))
    found, wanted = mounted.query(query), other.query(query)
    if isinstance(found, Solutions):
        assert isinstance(wanted, Solutions)
        assert sorted(found.rows) == sorted(wanted.rows)  # type: ignore[type-var]
    else:
        assert (sorted(found) if isinstance(found, list) else found) == (
            sorted(wanted) if isinstance(wanted, list) else wanted
        )
    assert [stage.name for stage in mounted.explain(query)] == ["algebra", "residual"]


def test_a_query_that_needs_too_much_says_so(mounted: ForeignStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pattern is named."""
    monkeypatch.setattr(residual.evaluate, "__defaults__", (None, 5))
    with pytest.raises(QueryLimitError, match="more than 5 statements"):
        mounted.query("SELECT * { ?s ?p ?o }")


def test_writing_is_refused(mounted: ForeignStore, nodes: list[str], cypher: Cypher) -> None:
    """Each way of writing is one error, and nothing changes, not even a constraint."""
    before = cypher("MATCH (n) RETURN elementId(n), labels(n), properties(n)")
    quad = (f"{nodes[0]} {TYPE} {iri('label', 'New')}", None)
    for writing in (
        lambda: mounted.apply(Delta(add=[quad])),
        lambda: mounted.apply(Delta(remove=[(next(iter(expected(nodes))), None)])),
        lambda: mounted.update("CLEAR ALL"),
        lambda: mounted.bulk_load([f"{quad[0]} .\n".encode()]),
    ):
        with pytest.raises(StoreReadOnlyError, match="mounted read-only"):
            writing()
    assert cypher("MATCH (n) RETURN elementId(n), labels(n), properties(n)") == before
    assert cypher("SHOW CONSTRAINTS YIELD name WHERE name = 'resource_iri' RETURN name") in ([], [["resource_iri"]])


def test_an_installation_on_a_mounted_graph(
    address: str, nodes: list[str], cypher: Cypher, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Its commands that read work, those that write say one line; without the mount it is refused."""
    before = cypher("MATCH (n) RETURN count(n)")
    settings = installation(tmp_path / "data", f"{address}?mount=foreign", monkeypatch)
    with open_graph(settings) as graph:
        found = graph.query(f"SELECT ?n {{ ?s {iri('property', 'name')} ?n }}")
        assert isinstance(found, Solutions)
        assert sorted(found.rows) == [('"Ada"',), ('"Charles"',)]  # type: ignore[type-var]
    assert main(["query", f"SELECT ?n {{ {nodes[0]} {iri('property', 'names')} ?n }} ORDER BY ?n"]) == 0
    assert capsys.readouterr().out.split() == ["n", "Ada", "Augusta"]
    for command in (["ingest", str(write(tmp_path / "a.json", book("1", "A")))], ["index"]):
        code = main(command)
        said = capsys.readouterr().err
        assert (code, said.count("\n")) == (2, 1)
        assert "mounted read-only" in said
    assert cypher("MATCH (n) RETURN count(n)") == before
    installation(tmp_path / "data", address, monkeypatch)
    assert main(["query", "ASK {}"]) == 2
    assert "?mount=foreign" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["neo4j://host?mount=other", "neo4j://host?mount=foreign&x=1", "bolt://h/a?mount="])
def test_another_mount_is_a_wrong_setting(setting: str) -> None:
    """What is no mount is not overlooked: somebody's graph might be written."""
    with pytest.raises(ConfigurationError, match="mount=foreign"):
        Address.of(setting)
