"""JSON, line mode and Aleph sequential."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples import load, records, split

from common.errors import InputError
from ingest import readers
from ingest.record import DataField, MarcRecord, RawRecord, Unreadable


def shape(record: MarcRecord) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Data fields to compare."""
    return [(field.tag, field.ind1, field.ind2, field.subfields) for field in record.fields]


def first(record: MarcRecord, tag: str) -> DataField:
    """The first field ``tag``."""
    return next(record.tagged(tag))


@pytest.mark.parametrize(
    ("name", "form", "count", "title"),
    [
        ("batch.json", "marcjson", 2, None),
        ("summerland-marc-in-json.json", "marcjson", 1, "Summerland /"),
        ("old_new.json", "marcjson", 2, "ActivePerl with ASP and ADO /"),
        ("camel.mrk", "line", 10, "ActivePerl with ASP and ADO /"),
        ("brkrtest.mrk8", "line", 8, None),
        ("ada.txt", "line", 1, None),
        ("bad-url.alephseq", "alephseq", 3, None),
        ("abckiria.alephseq", "alephseq", 4, None),
    ],
)
def test_real_files_are_detected_and_read_whole(name: str, form: str, count: int, title: str | None) -> None:
    """Each fixture is recognised and each of its records decoded."""
    data = load(name)
    assert readers.detect(data, name).format == form
    found = records(data, form)
    assert len(found) == count
    assert all(len(record.leader) == 24 and record.fields for record in found)
    assert title is None or first(found[0], "245").get("a") == title


def test_marcmaker_says_the_same_as_iso2709() -> None:
    """``camel.mrk`` and ``camel.mrc`` hold the same ten records."""
    assert [shape(r) for r in records(load("camel.mrk"), "line")] == [shape(r) for r in records(load("camel.mrc"))]


def test_dnb_lines_say_the_same_as_iso2709() -> None:
    """The line form of a GND record and its ISO 2709 form hold the same fields."""
    (text,), (binary,) = records(load("ada.txt"), "line"), records(load("ada.mrc"))
    assert text.control == binary.control
    assert [one[:3] for one in shape(text)] == [one[:3] for one in shape(binary)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("=245  10$aTitle$bRest", ("245", "1", "0", [("a", "Title"), ("b", "Rest")])),
        ("=020  \\\\$c{dollar}5", ("020", " ", " ", [("c", "$5")])),
        ("=100  1\\$aDvo{caron}r{acute}ak", ("100", "1", " ", [("a", "Dvořák")])),
        ("245 10 $a Title $b Rest", ("245", "1", "0", [("a", "Title"), ("b", "Rest")])),
        ("245/10 $a Title $b Rest", ("245", "1", "0", [("a", "Title"), ("b", "Rest")])),
        ("024/7# $a 1 $2 gnd", ("024", "7", " ", [("a", "1"), ("2", "gnd")])),
        ("650  0 $a Costs $5 a piece", ("650", " ", "0", [("a", "Costs"), ("5", "a piece")])),
    ],
)
def test_line_dialects(line: str, expected: tuple[str, str, str, list[tuple[str, str]]]) -> None:
    """MARCMaker, yaz and DNB write a field each in their way."""
    leader = "=LDR  " if line.startswith("=") else "LDR "
    (record,) = records(f"{leader}00000nam a2200000 a 4500\n{line}\n".encode(), "line")
    assert shape(record) == [expected]


def test_aleph_deletion_and_missing_001() -> None:
    """``DEL $$aY`` deletes; the system number stands in for a missing 001; ``^`` is blank in fixed fields."""
    lines = (
        "000000007 LDR   L 00000nam^a2200301^i^4500\n000000007 008   L 780804s1977^^^^enk\n"
        "000000007 24510 L $$aTitle ^x\n000000007 DEL   L $$aY\n"
    )
    (record,) = records(lines.encode(), "alephseq")
    assert record.leader == "00000dam a2200301 i 4500"
    assert record.control[0] == ("001", "000000007")
    assert record.control_value("008") == "780804s1977    enk"
    assert first(record, "245").get("a") == "Title ^x"


_JSON = {
    "leader": "00000nam a2200000 a 4500",
    "fields": [{"001": "1"}, {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "T{}"}, {"c": 'q"}'}]}}],
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([_JSON, _JSON]),
        json.dumps([_JSON, _JSON], indent=1),
        f"{json.dumps(_JSON)}\n{json.dumps(_JSON)}\n",
        f"\ufeff{json.dumps(_JSON)}{json.dumps(_JSON)}",
    ],
    ids=["array", "indented", "lines", "one behind the other"],
)
def test_json_in_any_wrapping(text: str) -> None:
    """Braces inside strings don't end a record."""
    found = records(text.encode(), "marcjson")
    assert [first(record, "245").subfields for record in found] == [[("a", "T{}"), ("c", 'q"}')]] * 2


@pytest.mark.parametrize("cut", [40, 100, 130])
def test_broken_json_record_costs_only_itself(cut: int) -> None:
    """A record cut off in JSON lines is reported, the next is read."""
    text = "\n".join([json.dumps(_JSON), json.dumps(_JSON)[:cut], json.dumps(_JSON)])
    good = 0
    for raw in split(text.encode(), "marcjson"):
        try:
            good += isinstance(raw, RawRecord) and bool(readers.decode(raw).fields)
        except InputError:
            continue
    assert good == 2


def test_deep_json_is_refused() -> None:
    """Nesting that would break a parser is given up before it is parsed."""
    text = '{"leader":"x","fields":' + "[" * 100_000 + "\n" + json.dumps(_JSON)
    found = split(text.encode(), "marcjson")
    assert isinstance(found[0], Unreadable)
    assert "deeper" in found[0].reason
    assert isinstance(found[-1], RawRecord)


@pytest.mark.parametrize("name", ["marcjson", "line", "alephseq", "marcxml"])
@given(data=st.binary(max_size=300), at=st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise_anything_but_input_error(name: str, data: bytes, at: int) -> None:
    """Any bytes, also in the middle of something real, are split and decoded or refused."""
    real = {"marcjson": "batch.json", "line": "camel.mrk", "alephseq": "bad-url.alephseq", "marcxml": "chabon.xml"}
    sample = load(real[name])[:600]
    for whole in (data, sample[:at] + data + sample[at:]):
        try:
            for raw in split(whole, name):
                if isinstance(raw, RawRecord):
                    readers.decode(raw)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017  it may or may not be raised
