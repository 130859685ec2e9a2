"""Every MARC file of the shared data goes through detect, read and decode."""

import io
from collections import Counter
from pathlib import Path

import pytest

from common.errors import InputError
from ingest import readers
from ingest.record import Unreadable
from ingest.sources import Source, open_sources

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="shared data not present")
LIMIT = 10_000_000

# What can't be read, and why that is right. A file not named here must be read whole.
UNREADABLE = {
    "marc/pymarc/bad_records.mrc": 1,  # a leader, an empty directory, no field
    "marc/folio_mod-data-import/src/test/resources/invalidUChicago_SampleBibs.xml": 1,  # broken on purpose
    "marc/ruby-marc/three-records-second-bad.xml": 1,  # the second record is not well-formed
    "marc/marc4j/008008027.mrc": 1,  # cut off after 64 KB, in the middle of a record
    "marc/marc4j/marc-json.json": 1,  # no JSON: keys without quotes, no comma between members
    "marc/marc4j/summerland-indented-marc-json.json": 1,  # likewise
    "marc/marc4j/summerland-marc-json.json": 1,  # likewise
}


def _read(source: Source) -> Counter[str]:
    """Records, unreadables and warned ones of one source."""
    counts: Counter[str] = Counter()
    with source.open() as stream:
        data = stream.read()
    found = readers.detect(data[: readers.HEAD], source.name)
    counts["format " + found.format] += 1
    for raw in readers.read(io.BytesIO(data), found.format, LIMIT):
        try:
            record = None if isinstance(raw, Unreadable) else readers.decode(raw)
        except InputError:
            record = None
        counts["records" if record else "unreadable"] += 1
        counts["warned"] += bool(record and record.warnings)
    return counts


@pytest.mark.shared_data
@pytest.mark.slow
@needs_data
@pytest.mark.parametrize("folder", sorted(p.name for p in (SHARED / "marc").glob("*")))
def test_every_marc_file_is_read_or_refused_in_words(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No file crashes; those with unreadable records are known, with the reason."""
    wrong = []
    for source in open_sources([str(SHARED / "marc" / folder)]):
        name = str(Path(source.name).relative_to(SHARED))
        try:
            counts = _read(source)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017  it may or may not be raised
            continue
        if counts["unreadable"] != UNREADABLE.get(name, 0):
            wrong.append((name, dict(counts)))
        with capsys.disabled():
            print(f"{name}: {dict(counts)}")  # noqa: T201  the counts are what one runs this for
    assert wrong == []


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("marc/qa-catalogue/pica/pica-plain.pp", "PICA"),
        ("marc/qa-catalogue/pica/pica-normalized.dat", "PICA"),
        ("marc/qa-catalogue/pica/pica-with-holdings-info.dat", "PICA"),
        ("marc/qa-catalogue/pica/k10plus-sample.pica", "PICA"),
        ("marc/qa-catalogue/pica/picaplus-sample.txt", "PICA"),
        ("marc/qa-catalogue/picaxml/pica.xml", "PICA"),
        ("unimarc/periouni/periouni-first-half.mrc", "unimarc"),
        ("unimarc/bncf/test/data.mrc", "unimarc"),
        ("unimarc/bncf/documentation/unimarctest.xml", "XML without MARC"),  # <rec>, <cf>, <df>: a schema of its own
        ("unimarc/abes_qualimarc/core/src/test/resources/143519379.xml", "unimarc"),
        ("marc/qa-catalogue/unimarc/serial.bnr.1993.mrc", "unimarc"),
        ("marc/qa-catalogue/unimarc/unimarc.mrctxt", "unimarc"),
        ("marc/catmandu-marc/t/dollar_subfields.mrc", "unimarc"),
        ("marc/lobid-gnd_authority/test/data/GND.rdf", "RDF"),
        ("oai/sickle/ListRecords.xml", "Dublin Core"),
        ("marc/qa-catalogue/shacl/kbr-small.json", "JSON without MARC"),
    ],
)
def test_what_is_no_marc21_is_refused_by_name(path: str, word: str) -> None:
    """PICA, UNIMARC and others are named in the refusal."""
    head = (SHARED / path).read_bytes()[: readers.HEAD]
    with pytest.raises(InputError, match=word):
        readers.detect(head, "file")
