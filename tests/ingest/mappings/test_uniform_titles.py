"""Hubs: uniform titles of the work itself and of works it is related to."""

from collections.abc import Callable

import pytest

from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey

Mapper = Callable[..., set[str]]


def test_uniform_title_with_creator(mapped: Mapper) -> None:
    """The Hub of a 240 carries creator and title; its language is the Work's, so translations share the Hub."""
    found = mapped("100 1# $aCamus, Albert,$d1913-1960.", "240 10 $aÉtranger.$lEnglish")
    hub = "hub/Camus,_Albert,_1913-1960._%C3%89tranger"
    assert f"work expressionOf {hub}" in found
    assert f'{hub} label "Camus, Albert, 1913-1960. Étranger"' in found
    assert 'work expressionLanguageTerm "English"' in found


def test_uniform_title_alone(mapped: Mapper) -> None:
    """A 130 needs no creator; its parts are stated by themselves."""
    found = mapped("130 0# $aBible.$pGenesis.$lLatin.$sVulgate.")
    assert "work expressionOf hub/Bible._Genesis._Vulgate" in found
    assert 'hub/Bible._Genesis._Vulgate uniformTitlePartName "Genesis"' in found
    assert 'hub/Bible._Genesis._Vulgate uniformTitleVersion "Vulgate"' in found


def test_music(mapped: Mapper) -> None:
    """Medium, number and key of a musical work stand by themselves."""
    found = mapped("240 10 $aSymphonies,$nno. 5, op. 67,$rC minor")
    hub = "hub/Symphonies,_no._5,_op._67,_C_minor"
    assert f'{hub} uniformTitlePartNumber "no. 5, op. 67"' in found
    assert f'{hub} uniformTitleMusicKey "C minor"' in found


def test_identity_of_a_heading_with_language() -> None:
    """$0 names the heading with its language; the Work expresses that Hub and the one without."""
    fields = [DataField("130", "0", " ", [("a", "Bible."), ("l", "Latin"), ("0", "(DLC)n  79095637")])]
    graph = map_record(MarcRecord("00000nam a2200000 i 4500", [], fields), RecordKey("s", "1"), "https://x.example/")
    hubs = {line.rsplit("/id/", 1)[1] for line in graph.statements if "bibframe/expressionOf>" in line}
    assert hubs == {"authority/naf/n79095637>", "hub/s/1/Bible>"}


RELATED = [
    ("700 1# $aHomer.$tIliad.", "relatedTo", "hub/Homer._Iliad"),
    ("700 12 $aHomer.$tIliad.", "hasPart", "hub/Homer._Iliad"),
    ("700 1# $iTranslation of:$aHomer.$tIliad.", "translationOf", "hub/Homer._Iliad"),
    ("710 22 $aUnited Nations.$tCharter.", "hasPart", "hub/United_Nations._Charter"),
    ("730 02 $aSummaria Alexandrinorum.$lArabic.", "hasPart", "hub/Summaria_Alexandrinorum._Arabic"),
    ("730 0# $iSequel to (work):$aStar wars.", "precededBy", "hub/Star_wars"),
    ("730 0# $iParody of (work):$aStar wars.", "derivativeOf", "hub/Star_wars"),
]


@pytest.mark.parametrize(("line", "relation", "hub"), RELATED)
def test_related_work(mapped: Mapper, line: str, relation: str, hub: str) -> None:
    """The word in $i says how works are related, else the second indicator."""
    found = mapped(line)
    assert f"work {relation} {hub}" in found
    assert f"{hub} type Hub" in found


def test_unknown_relation_stays_in_words(mapped: Mapper) -> None:
    """What $i says and no property means is kept as text; a name-title entry is no contribution."""
    found = mapped("700 1# $iDreamt up after:$aHomer.$tIliad.$x1234-5679")
    assert 'work relationshipNote "Dreamt up after: Homer. Iliad"@en' in found
    assert 'hub/Homer._Iliad issn "1234-5679"' in found
    assert not any(" contribution " in s for s in found)


def test_resource_identifier() -> None:
    """758 leads to the resource that its address names."""
    fields = [DataField("758", " ", " ", [("i", "is translation of"), ("1", "http://www.wikidata.org/entity/Q42")])]
    graph = map_record(MarcRecord("00000nam a2200000 i 4500", [], fields), RecordKey("s", "1"), "https://x.example/")
    assert any(line.endswith("/id/authority/wikidata/Q42>") for line in graph.statements)
