"""Linking entries: how Instances are related, and to which."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]

RELATIONS = [
    ("760 0#", "hasSeries"),
    ("762 0#", "hasSubseries"),
    ("765 0#", "translationOf"),
    ("767 0#", "translation"),
    ("770 0#", "supplement"),
    ("772 0#", "supplementTo"),
    ("773 0#", "partOf"),
    ("774 0#", "hasPart"),
    ("775 0#", "otherEdition"),
    ("776 08", "otherPhysicalFormat"),
    ("777 0#", "issuedWith"),
    ("780 00", "continues"),
    ("780 01", "continuesInPart"),
    ("780 02", "replacementOf"),
    ("780 04", "mergerOf"),
    ("780 05", "absorbed"),
    ("780 07", "separatedFrom"),
    ("780 0#", "precededBy"),
    ("785 00", "continuedBy"),
    ("785 01", "continuedInPartBy"),
    ("785 02", "replacedBy"),
    ("785 04", "absorbedBy"),
    ("785 06", "splitInto"),
    ("785 07", "mergedToForm"),
    ("785 08", "continuedBy"),
    ("786 0#", "dataSource"),
    ("787 0#", "relatedTo"),
]


@pytest.mark.parametrize(("head", "relation"), RELATIONS)
def test_relation_by_tag_and_indicator(mapped: Mapper, head: str, relation: str) -> None:
    """The tag, and in 780 and 785 the second indicator, names the relation."""
    node = f"instance#related-{head[:3]}-1"
    found = mapped(f"{head} $tAnother title")
    assert f"instance {relation} {node}" in found
    assert f'{node} label "Another title"' in found


def test_what_is_told_of_the_related_resource(mapped: Mapper) -> None:
    """Label, edition, publication and numbers hang on the related Instance, each number with its class."""
    found = mapped(
        "776 08 $iPrint version:$aBhushan, Bharat.$tTribology$bSecond edition.$dHoboken, 2013$z9781119944539"
        "$w(DLC)  2012031551$w(OCoLC)ocm00012345$x0143-3067$w(DE-600)1030187-2"
    )
    node = "instance#related-776-1"
    assert f'{node} label "Bhushan, Bharat. Tribology"' in found
    assert f'{node} editionStatement "Second edition"' in found
    assert f'{node} provisionActivityStatement "Hoboken, 2013"' in found
    assert f'{node} relationshipNote "Print version"' in found
    numbers = {s.split(" value ")[1] for s in found if " value " in s}
    assert numbers == {'"9781119944539"', '"2012031551"', '"12345"', '"0143-3067"', '"1030187-2"'}
    classes = {s.split(" type ")[1] for s in found if s.startswith("instance#identifier-776") and " type " in s}
    assert classes == {"Isbn", "Lccn", "OclcNumber", "Issn", "Local"}


def test_record_of_the_same_source(mapped: Mapper) -> None:
    """$w with a number of this source leads to that record's Instance; the field's words stay as one text."""
    found = mapped("773 0# $iIn:$tCollected papers$gp. 1-9$w(S)4711", "774 0# $w4824454")
    assert "instance partOf instance/s/4711" in found
    assert 'instance linkingEntryText "In: Collected papers; p. 1-9"' in found
    assert "instance hasPart instance/s/4824454" in found
    assert not any("#related-" in s for s in found)


def test_host_item(mapped: Mapper) -> None:
    """773 tells where in the host the part stands."""
    found = mapped("773 0# $tEntomologists' monthly magazine$gVol. 24 (1998), p. 235$q24:B:9<235$x0013-8908$yFNMMA")
    node = "instance#related-773-1"
    assert f'{node} part "Vol. 24 (1998), p. 235"' in found
    assert f'{node} enumerationAndFirstPage "24:B:9<235"' in found
    assert 'instance#identifier-773-1-2 value "FNMMA"' in found


def test_source_by_its_control_number_identifier(mapped: Mapper) -> None:
    """A number of the organisation in 003 is the source's, under whatever name the source was ingested."""
    found = mapped("773 0# $tHost$w(DE-101)98", control={"001": "1", "003": "DE-101"})
    assert "instance partOf instance/s/98" in found


def test_number_of_the_library_of_congress_is_no_control_number(mapped: Mapper) -> None:
    """$w (DLC) is an LCCN, which is not the 001 of the records that the Library of Congress distributes."""
    found = mapped("773 0# $tHost$w(DLC)  2012031551", control={"001": "1", "003": "DLC"})
    assert "instance partOf instance#related-773-1" in found


def test_a_wrong_check_digit_is_marked(mapped: Mapper) -> None:
    """A related resource's ISSN or ISBN that is not valid stays as it is written, and is marked so."""
    found = mapped("776 0# $tOther$x1234-5678$z978-3-16-148410-0")
    assert 'instance#identifier-776-1-1 value "1234-5678"' in found
    assert "instance#identifier-776-1-1 status mstatus/incorrect" in found
    assert "instance#identifier-776-1-2 status mstatus/incorrect" not in found
