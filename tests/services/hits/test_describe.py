"""Hits over real records: what a list shows of a work, a person, a subject."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows
from services.hits import queries
from services.hits.describe import describe
from services.hits.hit import Hit
from services.workspace import Workspace
from tests.services.library import BASE, column

LIU_HUI = f"{BASE}id/work/DLC/5287459"
DREAMS = f"{BASE}id/work/TEST/b1"


def hit(library: Workspace, iri: str, lang: str = "en") -> Hit:
    """The hit of one entity."""
    return describe(library.graph, [iri], lang)[iri]


def of_label(library: Workspace, label: str, kind: str) -> str:
    """The canonical entity of a class that has this label."""
    query = f"SELECT ?c {{ ?e rdfs:label ?l ; a {kind} ; bg:canonical ?c FILTER(STR(?l) = '{label}') }}"
    (found,) = column(library, query)
    return found[1:-1]


@pytest.mark.parametrize(
    ("lang", "title", "other", "creators", "publisher", "format_"),
    [
        (
            "zh",
            "刘徽评传 : 附秦九韶",
            "Liu Hui ping zhuan",
            ["周瀚光, 1950-", "孔国平, 1947-"],
            "南京大学出版社",
            "图书",
        ),
        (
            "en",
            "Liu Hui ping zhuan : fu Qin Jiushao",
            "刘徽评传",
            ["Zhou, Hanguang, 1950-", "Kong, Guoping, 1947-"],
            "Nanjing da xue chu ban she",
            "Book",
        ),
    ],
)
def test_a_work_in_the_reader_s_script(
    library: Workspace, lang: str, title: str, other: str, creators: list[str], publisher: str, format_: str
) -> None:
    """A Chinese reader sees characters, an English one romanised names; the other script is at hand."""
    found = hit(library, LIU_HUI, lang)
    assert found.title.startswith(title)
    assert found.label == found.title
    assert found.other_script.startswith(other)
    assert (found.creators, found.publisher, found.format) == (creators, publisher, format_)
    assert (found.type, found.date) == ("Text", "1994")
    assert {"scheme": "isbn", "value": "7305022144"} in found.identifiers
    assert {"scheme": "lccn", "value": "96454015"} in found.identifiers
    assert found.sources == [{"source": "DLC", "id": "5287459"}]


def test_creators_are_in_the_order_of_the_record(library: Workspace) -> None:
    """The primary contributor first, five in all, no former owner; each links to the canonical agent."""
    found = hit(library, DREAMS)
    assert found.creators == ["Cao, Xueqin, 1717-1763", "Gao, E", "Annotator 3", "Annotator 4", "Annotator 5"]
    assert [link["label"] for link in found.creator_links] == found.creators
    assert found.creator_links[0]["iri"] == of_label(library, "Cao, Xueqin, 1717-1763", "bf:Person")


def test_addresses_say_what_they_lead_to(library: Workspace) -> None:
    """The text itself, not its table of contents; a picture of the cover; the terms of use."""
    found = hit(library, DREAMS)
    assert found.url == "https://books.example/read/1"
    assert found.cover == "https://books.example/cover/1"
    assert found.rights == "In the public domain."


def test_identifiers_are_good_ones(library: Workspace) -> None:
    """Numbers with their scheme in lower case; what the record cancels is not among them."""
    found = hit(library, DREAMS).identifiers
    assert found == [{"scheme": "isbn", "value": "9787020002207"}, {"scheme": "doi", "value": "10.1000/182"}]


def test_copies_say_where_they_are(library: Workspace) -> None:
    """Library and shelf, call number, status as the source has it; of a holdings record the day of that record."""
    (copy,) = hit(library, DREAMS).holdings
    assert (copy.location, copy.call_number, copy.status) == ("Main Library, Reading Room", "I242.4 47", "on loan")
    (other,) = hit(library, f"{BASE}id/work/TEST/b3").holdings
    assert (other.location, other.call_number) == ("Library of Congress, Stacks", "HQ503 .U5")


def test_copies_of_real_records_are_dated(library: Workspace) -> None:
    """The day of the source record stands beside each copy."""
    works = column(library, "SELECT ?w { ?i bf:itemOf/bf:instanceOf ?w ; bg:holdingInstitutionName 'British Library' }")
    found = describe(library.graph, [work[1:-1] for work in works], "en")
    copies = [copy for each in found.values() for copy in each.holdings]
    assert len(copies) > 50
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", copy.as_of) for copy in copies)
    assert sum(bool(copy.call_number) for copy in copies) > 50


def test_what_nobody_knows_is_left_out(library: Workspace) -> None:
    """Neither s.n. nor n.d. is a publisher or a date; the year of 008 is one."""
    found = hit(library, f"{BASE}id/work/TEST/b3")
    assert (found.publisher, found.date, found.url, found.cover, found.creators) == ("", "2020", "", "", [])


def test_an_instance_is_described_with_its_work(library: Workspace) -> None:
    """An edition has the creators of its work, and copies of its own."""
    work, instance = hit(library, DREAMS), hit(library, DREAMS.replace("/work/", "/instance/"))
    assert instance.type == "Instance"
    assert (instance.title, instance.creators, instance.holdings) == (work.title, work.creators, work.holdings)


def test_a_person_has_dates_and_no_creators(library: Workspace) -> None:
    """Dates come from the heading; a Chinese reader sees a name that only another record of the cluster has."""
    iri = of_label(library, "Cao, Xueqin, 1717-1763", "bf:Person")
    found = hit(library, iri, "zh")
    assert (found.type, found.date, found.format, found.creators) == ("Person", "1717-1763", "个人", [])
    assert (found.label, found.other_script) == ("曹雪芹, 1717-1763", "Cao, Xueqin, 1717-1763")
    assert hit(library, iri).label == "Cao, Xueqin, 1717-1763"
    assert hit(library, DREAMS, "zh").creators[0] == "曹雪芹, 1717-1763"


@pytest.mark.parametrize(
    ("work", "lang", "creator", "other"),
    [
        ("b4", "zh", "歌德, 1749-1832", "Goethe, Johann Wolfgang von, 1749-1832"),
        ("b4", "en", "Goethe, Johann Wolfgang von, 1749-1832", ""),
        ("b5", "en", "Cao, Yu, 1910-1996", "曹禺, 1910-1996"),
        ("b5", "zh", "曹禺, 1910-1996", ""),
    ],
)
def test_a_name_that_only_the_authority_record_has(
    library: Workspace, work: str, lang: str, creator: str, other: str
) -> None:
    """Where no heading is in the reader's script a variant is, the one that sounds like the heading first."""
    found = hit(library, f"{BASE}id/work/TEST/{work}", lang)
    assert found.creators == [creator]
    assert hit(library, found.creator_links[0]["iri"], lang).other_script == other


def test_a_subject_names_its_scheme_and_source(library: Workspace) -> None:
    """Of which vocabulary it is, and which record says so."""
    found = hit(library, of_label(library, "Families", "bf:Topic"))
    assert (found.type, found.scheme, found.format, found.lang) == ("Topic", "lcsh", "Topic", "en")
    assert found.sources


def test_the_order_is_kept_and_the_unknown_left_out(library: Workspace) -> None:
    """Hits come as asked for, each once; what the graph doesn't know has none."""
    asked = [LIU_HUI, f"{BASE}id/work/TEST/nothing", DREAMS, LIU_HUI]
    assert list(describe(library.graph, asked, "en")) == [LIU_HUI, DREAMS]
    assert describe(library.graph, [], "en") == {}


def test_every_work_of_the_samples_can_be_shown(library: Workspace) -> None:
    """Each has a title, a type, a format and a source, in both languages; no text is markup or a bare literal."""
    works = [work[1:-1] for work in sorted(column(library, "SELECT ?w { ?w a bf:Work }"))]
    for lang in ("en", "zh"):
        for start in range(0, len(works), 200):
            for found in describe(library.graph, works[start : start + 200], lang).values():
                assert found.title
                assert found.type
                assert found.format
                assert found.sources
                assert not found.title.startswith('"')
                assert len(found.creators) <= 5


def test_a_brief_hit_tells_apart(library: Workspace) -> None:
    """Names, kinds, creators and dates are those of the whole hit; records, copies and numbers are left out."""
    for iri in (LIU_HUI, of_label(library, "Families", "bf:Topic")):
        whole, brief = hit(library, iri), describe(library.graph, [iri], "en", brief=True)[iri]
        for name in ("label", "type", "other_script", "creators", "date", "format", "scheme"):
            assert getattr(brief, name) == getattr(whole, name)
        assert (brief.sources, brief.identifiers, brief.holdings) == ([], [], [])


class Counting:
    """A graph that counts the queries it is asked."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph, self.count = graph, 0

    def __getattr__(self, name: str) -> object:
        self.count += name == "query"
        return getattr(self.graph, name)


@pytest.mark.parametrize("kind", ["bf:Work", "bf:Person", "bf:Topic"])
def test_a_long_list_takes_no_more_queries_than_a_short_one(library: Workspace, kind: str) -> None:
    """Queries are for the whole list: at most a dozen, of 5 entities as of 50."""
    entities = [found[1:-1] for found in sorted(column(library, f"SELECT ?e {{ ?e a {kind} ; bg:canonical ?e }}"))]
    counts = []
    for number in (5, 50):
        counting = Counting(library.graph)
        assert len(describe(counting, entities[:number], "en")) == number  # type: ignore[arg-type]
        counts.append(counting.count)
    assert counts[0] <= counts[1] <= 12


def test_a_hit_is_read_once_until_the_graph_changes(library: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets a hit may write a score into it: the next one gets it as it was."""
    asked: list[str] = []

    def rows(graph: KnowledgeGraph, name: str, parameters: Mapping[str, Value]) -> Rows:
        asked.append(name)
        return real(graph, name, parameters)

    real = queries.rows
    monkeypatch.setattr(queries, "rows", rows)
    library.graph.commit(Changeset("system:test", "", add=[("<urn:s> <urn:p> <urn:o>", "urn:g")]))
    first = hit(library, DREAMS)
    first.score, first.highlights = 9.0, {"title": ["<mark>Dreams</mark>"]}
    assert "facts" in asked
    asked.clear()
    again = hit(library, DREAMS)
    assert (asked, again.score, again.highlights) == ([], 0.0, {})
    assert again.as_json() == replace(first, score=0.0, highlights={}).as_json()
    library.graph.commit(Changeset("system:test", "", add=[("<urn:s> <urn:p> <urn:o2>", "urn:g")]))
    hit(library, DREAMS)
    assert "facts" in asked
