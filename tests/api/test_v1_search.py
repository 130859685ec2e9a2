"""Search and suggestions over HTTP, as a client uses them."""

import json
from urllib.parse import quote

import pytest
from serving import BASE, Server
from v1_calls import LIU_HUI, address, call, refusal

from api.views.v1.answers import SearchAnswer, SuggestAnswer
from services.search.request import FACETS, FIELDS, SORTS

#: Fields of a hit that clients rely on.
HIT = set(
    "iri type label lang score title creators date publisher format cover rights url holdings identifiers sources why "
    "highlights".split()
)


@pytest.mark.parametrize(
    ("text", "lang", "title", "format_"),
    [
        ("刘徽评传", "zh", "刘徽评传 : 附秦九韶、李冶、杨辉、朱世杰评传", "图书"),
        ("liu hui ping zhuan", "en", "Liu Hui ping zhuan : fu Qin Jiushao", "Book"),
        ("7305022144", "en", "Liu Hui ping zhuan : fu Qin Jiushao", "Book"),
    ],
)
def test_a_work_is_found_and_can_be_shown(catalogue: Server, text: str, lang: str, title: str, format_: str) -> None:
    """By its title in either script or its number; the hit has all that a list shows, in the reader's language."""
    found = call(catalogue, "search", q=text, lang=lang)
    hit = found["hits"][0]
    assert set(hit) >= HIT
    assert (hit["iri"], hit["format"], hit["date"]) == (LIU_HUI, format_, "1994")
    assert hit["title"].startswith(title)
    assert hit["sources"] == [{"source": "DLC", "id": "5287459"}]
    assert found["total"] >= 1
    assert set(found["facets"]) == set(FACETS)
    SearchAnswer.model_validate(found)


def test_the_language_is_that_of_the_reader(catalogue: Server) -> None:
    """By ?lang=, else by Accept-Language, else as the installation prefers; the response says which."""
    path = address("search", q="5287459 刘徽", limit=1)
    answers = [
        catalogue.ask(f"{path}&lang=zh-Hans-CN"),
        catalogue.ask(path, Accept_Language="zh-TW,en;q=0.5"),
        catalogue.ask(path, Accept_Language="fr"),
        catalogue.ask(f"{path}&lang=fr", Accept_Language="zh"),
    ]
    assert [answer.headers["content-language"] for answer in answers] == ["zh", "zh", "en", "zh"]


def test_the_query_shown_gives_the_same_hits(catalogue: Server) -> None:
    """Who runs it at /sparql gets the entities of the page."""
    found = call(catalogue, "search", q="history", limit=7)
    rows = json.loads(catalogue.query(found["sparql"]).body)["results"]["bindings"]
    bound = {cell["value"] for row in rows for cell in row.values()}
    assert {hit["iri"] for hit in found["hits"]} <= bound
    assert len(rows) == len(found["hits"]) == 7


def test_pages_follow_each_other(catalogue: Server) -> None:
    """Cursor by cursor every hit comes once; the last page has no next."""
    first = call(catalogue, "search", q="china", limit=8)
    hits, cursor = [hit["iri"] for hit in first["hits"]], first["next"]
    while cursor:
        page = call(catalogue, "search", q="china", limit=8, cursor=cursor)
        assert page["hits"]
        assert page["total"] == first["total"]
        hits += [hit["iri"] for hit in page["hits"]]
        cursor = page["next"]
    assert len(hits) == len(set(hits)) == first["total"] > 8


@pytest.mark.parametrize("facet", ["language", "format", "subject", "creator", "decade"])
def test_a_facet_s_count_is_what_its_filter_finds(catalogue: Server, facet: str) -> None:
    """Filtering by a value gives as many hits as the facet said, and the facet goes on offering the others."""
    everything = call(catalogue, "search", limit=0)
    value = everything["facets"][facet][1]
    filtered = call(catalogue, "search", limit=1, **{f"facet_{facet}": value["value"]})
    assert filtered["total"] == value["count"] > 0
    assert filtered["facets"][facet] == everything["facets"][facet]


def test_a_person_is_called_the_same_in_hits_and_facets(catalogue: Server) -> None:
    """In the reader's script where the authority record has such a name: 歌德 is Goethe."""
    for lang, name in (("zh", "歌德, 1749-1832"), ("en", "Goethe, Johann Wolfgang von, 1749-1832")):
        found = call(catalogue, "search", q="浮士德", field="title", lang=lang)
        assert {hit["creators"][0] for hit in found["hits"] if hit["title"].startswith("浮士德")} == {name}
        assert name in {value["label"] for value in found["facets"]["creator"]}


def test_a_facet_may_have_several_values(catalogue: Server) -> None:
    """A hit needs one of them: counts add up for a facet with one value a work."""
    first, second = call(catalogue, "search", limit=0)["facets"]["decade"][:2]
    both = call(catalogue, "search", limit=0, facet_decade=[first["value"], second["value"]])
    assert both["total"] == first["count"] + second["count"]


def test_years_types_and_order(catalogue: Server) -> None:
    """Years bound the date, type chooses the kind, sort the order."""
    found = call(catalogue, "search", from_=1900, to=1950, sort="oldest", limit=50)
    years = [int(hit["date"]) for hit in found["hits"]]
    assert years == sorted(years)
    assert all(1900 <= year <= 1950 for year in years)
    people = call(catalogue, "search", q="曹雪芹", type="agent", lang="zh")
    assert people["hits"][0]["type"] == "Person"
    assert "曹雪芹" in people["hits"][0]["label"]


def test_what_is_left_empty_was_not_given(catalogue: Server) -> None:
    """A form sends all its fields: empty ones change nothing."""
    path = address("search", q="history", from_="", to="", field="", cursor="", facet_language="")
    assert json.loads(catalogue.ask(path).body) == call(catalogue, "search", q="history")


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"colour": "red"}, ["colour", "there is no such parameter", "facet.subject"]),
        ({"facet_colour": "red"}, ["facet.colour"]),
        ({"Q": "x"}, ["Q: there is no such parameter"]),
        ({"type": "book"}, ["type", "book", "work", "agent"]),
        ({"field": "colour"}, ["field", *FIELDS]),
        ({"sort": "colour"}, ["sort", *SORTS]),
        ({"limit": "101"}, ["limit", "100"]),
        ({"limit": "-1"}, ["limit", "0"]),
        ({"limit": "many"}, ["limit", "integer"]),
        ({"from_": "soon"}, ["from", "integer"]),
        ({"from_": "10000000000000000000000"}, ["from"]),
        ({"from_": "2000", "to": "1990"}, ["from: 2000 is after to: 1990"]),
        ({"cursor": "WzEwLCJhIl0"}, ["cursor"]),
        ({"cursor": "\x00💥"}, ["cursor"]),
        ({"lang": "en_US"}, ["lang"]),
        ({"lang": "<script>"}, ["lang"]),
        ({"q": "a" * 10_000}, ["q", "2000 characters"]),
    ],
)
def test_what_can_t_be_meant_is_refused_by_name(catalogue: Server, parameters: dict[str, str], told: list[str]) -> None:
    """400 as problem details that name the parameter and, where there are few, what is known."""
    answer = catalogue.ask(address("search", **parameters))
    assert answer.status == 400
    detail = refusal(answer)
    assert [words for words in told if words not in detail] == []
    assert answer.headers["cache-control"] == "no-store"


def test_a_cursor_belongs_to_its_search(catalogue: Server) -> None:
    """Another text with it is refused instead of answered from the middle."""
    cursor = call(catalogue, "search", q="history", limit=1)["next"]
    assert "cursor" in refusal(catalogue.ask(address("search", q="china", limit=1, cursor=cursor)))


@pytest.mark.parametrize("route", ["search", "suggest"])
@pytest.mark.parametrize(
    "text",
    [
        "?!…—『』。，",
        "\x00\x01\x1f",
        "a\x00b",
        "🐉📚",
        "👩\u200d💻",
        "字" * 2_000,
        "a " * 1_000,
        '"unclosed (AND [ {',
        "title:(a OR",
        "-" * 500,
        "*" * 300,
        "\u202e\ufeff\u200b",
        "e\u0301" * 500,
        "9" * 1_999,
        "%00%ff",
        "\ufffd\ud7ff\ufffe",
    ],
)
def test_odd_texts_have_sensible_answers(catalogue: Server, route: str, text: str) -> None:
    """No text breaks the server: hits or none, never an error of ours."""
    answer = catalogue.ask(address(route, q=text))
    assert answer.status == 200, answer.text
    body = json.loads(answer.body)
    assert all(hit["iri"].startswith(BASE) for hit in body.get("hits", body.get("suggestions")))


def test_bytes_that_are_no_utf_8_are_answered(catalogue: Server) -> None:
    """A broken encoding is searched for what is left of it, or refused."""
    assert catalogue.ask("/api/v1/search?q=%ff%fe%80").status in {200, 400}
    assert catalogue.ask("/api/v1/search?%ff=%80").status == 400


def test_suggestions_tell_namesakes_apart(catalogue: Server) -> None:
    """By pinyin or characters; each with a hint, its type and how many works are behind it."""
    for typed in ("cao x", "曹雪"):
        found = call(catalogue, "suggest", q=typed, lang="zh", limit=5)
        SuggestAnswer.model_validate(found)
        first = next(each for each in found["suggestions"] if each["type"] == "Person")
        assert set(first) == {"iri", "label", "hint", "type", "count"}
        assert "曹雪芹" in first["label"]
        assert first["hint"]
        assert first["count"] > 10
    assert len(call(catalogue, "suggest", q="s", limit=3)["suggestions"]) == 3
    assert {each["type"] for each in call(catalogue, "suggest", q="hong", type="work")["suggestions"]} <= {
        "Text",
        "MovingImage",
        "MusicAudio",
    }


@pytest.mark.parametrize(
    ("parameters", "told"),
    [({"type": "book"}, "type"), ({"limit": "0"}, "limit"), ({"limit": "51"}, "limit"), ({"prefix": "a"}, "prefix")],
)
def test_suggestions_refuse_by_name_too(catalogue: Server, parameters: dict[str, str], told: str) -> None:
    """The same problem details as of a search."""
    answer = catalogue.ask(address("suggest", q="a", **parameters))
    assert answer.status == 400
    assert told in refusal(answer)


def test_nothing_typed_suggests_nothing(catalogue: Server) -> None:
    """An empty text is no error while somebody types."""
    assert call(catalogue, "suggest", q="") == {"suggestions": []}
    assert call(catalogue, "suggest") == {"suggestions": []}


def test_marks_are_the_only_markup(catalogue: Server) -> None:
    """Highlights hold <mark> and nothing else that a browser would take for an element."""
    found = call(catalogue, "search", q="history of <b>china</b>", limit=20)
    passages = [text for hit in found["hits"] for field in hit["highlights"].values() for text in field]
    assert passages
    for passage in passages:
        assert "<" not in passage.replace("<mark>", "").replace("</mark>", "")
    assert quote("<b>") not in json.dumps(found)
