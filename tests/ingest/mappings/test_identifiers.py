"""Identifiers: checked, normalised, with qualifier, status and whose they are."""

from collections.abc import Callable

import pytest

from ingest.mappings.facts import identifiers

Mapper = Callable[..., set[str]]
NODE = "instance#identifier-"


def of(statements: set[str], tag: str) -> set[str]:
    """What is said of the identifiers of a field."""
    return {s.removeprefix(NODE + tag) for s in statements if s.startswith(NODE + tag)}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0-8044-2957-X", "080442957X"),
        ("080442957x", "080442957X"),
        ("978-3-16-148410-0", "9783161484100"),
        ("9783161484101", None),
        ("0804429570", None),
        ("080442957", None),
        ("ISBN", None),
        ("", None),
    ],
)
def test_isbn(written: str, number: str | None) -> None:
    """Right ones lose their hyphens, wrong ones are none."""
    assert identifiers.isbn(written) == number


@pytest.mark.parametrize(
    ("written", "number"), [("00015547", "0001-5547"), ("2434-561x", "2434-561X"), ("0001-5548", None)]
)
def test_issn(written: str, number: str | None) -> None:
    """Right ones have their hyphen, wrong ones are none."""
    assert identifiers.issn(written) == number


def test_isbn_with_qualifier_in_brackets(mapped: Mapper) -> None:
    """Before $q the qualifier stood in parentheses; the price is the Instance's."""
    found = mapped("020 ## $a080442957X (pbk.) :$c£4.95")
    assert of(found, "020-1") == {" type Isbn", ' value "080442957X"', ' qualifier "pbk."'}
    assert 'instance acquisitionTerms "£4.95"' in found


def test_isbn_that_fails_its_check_is_kept_as_incorrect(mapped: Mapper) -> None:
    """As written, with a status; a cancelled one of the same field is a node of its own."""
    found = mapped("020 ## $a978-3-16-148410-1$q(hardback)$z0-8044-2957-X")
    assert of(found, "020-1") == {
        " type Isbn",
        ' value "978-3-16-148410-1"',
        ' qualifier "hardback"',
        " status mstatus/incorrect",
        "-1 type Isbn",
        '-1 value "080442957X"',
        "-1 status mstatus/cancinv",
    }


def test_issn_and_issn_l(mapped: Mapper) -> None:
    """Both are identifiers of their own class."""
    found = mapped("022 0# $a0001-5547$l0001-5547$21")
    assert of(found, "022-1") >= {" type Issn", ' value "0001-5547"', "-1 type IssnL", '-1 value "0001-5547"'}


def test_oclc_number_is_the_same_however_it_is_written(mapped: Mapper) -> None:
    """Prefix and leading zeros go; a merged one (019) is cancelled."""
    found = mapped("035 ## $a(OCoLC)ocm00012345 ", "019 ## $a6789")
    assert of(found, "035-1") == {" type OclcNumber", ' value "12345"'}
    assert of(found, "019-1") == {" type OclcNumber", ' value "6789"', " status mstatus/cancinv"}


def test_system_number_has_its_agency(mapped: Mapper) -> None:
    """The organisation code in parentheses is the assigner."""
    found = mapped("035 ## $a(DE-599)DNB960586415")
    assert of(found, "035-1") == {" type Local", ' value "DNB960586415"', " assigner organizations/de599"}


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("010 ## $a   85-2 ", "Lccn", "85000002"),
        ("024 7# $a10.1000/182$2doi", "Doi", "10.1000/182"),
        ("024 3# $a9780838934326", "Ean", "9780838934326"),
        ("024 1# $a 093624026025", "Upc", "093624026025"),
        ("027 ## $aFOA--89-40265/2.6.72.33--SE", "Strn", "FOA--89-40265/2.6.72.33--SE"),
        ("030 ## $aACTAAX", "Coden", "ACTAAX"),
        ("028 02$a438 953-2$bPhilips Classics", "AudioIssueNumber", "438 953-2"),
        ("088 ## $aNASA-RP-1124-REV-3", "ReportNumber", "NASA-RP-1124-REV-3"),
        ("074 ## $a334-C-1", "GpoItemNumber", "334-C-1"),
        ("015 ## $a06,A29,1122$2dnb", "Nbn", "06,A29,1122"),
    ],
)
def test_classes(mapped: Mapper, line: str, kind: str, value: str) -> None:
    """Tag, indicator and $2 choose the class."""
    found = of(mapped(line), f"{line[:3]}-1")
    assert {f" type {kind}", f' value "{value}"'} <= found
