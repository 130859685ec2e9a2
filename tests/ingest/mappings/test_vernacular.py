"""880 fields: joined to the field that their $6 names, else mapped as that field; in the language of their script."""

from pathlib import Path

import pytest
from record_sets import SAMPLES, decoded, shared

from ingest.mappings.marc21 import map_record
from ingest.record import DataField, MarcRecord, RecordGraph, RecordKey

SETS = (
    "blacklight-marc folio_mod-data-import lc_marc2bibframe2 lc_bibframe2marc marc4j nlf_bib-rdf-pipeline pymarc "
    "qa-catalogue ruby-marc stanford_searchworks traject vufind_tests-data"
).split()
BASE = "https://x.example/"


def mapped(record: MarcRecord) -> RecordGraph:
    """The graph of a record."""
    return map_record(record, RecordKey("s", "1"), BASE)


def link(field: DataField) -> tuple[str, str]:
    """What a $6 names: tag and number."""
    head = (field.get("6") or "").split("/")[0].strip()
    return head[:3], head[4:6]


def partner_of(record: MarcRecord, vernacular: DataField) -> int | None:
    """Place of the field that an 880 names and that names it in turn, read as the format says and in no other way."""
    tag, number = link(vernacular)
    if number in {"", "00"}:
        return None
    for at, field in enumerate(record.fields):
        if field.tag == tag and link(field) == ("880", number):
            return at
    return None


def subjects(record: MarcRecord) -> set[str]:
    """All of which a record says something."""
    return {statement.split(" ", 1)[0] for statement in mapped(record).statements}


def without(record: MarcRecord, index: int) -> MarcRecord:
    """The record without one of its fields."""
    return MarcRecord(record.leader, record.control, [f for at, f in enumerate(record.fields) if at != index])


def strays(record: MarcRecord) -> list[str]:
    """880s that bring in something new, though all that they hold, the field that they name holds too."""
    found = []
    known = subjects(record)
    for index, field in enumerate(record.fields):
        partner = partner_of(record, field) if field.tag == "880" else None
        if partner is not None:
            codes = {code for code, _ in field.subfields} - {code for code, _ in record.fields[partner].subfields}
            if not codes and not known <= subjects(without(record, index)):
                found.append(f"{field} | {record.fields[partner]}")
    return found


@pytest.mark.shared_data
@pytest.mark.parametrize("name", SETS)
def test_every_880_is_joined_to_the_field_it_names(name: str) -> None:
    """It speaks of what the field in Latin script speaks of, in all the shared sets that have 880s."""
    assert not_joined(shared(name)[0]) == []


def test_every_880_of_the_samples_is_joined() -> None:
    """Likewise in our own samples, which have such fields."""
    linked = [partner_of(r, f) for r in decoded(SAMPLES) for f in r.fields if f.tag == "880"]
    assert sum(partner is not None for partner in linked) > 100
    assert not_joined(SAMPLES) == []


def not_joined(path: Path) -> list[str]:
    """All strays of a set."""
    records = [r for r in decoded(path) if any(f.tag == "880" for f in r.fields)]
    return [stray for record in records for stray in strays(record)]


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [
        ("chi", "红楼梦 /$c曹雪芹著", "zh-hani"),
        ("jpn", "源氏物語", "ja-jpan"),
        ("jpn", "トニオ・クレーゲル", "ja-jpan"),
        ("kor", "高麗史", "ko-kore"),
        ("kor", "춘향전", "ko-kore"),
        ("ara", "ألف ليلة وليلة", "ar-arab"),
        ("per", "شاهنامه", "fa-arab"),
        ("heb", "שיר השירים", "he-hebr"),
        ("yid", "טביה דער מילכיקער", "yi-hebr"),
        ("rus", "Война и мир", "ru-cyrl"),
        ("ukr", "Кобзар", "uk-cyrl"),
        ("gre", "Η Ελλάδα", "el-grek"),
        ("grc", "Ὀδύσσεια", "grc-grek"),
        ("eng", "红楼梦", "und-hani"),
        ("eng", "Война и мир", "und-cyrl"),
        ("eng", "춘향전", "ko-kore"),
        ("chi", "わが外交", "ja-jpan"),
    ],
)
@pytest.mark.parametrize("code", ["", "/$1", "/r"])
def test_the_language_tag_is_that_of_the_script(language: str, text: str, tag: str, code: str) -> None:
    """Text in another script has the record's language where that is written so; a wrong code misleads nobody."""
    title = text.split(" /$c", maxsplit=1)[0]
    fields = [
        DataField("245", "1", "0", [("6", "880-01"), ("a", "Romanised /")]),
        DataField("880", "1", "0", [("6", f"245-01{code}"), ("a", f"{title} /")]),
    ]
    record = MarcRecord("00000nam a2200000 i 4500", [("008", " " * 35 + language + " d")], fields)
    assert any(s.endswith(f' "{title}"@{tag}') for s in mapped(record).statements)


def test_an_880_without_its_partner_is_mapped_as_the_field_it_names() -> None:
    """Number 00, or a partner that is not there: a field of its own, beside those in Latin script."""
    fields = [
        DataField("700", "1", " ", [("a", "Roe, Jane")]),
        DataField("880", "1", " ", [("6", "700-00/$1"), ("a", "王國維")]),
        DataField("880", "1", " ", [("6", "246-07/$1"), ("a", "石头记")]),
    ]
    found = " ".join(mapped(MarcRecord("00000nam a2200000 i 4500", [], fields)).statements)
    assert "#contribution-700-2>" in found
    assert f'#title-246-1> <{MAIN_TITLE}> "石头记"@und-hani' in found


MAIN_TITLE = "http://id.loc.gov/ontologies/bibframe/mainTitle"


def test_an_880_without_title_follows_a_name_title_entry() -> None:
    """The vernacular name alone joins the work that the field in Latin script names; no contribution comes of it."""
    fields = [
        DataField("700", "1", "2", [("6", "880-01"), ("a", "Abū al-Saʻūd."), ("t", "Fatwá")]),
        DataField("880", "1", "2", [("6", "700-01/(3/r"), ("a", "ابو السعود")]),
    ]
    statements = mapped(MarcRecord("00000nam a2200000 i 4500", [], fields)).statements
    assert [s for s in statements if "contribution" in s] == []
    assert any("ابو السعود" in s and "/id/hub/" in s for s in statements)
