"""Dates of 008, of coded fields and of transcriptions, as EDTF."""

import pytest

from ingest.mappings.facts import dates


@pytest.mark.parametrize(
    ("kind", "date1", "date2", "edtf", "first", "last"),
    [
        ("s", "1999", "    ", "1999", 1999, 1999),
        ("s", "19uu", "    ", "19XX", 1900, 1999),
        ("s", "198u", "    ", "198X", 1980, 1989),
        ("e", "2004", "0512", "2004-05-12", 2004, 2004),
        ("e", "2004", "05  ", "2004-05", 2004, 2004),
        ("m", "1998", "2003", "1998/2003", 1998, 2003),
        ("m", "1998", "9999", "1998/..", 1998, None),
        ("m", "1998", "1998", "1998", 1998, 1998),
        ("c", "1960", "9999", "1960/..", 1960, None),
        ("d", "1960", "1975", "1960/1975", 1960, 1975),
        ("d", "1960", "uuuu", "1960/", 1960, None),
        ("d", "195u", "1975", "195X/1975", 1950, 1975),
        ("u", "1948", "uuuu", "1948/", 1948, None),
        ("i", "1765", "1770", "1765/1770", 1765, 1770),
        ("k", "1796", "1896", "1796/1896", 1796, 1896),
        ("q", "1963", "1966", "[1963..1966]", 1963, 1966),
        ("t", "2010", "2009", "2010", 2010, 2010),
        ("r", "1983", "1857", "1983", 1983, 1983),
        ("p", "1982", "1949", "1982", 1982, 1982),
        ("|", "1987", "||||", "1987", 1987, 1987),
    ],
)
def test_dates_of_publication(kind: str, date1: str, date2: str, edtf: str, first: int, last: int | None) -> None:
    """Each type of date means another span."""
    assert dates.coded(kind, date1, date2).published == (edtf, first, last)


@pytest.mark.parametrize(("kind", "date1"), [("n", "uuuu"), ("b", "    "), ("s", "    "), ("s", "||||"), ("s", "abcd")])
def test_no_date_where_none_is_known(kind: str, date1: str) -> None:
    """Unknown, before our era, blank, no attempt to code, and nonsense."""
    assert dates.coded(kind, date1, "    ").published is None


def test_the_second_date_is_what_its_type_says() -> None:
    """Copyright of ``t``; the original of reprints and of productions."""
    assert dates.coded("t", "2010", "2009").copyrighted == ("2009", 2009, 2009)
    for kind in "rp":
        assert dates.coded(kind, "1983", "1857").original == ("1857", 1857, 1857)
    assert dates.coded("s", "1983", "1857").original is None


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("1999.", "1999"),
        ("[1999?]", "1999?"),
        ("c1998", "1998"),
        ("©2015", "2015"),
        ("ca. 1850", "1850~"),
        ("[between 1990 and 1995?]", "[1990..1995]"),
        ("1967-1973", "1967/1973"),
        ("1983-", "1983/.."),
        ("[196-?]", "196X"),
        ("[19--]", "19XX"),
        ("Shōwa 18 [1943]", "1943"),
        ("民国25 [1936]", "1936"),
    ],
)
def test_transcribed_dates(written: str, edtf: str) -> None:
    """The year is found in what stands on the title page."""
    found = dates.transcribed(written)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("written", ["", "[n.d.]", "vol. 3", "12345", "LR 6011"])
def test_no_date_is_made_up(written: str) -> None:
    """A text without a year has no date."""
    assert dates.transcribed(written) is None


@pytest.mark.parametrize(
    ("code", "edtf"), [("w3w9", "183X/189X"), ("x1x3", "191X/193X"), ("v5v5", "175X"), ("y-y-", "20XX"), ("d7d6", None)]
)
def test_time_periods(code: str, edtf: str | None) -> None:
    """045 $a: a letter for the century, a digit for the decade."""
    assert dates.period(code) == edtf
