"""The Graph Store protocol: reading is open, writing takes an editor, every write is one changeset."""

import json
from urllib.parse import quote

import pytest
import rdflib
from serving import BASE, Server

CURATION = f"{BASE}graph/curation"
VOCABULARY = f"{BASE}graph/vocabulary/test"
ONE = b"<urn:a> <urn:b> <urn:c> ."
TWO = b'<urn:a> <urn:b> "two" .'


def _read(server: Server, graph: str) -> set[str]:
    answer = server.ask(f"/graphs?graph={quote(graph, safe='')}", "application/n-triples")
    return set(answer.text.splitlines()) if answer.status == 200 else set()


def _sequence(server: Server) -> int:
    return int(json.loads(server.ask("/readyz").body)["changeset"])


def test_put_post_delete(server: Server) -> None:
    """PUT replaces, POST adds, DELETE removes; the merge follows and the changeset number counts."""
    start = _sequence(server)
    assert server.write("PUT", VOCABULARY, ONE, "editor").status == 201
    added = server.write("POST", VOCABULARY, TWO, "editor")
    assert (added.status, added.headers["x-bibliograph-changeset"]) == (204, str(start + 2))
    assert _read(server, VOCABULARY) == {'<urn:a> <urn:b> "two" .', "<urn:a> <urn:b> <urn:c> ."}
    assert json.loads(server.query("ASK { <urn:a> <urn:b> 'two' }").body)["boolean"] is True
    assert server.write("PUT", VOCABULARY, ONE, "admin").status == 204
    assert _read(server, VOCABULARY) == {"<urn:a> <urn:b> <urn:c> ."}
    assert server.write("DELETE", VOCABULARY, b"", "editor").status == 204
    assert server.ask(f"/graphs?graph={quote(VOCABULARY, safe='')}").status == 404
    assert server.write("DELETE", VOCABULARY, b"", "editor").status == 404
    assert json.loads(server.query("ASK { <urn:a> ?p ?o }").body)["boolean"] is False
    assert _sequence(server) == start + 4


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(("role", "status"), [(None, 401), ("reader", 403)])
def test_writing_takes_an_editor(server: Server, method: str, role: str | None, status: int) -> None:
    """Without a token 401, with a reader's 403; nothing changes."""
    before = _sequence(server)
    answer = server.write(method, CURATION, ONE, role)
    assert (answer.status, answer.type) == (status, "application/problem+json")
    assert _sequence(server) == before
    wrong = server.ask(
        f"/graphs?graph={CURATION}", None, method, ONE, Authorization="Bearer bgt_wrong", Content_Type="text/turtle"
    )
    assert wrong.status == 401


@pytest.mark.parametrize(
    "name",
    [
        "record/demo/r1",
        "resolution",
        "changesets",
        "suppressions",
        "ontology",
        "vocabulary/",
        "vocabulary/languages",
        "x",
    ],
)
def test_only_curation_and_vocabularies_are_written(server: Server, name: str) -> None:
    """Records, the resolver's links and the platform's own graphs are closed even to an admin."""
    assert server.write("PUT", f"{BASE}graph/{name}", ONE, "admin").status == 403


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"not turtle", "text/turtle", 400),
        (b"[" * 200_000, "text/turtle", 400),
        (b'{"a":' * 100_000, "application/ld+json", 400),
        (b'{"@context": "http://127.0.0.1:1/context", "a": 1}', "application/ld+json", 400),
        (b"<urn:a> <urn:b> <urn:c> <urn:g> .", "application/n-triples", 400),
        (ONE, "text/html", 415),
        (b"#" * 11_000_000, "text/turtle", 413),
    ],
)
def test_bad_documents_are_refused(server: Server, body: bytes, media_type: str, status: int) -> None:
    """What can't be read, is too deep, too long, or calls the network is refused; nothing changes."""
    before = _sequence(server)
    assert server.write("PUT", VOCABULARY, body, "editor", media_type).status == status
    assert _sequence(server) == before


def test_an_entity_bomb_harms_nobody(server: Server) -> None:
    """A few hundred bytes of XML that swell to gigabytes end with a limit, and the server goes on."""
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 50) for i in range(5))
    bomb = (
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">' + entities + b"]>"
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="urn:a"><rdf:value>&f;</rdf:value></rdf:Description></rdf:RDF>'
    )
    assert server.write("PUT", VOCABULARY, bomb, "editor", "application/rdf+xml").status == 422
    assert server.query("ASK {}").status == 200


def test_blank_nodes_become_stable_iris(server: Server) -> None:
    """Sending a document with blank nodes twice changes nothing the second time."""
    body = b"@prefix : <urn:> . :a :b [ :c 1 ; :d [ :e 2 ] ] , [ :c 3 ] ."
    server.write("PUT", CURATION, body, "editor")
    first, number = _read(server, CURATION), _sequence(server)
    assert len(first) == 6
    server.write("PUT", CURATION, b"@prefix : <urn:> . :a :b [ :c 3 ] , [ :d [ :e 2 ] ; :c 1 ] .", "editor")
    assert (_read(server, CURATION), _sequence(server)) == (first, number)
    server.write("DELETE", CURATION, b"", "editor")


def test_blank_nodes_of_two_documents_stay_apart(server: Server) -> None:
    """What is added brings its own blank nodes: they are not those of the document before."""
    server.write("PUT", CURATION, b'<urn:a> <urn:b> [ <urn:c> "one" ] .', "editor")
    server.write("POST", CURATION, b'<urn:a> <urn:b> [ <urn:c> "two" ] .', "editor")
    assert len({line.split(" ")[0] for line in _read(server, CURATION) if "<urn:c>" in line}) == 2
    server.write("DELETE", CURATION, b"", "editor")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser uses it
def test_graphs_are_read_in_every_format(server: Server) -> None:
    """A record's graph in four formats has the same size; neither a graph nor a name: 400."""
    address = f"/graphs?graph={quote(f'{BASE}graph/record/demo/r1', safe='')}"
    sizes = {
        len(rdflib.Graph().parse(data=server.ask(address, accept).text, format=name))
        for accept, name in (
            ("text/turtle", "turtle"),
            ("application/rdf+xml", "xml"),
            ("application/ld+json", "json-ld"),
        )
    }
    assert len(sizes) == 1
    assert server.ask("/graphs").status == 400


@pytest.mark.parametrize("name", ["<x>", ":x", "1:x", "a:%zz", "http://[", "a:\x7f", "a:b\r\nc"])
def test_no_graph_has_a_name_that_is_no_iri(server: Server, name: str) -> None:
    """It is not found, and can't be written."""
    assert server.ask(f"/graphs?graph={quote(name, safe='')}").status == 404
    assert server.write("PUT", f"{BASE}graph/vocabulary/[{name}", ONE, "editor").status == 400
