"""The classics sample set: enough of it, reproducible, and consistent in itself."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pymarc
import pytest

from samples.classics.build import FOLDER, outputs
from samples.classics.reading import editions

FILES = ("bibliographic.xml", "authorities.xml", "holdings.xml", "cnmarc.mrc")


@cache
def records(name: str) -> tuple[pymarc.Record, ...]:
    """The committed records of a file."""
    content = (FOLDER / name).read_bytes()
    if name.endswith(".xml"):
        return tuple(pymarc.parse_xml_to_array(io.BytesIO(content)))
    return tuple(pymarc.MARCReader(content, to_unicode=True, force_utf8=True))


def numbers(name: str) -> list[str]:
    """The control numbers of a file."""
    return [record["001"].data for record in records(name)]


@pytest.mark.parametrize("name", FILES)
def test_committed_files_are_what_the_facts_give(name: str) -> None:
    """Building again gives the committed file octet for octet."""
    assert outputs()[name] == (FOLDER / name).read_bytes()


def test_there_are_enough_records() -> None:
    """At least 320 records, 300 of them in Chinese, with 80 authorities and 120 holdings."""
    languages = Counter(record["008"].data[35:38] for record in records("bibliographic.xml"))
    assert languages.total() >= 320
    assert languages["chi"] >= 300
    assert len(records("authorities.xml")) >= 80
    assert len(records("holdings.xml")) >= 120


def test_more_than_fifty_classics_are_covered() -> None:
    """《红楼梦》 and at least fifty further works have editions, 《红楼梦》 studies as well."""
    assert len({edition.work.key for edition in editions() if edition.work}) >= 51
    assert sum(edition.about is not None and edition.about.key == "hlm" for edition in editions()) >= 30
    assert len({edition.lang for edition in editions() if edition.work and edition.work.key == "hlm"}) >= 8


@pytest.mark.parametrize("name", FILES)
def test_control_numbers_are_unique(name: str) -> None:
    """No number is used twice in a file."""
    assert len(numbers(name)) == len(set(numbers(name)))


def test_no_two_people_share_an_authority() -> None:
    """Different names in the facts have different authority numbers."""
    keys: dict[str, str] = {}
    for edition in editions():
        for agent in (agent for group in edition.groups for agent in group):
            assert keys.setdefault(agent.person.id, agent.person.key) == agent.person.key


@pytest.mark.parametrize("name", ["bibliographic.xml", "authorities.xml"])
def test_authority_links_resolve(name: str) -> None:
    """Every $0 names a record of the authority file, and some record is linked at all."""
    known, links = set(numbers("authorities.xml")), []
    for record in records(name):
        for field in record.fields:
            links += [] if field.control_field else field.get_subfields("0")
    assert links
    assert {link.removeprefix("(XBGC)") for link in links} <= known


def test_cnmarc_authority_links_resolve() -> None:
    """Every $3 of a CNMARC name is the number of an authority record."""
    known = set(numbers("authorities.xml"))
    names = [field for record in records("cnmarc.mrc") for field in record.get_fields("701", "702", "711", "712")]
    links = {link for field in names for link in field.get_subfields("3")}
    assert links
    assert links <= known


def test_holdings_belong_to_editions() -> None:
    """Every 004 is the number of a bibliographic record; each holding has a location and a call number."""
    known = set(numbers("bibliographic.xml"))
    for record in records("holdings.xml"):
        assert record["004"].data in known
        assert record["852"]["b"]
        assert record["852"]["h"]
        assert (str(record.leader)[6] == "v") == bool(record.get_fields("866"))


@pytest.mark.parametrize(("name", "length"), [("bibliographic.xml", 40), ("authorities.xml", 40), ("holdings.xml", 32)])
def test_fixed_fields_have_their_length(name: str, length: int) -> None:
    """Leader and 008 have the lengths the format sets."""
    for record in records(name):
        assert len(str(record.leader)) == 24
        assert len(record["008"].data) == length


def test_dates_agree_with_the_imprint() -> None:
    """008 repeats the year of 264, and says unknown where the record gives none."""
    for record in records("bibliographic.xml"):
        coded, imprint = record["008"].data, record.get("264")
        date = (imprint.get("c") or "").rstrip(".") if imprint else ""
        first, _, last = date.partition("-")
        assert coded[6:15] == (f"m{first}{last}" if last else f"s{first}    " if first else "nuuuuuuuu")


def test_cnmarc_coded_fields_have_their_length() -> None:
    """100 $a has 36 characters, 105 $a 13."""
    for record in records("cnmarc.mrc"):
        assert len(record["100"]["a"]) == 36
        assert len(record["105"]["a"]) == 13


def test_cnmarc_records_are_twins() -> None:
    """The CNMARC records carry the numbers of the MARC 21 records, in the same order."""
    assert numbers("cnmarc.mrc") == numbers("bibliographic.xml")


def test_cnmarc_counts_octets() -> None:
    """Record lengths and directories of the ISO 2709 file are right for UTF-8."""
    content, at = (FOLDER / "cnmarc.mrc").read_bytes(), 0
    while at < len(content):
        length = int(content[at : at + 5])
        assert content[at + length - 1 : at + length] == b"\x1d"
        at += length
    assert at == len(content)


def test_isbn_check_digits() -> None:
    """Every ISBN is one."""
    isbns = [field["a"] for record in records("bibliographic.xml") for field in record.get_fields("020")]
    assert isbns
    for isbn in isbns:
        digits = [10 if char == "X" else int(char) for char in isbn]
        assert len(digits) == 10
        assert sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def test_linked_fields_pair_both_ways() -> None:
    """Each 880 names a field that names it back, and about fifty records have such pairs."""
    linked = 0
    for record in records("bibliographic.xml"):
        forward, back = set(), set()
        for field in record.fields:
            link = "" if field.control_field else field.get("6") or ""
            if field.tag == "880":
                assert link.endswith("/$1")
                back.add((link[:3], link[4:6]))
            elif link:
                assert link.startswith("880-")
                forward.add((field.tag, link[4:6]))
        assert forward == back
        linked += bool(back)
    assert linked >= 40


def test_romanised_fields_are_in_latin_letters() -> None:
    """A field with an 880 twin has no Chinese character, the twin has one."""
    for record in records("bibliographic.xml"):
        for field in record.fields:
            if field.control_field or "6" not in field:
                continue
            text = "".join(value for code, value in field.subfields if code in "abcdnpt")
            assert bool(re.search(r"[㐀-鿿]", text)) == (field.tag == "880"), text


def test_no_edition_is_entered_twice() -> None:
    """No two rows share title, part, publisher, year and creators."""
    rows: Counter[tuple[object, ...]] = Counter()
    for each in editions():
        creators = tuple(agent.person.key for group in each.groups for agent in group)
        rows[each.title, tuple(each.get("np", [])), each.publisher, str(each.get("y")), creators] += 1
    assert [row for row, count in rows.items() if count > 1] == []


def test_broader_terms_form_no_circle() -> None:
    """Each broader term is a topic itself, and following them comes to an end."""
    broader = {r["001"].data: r["550"]["0"].removeprefix("(XBGC)") for r in records("authorities.xml") if "550" in r}
    for start in broader:
        path = [start]
        while path[-1] in broader:
            path.append(broader[path[-1]])
            assert len(path) == len(set(path))


def test_fields_stand_in_order() -> None:
    """The fields of each MARC 21 record ascend by tag."""
    for name in FILES[:3]:
        for record in records(name):
            tags = [field.tag for field in record.fields]
            assert all(one <= two for one, two in pairwise(tags))
