"""Names: who contributed, in what role, under which identity."""

from collections.abc import Callable

import pytest

from ingest.mappings.facts.relators import role_of_code, roles_of_term
from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordKey

Mapper = Callable[..., set[str]]
BASE = "https://x.example/"


def graph_of(*fields: DataField) -> tuple[set[str], dict[str, list[str]]]:
    """Statements of a record, and what it says of the authorities it cites."""
    graph = map_record(MarcRecord("00000nam a2200000 i 4500", [], list(fields)), RecordKey("s", "1"), BASE)
    return set(graph.statements), {iri: lines for iri, (_, lines) in graph.cited.items()}


CLASSES = [
    ("100 1# $aSmith, John,$d1950-", "Person", "Smith, John, 1950-"),
    ("100 3# $aBach family.", "Family", "Bach family"),
    ("110 1# $aUnited States.$bCongress.$bHouse.", "Organization", "United States. Congress. House"),
    ("110 1# $aFrance.", "Jurisdiction", "France"),
    ("710 2# $aMoody Blues (Musical group)", "Organization", "Moody Blues (Musical group)"),
    ("111 2# $aWorkshop on Graphs$n(2nd :$d1999 :$cLondon)", "Meeting", "Workshop on Graphs (2nd : 1999 : London)"),
    ("711 2# $aKongress$n2$d1999$cLondon", "Meeting", "Kongress (2 : 1999 : London)"),
    ("700 0# $aAlexander,$cof Aphrodisias.", "Person", "Alexander, of Aphrodisias"),
    ("700 1# $aLovelace, Ada$d1815-1852", "Person", "Lovelace, Ada, 1815-1852"),
    ("700 1# $aChadwick, G. W.$q(George Whitefield),$d1854-1931.", "Person", None),
    ("720 1# $aBlacklock, Joseph", "Person", "Blacklock, Joseph"),
    ("720 ## $aAn unnamed workshop", "Agent", "An unnamed workshop"),
]


@pytest.mark.parametrize(("line", "class_", "label"), CLASSES)
def test_class_and_label_of_an_agent(mapped: Mapper, line: str, class_: str, label: str | None) -> None:
    """The tag and first indicator give the class; the label is the whole heading, punctuated alike in all files."""
    found = mapped(line)
    assert any(statement.startswith("agent/") and statement.endswith(f"type {class_}") for statement in found)
    expected = label or "Chadwick, G. W. (George Whitefield), 1854-1931"
    assert any(statement.endswith(f'label "{expected}"') for statement in found)


def test_primary_contribution(mapped: Mapper) -> None:
    """A 1XX is a contribution and the primary one; a 7XX only a contribution."""
    found = mapped("100 1# $aSmith, John.", "700 1# $aJones, Mary.")
    assert "work#contribution-100-1 type PrimaryContribution" in found
    assert "work#contribution-100-1 type Contribution" in found
    assert "work#contribution-700-1 type Contribution" in found
    assert "work#contribution-700-1 type PrimaryContribution" not in found


RELATORS = [
    ("$4aut", "relators/aut"),
    ("$4EDT", "relators/edt"),
    ("$4ive.", "relators/ive"),
    ("$4http://id.loc.gov/vocabulary/relators/cur", "relators/cur"),
    ("$eeditor.", "relators/edt"),
    ("$eHrsg.", "relators/edt"),
    ("$eVerfasserIn", "relators/aut"),
    ("$etraducteur", "relators/trl"),
    ("$e主编", "relators/edt"),
    ("$4xyz", "relators/xyz"),
]


@pytest.mark.parametrize(("part", "role"), RELATORS)
def test_roles(mapped: Mapper, part: str, role: str) -> None:
    """Codes, addresses and terms in several languages name the roles of the MARC list; other codes are our IRIs."""
    assert f"work#contribution-700-1 role {role}" in mapped(f"700 1# $aSmith, John,{part}")


def test_two_roles_in_one_term() -> None:
    """A term that joins two roles names both."""
    assert roles_of_term("editor and translator.") == (role_of_code("edt"), role_of_code("trl"))


def test_unknown_term_stays_a_text(mapped: Mapper) -> None:
    """A word that the lists don't hold is kept as it is, not guessed."""
    assert 'work#contribution-700-1 roleTerm "cat herder"@en' in mapped("700 1# $aSmith, John,$ecat herder.")


def test_circumstances_of_a_contribution(mapped: Mapper) -> None:
    """Affiliation, materials, relationship and institution are said of the contribution."""
    found = mapped("700 1# $3Plates:$iEngraver:$aSmith, John,$uUniversity of Basel$5NjP")
    assert 'work#contribution-700-1 affiliation "University of Basel"' in found
    assert 'work#contribution-700-1 appliesToPart "Plates"@en' in found
    assert 'work#contribution-700-1 relationshipNote "Engraver"@en' in found
    assert "work#contribution-700-1 applicableInstitution organizations/njp" in found


def test_identity_decides_the_agent() -> None:
    """With $0 the contribution leads to the authority, described apart; other identities are exact matches."""
    name = DataField("700", "1", " ", [("a", "Goethe"), ("0", "(DE-101)118540238"), ("0", "(DE-588)118540238")])
    statements, cited = graph_of(name)
    agent = f"<{BASE}id/authority/gnd/118540238>"
    assert any(line.endswith(f"bibframe/agent> {agent}") for line in statements)
    lines = cited[agent[1:-1]]
    assert f'{agent} <http://www.w3.org/2000/01/rdf-schema#label> "Goethe"' in lines
    matches = {line.rsplit(" ", 1)[1] for line in lines if "exactMatch" in line}
    assert matches == {"<https://d-nb.info/gnd/118540238>", "<https://d-nb.info/118540238>"}
    assert not any(line.startswith(agent) for line in statements)


def test_other_script_goes_to_the_same_agent(mapped: Mapper) -> None:
    """The 880 adds its name to the agent and the contribution of the field it belongs to."""
    found = mapped(
        "700 1# $6880-01$aKong, Guoping,$d1947-",
        "880 1# $6700-01/$1$a孔国平,$d1947-",
    )
    assert 'agent/Kong,_Guoping,_1947- label "Kong, Guoping, 1947-"' in found
    assert any(s.startswith('agent/Kong,_Guoping,_1947- label "孔国平, 1947-"@') for s in found)
    assert len({s.split(" ")[0] for s in found if s.startswith("agent/")}) == 1


def test_same_heading_in_two_records_is_two_agents() -> None:
    """Without an identifier a name is only this record's: homonyms don't melt together."""
    name = DataField("100", "1", " ", [("a", "Smith, John")])
    graphs = [map_record(MarcRecord("0" * 24, [], [name]), RecordKey("s", number), BASE) for number in "12"]
    agents = [{s.split(" ")[0] for s in g.statements if "/id/agent/" in s.split(" ")[0]} for g in graphs]
    assert agents[0].isdisjoint(agents[1])


@pytest.mark.parametrize(("line", "class_"), [
    ("796 1# $aKnight, Emily,$edonor.", "Person"),
    ("797 2# $aMentor Society.", "Organization"),
    ("792 2# $aVintage Fair$d(1999)", "Meeting"),
])  # fmt: skip
def test_local_added_entries(mapped: Mapper, line: str, class_: str) -> None:
    """79X of networks and libraries are added entries like those that they are modelled on."""
    found = mapped(line)
    node = f"work#contribution-{line[:3]}-1"
    assert f"work contribution {node}" in found
    agent = next(s.split(" agent ")[1] for s in found if s.startswith(f"{node} agent "))
    assert f"{agent} type {class_}" in found
