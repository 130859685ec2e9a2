"""Why something is related, in the reader's words: each kind of reason says what is shared."""

import pytest

from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, book
from tests.services.related.conftest import Fill, related

_ENGLISH = {
    "650 #0 $a Chinese fiction $x History and criticism": "Both are about Chinese fiction -- History and criticism",
    "651 #0 $a Nantucket": "Both have to do with Nantucket",
    "700 1# $a Dickens, Charles, $d 1812-1870": "Both are by or with Dickens, Charles, 1812-1870",
    "830 #0 $a Sea library": "In the same series: Sea library",
    "130 0# $a Moby Dick": "Versions of the same work: Moby Dick",
    "730 0# $a Moby Dick": "Both are related to Moby Dick",
    "082 04 $a 895.1351 $2 23": "In the same class: 895.1351 (Dewey)",
    "084 ## $a I207.411 $2 clc": "In the same class: I207.411 (Chinese Library Classification)",
}
_CHINESE = {
    "650 #7 $a 红楼梦研究 $2 cct": "同属主题：红楼梦研究",
    "651 #7 $a 北京 $2 cct": "涉及同一地点：北京",
    "700 1# $a 曹雪芹, $d 1717-1763": "责任者相同：曹雪芹, 1717-1763",
    "830 #0 $a 点校本二十四史": "同属丛编：点校本二十四史",
    "130 0# $a 红楼梦": "同一作品的不同版本：红楼梦",
    "084 ## $a I207.411 $2 clc": "类号相同：I207.411（中图法）",
}


@pytest.mark.parametrize(
    ("lang", "field", "text"),
    [("en", *each) for each in _ENGLISH.items()] + [("zh", *each) for each in _CHINESE.items()],
)
def test_works_say_what_they_share(workspace: Workspace, fill: Fill, lang: str, field: str, text: str) -> None:
    """The thing is named, and stands on the path where it is an entity."""
    fill(book("1", "One", field), book("2", "Two", field))
    (hit,) = related(workspace, f"work/{SOURCE}/1", lang).hits
    assert hit.why[0].text == text
    assert hit.why[0].path[0] == f"{BASE}id/work/{SOURCE}/1"
    assert hit.why[0].path[-1] == hit.iri
    assert len(hit.why[0].path) == (2 if field.startswith("08") else 3)


def test_subdivisions_of_one_heading_are_told_by_their_main_part(workspace: Workspace, fill: Fill) -> None:
    """Written as the catalogue writes it, not as it was compared."""
    fill(book("1", "One", "650 #0 $a Killer whales $x Songs"), book("2", "Two", "650 #0 $a Killer whales $v Fiction"))
    (hit,) = related(workspace, f"work/{SOURCE}/1").hits
    assert hit.why[0].text == "Both are about Killer whales"


def test_a_class_is_told_as_far_as_it_is_shared(workspace: Workspace, fill: Fill) -> None:
    """Of two numbers the beginning that both have."""
    fill(book("1", "One", "082 04 $a 895.1351 $2 23"), book("2", "Two", "082 04 $a 895.1352 $2 23"))
    (hit,) = related(workspace, f"work/{SOURCE}/1").hits
    assert hit.why[0].text == "In the same class: 895.135 (Dewey)"


def test_several_reasons_come_with_the_weightiest_first(workspace: Workspace, fill: Fill) -> None:
    """A version says more than an author, an author more than a series; never more than three."""
    fields = ["130 0# $a Moby Dick", "700 1# $a Melville, H., $d 1819-1891", "830 #0 $a Sea", "082 04 $a 813.3 $2 23"]
    fill(book("1", "One", *fields), book("2", "Two", *fields))
    (hit,) = related(workspace, f"work/{SOURCE}/1").hits
    starts = [reason.text.split(" ")[0] for reason in hit.why]
    assert starts == ["Versions", "Both", "In"]


def test_many_things_are_counted(workspace: Workspace, fill: Fill) -> None:
    """Three are named, the others counted."""
    fields = [f"650 #0 $a Subject {letter}" for letter in "ABCDE"]
    fill(book("1", "One", *fields), book("2", "Two", *fields))
    english, chinese = (related(workspace, f"work/{SOURCE}/1", lang).hits[0].why[0].text for lang in ("en", "zh"))
    assert english == "Both are about Subject A; Subject B; Subject C and 2 more"
    assert chinese == "同属主题：Subject A；Subject B；Subject C等5项"


def test_what_a_record_states_is_said_first(workspace: Workspace, fill: Fill) -> None:
    """The relation that a linking entry states, from either side."""
    fill(book("1", "Article", f"773 0# $t Journal $w ({SOURCE})2"), book("2", "Journal"))
    (there,) = related(workspace, f"work/{SOURCE}/1").hits
    (back,) = related(workspace, f"work/{SOURCE}/2", "zh").hits
    assert there.why[0].text == "Its record says of the other: part of"
    assert back.why[0].text == "对方著录的关系：是……的部分"


def test_things_say_what_they_have_to_do_with_a_work(workspace: Workspace, fill: Fill) -> None:
    """A subject, an agent, a series and a hub each in its own sense."""
    fill(
        book(
            "1",
            "One",
            "130 0# $a Moby Dick",
            "650 #0 $a Whales",
            "700 1# $a Melville, Herman, $d 1819-1891",
            "830 #0 $a Sea library",
        )
    )
    expected = {
        f"subject/{SOURCE}/1/Whales": "About Whales",
        f"agent/{SOURCE}/1/Melville,_Herman,_1819-1891": "By or with Melville, Herman, 1819-1891",
        f"hub/{SOURCE}/1/Moby_Dick": "A version of Moby Dick",
        f"hub/{SOURCE}/1/Sea_library": "In the series Sea library",
    }
    for path, text in expected.items():
        (hit,) = related(workspace, path).hits
        assert (hit.iri, hit.why[0].text) == (f"{BASE}id/work/{SOURCE}/1", text)


def test_what_tells_nothing_still_leads_to_its_works(workspace: Workspace, fill: Fill) -> None:
    """A provider or a former owner links no works, but from its own page its records are reached, and said so."""
    fill(*(book(n, n, "710 2# $a ebrary, Inc", "700 1# $a Owner, Olga, $d 1900- $4 fmo") for n in "12"))
    assert related(workspace, f"work/{SOURCE}/1").hits == []
    for path in ("ebrary,_Inc", "Owner,_Olga,_1900-"):
        found = related(workspace, f"agent/{SOURCE}/1/{path}").hits
        assert {hit.iri.rsplit("/", 1)[-1] for hit in found} == {"1", "2"}
        assert all(hit.why[0].text.startswith("Its record names ") for hit in found)


def test_agents_and_subjects_say_by_which_works(workspace: Workspace, fill: Fill) -> None:
    """Collaborators name a work of both, subjects that go together works that have both."""
    both = ["650 #0 $a Whales", "650 #0 $a Ships"]
    agents = ["700 1# $a A, $d 1900-", "700 1# $a B, $d 1900-"]
    fill(book("1", "First title", *both, *agents), book("2", "Second title", *both))
    by_agent = {hit.label: hit.why for hit in related(workspace, f"agent/{SOURCE}/1/A,_1900-").hits}
    by_subject = {hit.label: hit.why for hit in related(workspace, f"subject/{SOURCE}/1/Whales").hits}
    assert {"Both contributed to First title", "Works of both are about Ships; Whales"} == {
        reason.text for reason in by_agent["B, 1900-"]
    }
    assert [reason.text for reason in by_subject["Ships"]] == ["Both are subjects of First title; Second title"]


def test_a_second_step_tells_the_way(workspace: Workspace, fill: Fill) -> None:
    """What lies between is named, then why it leads there."""
    fill(
        book("1", "One", "650 #0 $a Whales", "650 #0 $a Sea $x Songs"),
        book("2", "Middle", "650 #0 $a Whales", "650 #0 $a Sea $x Songs", "130 0# $a Typee", "700 1# $a A, $d 1900-"),
        book("3", "Three", "130 0# $a Typee", "700 1# $a A, $d 1900-"),
    )
    hit = next(hit for hit in related(workspace, f"work/{SOURCE}/1").hits if hit.iri.endswith("/3"))
    assert hit.why[0].text == "By way of Middle – Versions of the same work: Typee"
    assert [iri.rsplit("/", 1)[-1] for iri in hit.why[0].path] == ["1", "2", "3"]
    chinese = next(hit for hit in related(workspace, f"work/{SOURCE}/1", "zh").hits if hit.iri.endswith("/3"))
    assert chinese.why[0].text == "经由“Middle”——同一作品的不同版本：Typee"
