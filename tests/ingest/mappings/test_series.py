"""Series as transcribed and as traced."""

from collections.abc import Callable

Mapper = Callable[..., set[str]]


def test_transcribed_series(mapped: Mapper) -> None:
    """490 is one readable statement, with numbering and ISSN by themselves."""
    found = mapped("490 1# $aBAR international series,$x0143-3067 ;$v2751")
    assert 'instance seriesStatement "BAR international series ; 2751"' in found
    assert 'instance seriesEnumeration "2751"' in found
    assert 'instance seriesIssn "0143-3067"' in found


def test_traced_series(mapped: Mapper) -> None:
    """830 is a series that the Work belongs to; 800 has its author before it."""
    found = mapped("830 #0 $aBible in the modern world ;$v69.", "800 1# $aRowling, J. K.$tHarry Potter ;$v7.")
    assert "work hasSeries hub/Bible_in_the_modern_world" in found
    assert "hub/Bible_in_the_modern_world type Series" in found
    assert "hub/Rowling,_J._K._Harry_Potter type Series" in found
    assert {'instance seriesEnumeration "69"', 'instance seriesEnumeration "7"'} <= found


def test_old_tracing_in_one(mapped: Mapper) -> None:
    """440 is transcribed and traced."""
    found = mapped("440 #0 $aTest record series ;$vno. 4")
    assert 'instance seriesStatement "Test record series ; no. 4"' in found
    assert "work hasSeries hub/Test_record_series" in found


def test_record_of_the_series(mapped: Mapper) -> None:
    """$w with a number of the same source leads to the series' own Instance; another's number stays a text."""
    found = mapped("830 #0 $aMonographs$w(s)77$w(DE-600)88")
    assert "instance partOf instance/s/77" in found
    assert 'work seriesControlNumber "(DE-600)88"' in found


def test_parallel_title_and_materials(mapped: Mapper) -> None:
    """A second $a is the title in another language; $3 says of which volumes."""
    found = mapped("490 0# $3v. 1-3:$aReihe =$aSeries ;$v4")
    assert 'instance seriesStatement "v. 1-3: Reihe = Series ; 4"' in found
