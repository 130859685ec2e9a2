"""Code lists: complete, well formed, found as records write them, and the same as vocabularies."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from common.namespaces import SKOS
from common.terms import is_language_tag, split_statement
from ingest import codes
from ingest.codes import vocabulary

MINIMUM = {
    "areas": 580,
    "carrier": 55,
    "class_schemes": 45,
    "content": 25,
    "countries": 380,
    "field_codes": 220,
    "identifier_sources": 50,
    "languages": 510,
    "leader_008": 500,
    "media": 10,
    "organizations": 55,
    "physical_007": 430,
    "relator_terms": 1000,
    "relators": 300,
    "scripts": 70,
    "subject_schemes": 100,
    "vocabularies": 100,
}
BASE = "https://example.org/"
LOADING = """
import time
from ingest import codes
best = 1.0
for _ in range(5):
    codes.table.cache_clear()
    start = time.perf_counter()
    for name in codes.tables():
        codes.table(name)
    best = min(best, time.perf_counter() - start)
print(best)
"""


def test_every_table_is_known_here() -> None:
    """No table is without a minimum below which it would have lost rows."""
    assert codes.tables() == sorted(MINIMUM)


@pytest.mark.parametrize(("name", "minimum"), MINIMUM.items())
def test_tables_are_well_formed(name: str, minimum: int) -> None:
    """Tables have their rows, each key once, no cell with stray blanks, and labels in both languages."""
    lines = (codes.FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = codes.table(name)
    assert len(rows) == len(lines) - 1 >= minimum
    for key, row in rows.items():
        assert all(cell == cell.strip() for cell in row.values()), key
        assert row.get("en", "-"), key
        assert row.get("zh", "-"), key


@pytest.mark.parametrize("name", ["languages", "countries"])
def test_successors_are_valid_codes(name: str) -> None:
    """An obsolete code points to a code of the same table that is not obsolete itself."""
    rows = codes.table(name)
    for row in rows.values():
        if row["replaced_by"]:
            assert row["status"] == "obsolete"
            assert not rows[row["replaced_by"]]["status"]


def test_tables_load_in_time() -> None:
    """Reading all tables takes less than 20 milliseconds; twice that is left to a busy machine."""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True, cwd=root)
    assert float(run.stdout) < 0.04


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("chi", "zh"),
        ("eng", "en"),
        ("fre", "fr"),
        ("ger", "de"),
        ("deu", "de"),
        ("zho", "zh"),
        ("GER", "de"),
        ("en", "en"),
        ("grc", "grc"),
        ("scr", "hr"),
        ("mol", "ro"),
        ("bih", "bih"),
        ("und", None),
        ("mul", None),
        ("zxx", None),
        ("|||", None),
        ("   ", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_language_tags(code: str, tag: str | None) -> None:
    """MARC, obsolete, ISO 639-2/T and two-letter codes give one BCP 47 tag; codes that name no language give none."""
    assert codes.language_tag(code) == tag


def test_every_language_tag_is_well_formed() -> None:
    """Each language that has a tag has one in the form of BCP 47."""
    tags = [row["tag"] for row in codes.table("languages").values() if row["tag"]]
    assert all(is_language_tag(tag) for tag in tags)
    assert len(tags) > 500


@pytest.mark.parametrize(
    ("text", "code"),
    [("scr", "hrv"), ("nld", "dut"), ("ja", "jpn"), ("jpn", "jpn"), ("esk", "esk"), ("xyz", None)],
)
def test_language_codes(text: str, code: str | None) -> None:
    """A code of any of the lists gives the valid MARC code; an obsolete one without successor stays."""
    assert codes.language_code(text) == code


@pytest.mark.parametrize(
    ("name", "code", "label"),
    [
        ("countries", "gw ", "德国"),
        ("countries", "cc", "中国"),
        ("countries", "xxu", "美国"),
        ("countries", "DCU", "美国哥伦比亚特区"),
        ("areas", "n-us---", "美国"),
        ("areas", "a-cc-pe", "中国北京市"),
        ("areas", "e------", "欧洲"),
        ("areas", "lnaz---", "亚速尔群岛"),
        ("areas", "popl---", "帕劳"),
        ("content", "txt", "文本"),
        ("media", "n", "无中介"),
        ("carrier", "cr", "联机资源"),
        ("class_schemes", "clc", "中国图书馆分类法"),
        ("organizations", "DE-101", "德国国家图书馆"),
        ("countries", "|||", None),
        ("areas", "-------", None),
        ("countries", "", None),
    ],
)
def test_codes_are_found_as_records_write_them(name: str, code: str, label: str | None) -> None:
    """Blanks, fill characters, trailing hyphens and case do not hide a code."""
    row = codes.find(name, code)
    assert (row["zh"] if row else None) == label


def test_obsolete_codes_give_their_successors() -> None:
    """``current`` follows an obsolete code, ``find`` shows it as it is."""
    former, present = codes.find("countries", "hk"), codes.current("countries", "hk ")
    assert former is not None
    assert former["status"] == "obsolete"
    assert present is not None
    assert present["code"] == "cc"
    assert codes.current("countries", "gw") is codes.find("countries", "gw")


@pytest.mark.parametrize(
    ("list_", "code", "label"),
    [
        ("frequency", "m", "monthly"),
        ("frequency", " ", "no determinable frequency"),
        ("contents", "m", "theses"),
        ("literary_form", "1", "fiction"),
        ("audience", "j", "juvenile"),
        ("record_type", "e", "cartographic material"),
        ("bibliographic_level", "s", "serial"),
        ("encoding_level", " ", "full level"),
        ("smd_007", "sd", "sound disc"),
        ("music_form", "sy", "Symphonies"),
        ("audience", "|", None),
    ],
)
def test_fixed_field_values(list_: str, code: str, label: str | None) -> None:
    """Codes of the leader, 007 and 008 are found by list, a blank too."""
    row = codes.value(list_, code)
    assert (row["en"] if row else None) == label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("author", ("aut",)),
        ("author.", ("aut",)),
        ("Author,", ("aut",)),
        ("aut", ("aut",)),
        ("Verfasser", ("aut",)),
        ("Verf.", ("aut",)),
        ("Hrsg.", ("edt",)),
        ("[Hrsg.]", ("edt",)),
        ("(Herausgeber)", ("edt",)),
        ("Sponsor (Körperschaft)", ("spn",)),
        ("HerausgeberIn", ("edt",)),
        ("Traducteur", ("trl",)),
        ("著", ("aut",)),
        ("编著", ("aut",)),
        ("主编", ("edt",)),
        ("主編", ("edt",)),
        ("译", ("trl",)),
        ("校注。", ("ann",)),
        ("编、译", ("edt", "trl")),
        ("ed.", ("edt",)),
        ("jt. author", ("aut",)),
        ("editor and translator", ("edt", "trl")),
        ("editor, editor", ("edt",)),
        ("director of photography", ("cng",)),
        ("former owner", ("fmo",)),
        ("http://id.loc.gov/vocabulary/relators/cur", ("cur",)),
        ("https://id.loc.gov/vocabulary/relators/cur", ("cur",)),
        ("unyŏng wiwŏnhoe", ()),
        ("editor and unyŏng wiwŏnhoe", ()),
        ("", ()),
        (" . ", ()),
    ],
)
def test_relators(text: str, expected: tuple[str, ...]) -> None:
    """Terms of several languages, codes and IRIs give relator codes; an unknown part gives none."""
    assert codes.relators(text) == expected


def test_relator_terms_are_normal_and_point_to_relators() -> None:
    """Every term stands in the form in which it is looked up, and its code exists."""
    for term, row in codes.table("relator_terms").items():
        assert codes.normal_term(term) == term
        assert row["code"] in codes.table("relators")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0", "lcsh"),
        ("2", "mesh"),
        ("7", ""),
        ("fast", "fast"),
        ("aat.", "aat"),
        ("FAST/NIC/NAC", "fast"),
        ("swd", "gnd"),
    ],
)
def test_subject_schemes(code: str, name: str) -> None:
    """Second indicators and source codes, untidy ones too, give a scheme."""
    row = codes.scheme(code)
    assert row is not None
    assert row["scheme"] == name


@pytest.mark.parametrize(
    ("code", "iso", "direction"),
    [
        ("$1", "Hani", "ltr"),
        ("(3/r", "Arab", "rtl"),
        ("(2/r", "Hebr", "rtl"),
        ("(B", "Latn", "ltr"),
        ("(N", "Cyrl", "ltr"),
    ],
)
def test_scripts(code: str, iso: str, direction: str) -> None:
    """Script codes of linked fields give ISO 15924 and the direction of writing."""
    row = codes.script(code)
    assert row is not None
    assert (row["iso15924"], row["direction"]) == (iso, direction)


def test_identifier_sources_are_found_by_field() -> None:
    """First indicators and source codes of 024 and 028 have a BIBFRAME class."""
    rows = codes.table("identifier_sources")
    assert rows["024/2"]["class"] == "Ismn"
    assert rows["024/doi"]["class"] == "Doi"
    assert rows["028/2"]["class"] == "MusicPlate"


@pytest.mark.parametrize(
    ("list_", "code", "expected"),
    [
        ("languages", "chi", "http://id.loc.gov/vocabulary/languages/chi"),
        ("countries", "cc", "http://id.loc.gov/vocabulary/countries/cc"),
        ("areas", "a-cc", "http://id.loc.gov/vocabulary/geographicAreas/a-cc"),
        ("relators", "aut", "http://id.loc.gov/vocabulary/relators/aut"),
        ("content", "txt", "http://id.loc.gov/vocabulary/contentTypes/txt"),
        ("carrier", "nc", "http://id.loc.gov/vocabulary/carriers/nc"),
        ("organizations", "DE-101", "http://id.loc.gov/vocabulary/organizations/de101"),
        ("organizations", "UKMGB", "https://w3id.org/bibliograph/code/organizations/UKMGB"),
        ("frequency", "m", "http://id.loc.gov/vocabulary/frequencies/mon"),
        ("frequency", "#", "https://w3id.org/bibliograph/code/frequency/%23"),
        ("contents", "m", "https://w3id.org/bibliograph/code/contents/m"),
        ("subject_schemes", "swd", None),
        ("languages", "qqq", None),
    ],
)
def test_concept_addresses(list_: str, code: str, expected: str | None) -> None:
    """Codes have the Library of Congress's IRI where it publishes the list, else one of ours."""
    assert vocabulary.concept(list_, code) == expected


@pytest.fixture(scope="module")
def graphs() -> dict[str, list[str]]:
    """All vocabularies as statements."""
    return vocabulary.vocabulary_graphs(BASE)


def test_each_vocabulary_has_a_graph(graphs: dict[str, list[str]]) -> None:
    """A graph a list, without repeated statements, its scheme with labels in both languages."""
    assert set(graphs) == {f"{BASE}graph/vocabulary/{name}" for name in codes.table("vocabularies")}
    for name, statements in graphs.items():
        scheme = f"<{vocabulary.scheme_iri(name.rsplit('/', 1)[1])}>"
        assert len(statements) == len(set(statements)) > 5
        assert sum(statement.startswith(f"{scheme} <{SKOS}prefLabel>") for statement in statements) == 2


def test_concepts_are_whole(graphs: dict[str, list[str]]) -> None:
    """Each concept is in one scheme, with one notation and one label a language."""
    for statements in graphs.values():
        counts: Counter[tuple[str, str]] = Counter()
        for statement in statements:
            subject, predicate, value = split_statement(statement)
            counts[subject, predicate + (value[-3:] if value[-3] == "@" else "")] += 1
        concepts = {subject for subject, key in counts if key == f"<{SKOS}inScheme>"}
        for concept in concepts:
            for key in ("inScheme>", "notation>", "prefLabel>@en", "prefLabel>@zh"):
                assert counts[concept, f"<{SKOS}{key}"] == 1, concept


def test_a_concept_belongs_to_one_list(graphs: dict[str, list[str]]) -> None:
    """No IRI is a concept of two vocabularies."""
    owners = Counter(
        split_statement(statement)[0]
        for statements in graphs.values()
        for statement in statements
        if f"<{SKOS}inScheme>" in statement
    )
    assert max(owners.values()) == 1


def test_sources_and_licences_are_named() -> None:
    """Every table is named in SOURCE.txt, and the licence texts are there."""
    source = (codes.FOLDER / "SOURCE.txt").read_text(encoding="utf-8")
    assert [name for name in codes.tables() if f"{name}.tsv" not in source] == []
    assert "MIT License" in (codes.FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
