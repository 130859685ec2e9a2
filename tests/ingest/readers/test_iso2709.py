"""ISO 2709: clean, damaged, over-long; a damaged record costs only itself."""

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples import iso2709, load, records, split, title

from common.errors import InputError
from ingest import readers
from ingest.readers import iso2709 as reader
from ingest.record import MarcRecord, RawRecord, Unreadable

_VALUE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
_CODE = st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789")
_DATA = st.tuples(
    st.from_regex(r"[1-9][0-9]{2}", fullmatch=True), st.lists(st.tuples(_CODE, _VALUE), min_size=1, max_size=5)
)


def titles(data: bytes) -> list[str]:
    """245 of every record that can be had from ``data``."""
    found = []
    for raw in split(data):
        if isinstance(raw, RawRecord):
            found += [text for text in fields(readers.decode(raw)) if text.startswith("245")]
    return found


def fields(record: MarcRecord) -> list[str]:
    """Data fields as text."""
    return [
        f"{field.tag} {field.ind1}{field.ind2}" + "".join(f"${code}{value}" for code, value in field.subfields)
        for field in record.fields
    ]


@given(st.lists(_DATA, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(content: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """Encode, split, decode: the same fields, in NFC, and nothing to warn of."""
    parts = [(tag, "1 " + "".join(f"\x1f{code}{value}" for code, value in subs)) for tag, subs in content]
    (record,) = records(iso2709([("001", "x"), *parts]))
    nfc = [(tag, [(code, unicodedata.normalize("NFC", value)) for code, value in subs]) for tag, subs in content]
    assert [(field.tag, field.subfields) for field in record.fields] == nfc
    assert record.control == [("001", "x")]
    assert not record.warnings


def test_clean_utf8_takes_the_straight_way() -> None:
    """No repair code runs for a record as it should be: this is what makes reading fast."""
    raws = [raw for raw in split(load("chabon.mrc")) if isinstance(raw, RawRecord)]
    assert len(raws) == 2
    assert all(reader._straight(raw.data, None) is not None for raw in raws)


def test_decomposed_text_takes_the_straight_way_too() -> None:
    """LC writes letter and diacritic apart: composed at once, but a code and a diacritic behind it stay two."""
    data = iso2709([("001", "1"), ("245", "10\x1faDvor\u030ca\u0301k\x1fb\u0301x")])
    (record,) = records(data)
    assert record.fields[0].subfields == [("a", "Dvořák"), ("b", "\u0301x")]
    assert reader._straight(iso2709([("001", "1"), ("245", "10\x1faDvor\u030ca\u0301k")]), None) is not None


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n", b"\n\n", b"\x00\x00", b"  \n", b"\x1a"])
def test_padding_between_records_is_nobodys(between: bytes) -> None:
    """Newlines, NULs and blanks between records are passed over, and offsets stay right."""
    data = between.join(title(n) for n in range(3)) + between
    found = split(data)
    assert [raw.position for raw in found] == [1, 2, 3]
    assert all(isinstance(raw, RawRecord) and data[raw.offset :].startswith(raw.data) for raw in found)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("length too small", lambda d: b"00050" + d[5:]),
        ("length too large", lambda d: b"00950" + d[5:]),
        ("length 99999", lambda d: b"99999" + d[5:]),
        ("length not digits", lambda d: b"x0y50" + d[5:]),
        ("base address wrong", lambda d: d[:12] + b"00030" + d[17:]),
        ("base address not digits", lambda d: d[:12] + b"f0049" + d[17:]),
        ("directory starts shifted", lambda d: d.replace(b"00000", b"00004", 1)),
        ("directory lengths wrong", lambda d: d[:27] + b"0009" + d[31:]),
        ("no record terminator", lambda d: d[:-1]),
        ("newline for terminator", lambda d: d[:-1] + b"\n"),
    ],
)
def test_damaged_structure_is_repaired(name: str, damage: Callable[[bytes], bytes]) -> None:
    """The record with the damage is read with its title and a warning; its neighbours are untouched."""
    middle = damage(title(2))
    assert titles(title(1) + middle + title(3)) == [f"245 10$aTitle {n} /$cby someone." for n in (1, 2, 3)], name


@pytest.mark.parametrize("cut", [10, 30, 60, 75])
def test_record_cut_off_in_the_middle_costs_only_itself(cut: int) -> None:
    """A truncated record is Unreadable with position and offset; the next is read."""
    data = title(1) + title(2)[:cut] + title(3)
    assert [type(raw) for raw in split(data)] == [RawRecord, Unreadable, RawRecord]
    assert titles(data) == ["245 10$aTitle 1 /$cby someone.", "245 10$aTitle 3 /$cby someone."]


def test_end_of_file_inside_a_record_is_reported() -> None:
    """The last record, cut off, is Unreadable and says how much is there."""
    *_, last = split(title(1) + title(2)[:-30])
    assert isinstance(last, Unreadable)
    assert last.position == 2
    assert last.offset == len(title(1))
    assert "cut off" in last.reason


def test_record_terminator_inside_a_field_does_not_split() -> None:
    """A stray 1D whose record goes on to where the leader says stays inside."""
    bad = title(2, "Ti\x1dtle")
    assert len(split(title(1) + bad + title(3))) == 3
    assert titles(title(1) + bad + title(3))[1] == "245 10$aTitle 2 /$cby someone."


def test_over_long_record_and_field_are_read_whole() -> None:
    """A field over 9,999 and a record over 99,999 bytes (leader 99999) are read at their terminators."""
    long = "x" * 120_000
    record = iso2709([("001", "1"), ("245", "10\x1faTitle"), ("520", f"  \x1fa{long}"), ("650", " 0\x1faTopic")])
    data = title(1) + record + title(3)
    (middle,) = [readers.decode(raw) for raw in split(data)[1:2] if isinstance(raw, RawRecord)]
    found_fields = [(field.tag, field.get("a")) for field in middle.fields]
    assert found_fields == [("245", "Title"), ("520", long), ("650", "Topic")]
    assert len(split(data)) == 3


def test_record_beyond_the_limit_is_passed_over() -> None:
    """A record longer than the limit is Unreadable, keeps no more than the limit, and the next is read."""
    found = split(title(1) + title(2, "x" * 5000) + title(3), limit=1000)
    assert [type(raw) for raw in found] == [RawRecord, Unreadable, RawRecord]
    assert len(found[1].data) == 1000


def test_directory_with_a_five_digit_length_is_understood() -> None:
    """A real record whose 520 outgrew four digits: the fields behind it keep their tags."""
    record = records(load("bad_oversize_field_bad_directory.mrc"))[1]
    assert [field.tag for field in record.fields][-2:] == ["520", "935"]
    assert record.fields[-1].get("b") == "druck"


def test_lengths_in_characters_are_recognised() -> None:
    """A directory that counts UTF-8 characters is seen to disagree, and the fields are cut at their terminators."""
    (record,) = records(load("marc_with_bad_utf8.utf8.marc"))
    assert record.warnings
    assert next(record.tagged("245")).get("a")


def test_unordered_directory_is_followed() -> None:
    """Entries that point to and fro are followed, without a warning."""
    (record,) = records(load("unordered-directory-entries.mrc"))
    assert record.warnings == []
    assert next(record.tagged("245")).get("a")


def test_seven_of_eight_bad_records_are_recovered() -> None:
    """Pymarc's collection of structural faults: only the one without a single field is refused."""
    good, bad = 0, []
    for raw in split(load("bad_records.mrc")):
        assert isinstance(raw, RawRecord)
        try:
            good += bool(readers.decode(raw).fields)
        except InputError as error:
            bad.append(str(error))
    assert (good, bad) == (7, ["no fields in the record"])


@pytest.mark.parametrize(
    ("text", "expected", "warned"),
    [
        ("10\x1faA\x1f\x1fbB", "245 10$aA$bB", "empty subfield"),
        ("10no delimiter", "245 10$?no delimiter", "no subfields"),
        ("1\x1faA", "245 1 $aA", "1 indicators"),
        ("\x1faA", "245   $aA", "0 indicators"),
        ("10text\x1faA", "245 10$?text$aA", "6 indicators"),
        ("10\x1faA\x00B\x07\nC", "245 10$aAB C", "control character"),
        ("1\x01\x1faA", "245 1 $aA", "control character as indicator"),
    ],
)
def test_damaged_fields_are_kept_and_noted(text: str, expected: str, warned: str) -> None:
    """Nothing of a damaged field is lost, nothing is guessed: what has no code gets ``?``."""
    (record,) = records(iso2709([("001", "1"), ("245", text)]))
    assert fields(record) == [expected]
    assert any(warned in warning for warning in record.warnings)


@pytest.mark.parametrize("seed", range(60))
def test_random_damage_raises_nothing_and_spares_the_neighbours(seed: int) -> None:
    """Bytes of one record changed at random: InputError at most, and the records around it are as before."""
    rng = random.Random(seed)  # noqa: S311  not for secrets
    raws = [raw.data for raw in split(load("camel.mrc"))]
    expected = [fields(reader.decode(raw)) for raw in raws]
    damaged = bytearray(raws[4])
    for _ in range(rng.choice((1, 3, 20))):
        damaged[rng.randrange(len(damaged))] = rng.choice((rng.randrange(256), 0x1D, 0x1E, 0x1F))
    found = []
    for raw in split(b"".join([*raws[:4], bytes(damaged), *raws[5:]])):
        if isinstance(raw, RawRecord):
            try:
                found.append(fields(readers.decode(raw)))
            except InputError:
                continue
    assert [one for one in expected if one in found or one is expected[4]] == expected  # every neighbour is there


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_input_error(data: bytes) -> None:
    """Any bytes at all are split and decoded or refused."""
    for raw in split(data):
        if isinstance(raw, RawRecord):
            try:
                readers.decode(raw)
            except InputError as error:
                assert "\n" not in str(error)  # noqa: PT017  it may or may not be raised
