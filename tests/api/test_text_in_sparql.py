"""``bg:text`` in queries: what a search finds, joined to the rest of the pattern; and what is refused, in words."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from serving import Answer, Server

PREFIXES = (
    "PREFIX bg: <https://w3id.org/bibliograph/ontology#> PREFIX bf: <http://id.loc.gov/ontologies/bibframe/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)


def _rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


def _query(server: Server, text: str) -> list[dict[str, str]]:
    return _rows(server.query(PREFIXES + text))


def _search(server: Server, parameters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(server.ask(f"/api/v1/search?{parameters}").body)["hits"]
    return found


@pytest.mark.parametrize("words", ["hong lou meng", "红楼梦", "history"])
def test_it_finds_what_a_search_finds(catalogue: Server, words: str) -> None:
    """The same entities with the same scores, in every script."""
    hits = _search(catalogue, f"q={quote(words)}&type=work&limit=20")
    assert hits
    rows = _query(
        catalogue, f'SELECT * {{ ?x bg:text ("{words}" ?score 20 "type:work") }} ORDER BY DESC(?score) STR(?x)'
    )
    assert [(row["x"], float(row["score"])) for row in rows] == [(hit["iri"], hit["score"]) for hit in hits]


def test_it_is_joined_to_the_rest(catalogue: Server) -> None:
    """Before and behind other patterns, in paths, OPTIONAL and NOT EXISTS; several in one query."""
    titles = _query(catalogue, 'SELECT DISTINCT ?x ?label { ?x a bf:Work ; bg:text "红楼梦" ; rdfs:label ?label }')
    assert titles
    authors = 'SELECT DISTINCT ?agent { ?work bg:text "红楼梦" ; bf:contribution/bf:agent/bg:canonical ?agent . '
    everybody = {row["agent"] for row in _query(catalogue, authors + "}")}
    named = {row["agent"] for row in _query(catalogue, authors + '?agent bg:text ("cao xueqin" "type:agent") }')}
    others = {
        row["agent"] for row in _query(catalogue, authors + 'FILTER NOT EXISTS { ?agent bg:text "cao xueqin" } }')
    }
    assert named
    assert others
    assert everybody == named | others
    subjects = _query(catalogue, 'SELECT ?w { ?w a bf:Work ; bf:subject/bg:canonical/bg:text "history" } LIMIT 5')
    assert subjects


def test_options(catalogue: Server) -> None:
    """A field, a kind, a language and a number narrow it; a known subject is asked whether it matches."""
    many = _query(catalogue, 'SELECT ?x { ?x bg:text ("history") }')
    assert len(_query(catalogue, 'SELECT ?x { ?x bg:text ("history" 3) }')) == 3 < len(many)
    in_title = _query(catalogue, 'SELECT ?x { ?x bg:text ("history" "field:title" "type:work") }')
    assert {row["x"] for row in in_title} < {row["x"] for row in many}
    hits = _search(catalogue, "q=history&facet.language=eng&limit=100")
    english = _query(catalogue, 'SELECT ?x { ?x bg:text ("history" "language:en" "type:work" 100) }')
    assert {row["x"] for row in english} == {hit["iri"] for hit in hits}
    known = in_title[0]["x"]
    assert json.loads(catalogue.query(f'{PREFIXES} ASK {{ <{known}> bg:text "history" }}').body)["boolean"] is True
    assert json.loads(catalogue.query(f'{PREFIXES} ASK {{ <{known}> bg:text "xyzzy" }}').body)["boolean"] is False
    assert len(_query(catalogue, f'SELECT * {{ <{known}> bg:text ("history" ?score) }}')) == 1


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("?x bg:text ?words", "takes words"),
        ("?x bg:text (?words)", "not a variable"),
        ("?x bg:text ()", "words"),
        ('?x bg:text ("a" ?score ?more)', "a variable, a number"),
        ('?x bg:text ("a" 0)', "from 1 to"),
        ('?x bg:text ("a" 1000000)', "from 1 to"),
        ('?x bg:text ("a" "colour:red")', "no option"),
        ('?x bg:text ("a" "field:colour")', "not known"),
        ('?x bg:text ("a" "language:zzz")', "no code of a language"),
        ("?x bg:text [ <urn:p> 1 ]", "takes words"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(catalogue: Server, pattern: str, reason: str) -> None:
    """With what is expected, as a problem."""
    answer = catalogue.query(f"{PREFIXES} SELECT * {{ {pattern} }}")
    assert (answer.status, answer.type) == (400, "application/problem+json")
    assert reason in answer.text


def test_updates_refuse_it(catalogue: Server, server: Server) -> None:
    """There it would find nothing."""
    del catalogue
    text = PREFIXES + 'INSERT { ?x <urn:p> 1 } WHERE { ?x bg:text "history" }'
    sent = {"Authorization": f"Bearer {server.secrets['editor']}", "Content_Type": "application/sparql-update"}
    answer = server.ask("/update", None, "POST", text.encode(), **sent)
    assert (answer.status, "queries" in answer.text) == (400, True)


def test_an_error_of_syntax_keeps_its_place(catalogue: Server) -> None:
    """Line and column are those of the query that was sent."""
    problem = json.loads(catalogue.query(f'{PREFIXES}\nSELECT * {{\n ?x bg:text "a" . ?y }}').body)
    assert problem["line"] == 3


def test_the_page_shows_what_the_engine_saw(catalogue: Server) -> None:
    """Under the rows stand the VALUES that the index gave."""
    page = catalogue.query(f'{PREFIXES} SELECT * {{ ?x bg:text ("history" 2) }}', "text/html")
    assert page.status == 200
    assert "(Values" in page.text
