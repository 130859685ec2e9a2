"""Where a subfield's text ends and punctuation begins."""

import pytest

from ingest.mappings.facts.punctuation import heading_text, strip_brackets, strip_isbd
from ingest.mappings.facts.texts import joined, note
from ingest.record import DataField


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Zongguan Zhong Mei = :", "Zongguan Zhong Mei"),
        ("Metadata fundamentals /", "Metadata fundamentals"),
        ("Programming in C++ /", "Programming in C++"),
        ("London :", "London"),
        ("Prentice-Hall,", "Prentice-Hall"),
        ("Springer-Verl.,", "Springer-Verl."),
        ("xii, 300 p. :", "xii, 300 p."),
        ("2., überarb. Aufl.", "2., überarb. Aufl."),
        ("Smith, J.", "Smith, J."),
        ("Bach, P. D. Q.", "Bach, P. D. Q."),
        ("Microsoft Inc.", "Microsoft Inc."),
        ("Washington, D.C.", "Washington, D.C."),
        ("New York, N.Y.", "New York, N.Y."),
        ("Politics and government.", "Politics and government"),
        ("History.", "History"),
        ("[Chicago] ;", "[Chicago]"),
        ("1981-1990.", "1981-1990"),
        ("1950-", "1950-"),
        ("And then ...", "And then ..."),
        ("What is to be done?", "What is to be done?"),
        ("http://example.org/a/", "http://example.org/a/"),
        ("中国图书馆学报。", "中国图书馆学报"),
        ("AC/DC ;", "AC/DC"),
        (" / ", ""),
        ("", ""),
    ],
)
def test_marks_at_the_end_are_cut(written: str, text: str) -> None:
    """ISBD marks and full stops go; stops of initials and abbreviations stay."""
    assert strip_isbd(written) == text


@pytest.mark.parametrize("text", ["Smith, J.", "History", "2nd ed.", "[S.l.]", "C++", "a ... b ..."])
def test_what_is_clean_stays(text: str) -> None:
    """Cutting twice is cutting once."""
    assert strip_isbd(strip_isbd(text)) == strip_isbd(text) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[New York]", "New York"),
        ("[New York", "New York"),
        ("New York]", "New York"),
        ("Paris [i.e. Lyon]", "Paris [i.e. Lyon]"),
        ("[S.l.] : [s.n.]", "[S.l.] : [s.n.]"),
        ("[electronic resource]", "electronic resource"),
    ],
)
def test_brackets_of_what_is_supplied_are_cut(written: str, text: str) -> None:
    """Square brackets around the whole, or left open by the cut into subfields, go."""
    assert strip_brackets(written) == text


def test_a_heading_keeps_the_punctuation_between_its_parts() -> None:
    """Only the last part's end is cut; subfields that are no part of the heading don't show."""
    subfields = [("a", "Pike, Zebulon Montgomery,"), ("d", "1779-1813."), ("0", "(DLC)n1"), ("e", "author.")]
    assert heading_text(subfields, "abcdq") == "Pike, Zebulon Montgomery, 1779-1813"


def test_subfields_join_where_no_punctuation_joins_them() -> None:
    """The joint stands only where the text before ends in no mark."""
    f = DataField("541", " ", " ", [("c", "Purchase;"), ("a", "Brill"), ("d", "1994.")])
    assert joined(f, "acd", ", ") == "Purchase; Brill, 1994."


def test_a_note_names_its_part_and_its_institution() -> None:
    """$3 stands before the text, $5 after it."""
    f = DataField("561", " ", " ", [("3", "Copy 1:"), ("a", "Purchased in Cairo."), ("5", "NjP")])
    assert note(f, "a") == "Copy 1: Purchased in Cairo. [NjP]"
