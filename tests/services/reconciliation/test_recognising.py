"""Namesakes, dates, numbers and initials: what is claimed, what is only offered, and how much work a batch is."""

import json
from typing import Any

import pytest

from services.reconciliation.reconcile import reconcile
from services.reconciliation.request import ReconciliationQuery, read_queries
from services.workspace import Workspace
from tests.services.library import BASE
from tests.services.reconciliation.conftest import Counting, Reconcile

WORK = f"{BASE}id/work/TEST/"


def batch(*queries: dict[str, Any]) -> dict[str, ReconciliationQuery]:
    """Queries by their numbers."""
    return read_queries(json.dumps({str(n): query for n, query in enumerate(queries)}))


def one(ask: Reconcile, text: str, type_: str = "", **having: Any) -> list[dict[str, Any]]:
    """Candidates of one query."""
    query = {"query": text, "type": type_, "properties": [{"pid": pid, "v": v} for pid, v in having.items()]}
    return ask(batch(query))["0"]


def matched(found: list[dict[str, Any]]) -> list[str]:
    """Names of what is claimed."""
    return [each["name"] for each in found if each["match"]]


def test_namesakes_are_all_offered_and_none_is_claimed(ask: Reconcile) -> None:
    """Three of one name, and nothing that tells which is meant."""
    found = one(ask, "John Reed", "Person")
    assert {each["name"] for each in found[:3]} == {"Reed, John, 1901-1960", "Reed, John, 1950-", "Reed, John"}
    assert len({each["score"] for each in found[:3]}) == 1
    assert matched(found) == []


@pytest.mark.parametrize(
    ("having", "expected"),
    [
        ({"birth_date": 1901}, "Reed, John, 1901-1960"),
        ({"birth_date": "1950-03-02"}, "Reed, John, 1950-"),
        ({"death_date": "1960"}, "Reed, John, 1901-1960"),
        ({"work": "Algebra for Beginners"}, "Reed, John, 1950-"),
        ({"work": {"id": "work/TEST/b3", "name": "On birds"}}, "Reed, John"),
        ({"birth_date": "1901", "work": ["A lost work", "Travels in the north"]}, "Reed, John, 1901-1960"),
    ],
)
def test_evidence_tells_namesakes_apart(ask: Reconcile, having: dict[str, Any], expected: str) -> None:
    """By the year of a date of any precision, by a work's title, by a work that is reconciled, by one of several."""
    assert matched(one(ask, "Reed, John", "Person", **having)) == [expected]


@pytest.mark.parametrize("year", [1500, 1559])
def test_of_very_many_namesakes_the_right_one_is_looked_at(ask: Reconcile, year: int) -> None:
    """More than are compared: the index is asked for the year as well."""
    assert matched(one(ask, "Paul Gray", "Person", birth_date=year)) == [f"Gray, Paul, {year}-"]


def test_dates_in_the_name_are_evidence(ask: Reconcile) -> None:
    """As headings have them; another's dates claim nobody."""
    assert matched(one(ask, "Reed, John, 1950-", "Person")) == ["Reed, John, 1950-"]
    assert matched(one(ask, "Reed, John, 1820-1890", "Person")) == []


def test_dates_of_authority_records_count_before_those_of_headings(ask: Reconcile) -> None:
    """A day is compared by its year."""
    found = one(ask, "Clive Staples Lewis", "Person", birth_date="1898-11-29", death_date="1963")
    assert matched(found) == ["Lewis, C. S. (Clive Staples), 1898-1963"]
    assert {"id": "birth_date", "value": 1.0} in found[0]["features"]


@pytest.mark.parametrize("name", ["C. S. Lewis", "Lewis, Clive Staples", "Hamilton, Clive", "Clive Hamilton"])
def test_initials_and_pen_names_find_the_author(ask: Reconcile, name: str) -> None:
    """By any name that the authority record has, or that its initials stand for."""
    assert one(ask, name, "Person")[0]["name"].startswith("Lewis, C. S.")


def test_initials_alone_are_not_claimed(ask: Reconcile) -> None:
    """J. Reed may be anybody."""
    assert matched(one(ask, "J. Reed", "Person")) == []


def test_a_volume_is_not_another(ask: Reconcile) -> None:
    """Numbers are no slips: of two volumes the one that is named, of a third none."""
    assert matched(one(ask, "Collected poems, volume 2", "Work", creator="Ann Hale")) == ["Collected poems. Volume 2"]
    assert matched(one(ask, "Collected poems. Volume 3", "Work", creator="Hale, Ann")) == []


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("9787020002207", "b1"),
        ("7-02-000220-X", "b1"),
        ("0317-8471", "b7"),
        ("ISSN 0317-8471", "b7"),
        ("b2", "b2"),
    ],
)
def test_a_number_names_one_work(ask: Reconcile, text: str, work: str) -> None:
    """ISBN in either length, ISSN, control number; certain, and for itself."""
    found = one(ask, text)
    assert [(each["id"], each["score"]) for each in found if each["match"]] == [(f"work/TEST/{work}", 100)]


def test_a_cancelled_number_claims_nothing(ask: Reconcile) -> None:
    """The record itself says that it is not this number; a wrong check digit makes another number."""
    assert matched(one(ask, "9787506303774")) == []
    assert matched(one(ask, "9787020002208")) == []


@pytest.mark.parametrize(
    ("text", "having"),
    [
        ("n79003363", {}),
        ("n  79003363", {}),
        ("http://id.loc.gov/authorities/names/n79003363", {}),
        ("https://id.loc.gov/authorities/names/n79003363.html", {}),
        ("(DLC)n 79003363", {}),
        ("Lewis", {"lc_name": "n79003363"}),
        ("C. S. Lewis", {"lc_name": "http://id.loc.gov/authorities/names/n79003363"}),
        ("", {"isni": "0000 0001 2138 7889"}),
        ("Clive Lewis", {"isni": "https://isni.org/isni/0000000121387889"}),
    ],
)
def test_numbers_of_other_files_name_people(ask: Reconcile, text: str, having: dict[str, Any]) -> None:
    """In every form that files have them, as the query or as a property."""
    assert matched(one(ask, text, "Person", **having)) == ["Lewis, C. S. (Clive Staples), 1898-1963"]


def test_a_number_with_another_name_is_offered_only(ask: Reconcile) -> None:
    """One of the two is wrong, and who asks must say which."""
    found = one(ask, "Jane Thornbury", "Person", lc_name="n79003363")
    assert (found[0]["name"], found[0]["score"]) == ("Lewis, C. S. (Clive Staples), 1898-1963", 80.0)
    assert matched(found) == []


def test_a_property_that_is_named_twice_is_one_with_both_values(ask: Reconcile) -> None:
    """As a table with two columns of creators has it; each feature stands once."""
    columns = [{"pid": "work", "v": "A lost work"}, {"pid": "work", "v": "On birds"}]
    found = ask(batch({"query": "Reed, John", "type": "Person", "properties": columns}))["0"]
    assert matched(found) == ["Reed, John"]
    assert [feature["id"] for feature in found[0]["features"]].count("work") == 1


@pytest.mark.parametrize("language", ["eng", "English"])
def test_codes_agree_by_code_and_by_name(ask: Reconcile, language: str) -> None:
    """As tables have languages."""
    found = one(ask, "Prince Caspian", "Work", language=language)
    assert {"id": "language", "value": 1.0} in found[0]["features"]


def test_types_by_preference_do_not_hide_the_rest(ask: Reconcile) -> None:
    """OpenRefine prefers a type: what is of it comes alone; only where there is nothing, the rest, never claimed."""
    query = {"query": "Reed, John", "type": "Person", "type_strict": "should"}
    assert {each["type"][0]["id"] for each in ask(batch(query))["0"]} == {"Person"}
    other = ask(batch({**query, "query": "Prince Caspian"}))["0"]
    assert other[0]["name"] == "Prince Caspian"
    assert (other[0]["match"], other[0]["score"]) == (False, 80.0)


def test_a_larger_batch_takes_no_more_queries(ask: Reconcile, library: Workspace) -> None:
    """The graph is asked for all queries together: at most two dozen times, for one query as for ten with evidence."""
    queries = [
        {"query": name, "type": type_, "properties": [{"pid": pid, "v": v}]}
        for name, type_, pid, v in (
            ("John Reed", "Person", "birth_date", 1901),
            ("Reed", "Person", "work", "On birds"),
            ("Ann Hale", "Person", "lc_name", "n79003363"),
            ("C. S. Lewis", "Person", "isni", "0000000121387889"),
            ("Collected poems", "Work", "creator", "Hale"),
            ("Algebra", "Work", "year", 1990),
            ("9787020002207", "Work", "publisher", "Press"),
            ("Gifts", "Work", "issn", "0317-8471"),
            ("On birds", "Work", "subject", "Birds"),
            ("Prince Caspian", "Work", "language", "English"),
        )
    ]
    counts = []
    for some in (queries[:1], queries):
        counting = Counting(library.graph)
        found = ask(batch(*some), graph=counting, lang="zh" if len(some) > 1 else "en")
        assert [key for key, candidates in found.items() if not candidates] == []
        counts.append(counting.count)
    assert counts[1] <= 24


def test_without_an_index_there_are_no_candidates(library: Workspace) -> None:
    """An installation that has not been indexed answers, and finds nothing."""
    assert reconcile(library.graph, None, batch({"query": "Reed"}), "en") == {"0": []}
