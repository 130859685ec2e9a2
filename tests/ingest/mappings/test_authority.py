"""Authority records: one entity, its labels, its relations, and an IRI that citations share."""

import pytest

from ingest.identity import record_key
from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordGraph, RecordKey

BASE = "https://x.example/"
LEADER = "00000nz  a2200000n  4500"
CODED = "950316n| azannaabn          |a a{}a     c"


def parse(line: str) -> DataField:
    """A field written as ``245 10 $aTitle``."""
    indicators = line[4:6].replace("#", " ")
    parts = [(part[0], part[1:]) for part in line[6:].strip().split("$")[1:]]
    return DataField(line[:3], indicators[0], indicators[1], parts)


def authority(*lines: str, number: str = "p001", source: str = "XBGC", undifferentiated: bool = False) -> MarcRecord:
    """An authority record of ``lines``."""
    control = [("001", number), ("003", source), ("008", CODED.format("b" if undifferentiated else "a"))]
    return MarcRecord(LEADER, control, [parse(line) for line in lines])


def graph_of(record: MarcRecord) -> RecordGraph:
    """Its graph, under the key that ingest gives it."""
    return map_record(record, record_key(record, b"", None), BASE)


def said(record: MarcRecord, entity: str) -> set[str]:
    """Predicate and object, shortened, of what the record says of ``entity``."""
    prefix = f"<{BASE}id/authority/{entity}> "
    lines = [line.removeprefix(prefix) for line in graph_of(record).statements if line.startswith(prefix)]
    return {_short(line) for line in lines}


def _short(line: str) -> str:
    predicate, obj = line.split(" ", 1)
    return f"{_local(predicate)} {_local(obj) if obj.startswith('<') else obj.split('^^')[0]}"


def _local(term: str) -> str:
    value = term[1:-1]
    if value.startswith(f"{BASE}id/"):
        return value.removeprefix(f"{BASE}id/")
    return value if value.startswith("http") and "#" not in value and "bibframe" not in value else _last(value)


def _last(value: str) -> str:
    return value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


IDENTITIES: list[tuple[list[str], str, str, str]] = [
    (["010 ## $ash 85001234", "150 ## $aAbacus"], "123", "DLC", "lcsh/sh85001234"),
    (["010 ## $an  79021164 ", "100 1# $aTwain, Mark"], "n 79021164", "DLC", "naf/n79021164"),
    (["150 ## $aAbacus"], "sh 85001234", "DLC", "lcsh/sh85001234"),
    (["010 ## $agf2011026530", "155 ## $aMaps"], "gf2011026530", "DLC", "lcgft/gf2011026530"),
    (["010 ## $asj 96004567", "150 ## $aCats"], "1", "DLC", "lcshac/sj96004567"),
    (
        ["035 ## $a(DE-101)119232022", "035 ## $a(DE-588)119232022", "100 1# $aL."],
        "119232022",
        "DE-101",
        "gnd/119232022",
    ),
    (["024 7# $a119232022$2gnd", "100 1# $aL."], "p001", "XBGC", "xbgc/p001"),
    (["035 ## $a(OCoLC)fst01423722", "155 ## $aBlank forms"], "fst01423722", "OCoLC", "fast/1423722"),
    (["100 1# $aSmith, John"], "p001", "XBGC", "xbgc/p001"),
]


@pytest.mark.parametrize(("lines", "number", "source", "entity"), IDENTITIES)
def test_identity_of_the_record(lines: list[str], number: str, source: str, entity: str) -> None:
    """The record describes the entity that citations of its number name."""
    graph = graph_of(authority(*lines, number=number, source=source))
    assert graph.entities[0] == f"<{BASE}id/authority/{entity}>"


def test_citation_and_record_meet() -> None:
    """A heading that cites a local authority has the IRI that the authority record describes."""
    described = graph_of(authority("100 1# $aSmith, John")).entities[0]
    cites = MarcRecord("00000nam a2200000 i 4500", [], [parse("700 1# $aSmith, John$0(XBGC)p001")])
    assert any(line.endswith(described) for line in map_record(cites, RecordKey("XBGC", "1"), BASE).statements)


def test_labels_and_classes() -> None:
    """Every entity is a concept with its labels in SKOS, in the language of its terms, and of its class."""
    found = said(authority("040 ## $bger", "150 ## $aErde$gPlanet", "450 ## $aWelt"), "xbgc/p001")
    assert {"type Concept", "type Topic", 'prefLabel "Erde (Planet)"@de', 'label "Erde (Planet)"@de'} <= found
    assert 'altLabel "Welt"@de' in found


CLASSES = [
    ("100 1# $aA", "Person"),
    ("100 3# $aA", "Family"),
    ("100 1# $aA$tB", "Hub"),
    ("100 1# $aA$xB", "Topic"),
    ("110 1# $aFrance", "Jurisdiction"),
    ("110 2# $aA", "Organization"),
    ("111 2# $aA", "Meeting"),
    ("130 #0 $aA", "Hub"),
    ("148 ## $a1900", "Temporal"),
    ("151 ## $aA", "Place"),
    ("155 ## $aA", "GenreForm"),
    ("162 ## $aA", "MusicMedium"),
    ("180 ## $xA", "Subdivision"),
]


@pytest.mark.parametrize(("line", "class_"), CLASSES)
def test_class_by_heading(line: str, class_: str) -> None:
    """The heading's tag decides what the entity is."""
    assert f"type {class_}" in said(authority(line), "xbgc/p001")


def test_undifferentiated_name() -> None:
    """A heading that several persons share says so: it must never be merged."""
    record = authority("100 1# $aSmith, J.", undifferentiated=True)
    assert 'undifferentiated "true"' in said(record, "xbgc/p001")
    assert not any("undifferentiated" in line for line in said(authority("100 1# $aSmith, J."), "xbgc/p001"))
    assert 'undifferentiated "true"' in said(authority("100 1# $aS.", "075 ## $bn$2gndgen"), "xbgc/p001")


REFERENCES = [
    ("550 ## $wg$aHistoric sites$0(XBGC)p2", "broader authority/xbgc/p2"),
    ("550 ## $wh$aBattlefields$0(XBGC)p3", "narrower authority/xbgc/p3"),
    ("550 ## $aMonuments$0(XBGC)p4", "related authority/xbgc/p4"),
    ("510 2# $wa$aOld name$0(XBGC)p5", "earlierEntity authority/xbgc/p5"),
    ("510 2# $wb$aNew name$0(XBGC)p6", "laterEntity authority/xbgc/p6"),
    ("510 2# $wt$aParent$0(XBGC)p7", "parentBody authority/xbgc/p7"),
    ("550 ## $aGeologin$4berc$0(DE-588)4874356-2", "occupation authority/gnd/4874356-2"),
    ("551 ## $aKiel$4ortg$0(DE-588)4030481-4", "placeOfBirth authority/gnd/4030481-4"),
    ("750 #0 $aMolds$0sh85086566$4EQ", "exactMatch authority/lcsh/sh85086566"),
    ("750 #0 $aMolds$0sh85086566", "closeMatch authority/lcsh/sh85086566"),
    ("550 ## $wg$aParks$zPennsylvania", "broader subject/XBGC/authority:p001/Parks_--_Pennsylvania"),
    ("781 #0 $zPennsylvania$zErie", 'subdivisionForm "Pennsylvania -- Erie"@en'),
    ("410 2# $wa$aFormer name", 'earlierName "Former name"'),
]


@pytest.mark.parametrize(("line", "statement"), REFERENCES)
def test_references(line: str, statement: str) -> None:
    """$w or $4 says how two entities are related; without an identifier the other one is this record's own."""
    assert statement in said(authority("040 ## $beng", "150 ## $aA", line), "xbgc/p001")


def test_dates_and_attributes() -> None:
    """Dates are EDTF, from 046 or from a GND record's 548; attributes are texts."""
    found = said(
        authority(
            "046 ## $f18151210$g1852-11-27",
            "100 1# $aLovelace, Ada",
            "370 ## $aLondon$bMarylebone",
            "372 ## $aMathematics",
            "548 ## $a10.12.1815-27.11.1852$4datx",
        ),
        "xbgc/p001",
    )
    assert {'birthDate "1815-12-10"', 'deathDate "1852-11-27"', 'fieldOfActivity "Mathematics"@en'} <= found
    assert {'birthPlaceName "London"@en', 'deathPlaceName "Marylebone"@en'} <= found
    assert sum(line.startswith("birthDate") for line in found) == 1


def test_notes() -> None:
    """Scope, sources and biography are kept apart."""
    found = said(
        authority(
            "150 ## $aA",
            "670 ## $aWork cat.$b(p. 4)",
            "678 0# $aBorn in Bonn",
            "680 ## $iHere are entered works on$aA",
        ),
        "xbgc/p001",
    )
    assert 'sourceConsulted "Work cat. (p. 4)"@en' in found
    assert 'biographicalNote "Born in Bonn"@en' in found
    assert 'scopeNote "Here are entered works on A"@en' in found


def test_other_files() -> None:
    """The same entity elsewhere is an exact match; so are this file's cancelled numbers, which records still cite."""
    record = authority(
        "024 7# $aQ865334$2wikidata",
        "024 7# $a267074138$2viaf",
        "035 ## $a(DE-588)119232022",
        "035 ## $z(DE-588a)172642531",
        "100 1# $aLovelace, Ada",
    )
    found = said(record, "gnd/119232022")
    assert {
        "exactMatch http://www.wikidata.org/entity/Q865334",
        "exactMatch http://viaf.org/viaf/267074138",
        "exactMatch https://d-nb.info/gnd/119232022",
        "exactMatch authority/gnd/172642531",
        "exactMatch authority/xbgc/p001",
    } <= found


def test_other_script() -> None:
    """An 880 of the heading is a label in its own script."""
    record = authority("100 1# $6880-01$aLu, Xun", "880 1# $6100-01/$1$a鲁迅")
    labels = {line for line in said(record, "xbgc/p001") if line.startswith("prefLabel")}
    assert any(line.startswith('prefLabel "鲁迅"@') for line in labels)


def test_subject_headings_of_the_samples(sample_records: list[MarcRecord]) -> None:
    """Every sample heading becomes one LCSH concept with a label, and its references stay within the record."""
    headings = [record for record in sample_records if record.leader[6] == "z"]
    assert headings
    for record in headings:
        graph = graph_of(record)
        entity = graph.entities[0]
        assert entity.startswith(f"<{BASE}id/authority/lcsh/sh")
        assert (
            sum(
                line.startswith(f"{entity} <http://www.w3.org/2004/02/skos/core#prefLabel>")
                for line in graph.statements
            )
            == 1
        )
