"""JSON Lines: what is recognised, how a stream is cut, and what is refused before and after the parser."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import InputError
from ingest import readers
from ingest.readers import jsonl
from ingest.record import Document, RawRecord, Unreadable

LIMIT = 100_000
GOOD = {"id": "g", "title": "Good"}
GOOD_LINE = json.dumps(GOOD).encode()


def split(data: bytes, limit: int = LIMIT) -> list[RawRecord | Unreadable]:
    """All lines of ``data``."""
    return list(readers.read(io.BytesIO(data), "jsonl", limit))


def decode(**content: object) -> Document:
    """The document that an object is; with an id and a title unless it says otherwise."""
    return jsonl.decode(json.dumps({**GOOD, **content}).encode())


def values(document: Document, key: str) -> list[list[tuple[str, str]]]:
    """What the document holds under a key."""
    return [f.subfields for f in document.fields if f.tag == key]


@pytest.mark.parametrize(
    "head",
    [
        GOOD_LINE,
        b"\n\n" + GOOD_LINE + b"\n",
        b"\xef\xbb\xbf" + GOOD_LINE,
        GOOD_LINE.decode().encode("utf-16"),
        b"broken\n" + GOOD_LINE,
        b'{"url": "https://x.example/", "text": "a {b} [c", "id": 7}',
        b'{"id": "1", "deleted": true}',
        b'{"id": "1", "text": "' + b"a" * readers.HEAD,
        b'{"text": "' + b"a" * readers.HEAD,
    ],
)
def test_documents_are_recognised(head: bytes) -> None:
    """By the keys of the first lines, whatever their order; a line may be longer than what is looked at."""
    assert readers.detect(head[: readers.HEAD], "x").format == "jsonl"


@pytest.mark.parametrize(
    "head",
    [
        b'{"leader": "00000nam a2200000 a 4500", "fields": [{"001": "1"}, {"245": {"subfields": [{"a": "T"}]}}]}',
        b'{"record": [["LDR", null, null, "_", "x"]], "id": "1", "title": "x"}',
    ],
)
def test_marc_in_json_stays_marc(head: bytes) -> None:
    """MARC-in-JSON a line is not taken for documents."""
    assert readers.detect(head, "x").format == "marcjson"


@pytest.mark.parametrize(
    "head",
    [
        b'{"a": 1}',
        b'[{"id": "1", "title": "x"}]',
        b'{\n  "id": "1",\n  "title": "x"\n}\n',
        b'{"type": "Feature", "properties": {"id": "1", "title": "x"}}',
        b'{"id": "1"}',
        b'{"title": "x", "text": "y"}',
    ],
)
def test_other_json_is_not_recognised(head: bytes) -> None:
    """Arrays, objects over several lines, and objects without an id or a content are something else."""
    with pytest.raises(InputError, match="JSON without MARC records, and not documents a line"):
        readers.detect(head, "x")


def test_lines_with_their_places() -> None:
    """Positions count lines that are not blank, offsets are of the first byte; ends of lines do not belong to them."""
    data = b'\xef\xbb\xbf{"id": "1"}\r\n\n  {"id": "2"} \n{"id": "3"}'
    found = split(data)
    assert [(raw.position, raw.data) for raw in found] == [(n, b'{"id": "%d"}' % n) for n in (1, 2, 3)]
    assert [data[raw.offset :][: len(raw.data)] for raw in found] == [raw.data for raw in found]


def test_a_line_too_long_costs_only_itself() -> None:
    """Its beginning is kept; the next line is read, and one of just the limit is not too long."""
    exact = GOOD_LINE.ljust(60)
    first, second, third = split(b"x" * 61 + b"\n" + exact + b"\n" + GOOD_LINE, 60)
    assert isinstance(first, Unreadable)
    assert (first.reason, len(first.data)) == ("line longer than 60 bytes", 60)
    assert (second.data, third.data) == (GOOD_LINE, GOOD_LINE)
    assert [raw.position for raw in (first, second, third)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nonsense", "JSON: Expecting value at character 1"),
        (b'{"id": "1", "title": "cut of', "JSON: Unterminated string"),
        (GOOD_LINE + GOOD_LINE, "JSON: Extra data"),
        (b"[1, 2]", "JSON: an object was expected, found a list"),
        (b'{"title": "x"}', "no id"),
        (b'{"id": "", "title": "x"}', "no id"),
        (b'{"id": null, "title": "x"}', "no id"),
        (b'{"id": true, "title": "x"}', "id: text or a whole number was expected, found true or false"),
        (b'{"id": 1.5, "title": "x"}', "id: text or a whole number was expected, found a fraction"),
        (b'{"id": ["1"], "title": "x"}', "id: text or a whole number was expected, found a list"),
        (b'{"id": "%s", "title": "x"}' % (b"i" * 501), "id: longer than 500 characters"),
        (b'{"id": "1", "title": "x", "id": "2"}', "JSON: the key id stands twice in one object"),
        (b'{"id": "1", "title": "x", "more": {"a": 1, "a": 2}}', "JSON: the key a stands twice in one object"),
        (b'{"id": "1", "title": "x", "n": NaN}', "JSON: NaN is no number"),
        (b'{"id": "1", "title": "x", "n": -Infinity}', "JSON: -Infinity is no number"),
        (b'{"id": "1", "title": "x", "n": 1e999}', "JSON: a number too large to be held"),
        (b'{"id": "1", "title": "x", "n": %s}' % (b"9" * 5_000), "JSON: Exceeds the limit"),
        (b'{"id": "1", "n": ' + b"[" * 40 + b"]" * 40 + b"}", "JSON nested deeper than 32"),
        (b'{"id": "1", "n": ' + b"[" * 1_000_000, "JSON nested deeper than 32"),
        (b"{%s}" % b", ".join(b'"k%d": 1' % n for n in range(1_001)), "JSON: an object of more than 1,000 keys"),
        (b"\xff\xfe\xfd", "JSON: Expecting value"),
    ],
)
def test_what_is_no_document_is_refused(line: bytes, reason: str) -> None:
    """One line says why; nothing but the platform's own error is raised."""
    with pytest.raises(InputError) as refused:
        jsonl.decode(line)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"title": None}, "neither title nor text"),
        ({"title": "", "text": " \n"}, "neither title nor text"),
        ({"title": ["x"]}, "title: text was expected, found a list"),
        ({"text": {"en": "x"}}, "text: text was expected, found an object"),
        ({"authors": [1]}, "authors: text was expected, found a number"),
        ({"authors": {"orcid": "x"}}, "authors: an object without name"),
        ({"authors": [{"name": ["x"]}]}, "authors.name: text was expected, found a list"),
        ({"year": 1999.5}, "year: text or a whole number was expected, found a fraction"),
        ({"subjects": [{"a": "b"}]}, "subjects: text was expected, found an object"),
        ({"subjects": ["x" * 2_001]}, "subjects: longer than 2,000 characters"),
        ({"cites": [str(n) for n in range(10_001)]}, "cites: 10,001 values, more than 10,000"),
        ({"lang": 1}, "lang: text was expected, found a number"),
        ({"url": False}, "url: text was expected, found true or false"),
        ({"deleted": "yes"}, "deleted: true or false was expected, found text"),
        ({"title": 1, "lang": 2}, "title: text was expected, found a number; lang: text was expected, found a number"),
    ],
)
def test_values_of_a_wrong_kind_are_faults(content: dict[str, object], fault: str) -> None:
    """The document can be identified all the same, so that a better version can clear it from quarantine."""
    document = decode(**content)
    assert (document.id, document.fault) == ("g", fault)


def test_what_a_document_holds() -> None:
    """Every value is a field; parts of an author are subfields, a lone value is a list of one."""
    authors = ["One, A.", {"name": "Two, B.", "orcid": "x", "role": ["editor"]}]
    document = decode(id=12, authors=authors, subjects="Whales", cites=["1", 2], year=1963, extra={"a": [1]})
    assert document.id == "12"
    assert not document.fault
    assert values(document, "authors") == [
        [("", "One, A.")],
        [("name", "Two, B."), ("orcid", "x"), ("role", '["editor"]')],
    ]
    assert [values(document, key) for key in ("subjects", "cites", "year", "extra")] == [
        [[("", "Whales")]],
        [[("", "1")], [("", "2")]],
        [[("", "1963")]],
        [[("", '{"a": [1]}')]],
    ]


def test_null_and_nothing_say_nothing() -> None:
    """They are no values, so nothing is counted of them."""
    document = decode(lang=None, subjects=[], authors=["", None], text="", year="  ", deleted=False)
    assert [f.tag for f in document.fields] == ["id", "title"]


def test_a_deletion_needs_no_more_than_its_id() -> None:
    """What else it says does not matter, even if it is wrong."""
    document = jsonl.decode(b'{"id": "1", "deleted": true, "title": 5}')
    assert (document.id, document.deleted, document.fault) == ("1", True, "")


def test_texts_are_cleaned() -> None:
    """NFC, no control characters, single blanks; the text keeps its lines; half a surrogate pair is replaced."""
    document = jsonl.decode(
        b'{"id": " a  b ", "title": "Cafe\\u0301\\n \\u0000x", "text": "one\\r\\n\\r\\ntwo\\ud800\\u0007"}'
    )
    assert document.id == "a b"
    assert values(document, "title") == [[("", "Café x")]]
    assert values(document, "text") == [[("", "one\n\ntwo\ufffd")]]


def test_a_key_that_resembles_another_is_not_it() -> None:
    """Blanks and control characters in a key are kept visible, and make it no key that is mapped."""
    document = decode(**{" lang": "en", "la\x00ng": "en", "245": "x", "": "y", "k" * 99: "z"})
    assert [f.tag for f in document.fields][2:] == ["_lang", "la_ng", "245", "_", "k" * 60]


def test_brackets_inside_texts_are_no_nesting() -> None:
    """A text full of formulas is no deep structure, and a quotation mark that never closes ends the check."""
    assert not decode(text="{[" * 1_000).fault
    with pytest.raises(InputError, match="JSON"):
        jsonl.decode(b'{"id": "1", "title": "' + b'\\"[' * 100_000)


def test_a_megabyte_of_text_is_read() -> None:
    """A whole book is one line."""
    document = decode(text="word " * 200_000)
    assert len(values(document, "text")[0][0][1]) == 999_999


def test_another_encoding_is_seen_or_said() -> None:
    """UTF-16 says so itself; for GB 18030 the user may."""
    line = json.dumps({"id": "1", "title": "鲸鱼"}, ensure_ascii=False)
    (raw,) = split(line.encode("utf-16"))
    assert readers.decode(raw).fields[1].subfields == [("", "鲸鱼")]  # type: ignore[arg-type]
    document = jsonl.decode(line.encode("gb18030"), "gb18030")
    assert (values(document, "title"), document.encoding) == ([[("", "鲸鱼")]], "gb18030")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["id", "title", "text", "authors", "year", "subjects", "lang", "url", "cites", "deleted"])


@given(content=st.dictionaries(keys | st.text(max_size=5), json_values, max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_object_is_a_document_or_refused(content: dict[str, object]) -> None:
    """Whatever the keys hold: a document with an id, or an error of one line."""
    try:
        document = jsonl.decode(json.dumps(content).encode())
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  it may or may not be raised
        return
    assert document.id
    assert all(f.subfields and all(value for _, value in f.subfields) for f in document.fields if f.tag in content)


@given(lines=st.lists(st.binary(max_size=40).filter(lambda b: b"\n" not in b), max_size=8), limit=st.integers(1, 50))
@settings(max_examples=200, deadline=None)
def test_no_byte_is_lost_and_the_rest_goes_on(lines: list[bytes], limit: int) -> None:
    """Between any lines a good one is read; what is not blank comes out whole, or by its first bytes if too long."""
    data = b"\n".join(part for line in lines for part in (line, GOOD_LINE)) + b"\n"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00", b"{\x00", b"[\x00", b"<\x00", b"\xef\xbb\xbf")):
        return  # another encoding than UTF-8
    found = split(data, limit + len(GOOD_LINE))
    kept = [line for line in data.split(b"\n") if line.strip() or len(line) > limit + len(GOOD_LINE)]
    assert len(found) == len(kept)
    for raw, line in zip(found, kept, strict=True):
        assert raw.data == (line[: limit + len(GOOD_LINE)] if isinstance(raw, Unreadable) else line.strip())
        assert data[raw.offset :].startswith(raw.data)
    assert sum(raw.data == GOOD_LINE for raw in found) >= len(lines)


@given(data=st.binary(max_size=300), at=st.integers(0, 80))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise_anything_but_input_error(data: bytes, at: int) -> None:
    """Any bytes, also in the middle of good lines, are split and decoded or refused."""
    whole = GOOD_LINE + b"\n" + GOOD_LINE
    for mixed in (data, whole[:at] + data + whole[at:]):
        jsonl.sniff(mixed)
        for raw in split(mixed):
            if isinstance(raw, RawRecord):
                try:
                    readers.decode(raw)
                except InputError as error:
                    assert "\n" not in str(error)  # noqa: PT017  it may or may not be raised
