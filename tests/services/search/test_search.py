"""Searching: every script, numbers, fields, filters with counts, pages, what is relaxed, bad input."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import InputError
from graph.store import Solutions
from ingest.record import MarcRecord
from services.search.index import TextIndex
from services.search.request import FACETS, SearchRequest, SearchResult
from services.search.searcher import Searcher
from services.workspace import Workspace
from tests.services.library import book, holdings, ingest, write

Search = Callable[..., SearchResult]
HLM, CHINESE_FICTION = "红楼梦", "650 #0 $a Chinese fiction"


def _dated(record: MarcRecord, year: str) -> MarcRecord:
    """The record with another year of publication."""
    record.control = [(tag, text.replace("2020", year, 1)) for tag, text in record.control]
    return record


def _books() -> list[MarcRecord]:
    stories, cao = "650 #7 $a 章回小说 $2 cct", "100 1# $a 曹雪芹 $d 1717-1763"
    survey = "520 ## $a A survey of novels, tales and dreams."
    return [
        book("200101", f"{HLM} : $b 脂评本", cao, stories, "020 ## $a 9787020002207"),
        book("200102", "The story of the stone", "100 1# $a Hawkes, David", CHINESE_FICTION, "020 ## $a 0140442936"),
        book("200103", "Chinese fiction and its history", "100 1# $a Smith, John", survey),
        _dated(book("200104", "軟體工程", "100 1# $a 王大明", "264 #1 $a 臺北 $b 五南 $c 1999"), "1999"),
        _dated(
            book("200105", "Études sur la poésie", "100 1# $a Müller, Jürgen", "264 #1 $a Paris $b Seuil $c 1975"),
            "1975",
        ),
        book("200106", "Programming in C++", "100 1# $a Smith, Jane", "650 #0 $a Programming languages"),
        holdings("200101", "852 0# $a LIB $b 库 $h I242.4 $i C17"),
    ]


@pytest.fixture(autouse=True)
def _library(workspace: Workspace, tmp_path: Path) -> None:
    ingest(workspace, write(tmp_path / "library.json", *_books()))


def _titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


FOUND = {
    "characters": (HLM, f"{HLM} : 脂评本"),
    "traditional characters": ("紅樓夢", f"{HLM} : 脂评本"),
    "pinyin in one word": ("hongloumeng", f"{HLM} : 脂评本"),
    "pinyin in syllables": ("hong lou meng", f"{HLM} : 脂评本"),
    "initials of pinyin": ("hlm", f"{HLM} : 脂评本"),
    "author and title": ("曹雪芹 红楼梦", f"{HLM} : 脂评本"),
    "author by pinyin": ("cao xue qin", f"{HLM} : 脂评本"),
    "ISBN with hyphens": ("978-7-02-000220-7", f"{HLM} : 脂评本"),
    "ISBN in the other length": ("7020002203", f"{HLM} : 脂评本"),
    "ISBN-13 of an ISBN-10": ("978-0-14-044293-9", "The story of the stone"),
    "call number": ("I242.4 C17", f"{HLM} : 脂评本"),
    "call number without space": ("i242.4c17", f"{HLM} : 脂评本"),
    "control number": ("200104", "軟體工程"),
    "another ending": ("chinese histories", "Chinese fiction and its history"),
    "no accents": ("etudes poesie", "Études sur la poésie"),
    "simplified word of Taiwan": ("软件工程", "軟體工程"),
    "signs that are part of a word": ("c++", "Programming in C++"),
    "abstract": ("survey tales", "Chinese fiction and its history"),
    "stopwords left out": ("the history of a fiction in chinese", "Chinese fiction and its history"),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found_by(search: Search, name: str) -> None:
    """What a reader types leads to the book, first of all, and nothing had to be relaxed."""
    text, title = FOUND[name]
    result = search(text)
    assert _titles(result)[:1] == [title], _titles(result)
    assert result.relaxed == []


RELAXED = {
    "a letter wrong": ("story of the stine", "The story of the stone"),
    "letters changed about": ("progarmming", "Programming in C++"),
    "a character wrong": ("红楼夣", f"{HLM} : 脂评本"),
    "a misspelt name with a title": ("Hawkins story of the stone", "The story of the stone"),
    "a word too many": ("chinese fiction zebra", "Chinese fiction and its history"),
}


@pytest.mark.parametrize("name", RELAXED)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_nothing_matches_is_relaxed_and_said(search: Search, name: str, lang: str) -> None:
    """Where nothing is just so, what is nearly so is found, and the answer says in the reader's language how."""
    text, title = RELAXED[name]
    result = search(text, lang=lang)
    assert title in _titles(result)[:2]
    (said,) = result.relaxed
    assert said.isascii() == (lang == "en")


@pytest.mark.parametrize(
    ("field", "text", "count"),
    [
        ("title", "smith", 0), ("creator", "smith", 2), ("subject", "fiction", 1), ("text", "dreams", 1),
        ("identifier", "9787020002207", 1), ("identifier", "978-7-02-000220-7", 1), ("identifier", "0-14-044293-6", 1),
        ("identifier", "smith", 0), ("call_number", "I242", 1),
        ("publisher", "seuil", 1),
    ],
)  # fmt: skip
def test_a_field_restricts_the_search(search: Search, field: str, text: str, count: int) -> None:
    """A word counts only where the reader asks for it."""
    result = search(text, field=field)
    assert (result.total if not result.relaxed else 0) == count


def test_facets_count_the_current_result(search: Search) -> None:
    """Each value says how many hits have it; choosing some leaves just those, and the others can still be seen."""
    everything = search("")
    formats = {value.value: value.count for value in everything.facets["format"]}
    assert formats == {"book": 6}
    decades = {value.value: value.count for value in everything.facets["decade"]}
    assert decades["1990"] == 1
    assert sum(decades.values()) == 6
    chosen = search("", facets={"decade": ("1990", "1970")})
    assert chosen.total == decades["1990"] + decades["1970"]
    assert {value.value: value.count for value in chosen.facets["decade"]} == decades
    assert set(everything.facets) == set(FACETS)


def test_facet_values_are_labelled_in_the_readers_language(search: Search) -> None:
    """The same value is Book to one reader and 图书 to another."""
    labels = {lang: [value.label for value in search("", lang=lang).facets["format"]] for lang in ("en", "zh")}
    assert labels == {"en": ["Book"], "zh": ["图书"]}


def test_years_limit_the_search(search: Search) -> None:
    """Both ends count; a book is there by any of its years."""
    assert _titles(search("", first_year=1975, last_year=1998)) == ["Études sur la poésie"]
    assert search("", first_year=1975, last_year=1999).total == 2
    assert search("", last_year=1900).total == 0


def test_sorting(search: Search) -> None:
    """By year both ways, and by title without articles, Chinese titles by their sound among the others."""
    assert _titles(search("", sort="oldest"))[:2] == ["Études sur la poésie", "軟體工程"]
    assert _titles(search("", sort="newest"))[-1] == "Études sur la poésie"
    assert _titles(search("", sort="title")) == [
        "Chinese fiction and its history",
        "Études sur la poésie",
        f"{HLM} : 脂评本",
        "Programming in C++",
        "軟體工程",
        "The story of the stone",
    ]


def test_pages_hold_every_hit_once(search: Search) -> None:
    """Following the cursors gives all hits, each once, in the order of one long page; the last page has no cursor."""
    for sort in ("relevance", "title"):
        whole = search("", sort=sort, limit=50)
        pages, cursor = list[str](), None
        for _ in range(3):
            page = search("", sort=sort, limit=2, cursor=cursor)
            pages += [hit.iri for hit in page.hits]
            cursor = page.next
        assert pages == [hit.iri for hit in whole.hits]
        assert cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "!!", "WzAsICJhIl0", "W1tbW1tbW1tb" * 200, "bnVsbA", "é"])
def test_a_cursor_from_elsewhere_is_refused(search: Search, cursor: str) -> None:
    """A cursor that is none, or one of another search, is an error that names the parameter."""
    with pytest.raises(InputError, match="cursor"):
        search("fiction", cursor=cursor)


def test_a_cursor_of_another_search_is_refused(search: Search) -> None:
    """It would lead into the middle of a list that the reader has not seen."""
    cursor = search("", limit=2).next
    assert cursor
    with pytest.raises(InputError, match="cursor"):
        search("fiction", limit=2, cursor=cursor)


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ({"type": "cat"}, "type"), ({"field": "isbn"}, "field"), ({"sort": "size"}, "sort"), ({"limit": 101}, "limit"),
        ({"limit": -1}, "limit"), ({"facets": {"colour": ("red",)}}, "facet.colour"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_named(search: Search, how: dict[str, object], named: str) -> None:
    """An error says which parameter is wrong, and what is known."""
    with pytest.raises(InputError, match=named):
        search("x", **how)


@pytest.mark.parametrize(
    "text", ["!!!", "…", "《》", "🙂", "\x00\x01", "' OR 1=1 --", "title:(", "*", '"', "\\", "a" * 10_000]
)
def test_odd_texts_give_sensible_results(search: Search, text: str) -> None:
    """Signs alone find nothing; syntax of other systems is words; a very long text is cut."""
    assert isinstance(search(text).total, int)
    assert search("!!!").total == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_is_answered(search: Search, text: str) -> None:
    """Whatever characters come, there is an answer, and suggestions too."""
    assert search(text, limit=2).total >= 0


def test_highlights_mark_what_matched_and_escape_the_rest(search: Search, workspace: Workspace, tmp_path: Path) -> None:
    """Matches stand in <mark>; a record's own angle brackets do not become elements."""
    ingest(workspace, write(tmp_path / "x.json", book("9", "<b>Zebras</b> & lions", "520 ## $a On zebra stripes <i>.")))
    (hit,) = search("zebra").hits
    assert hit.highlights == {
        "title": ["&lt;b&gt;<mark>Zebras</mark>&lt;/b&gt; &amp; lions"],
        "text": ["On <mark>zebra</mark> stripes &lt;i&gt;."],
    }
    (hit,) = search("紅樓夢").hits
    assert hit.highlights["title"] == [f"<mark>{HLM}</mark> : 脂评本"]


def test_the_query_behind_a_page_gives_its_hits(search: Search, workspace: Workspace) -> None:
    """Run as it stands, the SPARQL of a result lists the same hits in the same order."""
    for how in ({}, {"sort": "title"}, {"limit": 2}):
        page = search("chinese", **how)
        result = workspace.graph.query(page.sparql)
        assert isinstance(result, Solutions)
        assert [str(row[0])[1:-1] for row in result.rows] == [hit.iri for hit in page.hits]
    assert search("nothing like it").hits == []


def test_entities_of_other_kinds(search: Search) -> None:
    """People and subjects are found by their names when asked for."""
    assert {hit.label for hit in search("smith", type="agent").hits} == {"Smith, Jane", "Smith, John"}
    assert [hit.label for hit in search("fiction", type="subject").hits] == ["Chinese fiction"]
    assert search("smith", type="all").total == 4


def test_suggestions(search: Search, workspace: Workspace, index: TextIndex) -> None:
    """Names are completed from their beginning, from a word within, from pinyin; homonyms differ in their hints."""
    search("")
    searcher = Searcher(workspace.graph, index)
    assert "The story of the stone" in [s.label for s in searcher.suggest("the sto")]
    assert "The story of the stone" in [s.label for s in searcher.suggest("stor")]
    assert any(s.label.startswith("曹雪芹") for s in searcher.suggest("caoxue"))
    assert any(s.label.startswith(HLM) for s in searcher.suggest("红楼"))
    assert {s.type for s in searcher.suggest("smith", type_="agent")} == {"Person"}
    smiths = searcher.suggest("smith")
    assert len({(s.label, s.hint, s.type) for s in smiths}) == len(smiths) > 1
    assert searcher.suggest("!!!") == searcher.suggest("") == []
    assert searcher.suggest("s", limit=1) != []


def test_a_library_without_an_index_answers(workspace: Workspace, index: TextIndex) -> None:
    """Before the first index there are no hits and no suggestions, and no error."""
    searcher = Searcher(workspace.graph, index)
    assert searcher.search(SearchRequest("x")).total == 0
    assert searcher.suggest("x") == []
    assert searcher.sequence == 0
