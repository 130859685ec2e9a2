"""Subjects and genres: class, scheme, language, subdivisions; index terms."""

from collections.abc import Callable

import pytest

from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey

Mapper = Callable[..., set[str]]
BASE = "https://x.example/"

HEADINGS = [
    ("650 #0 $aInsects$xEcology.", "subject/Insects_--_Ecology", "Topic", '"Insects -- Ecology"@en', "lcsh"),
    ("650 #2 $aCells", "subject/Cells_(mesh)", "Topic", '"Cells"@en', "mesh"),
    (
        "650 #6 $aÉducation$zFrance",
        "subject/%C3%89ducation_--_France_(rvm)",
        "Topic",
        '"Éducation -- France"@fr',
        "rvm",
    ),
    ("650 #7 $aPhilosophie$2gnd", "subject/Philosophie_(gnd)", "Topic", '"Philosophie"@de', "gnd"),
    ("650 #7 $a图书馆学$2cct", "subject/%E5%9B%BE%E4%B9%A6%E9%A6%86%E5%AD%A6_(cct)", "Topic", '"图书馆学"@zh', "cct"),
    ("650 #4 $aCats", "subject/Cats", "Topic", '"Cats"', None),
    ("651 #7 $aEngland$zLondon.$2fast", "place/England_--_London_(fast)", "Place", '"England -- London"@en', "fast"),
    ("651 #0 $aChina$xHistory", "subject/China_--_History", "Topic", '"China -- History"@en', "lcsh"),
    ("648 #7 $a1914-1918$2fast", "subject/1914-1918_(fast)", "Temporal", '"1914-1918"@en', "fast"),
    ("600 10 $aObama, Barack.", "agent/Obama,_Barack", "Person", '"Obama, Barack"', "lcsh"),
    ("600 30 $aBach family.", "agent/Bach_family", "Family", '"Bach family"', "lcsh"),
    ("610 20 $aUnited Nations.", "agent/United_Nations", "Organization", '"United Nations"', "lcsh"),
    ("630 00 $aBible.$lLatin.", "hub/Bible._Latin", "Hub", '"Bible. Latin"', "lcsh"),
    ("600 10 $aHomer.$tIliad.", "hub/Homer._Iliad", "Hub", '"Homer. Iliad"', "lcsh"),
    ("690 ## $aLocal matters", "subject/Local_matters_(local)", "Topic", '"Local matters"', "local"),
    ("656 #7 $aAnthropologists$2aat", "subject/Anthropologists_(aat)", "Occupation", '"Anthropologists"@en', "aat"),
    ("662 ## $aItaly$bTuscany$dFlorence", "place/", "Place", '"Italy -- Tuscany -- Florence"', None),
]


@pytest.mark.parametrize(("line", "entity", "class_", "label", "scheme"), HEADINGS)
def test_heading(mapped: Mapper, line: str, entity: str, class_: str, label: str, scheme: str | None) -> None:
    """A heading is one entity of its class with the whole heading in its scheme's language."""
    found = mapped(line)
    labelled = [s for s in found if s.startswith(entity) and s.endswith(f" label {label}")]
    assert len(labelled) == 1
    subject = labelled[0].split(" ")[0]
    assert f"work subject {subject}" in found
    assert f"{subject} type {class_}" in found
    assert [s for s in found if s.startswith(f"{subject} inScheme")] == (
        [f"{subject} inScheme subjectSchemes/{scheme}"] if scheme else []
    )


def test_subdivisions_are_stated_one_by_one(mapped: Mapper) -> None:
    """Each subdivision is a literal of its kind beside the whole heading."""
    found = mapped("650 #0 $aCats$xHistory$y18th century$zFrance$vFiction.")
    entity = "subject/Cats_--_History_--_18th_century_--_France_--_Fiction"
    for name, value in {
        "topicalSubdivision": "History",
        "chronologicalSubdivision": "18th century",
        "geographicSubdivision": "France",
        "formSubdivision": "Fiction",
    }.items():
        assert f'{entity} {name} "{value}"@en' in found


def test_a_name_with_subdivisions_is_a_subject_by_itself_too(mapped: Mapper) -> None:
    """Works about a person's life are found under the person; the whole heading is a topic, not a person."""
    found = mapped("600 10 $aDarwin, Charles,$d1809-1882$vBiography.")
    assert "work subject agent/Darwin,_Charles,_1809-1882" in found
    assert "agent/Darwin,_Charles,_1809-1882 type Person" in found
    assert "subject/Darwin,_Charles,_1809-1882_--_Biography type Topic" in found


def test_the_identity_of_a_name_is_not_that_of_its_subdivided_heading() -> None:
    """A name file's number identifies the name; a subject file's the heading whole."""
    parts = [("a", "Darwin"), ("v", "Biography"), ("0", "(DLC)n 78095637"), ("0", "(DLC)sh2008102023")]
    graph = map_record(
        MarcRecord("00000nam a2200000 i 4500", [], [DataField("600", "1", "0", parts)]), RecordKey("s", "1"), BASE
    )
    labels = {
        iri.removeprefix(f"{BASE}id/authority/"): line.rsplit("#label> ")[1]
        for iri, (_, lines) in graph.cited.items()
        for line in lines
        if "#label>" in line
    }
    assert labels == {"naf/n78095637": '"Darwin"', "lcsh/sh2008102023": '"Darwin -- Biography"'}


def test_a_word_in_two_schemes_is_two_entities(mapped: Mapper) -> None:
    """``Pain`` hurts in one language and is bread in the other."""
    found = mapped("650 #0 $aPain", "650 #6 $aPain")
    assert {s for s in found if " label " in s and "ain" in s} == {
        'subject/Pain label "Pain"@en',
        'subject/Pain_(rvm) label "Pain"@fr',
    }


def test_genre(mapped: Mapper) -> None:
    """655 says what the work is."""
    found = mapped("655 #7 $aNovels.$2lcgft")
    assert "work genreForm subject/Novels_(lcgft)" in found
    assert "subject/Novels_(lcgft) type GenreForm" in found


INDEX_TERMS = [("#", "indexTerm"), ("1", "personalIndexTerm"), ("5", "geographicIndexTerm"), ("6", "genreIndexTerm")]


@pytest.mark.parametrize(("indicator", "name"), INDEX_TERMS)
def test_index_terms(mapped: Mapper, indicator: str, name: str) -> None:
    """653 gives literals by kind, several in one field."""
    found = mapped(f"653 #{indicator} $afirst$asecond.")
    assert {f'work {name} "first"', f'work {name} "second"'} <= found


def test_role_of_a_subject(mapped: Mapper) -> None:
    """An honouree is a subject and contributes in that role."""
    found = mapped("600 10 $aDickens, Charles,$d1812-1870$ehonoree.")
    assert "work#contribution-600-1 role relators/hnr" in found
    assert "work#contribution-600-1 agent agent/Dickens,_Charles,_1812-1870" in found


def test_subject_string(mapped: Mapper) -> None:
    """689 gives the links of a German subject string, and who assigned it."""
    found = mapped("689 00 $Dg$aOsteuropa", "689 0# $5DE-101")
    assert "place/Osteuropa type Place" in found
    assert "work subjectStringAssigner organizations/de101" in found


def test_local_names_are_subjects_like_others(mapped: Mapper) -> None:
    """696–699 follow 600–630, title and all; the scheme is the library's own."""
    found = mapped("696 10 $aHomer.$tIliad.", "697 20 $aMentor Society$xHistory.")
    assert any(s.endswith(" type Hub") for s in found)
    assert any(s.endswith(' label "Mentor Society"') for s in found)


def test_the_role_of_a_thing_is_said_in_words(mapped: Mapper) -> None:
    """Only agents contribute; what else a relator term says of stays a note."""
    found = mapped("650 #0 $aTrees,$edepicted.")
    assert 'work subjectNote "depicted: Trees"@en' in found
    assert not any("contribution" in s for s in found)
