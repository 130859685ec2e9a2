"""Clients that researchers use work with the endpoint as they are."""

import json
from typing import Any

import pytest
import rdflib
from serving import BASE, Server
from SPARQLWrapper import GET, JSON, JSONLD, N3, POST, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

LABELS = f"SELECT ?label WHERE {{ <{BASE}id/work/demo/r1> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_selects(server: Server, method: str) -> None:
    """The usual Python client gets the usual bindings, by either method."""
    client = SPARQLWrapper(f"{server.address}/sparql", returnFormat=JSON)
    client.setMethod(method)
    client.setQuery(LABELS)
    found: Any = client.queryAndConvert()
    assert {row["label"]["value"] for row in found["results"]["bindings"]} == {"Hong lou meng", "红楼梦"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # the client's own use
@pytest.mark.parametrize("form", [RDFXML, XML, TURTLE, N3, JSONLD])
def test_sparqlwrapper_constructs(server: Server, form: str) -> None:
    """A CONSTRUCT comes back as a graph, in each format that the client knows by its own names."""
    client = SPARQLWrapper(f"{server.address}/sparql", returnFormat=form)
    client.setQuery(f"CONSTRUCT WHERE {{ <{BASE}id/work/demo/r1> ?p ?o }}")
    found = client.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")  # type: ignore[arg-type]
    assert len(graph) > 3


def test_sparqlwrapper_hears_what_is_wrong(server: Server) -> None:
    """A syntax error reaches the client as its own error, with our words and the place."""
    client = SPARQLWrapper(f"{server.address}/sparql", returnFormat=JSON)
    client.setQuery("SELECT ?x WHERE { ?x ?y")
    with pytest.raises(QueryBadFormed) as raised:
        client.query()
    text = str(raised.value)
    body = text[text.index("{") : text.rindex("}") + 1].replace("\\'", "'").replace("\\\\", "\\")
    assert json.loads(body)["line"] == 1
