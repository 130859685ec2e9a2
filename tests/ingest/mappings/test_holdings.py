"""Holdings: Items of holdings records, and the same fields within bibliographic records."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]
LEADER = "00000nx  a2200000zn 4500"


@pytest.fixture
def held(mapped: Mapper) -> Mapper:
    """Maps the fields of a holdings record of bibliographic record 377."""
    return lambda *lines: mapped(*lines, leader=LEADER, control={"004": "377"})


def test_item_of_a_holdings_record(held: Mapper) -> None:
    """The record is an Item of the Instance that 004 names."""
    found = held("852 0# $aCSt$bGREEN$cSTACKS$hPS374.D5$iR29")
    assert {"item type Item", "item itemOf instance/s/377", "item heldBy organizations/cst"} <= found
    assert {'item sublocation "GREEN"', 'item shelvingLocation "STACKS"', 'item callNumber "PS374.D5 R29"'} <= found
    assert "item shelvingScheme classSchemes/lcc" in found


def test_embedded_holdings(mapped: Mapper) -> None:
    """Each 852 of a bibliographic record is an Item of its own; what follows belongs to it."""
    found = mapped(
        "852 41 $aBritish Library$bHMNTS$jLT.2012.x.3849",
        "866 #0 $av. 1-5 (1931-1936)",
        "852 41 $aBritish Library$bDSC$jm06/.12251",
        "866 #0 $av. 6",
    )
    assert {"item.1 itemOf instance", "item.2 itemOf instance"} <= found
    assert 'item.1 holdingInstitutionName "British Library"' in found
    assert 'item.1 holdingsStatement "v. 1-5 (1931-1936)"' in found
    assert {'item.2 holdingsStatement "v. 6"', 'item.2 callNumber "m06/.12251"'} <= found


def test_pieces_with_barcodes(mapped: Mapper) -> None:
    """As many 876 as 852 describe the same Items; more are pieces of the holding before them."""
    same = mapped("852 ## $bMAIN", "876 ## $p39001$jin place")
    assert {"item.1#barcode-876-1 type Barcode", 'item.1#barcode-876-1 value "39001"'} <= same
    assert 'item.1 itemStatus "in place"' in same
    more = mapped("852 ## $bMAIN", "876 ## $p39001", "876 ## $p39002")
    assert {"item.1.876-1 heldUnder item.1", "item.1.876-2 heldUnder item.1", "item.1.876-2 itemOf instance"} <= more


STATEMENTS = [
    (["853 ## $81$av.$bno.$i(year)$j(month)", "863 40 $81.1$a3$b4$i2007$j02"], "v.3:no.4 (2007:Feb.)"),
    (["853 ## $83$av.$i(year)$j(season)", "863 #1 $83.22$a86$i2004$j22"], "v.86 (2004:Summer)"),
    (["853 ## $81$a(year)$b(season)", "863 #1 $81.1$a2007$b23"], "2007:23"),
    (["853 ## $81$av.$i(year)", "863 40 $81$a1-49$i1950-1998"], "v.1-49 (1950-1998)"),
    (["853 ## $81$av.", "853 ## $82$aBd.", "863 40 $82.1$a7"], "Bd.7"),
    (["863 40 $81.1$a12$i1999"], "12 (1999)"),
]


@pytest.mark.parametrize(("lines", "text"), STATEMENTS)
def test_captions_and_enumeration_make_a_statement(held: Mapper, lines: list[str], text: str) -> None:
    """$8 pairs captions with what is held; together they read as one line."""
    assert f'item holdingsStatement "{text}"' in held(*lines)


def test_supplements_and_indexes(held: Mapper) -> None:
    """Supplements and indexes are kept apart from the basic unit; captions alone are the publication pattern."""
    found = held("853 ## $81$av.$u4$vr", "867 #0 $aSuppl. 1", "868 #0 $aIndex v. 1-10", "866 #0 $av.1-$zLacks v.2")
    assert {'item supplementHoldingsStatement "Suppl. 1"', 'item indexHoldingsStatement "Index v. 1-10"'} <= found
    assert 'item publicationPattern "v.; u=4; v=r"' in found
    assert 'item publicNote "Lacks v.2"@en' in found


def test_notes_that_readers_do_not_see(held: Mapper) -> None:
    """$x is not public and says nothing in the graph; $z is public."""
    found = held("852 ## $bMAIN$xbought dear$zAsk at the desk")
    assert 'item publicNote "Ask at the desk"@en' in found
    assert not any("bought dear" in s for s in found)


def test_notes_and_links_of_the_copy(held: Mapper) -> None:
    """Notes and addresses in a holdings record are about the Item."""
    found = held("583 ## $adigitised$c2004", "561 ## $aFrom the Yahuda library.", "856 40 $uhttps://x.example/scan")
    assert any(s.startswith('item actionNote "digitised') for s in found)
    assert any(s.startswith("item custodialHistory") for s in found)
    assert "item electronicLocator scan" in found


def test_holding_without_location(mapped: Mapper) -> None:
    """866 in a bibliographic record without 852 still has its Item."""
    found = mapped("866 #0 $aVol. 1 (1970) -")
    assert {"item.1 type Item", 'item.1 holdingsStatement "Vol. 1 (1970) -"'} <= found
