"""The Reconciliation Service API 0.2 over real records: who is recognised, who is not, and what is said of it."""

import json
from typing import Any

import pytest
from json_schema import faults, needs_schemas
from reconcile_calls import ENDPOINT, candidates, got, reconciled, sent
from serving import BASE, Server
from v1_calls import refusal

from services.reconciliation.request import MOST_QUERIES

CAO = "authority/xbgc/n-cao-xueqin-1717"
DREAM_1982 = "work/XBGC/hlm021"
LIU_HUI = "work/DLC/5287459"

#: What is sent and which entity must be claimed to match: names in both scripts, with and without evidence.
RIGHT: dict[str, tuple[dict[str, Any], str]] = {
    "characters": ({"query": "曹雪芹", "type": "Person"}, CAO),
    "romanised": ({"query": "Cao Xueqin", "type": "Person"}, CAO),
    "family name last": ({"query": "Xueqin Cao", "type": "Person"}, CAO),
    "another romanisation": ({"query": "Ts'ao, Hsüeh-ch'in", "type": "Person"}, CAO),
    "without accents": ({"query": "TSAO HSUEH CHIN", "type": "Person"}, CAO),
    "dates in the name": ({"query": "Cao, Xueqin, 1717-1763", "type": "Person"}, CAO),
    "short, with a date": (
        {"query": "杜甫", "type": "Person", "properties": [{"pid": "birth_date", "v": 712}]},
        "authority/xbgc/n-du-fu-712",
    ),
    "misspelt, with a date": (
        {"query": "Cao Xueqing", "type": "Person", "properties": [{"pid": "death_date", "v": "1763"}]},
        CAO,
    ),
    "by a work": (
        {"query": "Cao Xueqin", "type": "Person", "properties": [{"pid": "work", "v": "Dream of the red chamber"}]},
        CAO,
    ),
    "title and creator": (
        {"query": "Liu Hui ping zhuan", "type": "Work", "properties": [{"pid": "creator", "v": "Zhou Hanguang"}]},
        LIU_HUI,
    ),
    "title in characters, creator romanised": (
        {"query": "刘徽评传", "type": "Text", "properties": [{"pid": "creator", "v": "Hanguang Zhou"}]},
        LIU_HUI,
    ),
    "traditional characters": (
        {"query": "劉徽評傳", "type": "Work", "properties": [{"pid": "year", "v": 1994}]},
        LIU_HUI,
    ),
    "an edition among many": (
        {
            "query": "红楼梦",
            "type": "Work",
            "properties": [{"pid": "creator", "v": {"id": CAO, "name": "曹雪芹"}}, {"pid": "year", "v": "1982"}],
        },
        DREAM_1982,
    ),
    "ISBN": ({"query": "7-305-02214-4"}, LIU_HUI),
    "ISBN in thirteen digits": ({"query": "ISBN 9787305022142", "type": "Work"}, LIU_HUI),
    "ISBN as a property": ({"query": "", "properties": [{"pid": "isbn", "v": "9787305022142"}]}, LIU_HUI),
    "LCCN as a property": ({"properties": [{"pid": "lccn", "v": "96454015"}]}, LIU_HUI),
    "control number": ({"query": "n-cao-xueqin-1717"}, CAO),
    "identifier": ({"query": CAO}, CAO),
    "IRI": ({"query": f"{BASE}id/{CAO}"}, CAO),
    "IRI of an edition": ({"query": f"{BASE}id/instance/DLC/5287459"}, LIU_HUI),
}
#: What must not be claimed: namesakes, strangers, another's dates, names that say too little.
WRONG: dict[str, dict[str, Any]] = {
    "many editions": {"query": "红楼梦", "type": "Work"},
    "nobody": {"query": "Featherstonehaugh, Marmaduke", "type": "Person"},
    "another's date": {"query": "曹雪芹", "type": "Person", "properties": [{"pid": "birth_date", "v": "1850"}]},
    "another's work": {"query": "Liu Hui ping zhuan", "properties": [{"pid": "creator", "v": "Shakespeare, William"}]},
    "another ISBN": {"query": "Faust", "properties": [{"pid": "isbn", "v": "9780000000002"}]},
    "a short name alone": {"query": "杜甫", "type": "Person"},
    "misspelt alone": {"query": "Cao Xueqing", "type": "Person"},
    "another volume": {
        "query": "The story of the stone. Volume 9. The golden days",
        "type": "Work",
        "properties": [{"pid": "creator", "v": "Hawkes, David"}],
    },
    "of another type": {"query": "曹雪芹", "type": "Organization", "type_strict": "should"},
    "a number that is none": {"query": "9999999999999"},
}


@pytest.fixture(scope="module")
def right(catalogue: Server) -> dict[str, list[dict[str, Any]]]:
    """Candidates for what must match."""
    return reconciled(catalogue, {name: query for name, (query, _) in RIGHT.items()})


@pytest.fixture(scope="module")
def wrong(catalogue: Server) -> dict[str, list[dict[str, Any]]]:
    """Candidates for what must not."""
    return reconciled(catalogue, WRONG)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_clearly_meant_matches(right: dict[str, list[dict[str, Any]]], name: str) -> None:
    """The entity comes first, and it alone is claimed."""
    found = right[name]
    assert [each["id"] for each in found if each["match"]] == [RIGHT[name][1]], found[:3]
    assert found[0]["match"]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_clear_does_not_match(wrong: dict[str, list[dict[str, Any]]], name: str) -> None:
    """Nothing is claimed, whatever is offered."""
    assert not any(each["match"] for each in wrong[name]), wrong[name][:2]


def test_namesakes_are_told_apart_by_their_description(catalogue: Server) -> None:
    """Each edition of a novel has the same name, and creators and year beside it."""
    found = candidates(catalogue, "红楼梦", type="Work", limit=10)
    assert len(found) == 10
    assert len({each["description"] for each in found}) > 5
    assert all("Book" in each["description"] for each in found)


def test_scores_are_in_order_and_made_of_the_features(catalogue: Server) -> None:
    """The best first, none above 100; name and evidence are said as numbers from 0 to 1."""
    found = candidates(catalogue, "Hong lou meng", type="Work", having={"year": 1982, "creator": "Cao, Xueqin"})
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100 > scores[1]
    features = {feature["id"]: feature["value"] for feature in found[0]["features"]}
    assert features["name_similarity"] == features["year"] == features["creator"] == 1.0
    other = next(each for each in found if {"id": "year", "value": 0.0} in each["features"])
    assert other["score"] < scores[0] - 10


def test_what_is_not_known_is_no_feature(catalogue: Server) -> None:
    """A person without dates neither agrees nor contradicts: no feature says so, and the score is between."""
    agreeing = candidates(catalogue, "曹雪芹", type="Person", having={"birth_date": "1717"})[0]
    unknown = candidates(catalogue, "程伟元", type="Person", having={"birth_date": "1745"})[0]
    against = candidates(catalogue, "曹雪芹", type="Person", having={"birth_date": "1850"})[0]
    assert "birth_date" not in {feature["id"] for feature in unknown["features"]}
    assert agreeing["score"] > unknown["score"] > against["score"]


def test_types_restrict(catalogue: Server) -> None:
    """One, several, all of several, and by preference, as OpenRefine sends it."""
    for types, kinds in (
        ("Person", {"Person"}),
        (["Person", "Hub"], {"Person", "Hub"}),
        ([], {"Person", "Hub", "Work"}),
    ):
        found = candidates(catalogue, "Cao Xueqin", type=types, limit=25)
        assert found
        assert {each["type"][0]["id"] for each in found} & kinds
        if types:
            assert {type_["id"] for each in found for type_ in each["type"]} <= {*kinds, "Agent", "Series"}
    assert candidates(catalogue, "Cao Xueqin", type=["Person", "Work"], type_strict="all") == []
    preferred = candidates(catalogue, "曹雪芹", type="Place", type_strict="should")[0]
    assert preferred["id"] == CAO
    assert preferred["score"] < 100
    assert {"id": "type_is_asked_for", "value": False} in preferred["features"]


def test_names_are_in_the_reader_s_language(catalogue: Server) -> None:
    """The same entity in characters and romanised, types and kinds as well."""
    batch = {"q": {"query": "曹雪芹", "type": "Person", "limit": 1}}
    english, chinese = (reconciled(catalogue, batch, lang)["q"][0] for lang in ("en", "zh"))
    assert english["id"] == chinese["id"]
    assert (english["name"], chinese["name"]) == ("Cao, Xueqin, approximately 1717-1763", "曹雪芹, 约1717-1763")
    assert (english["type"][0]["name"], chinese["type"][0]["name"]) == ("Person", "人物")
    answer = catalogue.ask(ENDPOINT, Accept_Language="zh-CN")
    assert answer.headers["content-language"] == "zh"
    assert json.loads(answer.body)["defaultTypes"][0]["name"] == "人物"


def test_a_query_stands_alone(catalogue: Server) -> None:
    """What else is in a batch changes no answer; keys are the client's own; nothing asked, nothing found."""
    query = {"query": "Liu Hui ping zhuan", "type": "Work", "limit": 3}
    alone = reconciled(catalogue, {"x": query})["x"]
    batch = {"a b": query, "": {"query": "红楼梦"}, "q2": {"query": ""}, "…": {"query": "?!"}}
    among = reconciled(catalogue, batch)
    assert among["a b"] == alone
    assert set(among) == set(batch)
    assert among["q2"] == among["…"] == []


def test_a_batch_comes_by_get_too(catalogue: Server) -> None:
    """The same answer, with an entity tag."""
    batch = {"q": {"query": "曹雪芹", "type": "Person"}}
    assert got(catalogue, queries=json.dumps(batch))["q"]["result"] == reconciled(catalogue, batch)["q"]


@pytest.mark.shared_data
@needs_schemas
def test_answers_are_of_the_schemas(catalogue: Server, right: dict[str, Any], wrong: dict[str, Any]) -> None:
    """Manifest in both languages, queries as sent, and results."""
    for lang in ("en", "zh"):
        assert faults("manifest.json", got(catalogue, lang=lang)) == []
    assert faults("reconciliation-query-batch.json", {name: query for name, (query, _) in RIGHT.items()}) == []
    for batch in (right, wrong):
        assert (
            faults("reconciliation-result-batch.json", {key: {"result": found} for key, found in batch.items()}) == []
        )


def test_the_manifest_names_addresses_that_work(catalogue: Server) -> None:
    """Every service that it announces is there, its templates filled in; other origins may read it."""
    manifest = got(catalogue)
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == f"{BASE}id/"
    assert manifest["batchSize"] == MOST_QUERIES
    types = got(catalogue, "/suggest/type", prefix="")["result"]
    assert {each["id"] for each in manifest["defaultTypes"]} <= {each["id"] for each in types}
    prefix = f"{catalogue.address}"
    addresses = [manifest["preview"]["url"], manifest["view"]["url"]]
    for kind, id_ in (("entity", CAO), ("type", "Person"), ("property", "isbn")):
        service = manifest["suggest"][kind]
        addresses.append(f"{service['service_url']}{service['service_path']}?prefix=a")
        addresses.append(f"{service['service_url']}{service['flyout_service_path']}".replace("${id}", id_))
    proposing = manifest["extend"]["propose_properties"]
    addresses.append(f"{proposing['service_url']}{proposing['service_path']}?type=Work")
    for address in addresses:
        assert address.startswith(prefix)
        answer = catalogue.ask(address.removeprefix(prefix).replace("{{id}}", CAO))
        assert answer.status in {200, 303}, address
        assert answer.headers["access-control-allow-origin"] == "*"
    preflight = catalogue.ask(ENDPOINT, None, "OPTIONS", Origin="https://refine.example")
    assert "POST" in preflight.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        ("{", "not JSON: Expecting property name"),
        ("[1]", "queries: must be an object, and is a list"),
        ("{" * 50_000, "queries: not JSON"),
        ('{"a":' * 20_000, "queries: nested too deeply"),
        ('{"q": NaN}', "NaN"),
        ('{"q": {"query": "\\ud800"}}', "surrogate"),
        ({"q": {}}, "queries.q: needs query, properties or both"),
        ({"q": {"query": 5}}, "queries.q.query: must be a string, and is a number"),
        ({"q": {"query": "x" * 501}}, "queries.q.query: longer than 500"),
        ({"q": {"query": "x", "limit": 0}}, "queries.q.limit: 0 is no positive number"),
        ({"q": {"query": "x", "limit": "many"}}, "queries.q.limit: 'many' is no whole number"),
        ({"q": {"query": "x", "limit": 1e999}}, "Infinity is no JSON"),
        ({"q": {"query": "x", "type": "Unicorn"}}, "queries.q.type: 'Unicorn' is no type here; there are Work"),
        ({"q": {"query": "x", "type_strict": "maybe"}}, "queries.q.type_strict"),
        ({"q": {"query": "x", "colour": 1}}, "queries.q: there is no field 'colour'"),
        ({"q": {"query": "x", "properties": [{"pid": "horn", "v": 1}]}}, "queries.q.properties[0].pid: 'horn' is no"),
        ({"q": {"query": "x", "properties": [{"pid": "isbn"}]}}, "queries.q.properties[0]: needs v"),
        ({"q": {"query": "x", "properties": [{"pid": "isbn", "v": [[1]]}]}}, "queries.q.properties[0].v: must be"),
        ({"q": {"query": "x", "properties": [{"pid": "isbn", "v": ["1"] * 41}]}}, "41 values in all; at most 40"),
        ({"q": {"query": "x", "properties": [{"pid": "isbn", "v": "1"}] * 21}}, "21 are too many; at most 20"),
        ({"q": {"query": "x", "properties": [{"pid": "creator", "v": {"name": "x"}}]}}, "v.id: must be a string"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(catalogue: Server, queries: Any, told: str) -> None:
    """400 in the one shape of errors, which names the query and the field."""
    answer = sent(catalogue, queries=queries)
    assert answer.status == 400, answer.text
    assert told in refusal(answer)


def test_too_large_a_batch_is_413(catalogue: Server) -> None:
    """As the specification has it, with the size that is answered."""
    answer = sent(catalogue, queries={str(n): {"query": "x"} for n in range(MOST_QUERIES + 1)})
    assert answer.status == 413
    assert f"at most {MOST_QUERIES}" in refusal(answer)
    assert sent(catalogue, queries="x" * 1_100_000).status == 413


def test_other_ways_of_asking_are_refused_in_words(catalogue: Server) -> None:
    """JSONP, single queries of older versions, JSON bodies, an empty form."""
    assert "CORS" in refusal(catalogue.ask(f"{ENDPOINT}?callback=f"))
    assert "CORS" in refusal(catalogue.ask(f"{ENDPOINT}/suggest/entity?prefix=a&callback=f"))
    assert "queries" in refusal(catalogue.ask(f"{ENDPOINT}?query=x"))
    answer = catalogue.ask(ENDPOINT, None, "POST", b"{}", Content_Type="application/json")
    assert answer.status == 415
    assert "neither" in refusal(sent(catalogue, other="x"))
