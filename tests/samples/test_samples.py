"""The sample records are many, distinct, readable and come with their licences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pymarc import MARCReader, Record, parse_xml_to_array

MARC = Path(__file__).resolve().parents[2] / "samples" / "marc"
BIBLIOGRAPHIC = {
    "loc.xml": 120,
    "british_library.xml": 99,
    "dnb.xml": 99,
    "gwu.xml": 97,
    "nlm.xml": 99,
    "oclc.xml": 99,
    "princeton.xml": 94,
    "folio.mrc": 500,
}
AUTHORITIES = 767
SIZE_LIMIT = 6_000_000


@cache
def records(name: str) -> tuple[Record | None, ...]:
    """Read one sample file; a record that cannot be read is None."""
    path = MARC / name
    if path.suffix == ".xml":
        return tuple(parse_xml_to_array(str(path)))  # type: ignore[no-untyped-call]
    with path.open("rb") as stream:
        return tuple(MARCReader(stream))


def bibliographic() -> list[Record]:
    """Read the records of all bibliographic files."""
    return [record for name in BIBLIOGRAPHIC for record in records(name) if record is not None]


def authorities() -> list[Record]:
    """Read the authority records."""
    return [record for record in records("lcsh.mrc") if record is not None]


def plain(parts: list[str]) -> str:
    """Reduce a statement to what two equal statements share."""
    folded = unicodedata.normalize("NFKD", " ".join(parts)).casefold()
    return " ".join(re.findall(r"\w+", "".join(sign for sign in folded if not unicodedata.combining(sign))))


def text(record: Record, tags: tuple[str, ...], codes: str) -> str:
    """Join the wanted subfields of the wanted fields and reduce them."""
    return plain([p.value for found in record.get_fields(*tags) for p in found.subfields if p.code in codes])


@pytest.mark.parametrize(("name", "expected"), BIBLIOGRAPHIC.items())
def test_every_bibliographic_record_is_readable(name: str, expected: int) -> None:
    """Each file holds as many records as the README says, none of them unreadable, all with a title."""
    found = [record for record in records(name) if record is not None]
    assert len(found) == len(records(name)) == expected
    for record in found:
        assert str(record.leader)[6] in "acdefgijkmoprt"
        assert record["001"].data
        assert len(record["008"].data or "") == 40
        assert text(record, ("245",), "ak")


def test_records_are_distinct_by_number_and_agency() -> None:
    """No agency's control number occurs twice."""
    keys: Counter[tuple[str, str]] = Counter()
    for record in bibliographic():
        agency = record.get("003")
        source = (agency.data or "").strip() if agency else text(record, ("040",), "a")
        keys[source, (record["001"].data or "").strip()] += 1
    assert len(bibliographic()) >= 850
    assert max(keys.values()) == 1


def test_records_are_distinct_by_content() -> None:
    """No two records share title, creator and imprint."""
    contents = Counter(
        (
            text(record, ("245",), "abnp"),
            text(record, ("100", "110", "111"), "abcdn"),
            text(record, ("260", "264"), "abc"),
        )
        for record in bibliographic()
    )
    assert [key for key, count in contents.items() if count > 1] == []


def test_the_range_is_wide() -> None:
    """Books, serials, maps, music, films, e-resources, original scripts and many languages are there."""
    kinds = Counter(str(record.leader)[6] for record in bibliographic())
    assert set("acdefgijkmoprt") - set(kinds) <= {"m", "o"}
    assert sum(str(record.leader)[7] == "s" for record in bibliographic()) >= 100
    assert sum(bool(record.get_fields("880")) for record in bibliographic()) >= 80
    assert sum(bool(record.get_fields("856")) for record in bibliographic()) >= 200
    languages = Counter((record["008"].data or "")[35:38] for record in bibliographic())
    assert languages["chi"] >= 15
    assert len(languages) >= 25


def test_every_authority_is_valid() -> None:
    """An authority has its leader, number and exactly one heading, and no number occurs twice."""
    found = authorities()
    assert len(found) == len(records("lcsh.mrc")) == AUTHORITIES
    numbers = Counter(record["001"].data for record in found)
    assert max(numbers.values()) == 1
    for record in found:
        assert str(record.leader)[6] == "z"
        assert len(record.get_fields("100", "110", "111", "130", "150", "151")) == 1


def test_authorities_form_a_hierarchy() -> None:
    """Headings name broader ones, some of them in the same file; the other samples use some of them."""
    names = {text(record, ("100", "110", "150", "151"), "abcdtvxyz") for record in authorities()}
    above = [
        plain(found.get_subfields("a", "x", "y", "z"))
        for record in authorities()
        for found in record.get_fields("550", "551")
        if found.get_subfields("w") == ["g"]
    ]
    used = {
        plain([part.value for part in found.subfields if part.code in "avxyz"][:length])
        for record in bibliographic()
        for found in record.get_fields("650", "651")
        for length in range(1, len(found.subfields) + 1)
    }
    assert len(above) >= 700
    assert len(set(above) & names) >= 30
    assert len(used & names) >= 20


@pytest.mark.parametrize("name", ["SOURCE.txt", "LICENSE.CC0-1.0.txt", "LICENSE.Apache-2.0.txt", "../README.md"])
def test_notices_are_there(name: str) -> None:
    """Origin, licence texts and description stand beside the records."""
    assert (MARC / name).read_text(encoding="utf-8").strip()


def test_every_sample_has_a_source_and_the_folder_is_small() -> None:
    """SOURCE.txt names each file, and the files together stay below six megabytes."""
    source = (MARC / "SOURCE.txt").read_text(encoding="utf-8")
    files = [path for path in MARC.iterdir() if path.name != "SOURCE.txt"]
    assert [path.name for path in files if path.name not in source] == []
    assert sum(path.stat().st_size for path in files) < SIZE_LIMIT
