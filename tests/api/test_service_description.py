"""What the endpoint says about itself is true: services, formats, named graphs, and the counts of VoID."""

import json
import time
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, VOID
from serving import BASE, Server

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOCABULARY = f"{BASE}graph/vocabulary/described"


def _described(server: Server) -> rdflib.Graph:
    """The description, once something has been counted."""
    for _ in range(6):
        answer = server.ask("/sparql", "text/turtle")
        assert answer.status == 200
        if "x-bibliograph-changeset" in answer.headers:
            break
    return rdflib.Graph().parse(data=answer.text, format="turtle")


def _number(server: Server, query: str) -> int:
    (row,) = json.loads(server.query(query).body)["results"]["bindings"]
    return int(row["n"]["value"])


def test_services(server: Server) -> None:
    """One for queries, one for updates, each at an address that answers, over the same dataset."""
    graph = _described(server)
    endpoints = {str(graph.value(service, SD.endpoint)): service for service in graph.subjects(RDF.type, SD.Service)}
    assert set(endpoints) == {f"{server.address}/sparql", f"{server.address}/update"}
    languages = {str(graph.value(each, SD.supportedLanguage)).rpartition("#")[2] for each in endpoints.values()}
    assert languages == {"SPARQL11Query", "SPARQL11Update"}
    assert len({graph.value(each, SD.defaultDataset) for each in endpoints.values()}) == 1


def test_counts_of_the_merge(server: Server) -> None:
    """Triples, and each class and property, as a query counts them."""
    graph = _described(server)
    merge = next(graph.subjects(RDF.type, SD.Graph))
    assert int(str(graph.value(merge, VOID.triples))) == _number(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    classes = {graph.value(part, VOID["class"]): part for part in graph.objects(merge, VOID.classPartition)}
    for cls, part in list(classes.items())[:5]:
        found = _number(server, f"SELECT (COUNT(*) AS ?n) {{ ?s a <{cls}> }}")
        assert int(str(graph.value(part, VOID.entities))) == found > 0
    properties = {graph.value(part, VOID.property): part for part in graph.objects(merge, VOID.propertyPartition)}
    assert int(str(graph.value(merge, VOID.properties))) == len(properties)
    for name, part in list(properties.items())[:5]:
        found = _number(server, f"SELECT (COUNT(*) AS ?n) {{ ?s <{name}> ?o }}")
        assert int(str(graph.value(part, VOID.triples))) == found > 0


def test_graphs_are_listed_those_of_records_counted(server: Server) -> None:
    """Each listed graph can be read; those of records are one number."""
    graph = _described(server)
    named = [str(name) for name in graph.objects(None, SD.name)]
    assert f"{BASE}graph/ontology" in named
    assert not [name for name in named if "/graph/record/" in name]
    assert server.ask(f"/graphs?graph={quote(f'{BASE}graph/ontology', safe='')}", "application/n-triples").status == 200
    (records,) = graph.objects(None, VOID.documents)
    pattern = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{BASE}graph/record/'))"
    assert int(str(records)) == _number(server, f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ {pattern} }}")


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_formats(server: Server, media_type: str) -> None:
    """Negotiated as for any graph."""
    _described(server)
    answer = server.ask("/sparql", media_type)
    assert answer.type == media_type
    assert len(list(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(media_type)))) > 100


def test_it_is_found_from_the_well_known_address(server: Server) -> None:
    """The address of VoID leads to the description."""
    answer = server.ask("/.well-known/void", "text/turtle")
    assert (answer.status, answer.headers["location"]) == (303, "/sparql")


def test_it_says_how_old_its_counts_are(server: Server) -> None:
    """The number of the changeset that they reflect is in the header; a newer graph is counted in its time."""
    _described(server)
    first = int(server.ask("/sparql", "text/turtle").headers["x-bibliograph-changeset"])
    assert server.write("PUT", VOCABULARY, b"<urn:a> <urn:b> <urn:c> .", "editor").status == 201
    time.sleep(0.2)
    assert int(server.ask("/sparql", "text/turtle").headers["x-bibliograph-changeset"]) >= first
    assert server.write("DELETE", VOCABULARY, b"", "editor").status == 204
