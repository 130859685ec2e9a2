"""Which encoding a record is in, and what its text then is."""

import pytest
from reader_samples import iso2709, load, records

from common.errors import InputError
from ingest.readers import marc8


def title(record: object) -> str:
    """245 $a."""
    return next(record.tagged("245")).get("a") or ""  # type: ignore[attr-defined]


def one(text: bytes, leader: str = "00000nam  2200000 a 4500") -> bytes:
    """A record with 245 $a of these bytes."""
    return iso2709([("001", "1"), ("245", "10\x1fa" + text.decode("latin-1"))], leader, "latin-1")


UTF8_LEADER = "00000nam a2200000 a 4500"


@pytest.mark.parametrize(
    ("data", "text", "bad"),
    [
        (b"Dvo\xe9r\xe2ak", "Dvořák", 0),
        (b"\xb5 \xc7 \xa5", "æ ß Æ", 0),
        (b"\x1b(N\x41\x42\x1b(Bc", "абc", 0),
        (b"\x1bg\x61\x1bs x", "α x", 0),
        (b"\x1b$1\x21\x30\x21\x1b(B", "一", 0),
        (b"CO\x1bb2\x1bs", "CO₂", 0),
        (b"a&#x4E00;b", "a一b", 0),
        (b"x\xe2", "x\u0301", 0),
        (b"\xff", "\ufffd", 1),
    ],
)
def test_marc8(data: bytes, text: str, bad: int) -> None:
    """Diacritics stand before their letter, escape sequences change the set, the result is NFC."""
    assert marc8.decode(data) == (text, bad)


@pytest.mark.parametrize(
    ("data", "encoding", "expected", "warned"),
    [
        (one(b"Title"), "ascii", "Title", False),
        (one("Dvořák".encode(), UTF8_LEADER), "utf-8", "Dvořák", False),
        (one("Dvo\u0159a\u0301k".encode(), UTF8_LEADER), "utf-8", "Dvořák", False),
        (one(b"Histoire du \xe2ecole nouveau th\xe3e\xe3atre"), "marc-8", "Histoire du école nouveau thêâtre", False),
        (one("Dvořák".encode()), "utf-8", "Dvořák", True),
        (one(b"Th\xe9\xe2tre fran\xe7ais \xe0 l'\xe9tranger"), "iso-8859-1", "Théâtre français à l'étranger", True),
        (one(b"Th\xe9\xe2tre \x93fran\xe7ais\x94", UTF8_LEADER), "cp1252", "Théâtre “français”", True),
        (one("红楼梦研究".encode("gb18030")), "gb18030", "红楼梦研究", True),
        (one("Психология".encode("cp1251")), "cp1251", "Психология", True),
        (one("Čhin Klāng".encode() + b" \xff", UTF8_LEADER), "utf-8", "Čhin Klāng \ufffd", True),
    ],
)
def test_encoding_is_found(data: bytes, encoding: str, expected: str, warned: bool) -> None:
    """Declared and right, or misdeclared and guessed with a warning."""
    (record,) = records(data)
    assert (record.encoding, title(record)) == (encoding, expected)
    assert bool(record.warnings) == warned


def test_override_wins() -> None:
    """``--encoding`` overrules what the record says; an unknown one is refused."""
    (record,) = records(one("Проверка".encode("cp866")), encoding="cp866")
    assert title(record) == "Проверка"
    with pytest.raises(InputError, match="klingon"):
        records(one(b"x\xe9"), encoding="klingon")


@pytest.mark.parametrize(
    ("name", "encoding", "words"),
    [
        ("marc8.dat", "marc-8", None),
        ("utf8_without_leader_flag.dat", "utf-8", None),
        ("1251.dat", "cp1251", "Основы гидравлического расчета инженерных сетей"),
        ("marc8_accented_chars.marc", "marc-8", 'Histoire du "nouveau théâtre."'),
        ("escaped_character_reference.marc8.marc", "marc-8", None),
        ("utf8.mrc", "utf-8", None),
        ("utf8_with_bad_bytes.marc", "utf-8", None),
    ],
)
def test_real_misdeclared_records(name: str, encoding: str, words: str | None) -> None:
    """Records from the wild are read in the encoding they are in."""
    record = records(load(name))[0]
    assert record.encoding == encoding
    assert words is None or title(record) == words


def test_chinese_marc8_with_mangled_bytes_keeps_what_is_whole() -> None:
    """EACC with lost bytes: what can't be read is U+FFFD and warned of, the rest is Chinese."""
    record = records(load("chinese_mangled_multibyte.mrc"))[0]
    linked = "".join(value for field in record.tagged("880") for _, value in field.subfields)
    assert any("no MARC-8" in warning for warning in record.warnings)
    assert sum("\u4e00" <= char <= "\u9fff" for char in linked) > 20
