"""The look-ups of the known-item benchmark ask what they say, and what they count as right is right."""

import doctest
from collections import Counter
from importlib import import_module
from random import Random

import pytest

from benchmarks.known_item import texts
from benchmarks.known_item.baseline import Fts5
from benchmarks.known_item.catalogue import Facts, catalogue
from benchmarks.known_item.lookups import FIRST, IN_THREE, LookUp, LookUps
from benchmarks.search.generator import Generator
from benchmarks.search.skeletons import read_samples
from ingest.archive import Archive, NewVersion

BASE = "https://library.example/"
EVERY_KIND = dict.fromkeys((*FIRST, *IN_THREE), (15, 15))


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Facts]:
    """A catalogue of generated records."""
    with Archive(tmp_path_factory.mktemp("archive") / "archive.sqlite") as archive:
        for made in Generator(read_samples()).works(400):
            for raw in made.records:
                assert raw.key
                archive.put([NewVersion(raw.key, raw.data, raw.format, "utf-8", "bib", f"{BASE}{raw.key.id}")])
        return catalogue(archive, BASE)


@pytest.fixture(scope="module")
def made(records: list[Facts]) -> list[LookUp]:
    """Look-ups of every kind."""
    return LookUps(records).make(EVERY_KIND)


@pytest.mark.parametrize("name", ["benchmarks.known_item.texts", "benchmarks.known_item.catalogue"])
def test_examples(name: str) -> None:
    """Every example in a docstring gives what it says."""
    result = doctest.testmod(import_module(name))
    assert result.attempted
    assert not result.failed


def test_there_are_look_ups_of_every_kind(made: list[LookUp]) -> None:
    """No kind is left out for want of records."""
    assert set(Counter(lookup.kind for lookup in made)) == set(EVERY_KIND)


def test_the_same_records_give_the_same_look_ups(records: list[Facts], made: list[LookUp]) -> None:
    """Two runs ask the same."""
    assert LookUps(records).make(EVERY_KIND) == made


def test_the_record_looked_for_is_right(made: list[LookUp]) -> None:
    """Others may answer as well, but never instead of it."""
    assert all(lookup.wanted in lookup.right for lookup in made)


def test_a_record_is_in_one_part_only(made: list[LookUp]) -> None:
    """What is tuned on one part has not seen the other's records."""
    parts: dict[str, set[bool]] = {}
    for lookup in made:
        parts.setdefault(lookup.wanted, set()).add(lookup.tuning)
    assert {len(part) for part in parts.values()} == {1}
    assert len({lookup.tuning for lookup in made}) == 2


def test_a_title_is_right_for_all_that_bear_it_and_for_no_other(records: list[Facts], made: list[LookUp]) -> None:
    """The title typed is one of the record's, whichever script it is in."""
    for lookup in (lookup for lookup in made if lookup.kind == "title"):
        typed = texts.normal(lookup.text)
        bearing = {r.work for r in records if typed in map(texts.normal, [*r.titles, *r.full_titles, *r.variants])}
        assert lookup.right == bearing


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311  slips, no secrets


@pytest.mark.parametrize("title", ["A history of printing", "Découverte", "Report on steel bridges, 1909"])
def test_a_latin_slip_is_one_change(title: str) -> None:
    """A reader slips once, in letters."""
    for seed in range(40):
        slip = texts.latin_slip(title, _random(seed))
        assert slip not in {None, title}
        assert texts.within_one_change(slip or "", title)


def test_a_chinese_slip_is_one_character() -> None:
    """Wrong or missing."""
    for seed in range(40):
        slip = texts.chinese_slip("红楼梦研究", "天地玄黄", _random(seed))
        assert texts.within_one_change(slip or "", "红楼梦研究")
        assert len(slip or "") in {4, 5}


def test_short_texts_have_no_slip() -> None:
    """Nobody could tell what was meant."""
    assert texts.latin_slip("To be", _random(1)) is None
    assert texts.chinese_slip("论语", "天地", _random(1)) is None


def test_the_peer_finds_what_is_typed_right(records: list[Facts], made: list[LookUp]) -> None:
    """A baseline that can't find a title would be no baseline."""
    baseline = Fts5(records)
    titles = [lookup for lookup in made if lookup.kind == "title"]
    found = [lookup for lookup in titles if set(baseline.search(lookup.text, 10)) & lookup.right]
    assert len(found) >= 0.9 * len(titles)
