"""Names and values that try to be something else."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from common.errors import StoreError
from common.namespaces import RDF, XSD
from common.terms import literal
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.registry import stored_iri
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta, Quad

ALL = (None, None, None)
IRIS = [
    "http://e.example/it's",
    "http://e.example/$iri",
    "http://e.example/);MATCH(n)DETACH/**/DELETE(n)//",
    "http://e.example/%60%22%0A",
    "http://e.example/u0060",
    "http://e.example/iri",
    "http://e.example/longIri",
    "http://e.example/Resource",
    "http://e.example/_Registry",
    "http://e.example/_states",
    "http://e.example/a",
    "http://e.example/a#g",
    "http://e.example/g#g",
    "http://e.example/a@en",
    "http://e.example/a~",
    "http://e.example/a^^b".replace("^", "%5E"),
    "http://other.example/a",
    "http://other.example/a@en",
    "http://e.example/😀𠀀汉字é",
    "http://e.example/",
    "http://e.example/#",
    "urn:a:b:",
    "sha256:" + "0" * 64,
    f"http://e.example/{'x' * 499}",
    f"http://e.example/{'x' * 2_000}",
    f"http://e.example/{'😀' * 16_000}",
    stored_iri(f"http://e.example/{'😀' * 16_000}")[0],
    f"{RDF}type",
    f"{RDF}langString",
    f"{XSD}string",
]
TEXTS = [
    "`",
    "``",
    "\\u0060",
    "\\",
    "'",
    '"',
    "\n\r\t\0",
    "$iri",
    "! g:1",
    "",
    " ",
    "😀",
    "x" * 65_536,
    "`) DETACH DELETE (n",
]


def quads_of(iri: str, text: str) -> list[Quad]:
    """The IRI in every place where one may stand, the text as every kind of literal."""
    node = f"<{iri}>"
    values = [literal(text), literal(text, lang="en"), literal(text, datatype=iri)] if "langString" not in iri else []
    statements = [
        f"{node} <http://e.example/p> <http://e.example/o>",
        f"<http://e.example/s> {node} <http://e.example/o>",
        f"<http://e.example/s> <http://e.example/p> {node}",
        f"<http://e.example/s> <{RDF}type> {node}",
        f"{node} {node} {node}",
        *(f"{node} {node} {value}" for value in values),
    ]
    return [
        (str(next(iter(ox.parse(f"{s} .".encode(), format=ox.RdfFormat.N_TRIPLES))).triple), iri) for s in statements
    ]


def test_all_at_once_come_back_and_go(store: Neo4jStore, cypher: Callable[..., list[list[object]]]) -> None:
    """Every IRI in every place with every text, in one store: all come back, each is found, and nothing is left."""
    quads = [quad for iri in IRIS for text in TEXTS for quad in quads_of(iri, text)]
    store.apply(Delta(add=quads))
    assert set(store.quads(ALL, None)) == set(quads)
    names = cypher("MATCH (n) WHERE n:_Name OR n:_Key RETURN labels(n)[0] + coalesce(n.kind, ''), n.name")
    assert len({tuple(name) for name in names}) == len(names)
    for iri in IRIS:
        of_graph = {quad for quad in quads if quad[1] == iri}
        assert set(store.quads(ALL, iri)) == of_graph
        assert set(store.quads((None, f"<{iri}>", None), iri)) >= {q for q in of_graph if f"> <{iri}> " in q[0]}
        assert store.holding(of_graph) == of_graph
    store.apply(Delta(remove=quads))
    assert cypher("MATCH (n) WHERE n:Resource OR n:_Graph RETURN count(n)") == [[0]]


def test_names_stay_what_they_are(store: Neo4jStore, address: str) -> None:
    """Another process that opens the store reads the same under the same names."""
    quads = [quad for iri in IRIS for quad in quads_of(iri, "`")]
    store.apply(Delta(add=quads))
    again = Neo4jStore(Address(address))
    again.apply(Delta(add=[(f"<http://e.example/new> <{IRIS[0]}> <{IRIS[1]}>", None)], remove=quads[:1]))
    assert set(store.quads(ALL, None)) == set(again.quads(ALL, None))
    again.close()


@pytest.mark.parametrize("iri", ["http://e.example/\\u0060", "http://e.example/\\u0022", "http://e.example/\\u000A"])
def test_an_escape_brings_no_character_that_an_iri_may_not_have(store: Neo4jStore, iri: str) -> None:
    """Where such an IRI is not refused, it comes back as it was."""
    quad = (f"<{iri}> <{iri}> <{iri}>", "g:1")
    try:
        store.apply(Delta(add=[quad]))
    except StoreError:
        assert list(store.quads(ALL, None)) == []
    else:
        assert list(store.quads(ALL, None)) == [quad]


def test_blank_nodes_are_loaded_as_they_are(store: Neo4jStore) -> None:
    """A bulk load may bring blank nodes, also as objects of rdf:type and as graphs; changesets may not."""
    store.bulk_load([b"_:a <p:p> _:b .\n_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> _:c <g:1> .\n"])
    found = {(statement, graph) for statement, graph in store.quads(ALL, None)}
    assert found == {("_:a <p:p> _:b", None), (f"_:a <{RDF}type> _:c", "g:1")}
    assert list(store.quads(("_:a", None, "_:b"), "")) == [("_:a <p:p> _:b", None)]
    assert list(store.quads((None, f"<{RDF}type>", "_:c"), "g:1")) == [(f"_:a <{RDF}type> _:c", "g:1")]
