"""What a file is, and what is said of one that is no MARC 21."""

import pytest
from reader_samples import iso2709, load

from common.errors import InputError
from ingest import readers

UNIMARC_XML = (
    b"<collection><record><leader>00000nam0 2200000   450 </leader><datafield tag='200' ind1='1' ind2=' '>"
    b"<subfield code='a'>Titre</subfield></datafield><datafield tag='210' ind1=' ' ind2=' '/></record></collection>"
)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "HTML"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04xxxx", "ZIP"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"Dear library,\nplease find", "text beginning 'Dear library,'"),
        (b"\x00\x01\x02\x03", "binary"),
        (b'{"a": 1}', "JSON without MARC"),
        (b"<a><b/></a>", "XML without MARC"),
        (b"003@ $012345X\n021A $aEin Buch$hzum Lesen\n", "PICA"),
        (b"003@ \x1f0123\x1e021A \x1faTitel\x1e\n", "PICA"),
        (b'<collection><record><datafield tag="003@"><subfield code="0">1</subfield></datafield></record>', "PICA"),
        (b"@prefix bf: <http://x/> .", "RDF"),
    ],
)
def test_what_is_no_marc_is_named_in_one_line(head: bytes, words: str) -> None:
    """The message names the file and what was found."""
    with pytest.raises(InputError, match=words) as caught:
        readers.detect(head, "some.file")
    assert str(caught.value).startswith("some.file: no MARC records")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        load("testunimarc.dat"),
        iso2709([("001", "1"), ("100", "  \x1fa20040211d1993    em y0chiy0110    ea"), ("200", "1 \x1fa红楼梦")]),
        UNIMARC_XML,
    ],
    ids=["real", "CNMARC", "MARCXML"],
)
def test_unimarc_is_recognised_and_refused(data: bytes) -> None:
    """UNIMARC and CNMARC in any wrapping say what they are."""
    with pytest.raises(InputError, match=r"x: unimarc .* not read yet"):
        readers.detect(data, "x")


def test_every_reader_file_is_a_format() -> None:
    """The registry finds readers by file, and an unknown one is refused with the list."""
    assert sorted(readers.readers()) == ["alephseq", "iso2709", "jsonl", "line", "marcjson", "marcxml"]
    with pytest.raises(InputError, match="alephseq, iso2709"):
        readers.reader("pica")
