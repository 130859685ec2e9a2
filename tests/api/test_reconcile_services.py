"""What OpenRefine asks beside candidates: suggestions, values of properties, previews, flyouts, views."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from json_schema import faults, needs_schemas
from reconcile_calls import ENDPOINT, extended, got, sent
from serving import BASE, EVIL, Server
from v1_calls import refusal

CAO, DREAM, LIU_HUI = "authority/xbgc/n-cao-xueqin-1717", "work/XBGC/hlm021", "work/DLC/5287459"


def suggested(server: Server, kind: str, prefix: str, **more: Any) -> list[dict[str, Any]]:
    """What is suggested."""
    found: list[dict[str, Any]] = got(server, f"/suggest/{kind}", prefix=prefix, **more)["result"]
    return found


@pytest.mark.parametrize("prefix", ["Cao, Xueq", "曹雪", "cao xueq", CAO, f"{BASE}id/{CAO}"])
def test_entities_are_suggested_by_name_and_identifier(catalogue: Server, prefix: str) -> None:
    """In either script, or by what an earlier answer gave as the identifier."""
    found = suggested(catalogue, "entity", prefix, type="Person")
    assert found[0]["id"] == CAO
    assert found[0]["notable"][0] == {"id": "Person", "name": "Person"}


def test_more_suggestions_are_behind_the_cursor(catalogue: Server) -> None:
    """The next ones, none twice; types are kept to, and parameters of a client's own are passed over."""
    first = suggested(catalogue, "entity", "hong", type=["Work"], key="x", _="1")
    more = suggested(catalogue, "entity", "hong", type=["Work"], cursor=len(first))
    assert len(first) == 20
    assert more
    assert {each["id"] for each in first}.isdisjoint(each["id"] for each in more)
    assert all(each["notable"][-1]["id"] == "Work" for each in (*first, *more))


def test_types_and_properties_are_suggested_in_any_language(catalogue: Server) -> None:
    """By the beginning of a name, of one of its words, or of the identifier; the broader type beside the narrower."""
    (person,) = suggested(catalogue, "type", "人")
    assert person == {"id": "Person", "name": "Person", "broader": [{"id": "Agent", "name": "Agent"}]}
    assert "birth_date" in {each["id"] for each in suggested(catalogue, "property", "birth")}
    assert suggested(catalogue, "property", "出版年")[0]["name"] == "year of publication"
    assert suggested(catalogue, "property", "isb", lang="zh") == [{"id": "isbn", "name": "ISBN"}]
    assert suggested(catalogue, "type", "unicorn") == []


def test_properties_are_proposed_for_a_type(catalogue: Server) -> None:
    """Those that its entities may have, as many as are wanted; the type as it was sent."""
    found = got(catalogue, "/properties", type="Person", limit=5)
    assert (len(found["properties"]), found["type"], found["limit"]) == (5, "Person", 5)
    every = {each["id"] for each in got(catalogue, "/properties", type="Person")["properties"]}
    assert {"birth_date", "viaf", "work"} <= every
    assert "isbn" not in every
    assert "isbn" in {each["id"] for each in got(catalogue, "/properties")["properties"]}


def test_values_of_works(catalogue: Server) -> None:
    """Years as numbers, entities as reconciled cells, codes by their names, both scripts of what is transcribed."""
    names = ("creator", "year", "publisher", "isbn", "language", "subject", "classification", "name_zh", "type")
    row = extended(catalogue, [LIU_HUI], *names)["rows"][LIU_HUI]
    assert row["creator"][0] == {"id": "agent/DLC/5287459/Zhou,_Hanguang,_1950-", "name": "Zhou, Hanguang, 1950-"}
    assert row["year"] == [{"int": 1994}]
    assert {"str": "南京大学出版社"} in row["publisher"]
    assert row["isbn"] == [{"str": "7305022144"}]
    assert row["language"] == [{"str": "Chinese"}]
    assert row["classification"] == [{"str": "QA28"}]
    assert row["name_zh"][0]["str"].startswith("刘徽评传")
    assert row["type"] == [{"str": "Text"}]
    assert len(row["subject"]) == 6


def test_values_of_people(catalogue: Server) -> None:
    """Years that only headings tell, works, all names; a year is no date, and nothing is made up to make it one."""
    row = extended(catalogue, [CAO], "birth_date", "death_date", "work", "other_names", "name_en", "isbn")["rows"][CAO]
    assert (row["birth_date"], row["death_date"]) == ([{"str": "约1717"}], [{"str": "1763"}])
    assert len(row["work"]) > 50
    assert all(set(work) == {"id", "name"} for work in row["work"])
    assert {"str": "Ts'ao, Hsüeh-ch'in, approximately 1717-1763"} in row["other_names"]
    assert row["name_en"] == [{"str": "Cao, Xueqin, approximately 1717-1763"}]
    assert row["isbn"] == []


def test_settings_of_a_column(catalogue: Server) -> None:
    """At most so many values, their number only, names or IRIs instead of entities; as OpenRefine's form sends them."""
    columns = [
        {"id": "creator", "settings": {"limit": "1"}},
        {"id": "subject", "settings": {"count": "on"}},
        {"id": "series", "settings": {"content": "iris"}},
        {"id": "place", "settings": {"content": "names"}},
    ]
    found = extended(catalogue, [LIU_HUI], *columns)
    row = found["rows"][LIU_HUI]
    assert len(row["creator"]) == 1
    assert row["subject"] == [{"int": 6}]
    assert row["series"][0]["str"].startswith(f"{BASE}id/")
    assert row["place"] == [{"str": "China"}]
    assert [column.get("type", {}).get("id") for column in found["meta"]] == ["Agent", None, None, None]


def test_rows_answer_by_the_identifiers_that_were_sent(catalogue: Server) -> None:
    """An IRI, a decoded identifier, one that nobody has: each its own row."""
    ids = [f"{BASE}id/{DREAM}", "work/XBGC/none", "no identifier", "", LIU_HUI]
    rows = extended(catalogue, ids, "year")["rows"]
    assert list(rows) == ids
    assert [row["year"] for row in rows.values()] == [[{"int": 1982}], [], [], [], [{"int": 1994}]]


@pytest.mark.shared_data
@needs_schemas
def test_answers_are_of_their_schemas(catalogue: Server) -> None:
    """Suggestions, proposals and every property of a few entities."""
    assert faults("suggest-entities-response.json", got(catalogue, "/suggest/entity", prefix="c")) == []
    assert faults("suggest-types-response.json", got(catalogue, "/suggest/type", prefix="")) == []
    assert faults("suggest-properties-response.json", got(catalogue, "/suggest/property", prefix="")) == []
    proposed = got(catalogue, "/properties", type="Work")
    assert faults("data-extension-property-proposal.json", proposed) == []
    everything = [each["id"] for each in got(catalogue, "/properties")["properties"]]
    for start in range(0, len(everything), 20):
        found = extended(catalogue, [CAO, DREAM, LIU_HUI, "x"], *everything[start : start + 20])
        assert faults("data-extension-response.json", found) == []


@pytest.mark.parametrize(
    ("extend", "told"),
    [
        ({"ids": ["x"]}, "extend.properties: must be a list, and is nothing"),
        ({"ids": "x", "properties": []}, "extend.ids: must be a list"),
        ({"ids": [1], "properties": []}, "extend.ids[0]: must be a string"),
        ({"ids": [], "properties": [{"id": "horn"}]}, "extend.properties[0].id: 'horn' is no property"),
        ({"ids": [], "properties": [{"id": "isbn", "settings": {"limit": "x"}}]}, "settings.limit: 'x' is no whole"),
        ({"ids": [], "properties": [{"id": "isbn", "settings": {"content": "x"}}]}, "settings.content: 'x' is none of"),
    ],
)
def test_an_extension_that_cannot_be_meant(catalogue: Server, extend: Any, told: str) -> None:
    """400 with the place."""
    answer = sent(catalogue, extend=extend)
    assert answer.status == 400
    assert told in refusal(answer)
    many = sent(catalogue, extend={"ids": [str(n) for n in range(201)], "properties": []})
    assert many.status == 413


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_preview_stands_in_a_frame(catalogue: Server, lang: str) -> None:
    """A small page that any site may frame, and that runs and sends nothing; no other page may be framed."""
    answer = catalogue.ask(f"{ENDPOINT}/preview?id={DREAM}&lang={lang}", "text/html")
    assert answer.type == "text/html"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'none'" in policy
    assert "x-frame-options" not in answer.headers
    assert "<script" not in answer.text
    assert {"en": "Hong lou meng", "zh": "人民文学出版社"}[lang] in answer.text
    assert f"/page/{DREAM}" in answer.text
    for other in (f"/page/{DREAM}", f"{ENDPOINT}/flyout/entity?id={CAO}", ENDPOINT):
        assert "frame-ancestors 'none'" in catalogue.ask(other, "*/*").headers["content-security-policy"]


def test_what_records_say_is_no_markup(server: Server) -> None:
    """A title that is a script is text in previews and flyouts."""
    page = server.ask(f"{ENDPOINT}/preview?id=work/demo/r2", "text/html").text
    flyout = got(server, "/flyout/entity", id="work/demo/r2")
    for shown in (page, flyout["html"]):
        assert EVIL not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown
    assert flyout["id"] == "work/demo/r2"


def test_flyouts_of_types_and_properties(catalogue: Server) -> None:
    """What each is called, and what it belongs to."""
    assert got(catalogue, "/flyout/type", id="Person")["html"] == "<p><b>Person</b></p><p>Agent</p>"
    assert got(catalogue, "/flyout/property", id="isbn", lang="zh")["html"] == "<p><b>ISBN</b></p><p>作品</p>"


def test_a_view_leads_to_the_page(catalogue: Server) -> None:
    """However a client encodes the identifier: as a component, as a whole address, or not at all."""
    id_ = "agent/DLC/x/%E6%9B%B9,_1717-"
    for encoded in (quote(id_, safe=""), quote(id_, safe="/,"), id_, quote("agent/DLC/x/曹,_1717-", safe="")):
        answer = catalogue.ask(f"{ENDPOINT}/view?id={encoded}")
        assert answer.status == 303
        assert answer.headers["location"] == f"/page/{id_}"


@pytest.mark.parametrize("path", ["preview", "flyout/entity"])
def test_what_nobody_knows(catalogue: Server, path: str) -> None:
    """404 where the graph says nothing, 400 without an identifier, in the one shape of errors."""
    for id_ in ("work/XBGC/none", "urn:nothing", "no iri"):
        answer = catalogue.ask(f"{ENDPOINT}/{path}?id={quote(id_)}")
        assert answer.status == 404
        assert "says nothing" in refusal(answer)
    assert catalogue.ask(f"{ENDPOINT}/{path}").status == 400
    assert json.loads(catalogue.ask(f"{ENDPOINT}/flyout/type?id=Unicorn").body)["status"] == 400
