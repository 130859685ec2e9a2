"""A text of many words is a question: nothing need have all of them, and documents in JSON Lines answer it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from services.search.request import SearchResult
from services.workspace import Workspace
from tests.services.library import ingest

Search = Callable[..., SearchResult]
TEXTS = {
    "all": ("Slender wings", "Heat transfer at supersonic speed over slender wings in laminar flow."),
    "some": ("Laminar flow", "Heat transfer at supersonic speed past a flat plate."),
    "fewer": ("Supersonic aircraft", "On heat."),
    "one": ("Bridges", "On the transfer of loads between piers."),
    "none": ("Cooking", "How to boil rice."),
}
QUESTION = "what is the heat transfer in supersonic laminar flow over slender wings"
_YEAR = 1950


@pytest.fixture(autouse=True)
def _library(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    made = [
        {"id": number, "title": title, "text": text, "lang": "en", "year": _YEAR + place}
        for place, (number, (title, text)) in enumerate(TEXTS.items())
    ]
    file.write_text("\n".join(json.dumps(each) for each in made), encoding="utf-8")
    ingest(workspace, file, source="texts")


def ids(result: SearchResult) -> list[str]:
    """The documents' own ids of the hits, in order."""
    return [record["id"] for hit in result.hits for record in hit.sources]


def test_what_has_all_of_the_words_comes_before_what_has_some(search: Search) -> None:
    """Two of the words are enough to be an answer; the answer says that few have them all."""
    result = search(QUESTION)
    assert ids(result) == ["all", "some", "fewer"]
    assert result.relaxed == ["Few have all of these words; they come first, then what has some of them."]


def test_what_nothing_has_whole_is_answered_by_parts(search: Search) -> None:
    """A word that no document has does not empty the result, and is not taken for a misspelt one."""
    result = search(f"what is known of the {QUESTION}")
    assert ids(result) == ["all", "some", "fewer"]
    assert result.relaxed == ["Nothing has all of these words; shown is what has some of them, the best matches first."]


def test_one_word_must_do_where_no_two_stand_together(search: Search) -> None:
    """Rather one word of many than nothing."""
    assert ids(search("boil piers zzzz yyyy xxxx")) in (["none", "one"], ["one", "none"])


def test_a_word_asked_twice_counts_twice(search: Search) -> None:
    """What a question says again is what it is about."""
    words = "flat piers aircraft rice"
    assert ids(search(f"{words} piers piers"))[:1] == ["one"]
    assert ids(search(f"{words} rice rice"))[:1] == ["none"]


def test_a_title_is_no_question(search: Search, workspace: Workspace, tmp_path: Path) -> None:
    """Who types a long title wants that, and not what else has words of it."""
    title = "Heat transfer in supersonic laminar flow"
    file = tmp_path / "more.jsonl"
    file.write_text(json.dumps({"id": "titled", "title": title}), encoding="utf-8")
    ingest(workspace, file, source="texts")
    result = search(title)
    assert ids(result)[:1] == ["titled"]
    assert result.relaxed == []


def test_a_filter_does_not_change_how_a_text_is_read(search: Search) -> None:
    """Within the years of the second best answer, that is found; sorting by year keeps to what has all the words."""
    assert ids(search(QUESTION, first_year=_YEAR + 1)) != []
    assert ids(search(QUESTION, sort="newest")) == ["all"]
