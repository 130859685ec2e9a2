"""Publication and its kin: as written, and as dates, years and country."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]


def with_008(kind: str, dates: str, country: str = "nyu") -> dict[str, str]:
    """A control field 008 with type of date, dates and country."""
    return {"008": f"850101{kind}{dates}{country}".ljust(35) + "eng d"}


def test_publication_as_written_and_coded(mapped: Mapper) -> None:
    """Place, agent and date as on the title page, date and country of 008 on the same node."""
    found = mapped("264 #1 $a[New York] :$bHarper,$c[1985?]", control=with_008("s", "1985    "))
    node = "instance#provision-264-1"
    assert {
        f"instance provisionActivity {node}",
        f"{node} type Publication",
        f'{node} simplePlace "New York"',
        f'{node} simpleAgent "Harper"',
        f'{node} simpleDate "[1985?]"',
        f'{node} date "1985"',
        f"{node} place countries/nyu",
        'instance startYear "1985"',
    } <= found


@pytest.mark.parametrize(
    ("indicator", "class_"), [("0", "Production"), ("1", "Publication"), ("2", "Distribution"), ("3", "Manufacture")]
)
def test_kinds(mapped: Mapper, indicator: str, class_: str) -> None:
    """264, second indicator."""
    assert f"instance#provision-264-1 type {class_}" in mapped(f"264 #{indicator} $aParis")


def test_the_dates_of_008_are_the_publications(mapped: Mapper) -> None:
    """Also where a production or distribution statement stands first."""
    found = mapped("264 #2 $bIngram,$c2003.", "264 #1 $bYale,$c2002.", control=with_008("s", "2002    "))
    assert 'instance#provision-264-2 date "2002"' in found
    assert 'instance#provision-264-1 date "2003"' in found
    assert 'instance startYear "2002"' in found
    assert 'instance startYear "2003"' not in found


def test_copyright_is_no_provision(mapped: Mapper) -> None:
    """264 with second indicator 4, and the second date of type ``t``."""
    found = mapped("264 #4 $c©2009", control=with_008("t", "20102009"))
    assert {'instance copyrightDate "©2009"', 'instance copyrightDate "2009"'} <= found
    assert {'instance#provision-008-1 date "2010"', "instance#provision-008-1 type Publication"} <= found


def test_range_of_years(mapped: Mapper) -> None:
    """First and last year beside the EDTF of a span; none where it goes on."""
    found = mapped("260 ## $c1960-1975.", control=with_008("d", "19601975"))
    assert {
        'instance#provision-260-1 date "1960/1975"',
        'instance startYear "1960"',
        'instance endYear "1975"',
    } <= found
    assert not any(" endYear " in s for s in mapped("260 ## $c1960-", control=with_008("c", "19609999")))


def test_transcription_where_008_is_silent(mapped: Mapper) -> None:
    """Without a coded date the year is read from the transcription."""
    found = mapped("260 ## $aLondon :$bMurray,$c1859.", control=with_008("n", "uuuuuuuu"))
    assert {'instance#provision-260-1 date "1859"', 'instance startYear "1859"'} <= found


def test_manufacture_in_260(mapped: Mapper) -> None:
    """$e $f $g are a manufacture of its own; the parentheses around them are punctuation."""
    found = mapped("260 ## $aParis :$bImpr. nat.,$c1910$e(Lyon :$fRey)")
    assert {
        "instance#provision-260-1-1 type Manufacture",
        'instance#provision-260-1-1 simplePlace "Lyon"',
        'instance#provision-260-1-1 simpleAgent "Rey"',
    } <= found
    assert 'instance#provision-260-1 simpleAgent "Impr. nat."' in found


def test_original_script(mapped: Mapper) -> None:
    """The 880 adds place and name in its script to the same node."""
    found = mapped(
        "264 #1 $6880-02$aBeijing :$bZhonghua shu ju,$c2008.", "880 #1 $6264-02/$1$a北京 :$b中华书局,$c2008."
    )
    assert 'instance#provision-264-1 simpleAgent "中华书局"@und-hani' in found


@pytest.mark.parametrize(
    ("written", "stated"), [("1453]", "[1453]"), ("[1982-", "[1982-]"), ("197-?-    ]", "[197-?- ]"), ("1990.", "1990")]
)
def test_a_supplied_date_stays_marked_as_such(mapped: Mapper, written: str, stated: str) -> None:
    """Brackets that open in an earlier subfield are whole in the date by itself."""
    found = mapped(f"260 ## $a[Mainz :$bGutenberg,$c{written}", control=with_008("s", "1453    "))
    assert f'instance#provision-260-1 simpleDate "{stated}"' in found
    assert 'instance#provision-260-1 simplePlace "Mainz"' in found
