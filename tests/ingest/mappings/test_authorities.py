"""Authority identifiers: one identity, one IRI, however $0 writes it."""

import pytest

from ingest.mappings.facts.authorities import cited_by, ranked, read
from ingest.record import DataField

SAME = {
    ("gnd", "118540238"): [
        "(DE-588)118540238",
        "(DE-588a)118540238",
        " (DE-588) 118540238 ",
        "http://d-nb.info/gnd/118540238",
        "https://d-nb.info/gnd/118540238",
        "https://d-nb.info/gnd/118540238/about",
        "(uri)https://d-nb.info/gnd/118540238",
        "(gnd)118540238",
    ],
    ("gnd", "308520-X"): ["(DE-588)308520-X", "(DE-588b)308520-x", "http://d-nb.info/gnd/308520-X"],
    ("de-101", "00406769X"): ["(DE-101)00406769X", "(de-101)00406769X"],
    ("naf", "n79021164"): [
        "(DLC)n  79021164",
        "(DLC)n 79021164 ",
        "n 79021164",
        "http://id.loc.gov/authorities/names/n79021164",
        "https://id.loc.gov/authorities/names/n79021164.html",
        "(uri) http://id.loc.gov/authorities/names/n79021164",
        "http://id.loc.gov/rwo/agents/n79021164",
        "http://viaf.org/viaf/sourceID/LC|n79021164",
        "(DLC)n 79-21164",
    ],
    ("naf", "nb2019016901"): ["(DLC)nb2019016901", "http://id.loc.gov/authorities/names/nb2019016901"],
    ("lcsh", "sh85001234"): [
        "sh 85001234",
        "sh85001234",
        "(DLC)sh 85001234 ",
        "http://id.loc.gov/authorities/subjects/sh85001234",
    ],
    ("lcgft", "gf2014026144"): ["gf2014026144", "http://id.loc.gov/authorities/genreForms/gf2014026144"],
    ("lcshac", "sj96004567"): ["(DLC)sj 96004567", "http://id.loc.gov/authorities/childrensSubjects/sj96004567"],
    ("lcdgt", "dg2015060010"): ["(DLC)dg2015060010"],
    ("lcmpt", "mp2013015550"): ["http://id.loc.gov/authorities/performanceMediums/mp2013015550"],
    ("fast", "1423722"): [
        "(OCoLC)fst01423722",
        "fst01423722",
        "http://id.worldcat.org/fast/1423722",
        "https://id.worldcat.org/fast/01423722/",
    ],
    ("viaf", "27297150"): ["http://viaf.org/viaf/27297150/", "https://www.viaf.org/viaf/27297150", "(viaf)27297150"],
    ("isni", "000000049947861X"): ["https://isni.org/isni/000000049947861X", "(isni)0000 0004 9947 861x"],
    ("orcid", "0000-0002-1825-0097"): ["https://orcid.org/0000-0002-1825-0097", "(orcid)0000000218250097"],
    ("wikidata", "Q40614"): [
        "https://www.wikidata.org/wiki/Q40614",
        "http://www.wikidata.org/entity/Q40614",
        "(wikidata)Q40614",
    ],
    ("mesh", "D010825"): ["https://id.nlm.nih.gov/mesh/D010825", "(DNLM)D010825"],
    ("idref", "027253139"): ["http://www.idref.fr/027253139/id", "(IdRef)027253139"],
    ("bnf", "cb11907966z"): [
        "http://data.bnf.fr/ark:/12148/cb11907966z",
        "https://catalogue.bnf.fr/ark:/12148/cb11907966z",
        "(FrPBN)FRBNF11907966",
        "(FR-PaBN)11907966",
    ],
    ("ulan", "500010879"): ["http://vocab.getty.edu/ulan/500010879", "http://vocab.getty.edu/ulan/500010879-agent"],
    ("xbgc", "p001"): ["(XBGC)p001", "(xbgc) p001"],
    ("iccu", "DDSV113726"): ["IT\\ICCU\\DDSV\\113726"],
    ("web", "example.org/names/n83170323"): [
        "http://example.org/names/n83170323",
        "(uri)https://example.org/names/n83170323",
    ],
}


@pytest.mark.parametrize(
    ("value", "identity"), [(value, identity) for identity, values in SAME.items() for value in values]
)
def test_forms_of_an_identity(value: str, identity: tuple[str, str]) -> None:
    """Every form in which files write an identity gives the same scheme and identifier."""
    found = read(value)
    assert found is not None
    assert found[:2] == identity


@pytest.mark.parametrize("value", ["", "  ", "(Print)", "(DLC)", "Acta cytologica", "nothing", "see above"])
def test_values_without_an_identity(value: str) -> None:
    """Text that names no record gives none, with or without a source to attribute it to."""
    assert read(value) is None
    assert read(value, "XBGC") is None


def test_a_bare_number_is_its_schemes_or_its_sources() -> None:
    """A number alone belongs to $2's scheme; to the record's source where there is none or where it isn't such."""
    heading = DataField("650", " ", "7", [("a", "Mold"), ("0", "tesa00001396"), ("2", "TESA")])
    assert cited_by(heading, "DNAL", "tesa")[0][:2] == ("tesa", "tesa00001396")
    assert cited_by(heading, "DNAL", "")[0][:2] == ("dnal", "tesa00001396")
    assert cited_by(heading, "DNAL", "lcsh")[0][:2] == ("dnal", "tesa00001396")


def test_preference_among_several() -> None:
    """The field's own scheme comes first, then the stated order, hubs of identities last; a repeat counts once."""
    values = ["https://viaf.org/viaf/1/", "(DE-101)118540238", "(DE-588)118540238", "n79021164", "(gnd)118540238"]
    schemes = [found.scheme for found in ranked([read(value) for value in values])]
    assert schemes == ["gnd", "naf", "de-101", "viaf"]
    assert ranked([read(value) for value in values], "naf")[0].scheme == "naf"


@pytest.mark.parametrize(
    ("value", "web"),
    [
        ("(DE-588)4252788-0", "https://d-nb.info/gnd/4252788-0"),
        ("sh 85001234", "http://id.loc.gov/authorities/subjects/sh85001234"),
        ("(XBGC)p001", None),
    ],
)
def test_web_address(value: str, web: str | None) -> None:
    """The address that the scheme's publisher gives out, where it has one."""
    found = read(value)
    assert found is not None
    assert found.web == web


def test_key_of_a_library_system() -> None:
    """``$=`` holds the key of the local authority record in exports of one library system."""
    heading = DataField("650", " ", "0", [("a", "Mold"), ("=", "^A2110396")])
    assert cited_by(heading, "SIRSI", "lcsh")[0][:2] == ("sirsi", "A2110396")
