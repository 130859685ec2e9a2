"""What the graph associates with an entity, over HTTP."""

import json

import pytest
from serving import BASE, Server
from v1_calls import LIU_HUI, address, call, refusal

from api.views.v1.answers import RelatedAnswer

DREAM = f"{BASE}id/work/XBGC/hlm022"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_related_works_say_why(catalogue: Server, lang: str) -> None:
    """Each hit can be shown and has reasons in words, with the path that leads to it from the entity."""
    found = call(catalogue, "related", iri=DREAM, lang=lang, limit=5)
    RelatedAnswer.model_validate(found)
    assert len(found["hits"]) == 5
    for hit in found["hits"]:
        assert hit["iri"] != DREAM
        assert hit["title"]
        assert hit["why"]
        assert all(reason["text"] and reason["path"] for reason in hit["why"])
        assert hit["iri"] in hit["why"][0]["path"]
    scores = [hit["score"] for hit in found["hits"]]
    assert all(score > 0 for score in scores)


def test_reasons_are_in_the_reader_s_language(catalogue: Server) -> None:
    """The same hits, their reasons in other words."""
    english, chinese = (call(catalogue, "related", iri=DREAM, lang=lang, limit=3)["hits"] for lang in ("en", "zh"))
    assert [hit["iri"] for hit in english] == [hit["iri"] for hit in chinese]
    assert [hit["why"][0]["text"] for hit in english] != [hit["why"][0]["text"] for hit in chinese]


def test_the_query_shown_gives_the_same_hits(catalogue: Server) -> None:
    """Who runs it at /sparql gets the entities of the list."""
    found = call(catalogue, "related", iri=DREAM, limit=5)
    answer = catalogue.query(found["sparql"])
    assert answer.status == 200, answer.text
    bound = {cell["value"] for row in json.loads(answer.body)["results"]["bindings"] for cell in row.values()}
    assert {hit["iri"] for hit in found["hits"]} <= bound


def test_any_entity_has_related_ones(catalogue: Server) -> None:
    """A person and a subject as well as a work; limit and depth are kept to."""
    person = call(catalogue, "search", q="曹雪芹", type="agent")["hits"][0]["iri"]
    subject = call(catalogue, "search", q="红楼梦", type="subject")["hits"][0]["iri"]
    for iri in (person, subject):
        assert call(catalogue, "related", iri=iri)["hits"]
    for depth in (1, 2, 3):
        assert len(call(catalogue, "related", iri=DREAM, depth=depth, limit=2)["hits"]) <= 2


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"iri": f"{BASE}id/work/demo/nothing"}, 404, "says nothing"),
        ({"iri": "urn:nothing"}, 404, "says nothing"),
        ({}, 400, "iri"),
        ({"iri": "no iri"}, 400, "iri"),
        ({"iri": LIU_HUI, "depth": "4"}, 400, "depth"),
        ({"iri": LIU_HUI, "depth": "0"}, 400, "depth"),
        ({"iri": LIU_HUI, "limit": "51"}, 400, "limit"),
        ({"iri": LIU_HUI, "q": "x"}, 400, "q: there is no such parameter"),
    ],
)
def test_what_is_unknown_or_too_much(catalogue: Server, parameters: dict[str, str], status: int, told: str) -> None:
    """404 where the graph says nothing, 400 beyond the bounds."""
    answer = catalogue.ask(address("related", **parameters))
    assert answer.status == status
    assert told in refusal(answer)
