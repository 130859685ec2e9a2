"""One entity as data, over HTTP."""

import json

import pytest
from serving import BASE, Server
from v1_calls import LIU_HUI, address, call, refusal

from api.views.v1.answers import EntityAnswer

CAO = f"{BASE}id/agent/demo/r1/Cao,_Xueqin"
CAO_AGAIN = f"{BASE}id/agent/demo/r2/Cao,_Xueqin"


def test_an_entity_tells_what_is_known(catalogue: Server) -> None:
    """Names by language, classes, statements with where they come from, neighbours, a hit to show."""
    found = call(catalogue, "entities", iri=LIU_HUI)
    EntityAnswer.model_validate(found)
    assert found["iri"] == LIU_HUI
    assert found["members"] == [LIU_HUI]
    assert found["labels"]["zh-hani"] == ["刘徽评传 : 附秦九韶、李冶、杨辉、朱世杰评传"]
    assert {each["iri"].rpartition("/")[2] for each in found["types"]} >= {"Work", "Text"}
    assert found["hit"]["creators"] == ["Zhou, Hanguang, 1950-", "Kong, Guoping, 1947-"]
    graphs = {source["graph"]: source for source in found["provenance"]}
    assert graphs[f"{BASE}graph/record/DLC/5287459"]["name"] == "DLC 5287459"
    assert graphs[f"{BASE}graph/record/DLC/5287459"]["record"]
    assert found["statements_total"] == len(found["statements"]) > 20
    for statement in found["statements"]:
        assert "/DLC/5287459" in statement["subject"]
        assert statement["graphs"]
        assert set(statement["graphs"]) <= set(graphs)
        assert statement["predicate"]["label"]


def test_neighbours_are_named_and_bounded(catalogue: Server) -> None:
    """What it leads to and what leads to it, each with the link in words; as many as asked for."""
    found = call(catalogue, "entities", iri=LIU_HUI, lang="zh")["neighbours"]
    people = {each["label"]: each for each in found if each["type"] == "Person"}
    assert people["周瀚光, 1950-"]["direction"] == "out"
    assert people["周瀚光, 1950-"]["predicate"]["label"]
    backward = call(catalogue, "entities", iri=people["周瀚光, 1950-"]["iri"])["neighbours"]
    assert LIU_HUI in {each["iri"] for each in backward if each["direction"] == "in"}
    assert len(call(catalogue, "entities", iri=LIU_HUI, neighbours=3)["neighbours"]) == 3
    assert call(catalogue, "entities", iri=LIU_HUI, neighbours=0)["neighbours"] == []


def test_the_query_shown_gives_the_statements(catalogue: Server) -> None:
    """Who runs it at /sparql gets every statement of the answer."""
    found = call(catalogue, "entities", iri=LIU_HUI)
    rows = json.loads(catalogue.query(found["sparql"]).body)["results"]["bindings"]
    bound = {(row["subject"]["value"], row["predicate"]["value"], row["object"]["value"]) for row in rows}
    listed = {(s["subject"], s["predicate"]["iri"], s["object"]["value"]) for s in found["statements"]}
    assert listed <= bound


def test_a_merged_entity_answers_as_the_one_that_stands_for_it(server: Server) -> None:
    """Whichever IRI of the cluster is asked for, the answer is the same, with all members."""
    asked, canonical = (server.ask(address("entities", iri=iri)) for iri in (CAO_AGAIN, CAO))
    assert asked.body == canonical.body
    found = json.loads(asked.body)
    assert (found["iri"], found["members"]) == (CAO, [CAO, CAO_AGAIN])
    assert found["labels"] == {"": ["Cao, Xueqin"], "und-hani": ["曹雪芹"]}
    assert found["hit"]["iri"] == CAO


def test_terms_of_others_are_answered_too(server: Server) -> None:
    """A class of the ontology has labels in both languages."""
    found = call(server, "entities", iri="http://id.loc.gov/ontologies/bibframe/Work")
    assert {"en", "zh"} <= set(found["labels"])
    assert found["provenance"][0]["record"] is False


def test_names_as_they_stand_in_addresses(server: Server) -> None:
    """An IRI with percent signs of its own arrives as it is."""
    iri = f"{BASE}id/subject/demo/r2/50%25%2F50"
    found = call(server, "entities", iri=iri)
    assert (found["iri"], found["labels"]) == (iri, {"": ["50%/50"]})


def test_data_stay_data(server: Server) -> None:
    """Markup in a title is text in JSON, which is not sniffed for anything else."""
    answer = server.ask(address("entities", iri=f"{BASE}id/work/demo/r2"), "text/html")
    assert answer.type == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>" in json.loads(answer.body)["hit"]["title"]


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"iri": f"{BASE}id/work/demo/nothing"}, 404, "says nothing"),
        ({"iri": "https://elsewhere.example/"}, 404, "says nothing"),
        ({}, 400, "iri"),
        ({"iri": ""}, 400, "iri"),
        ({"iri": "no iri"}, 400, "iri"),
        ({"iri": "urn:a b"}, 400, "iri"),
        ({"iri": "<urn:a>"}, 400, "iri"),
        ({"iri": "urn:a> } DROP ALL #"}, 400, "iri"),
        ({"iri": "urn:\x00"}, 400, "iri"),
        ({"iri": f"urn:{'a' * 5_000}"}, 400, "4000 characters"),
        ({"iri": "urn:a", "depth": "2"}, 400, "depth: there is no such parameter"),
        ({"iri": "urn:a", "neighbours": "51"}, 400, "neighbours"),
    ],
)
def test_what_is_unknown_or_no_iri(server: Server, parameters: dict[str, str], status: int, told: str) -> None:
    """404 where the graph says nothing, 400 where nothing was asked; both as problem details, also for a browser."""
    answer = server.ask(address("entities", **parameters), "text/html,*/*;q=0.1")
    assert answer.status == status
    assert told in refusal(answer)
