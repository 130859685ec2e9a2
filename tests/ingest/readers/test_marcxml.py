"""MARCXML: wrappers, prefixes, deletions, damage, hostile documents."""

import io
import random

import pytest
from reader_samples import load, records, split

from common.errors import InputError
from ingest import readers
from ingest.readers import marcxml
from ingest.record import RawRecord, Unreadable

SLIM = 'xmlns="http://www.loc.gov/MARC21/slim"'
RECORD = (
    "<record><leader>00000nam a2200000 a 4500</leader><controlfield tag='001'>{0}</controlfield>"
    "<datafield tag='245' ind1='1' ind2='0'><subfield code='a'>Title {0}</subfield></datafield></record>"
)


def titles(document: str | bytes) -> list[str | None]:
    """245 $a of every record; None for one that is unreadable."""
    found: list[str | None] = []
    for raw in split(document.encode() if isinstance(document, str) else document, "marcxml"):
        try:
            record = readers.decode(raw) if isinstance(raw, RawRecord) else None
        except InputError:
            record = None
        found.append(next(record.tagged("245")).get("a") if record else None)
    return found


@pytest.mark.parametrize(
    "document",
    [
        RECORD.format(1),
        f"<?xml version='1.0'?><!-- <record> --><collection {SLIM}>{RECORD.format(1)}</collection>",
        f"\ufeff<collection>{RECORD.format(1)}</collection>",
        "<m:collection xmlns:m='http://www.loc.gov/MARC21/slim'>"
        + RECORD.format(1).replace("</", "</m:").replace("<", "<m:").replace("<m:/m:", "</m:")
        + "</m:collection>",
        (
            "<OAI-PMH><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>"
            f"{RECORD.format(1)}</metadata></record></ListRecords></OAI-PMH>"
        ),
        (
            f"<zs:records><zs:record><zs:recordSchema>marcxml</zs:recordSchema><zs:recordData>{RECORD.format(1)}"
            "</zs:recordData></zs:record></zs:records>"
        ),
        f"<!DOCTYPE collection SYSTEM 'http://example.org/marc.dtd'><collection>{RECORD.format(1)}</collection>",
    ],
    ids=["alone", "collection", "no namespace, BOM", "prefix", "OAI-PMH", "SRU", "DTD only named"],
)
def test_every_wrapping_is_read(document: str) -> None:
    """Alone, in a collection, with any prefix, in OAI-PMH or SRU: the same record."""
    assert readers.detect(document.encode(), "x.xml").format == "marcxml"
    assert titles(document) == ["Title 1"]


@pytest.mark.parametrize("codec", ["utf-16", "iso-8859-1", "gb18030"])
def test_declared_encodings_are_read(codec: str) -> None:
    """UTF-16 by its byte order mark, others by the declaration."""
    document = f"<?xml version='1.0' encoding='{codec}'?><collection>{RECORD.format('é')}</collection>"
    assert titles(document.encode(codec)) == ["Title é"]


def test_deleted_oai_record_comes_out_as_deletion() -> None:
    """``d`` in leader/05, 001 from the identifier's local part, the whole identifier in 035."""
    document = (
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header status='deleted'>"
        "<identifier>oai:example.org:000123</identifier><datestamp>2026-01-01</datestamp></header></record>"
        f"<record><header><identifier>oai:example.org:2</identifier></header><metadata>{RECORD.format(2)}</metadata>"
        "</record></ListRecords></OAI-PMH>"
    ).encode()
    deleted, live = records(document, "marcxml")
    assert deleted.leader[5] == "d"
    assert deleted.control == [("001", "000123")]
    assert deleted.fields[0].get("a") == "(OAI-PMH)oai:example.org:000123"
    assert live.leader[5] == "n"


def test_deletion_counts_more_than_the_metadata_it_wraps() -> None:
    """A server that sends the record along with ``deleted`` does not bring it back to life."""
    document = (
        "<r><o:record xmlns:o='x'><o:header status='deleted'><o:identifier>oai:x:7</o:identifier></o:header>"
        f"<o:metadata>{RECORD.format(7)}</o:metadata></o:record>{RECORD.format(8)}</r>"
    )
    deleted, live = records(document.encode(), "marcxml")
    assert (deleted.leader[5], deleted.control) == ("d", [("001", "7")])
    assert (live.leader[5], live.control) == ("n", [("001", "8")])


def test_one_broken_record_costs_only_itself() -> None:
    """A real file whose second record is not well-formed: the first and third are read."""
    assert [title is None for title in titles(load("three-records-second-bad.xml"))] == [False, True, False]


def test_record_without_its_end_is_noticed() -> None:
    """A missing end tag does not swallow the next record."""
    broken = RECORD.format(2).replace("</record>", "")
    assert titles(f"<c>{RECORD.format(1)}{broken}{RECORD.format(3)}</c>") == ["Title 1", None, "Title 3"]


@pytest.mark.parametrize("cut", [30, 150, 180])
def test_truncated_document_gives_what_came_before(cut: int) -> None:
    """Records before the break are read; the rest is Unreadable with its offset."""
    document = f"<collection>{RECORD.format(1)}{RECORD.format(2)[:cut]}".encode()
    first, last = split(document, "marcxml")
    assert isinstance(first, RawRecord)
    assert isinstance(last, Unreadable)
    assert (last.position, last.offset) == (2, document.index(b"<record", 20))


def test_entities_are_refused_not_expanded() -> None:
    """A document type with definitions is refused; entities without one are undefined."""
    bomb = "<!DOCTYPE c [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    with pytest.raises(InputError, match="document type definition"):
        split((bomb + RECORD.format("&b;")).encode(), "marcxml")
    assert titles(RECORD.format("&b;")) == [None]
    with pytest.raises(InputError, match="document type definition"):
        marcxml.decode((bomb + RECORD.format("x")).encode())


def test_depth_and_size_are_limited() -> None:
    """Nesting and length beyond the limits cost the record, not the process."""
    deep = RECORD.format(1).replace("Title", "<x>" * 1000 + "</x>" * 1000)
    assert titles(f"<c>{deep}{RECORD.format(2)}</c>") == [None, "Title 2"]
    long = RECORD.format("x" * 5000)
    found = split(f"<c>{long}{RECORD.format(2)}</c>".encode(), "marcxml", limit=1000)
    assert [type(raw) for raw in found] == [Unreadable, RawRecord]


def test_missing_tags_and_codes_are_kept_as_unknown() -> None:
    """A subfield without code has ``?``, a field without tag ``???``: seen, and mapped to nothing."""
    document = RECORD.format(1).replace(" code='a'", "").replace("tag='245'", "")
    (record,) = records(document.encode(), "marcxml")
    assert str(record.fields[0].tag) == "???"
    assert record.fields[0].subfields == [("?", "Title 1")]


def test_invalid_utf8_in_a_record_is_guessed() -> None:
    """Latin-1 bytes in a document that says UTF-8: read, with a warning."""
    document = RECORD.format("Médée à l'école").encode("latin-1")
    (record,) = records(document, "marcxml")
    assert next(record.tagged("245")).get("a") == "Title Médée à l'école"
    assert record.warnings


class _Endless(io.RawIOBase):
    """A collection that would never end, counting what is read."""

    def __init__(self, count: int) -> None:
        self.left = count

    def read(self, _size: int = -1) -> bytes:
        """A thousand records at a time."""
        self.left -= 1
        return RECORD.format("x").encode() * 1000 if self.left > 0 else b""


def test_memory_stays_constant() -> None:
    """The window keeps no more than what is being read."""
    stream = _Endless(50)
    seen = 0
    for raw in marcxml.read(stream, 10_000):  # type: ignore[arg-type]  # a raw stream reads as well
        seen += isinstance(raw, RawRecord)
    assert seen == 49_000


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_raises_nothing_and_spares_the_neighbours(seed: int) -> None:
    """Random bytes in the middle record: the others are read."""
    rng = random.Random(seed)  # noqa: S311  not for secrets
    damaged = bytearray(RECORD.format(2).encode())
    for _ in range(rng.choice((1, 4, 15))):
        # What begins a comment or section may swallow what follows it, as XML has it.
        damaged[rng.randrange(len(damaged))] = rng.choice(b"abc<>/ '\"=&;\x00\xff\x80")
    found = titles(b"<c>" + RECORD.format(1).encode() + bytes(damaged) + RECORD.format(3).encode() + b"</c>")
    assert found[0] == "Title 1"
    assert found[-1] == "Title 3"
