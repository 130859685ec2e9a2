"""The search benchmark asks what readers ask, draws by the power law, and counts percentiles right."""

import doctest
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

from benchmarks.search.generator import Generator, Text
from benchmarks.search.numbers import Numbers, other_class, other_identifier, other_years
from benchmarks.search.peer import Fts5
from benchmarks.search.power_law import PowerLaw
from benchmarks.search.queries import Mix
from benchmarks.search.skeletons import read_samples
from benchmarks.search.words import Vocabulary
from ingest.mappings.facts.identifiers import isbn, issn


def _random(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  figures, no secrets


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    """What generated works say."""
    return [made.text for made in Generator(read_samples()).works(300)]


def test_examples() -> None:
    """Every example in a docstring gives what it says."""
    result = doctest.testmod(import_module("benchmarks.search.timing"))
    assert result.attempted
    assert not result.failed


def _number(_: Random, drawn: Sequence[int]) -> int:
    return max(drawn) + 1


def test_the_largest_keeps_its_share_and_new_kinds_keep_coming() -> None:
    """Ten times the draws have ten times the commonest value, and several times the kinds."""
    seen = [0] * 50 + [1] * 20 + list(range(2, 332))
    law = PowerLaw(seen, _number, _random())
    drawn = Counter([*seen, *(law.draw() for _ in range(9 * len(seen)))])
    share, kinds = drawn[0] / drawn.total(), len(drawn) / len(set(seen))
    assert 0.5 < share / (50 / len(seen)) < 2
    assert 3 < kinds < 10


def test_isbns_of_one_book_stay_those_of_one_book() -> None:
    """The 10 and the 13 digits of a generated record go together, and both are valid."""
    numbers = Numbers(_random())
    short, long = numbers.isbn("0754019292 (pbk.)"), numbers.isbn("9780754019299")
    assert short.endswith(" (pbk.)")
    assert isbn(short.split()[0])
    assert isbn(long)
    assert short[:9] == long[3:12] != "075401929"


def test_an_issn_is_valid() -> None:
    """Another ISSN has its own check digit."""
    other = Numbers(_random()).issn("0307-8132")
    assert other != "0307-8132"
    assert issn(other) == other


def test_other_numbers_keep_their_form() -> None:
    """A class number stays in its main class, an identifier keeps its scheme, a year stays a year of the past."""
    assert other_class("I242.4", _random()).startswith("I2")
    assert other_identifier("(DE-588)142369276", _random()).startswith("(DE-588)1")
    assert other_identifier("(XBGC)t-038", _random()).startswith("(XBGC)t-")
    assert other_years("c1998, 2024", 5) == "c2003, 2025"


def test_other_words_keep_the_form_of_a_text() -> None:
    """Capitals, punctuation and figures stay where they are."""
    vocabulary = Vocabulary(_random())
    template = vocabulary.learn("title", "eng", "Report no. 12 : The eighth day")
    filled = vocabulary.fill(template)
    assert " 12 : " in filled
    assert filled[0].isupper()
    assert len(filled.split()) == 7


def test_beginnings_are_of_both_scripts_and_of_the_length_asked_for(texts: list[Text]) -> None:
    """What is typed has one to twelve characters."""
    beginnings = Mix(texts, 1).beginnings(300)
    assert all(1 <= len(beginning) <= 12 for beginning in beginnings)
    assert any(beginning.isascii() for beginning in beginnings)
    assert any("\u4e00" <= beginning[0] <= "\u9fff" for beginning in beginnings)


def test_the_peer_finds_a_title(tmp_path: Path, texts: list[Text]) -> None:
    """A baseline that can't find a title would be no baseline."""
    peer = Fts5(tmp_path / "fts5.sqlite", texts)
    place, text = next((n, text) for n, text in enumerate(texts, 1) if len(text.title.split()) > 5)
    assert place in peer.search(text.title)
