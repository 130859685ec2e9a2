"""SPARQL Update: each request is one changeset; librarians' graphs and the merge can be written, nothing else."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import pytest
from serving import BASE, Answer, Server

from common.namespaces import RDFS

CURATION = f"{BASE}graph/curation"
VOCABULARY = f"{BASE}graph/vocabulary/updates"
RECORD = f"{BASE}graph/record/demo/r1"
TITLE = f'<{BASE}id/work/demo/r1> <{RDFS}label> "Hong lou meng"@zh-latn'


def _update(server: Server, text: str, role: str | None = "editor", parameters: str = "") -> Answer:
    more = {"Content_Type": "application/sparql-update"}
    if role is not None:
        more["Authorization"] = f"Bearer {server.secrets[role]}"
    return server.ask(f"/update{parameters}", None, "POST", text.encode(), **more)


def _ask(server: Server, pattern: str) -> bool:
    return bool(json.loads(server.query(f"ASK {{ {pattern} }}").body)["boolean"])


def _sequence(server: Server) -> int:
    return int(json.loads(server.ask("/readyz").body)["changeset"])


def test_what_is_inserted_into_the_merge_is_curation(server: Server) -> None:
    """It goes to the curation graph, is seen at once, counts as one changeset, and can be taken back."""
    done = _update(
        server, "INSERT DATA { <urn:u> <urn:p> 1, '01'^^<http://www.w3.org/2001/XMLSchema#integer>, 'x'@en }"
    )
    written = json.loads(done.body)
    assert (done.status, written["added"], written["removed"]) == (200, 2, 0)
    assert done.headers["x-bibliograph-changeset"] == str(written["changeset"])
    assert _ask(server, f"<urn:u> <urn:p> 1 GRAPH <{CURATION}> {{ <urn:u> <urn:p> 'x'@en }}")
    assert json.loads(_update(server, "DELETE WHERE { <urn:u> ?p ?o }").body)["removed"] == 2
    assert not _ask(server, "<urn:u> ?p ?o")
    assert not _ask(server, f"GRAPH <{CURATION}> {{ <urn:u> ?p ?o }}")


def test_what_is_deleted_from_the_merge_is_suppressed(server: Server) -> None:
    """A record goes on saying it; the merge does not, until somebody says it anew: then all is as it was."""
    assert _ask(server, TITLE)
    assert json.loads(_update(server, f"DELETE DATA {{ {TITLE} }}").body)["removed"] == 1
    assert not _ask(server, TITLE)
    assert _ask(server, f"GRAPH <{RECORD}> {{ {TITLE} }}")
    assert json.loads(_update(server, f"INSERT DATA {{ {TITLE} }}").body)["added"] == 1
    assert _ask(server, TITLE)
    assert not _ask(server, f"GRAPH <{CURATION}> {{ {TITLE} }}")


def test_several_operations_are_one_changeset(server: Server) -> None:
    """Each sees what those before it did; where one is refused, none has happened."""
    before = _sequence(server)
    graph = f"GRAPH <{VOCABULARY}>"
    text = f"INSERT DATA {{ {graph} {{ <urn:c> <urn:n> 1 }} }} ; "
    text += f"DELETE {{ {graph} {{ ?s ?p ?o }} }} INSERT {{ {graph} {{ ?s ?p ?next }} }} "
    text += f"WHERE {{ {graph} {{ ?s ?p ?o BIND(?o + 1 AS ?next) }} }}"
    done = _update(server, text)
    assert json.loads(done.body) == {"changeset": before + 1, "added": 1, "removed": 0}
    assert _ask(server, f"{graph} {{ <urn:c> <urn:n> 2 }}")
    refused = _update(
        server, f"CLEAR GRAPH <{VOCABULARY}> ; INSERT DATA {{ GRAPH <{RECORD}> {{ <urn:a> <urn:b> 1 }} }}"
    )
    assert refused.status == 403
    assert RECORD.rpartition("/")[0] not in refused.text
    assert _sequence(server) == before + 1
    assert _update(server, f"DROP GRAPH <{VOCABULARY}>").status == 200


def test_updates_that_meet_do_not_undo_each_other(server: Server) -> None:
    """Ten that each add one to a number leave it ten higher: what changed meanwhile is noticed."""
    _update(server, f"INSERT DATA {{ GRAPH <{VOCABULARY}> {{ <urn:c> <urn:n> 0 }} }}")
    text = f"WITH <{VOCABULARY}> DELETE {{ <urn:c> <urn:n> ?o }} INSERT {{ <urn:c> <urn:n> ?next }} "
    text += "WHERE { <urn:c> <urn:n> ?o BIND(?o + 1 AS ?next) }"

    def increment(_: int) -> int:
        while (status := _update(server, text).status) == 503:
            pass
        return status

    with ThreadPoolExecutor(3) as threads:
        assert set(threads.map(increment, range(10))) == {200}
    assert _ask(server, f"GRAPH <{VOCABULARY}> {{ <urn:c> <urn:n> 10 }}")
    _update(server, f"DROP GRAPH <{VOCABULARY}>")


def test_blank_nodes_become_iris(server: Server) -> None:
    """One that stands twice in an update is one IRI below the graph's."""
    _update(server, "INSERT DATA { <urn:u> <urn:has> _:b . _:b <urn:p> 1 }")
    found = json.loads(server.query("SELECT ?b { <urn:u> <urn:has> ?b . ?b <urn:p> 1 }").body)["results"]["bindings"]
    assert [row["b"]["value"].partition("#")[0] for row in found] == [CURATION]
    _update(server, "DELETE WHERE { <urn:u> <urn:has> ?b . ?b ?p ?o }")


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("reader", 403)])
def test_it_takes_an_editor(server: Server, role: str | None, status: int) -> None:
    """Without a token 401, with a reader's 403."""
    assert _update(server, "INSERT DATA { <urn:u> <urn:p> 1 }", role).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <urn:u> <urn:p> }", 400),
        ("SELECT * { ?s ?p ?o }", 400),
        ("LOAD <http://127.0.0.1:1/>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("INSERT DATA " + "{" * 5_000, 403),
        ("CREATE GRAPH <urn:g> ; DROP ALL", 403),
        (f"INSERT DATA {{ GRAPH <{BASE}graph/suppressions> {{ <urn:u> <urn:p> 1 }} }}", 403),
        (f"DELETE WHERE {{ GRAPH <{BASE}graph/ontology> {{ ?s ?p ?o }} }}", 403),
        ("INSERT DATA { GRAPH <urn:g> { <urn:u> <urn:p> 1 } }", 403),
    ],
)
def test_what_can_not_be_done_changes_nothing(server: Server, text: str, status: int) -> None:
    """Errors of syntax, federation, bombs, and graphs that are not people's."""
    before = _sequence(server)
    answer = _update(server, text)
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.text
    assert _sequence(server) == before


def test_an_error_of_syntax_says_where(server: Server) -> None:
    """With line and column, as for queries."""
    problem = json.loads(_update(server, "INSERT DATA {\n  <urn:u> <urn:p>\n}").body)
    assert (problem["line"], problem["column"]) == (3, 1)


def test_forms_and_methods(server: Server) -> None:
    """A form will do; other bodies and methods get the status of the protocol."""
    token = {"Authorization": f"Bearer {server.secrets['editor']}"}
    form = urlencode({"update": "INSERT DATA { <urn:u> <urn:p> 1 }"}).encode()
    sent = {**token, "Content_Type": "application/x-www-form-urlencoded"}
    assert server.ask("/update", None, "POST", form, **sent).status == 200
    assert server.ask("/update", None, "POST", form + b"&update=CLEAR+ALL", **sent).status == 400
    assert server.ask("/update", None, "POST", b"x", **token, Content_Type="text/plain").status == 415
    assert (
        server.ask("/update", None, "POST", b"#" * 20_000_000, **token, Content_Type="application/sparql-update").status
        == 413
    )
    assert server.ask("/update", None, "GET", **token).status == 405
    dataset = f"?using-graph-uri={quote(CURATION, safe='')}"
    assert (
        json.loads(_update(server, "DELETE { <urn:u> ?p ?o } WHERE { <urn:u> ?p ?o }", parameters=dataset).body)[
            "removed"
        ]
        == 1
    )


def test_the_merge_can_be_added_to_by_the_graph_store_protocol(server: Server) -> None:
    """POST ?default writes the curation graph; the merge can't be replaced or deleted."""
    token = {"Authorization": f"Bearer {server.secrets['editor']}", "Content_Type": "text/turtle"}
    assert server.ask("/graphs?default", None, "POST", b"<urn:u> <urn:p> 7 .", **token).status in {201, 204}
    assert _ask(server, f"<urn:u> <urn:p> 7 GRAPH <{CURATION}> {{ <urn:u> <urn:p> 7 }}")
    assert server.ask("/graphs?default", None, "PUT", b"<urn:u> <urn:p> 7 .", **token).status == 403
    assert server.ask("/graphs?default", None, "DELETE", **token).status == 403
    _update(server, "DELETE WHERE { <urn:u> ?p ?o }")
