"""The questions of the reconciliation benchmark ask what they say, and what they count as right is right."""

import pytest

from benchmarks.known_item.catalogue import Facts
from benchmarks.reconcile.__main__ import Answer, _measured
from benchmarks.reconcile.questions import KINDS, Named, Question, Questions
from ingest.record import RecordKey

PERSONS = [
    Named("p1", ["Reed, John"], {"1901"}),
    Named("p2", ["Reed, John", "里德"], {"1950"}),
    Named("p3", ["Hale, Annabel", "Marlowe, Annabel"], {"1940"}),
    Named("p4", ["Winterbourne, Frederick"], set()),
    Named("p5", ["曹雪芹", "Cao, Xueqin"], {"1717"}),
]
TOPICS = [Named("t1", ["Gastronomy"]), Named("t2", ["gastronomy."]), Named("t3", ["Human rights"])]
RECORDS = [
    Facts(
        RecordKey("x", "1"), "w1", chinese=False, isbns=["9787020002207"], titles=["Travels"], agents=[("Reed, John",)]
    ),
    Facts(RecordKey("x", "2"), "w2", chinese=False, titles=["Travels"], agents=[("Marlowe, Annabel",)]),
    Facts(RecordKey("x", "3"), "w3", chinese=False, titles=["Mountains"], agents=[("Winterbourne, Frederick",)]),
]


@pytest.fixture(scope="module")
def made() -> list[Question]:
    """All that can be asked about these."""
    return Questions(PERSONS, TOPICS, RECORDS, {"w3": "w9"}).make(10)


def of(made: list[Question], kind: str) -> list[Question]:
    """Those of a kind."""
    found = [question for question in made if question.kind == kind]
    assert found, kind
    return found


def test_every_kind_but_those_that_these_have_not(made: list[Question]) -> None:
    """All are made of a handful of entities."""
    assert set(KINDS) == {question.kind for question in made}


def test_namesakes_are_both_right_unless_a_year_tells(made: list[Question]) -> None:
    """By name both, by name and year one."""
    by_name = next(question for question in of(made, "person") if "Reed" in question.text)
    assert by_name.right == {"p1", "p2"}
    by_year = {question.properties: question.right for question in of(made, "person, born") if "Reed" in question.text}
    assert by_year[("birth_date", "1901"),] == {"p1"}


def test_nobody_and_another_are_right_for_nothing(made: list[Question]) -> None:
    """No bearer of the name, of the name with the year, of the title by the creator."""
    for kind in ("person, nobody", "person, another's year", "work, another's creator"):
        assert all(not question.right for question in of(made, kind))
    names = {name for person in PERSONS for name in person.names}
    assert names.isdisjoint(question.text for question in of(made, "person, nobody"))


def test_works_are_those_of_the_title_and_the_creator(made: list[Question]) -> None:
    """By any name of the creator; the entity that stands for the work."""
    right = {question.text: question.right for question in of(made, "work, creator") if question.text == "Mountains"}
    assert right == {"Mountains": {"w9"}}
    assert {question.right for question in of(made, "work, creator") if question.text == "Travels"} == {
        frozenset({"w1"}),
        frozenset({"w2"}),
    }


def test_a_slip_is_nobody_s_own_name(made: list[Question]) -> None:
    """What is misspelt is not spelt so by anybody."""
    for question in of(made, "person, misspelt, born"):
        assert question.text not in {name for person in PERSONS for name in person.names}
        assert question.right
    assert all(question.text not in {"Gastronomy", "Human rights"} for question in of(made, "subject, misspelt"))


def test_figures_count_claims_and_what_should_be_claimed() -> None:
    """Two claims, one of them wrong; of two single answers one claimed."""
    question = Question("person", "x", "Person", (), frozenset({"a"}), tuning=True)
    nobody = Question("person, nobody", "x", "Person", (), frozenset(), tuning=True)
    found = _measured([Answer(question, "a", "a"), Answer(question, "a", ""), Answer(nobody, "b", "b")])
    assert found == {"questions": 3, "first": 1.0, "claimed": 2, "precision": 0.5, "recall": 0.5}
