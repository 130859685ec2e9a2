"""What a file is that no reader takes, in words for the person who gave it to us."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detection:
    """What a file is.

    Attributes:
        format: Name of its reader.
        encoding: Character encoding of its first record; each record is looked at on its own all the same.
        confidence: 0 to 1.
        reason: Why, in a few words.
    """

    format: str
    encoding: str
    confidence: float
    reason: str


# First match wins. PICA comes first: its delimiters are those of ISO 2709, its fields are not MARC's.
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*\Z"), "empty"),
    (
        re.compile(
            rb"(?s)(?:\x1d\s*|\s*)[0-9]{3}[A-Z@](?:/[0-9]{2,3})? [\x1f$\xc6]|SET: "
            rb"|.{0,2000}picaXML|.{0,4000}tag=\"[0-9]{3}[A-Z@]\""
        ),
        "PICA, not MARC; export it as MARC 21",
    ),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive"),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ"), "a compressed file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "an image"),
    (re.compile(rb"(?i)\s*(?:<!--.*?-->\s*)?<(?:!doctype )?html"), "HTML, a web page"),
    (re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*<(?=.{0,2000}OAI-PMH)(?=.{0,4000}<error)"), "an OAI-PMH error"),
    (re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*<(?=.{0,1000}<?rdf:RDF)"), "RDF/XML, not MARC; use load"),
    (re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*<(?=.{0,4000}(?:oai_dc|purl\.org/dc))"), "Dublin Core in XML, not MARC"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]"), "XML without MARC records"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\"\[{\]}]"), "JSON without MARC records, and not documents a line"),
    (
        re.compile(rb"\s*@(?:prefix|base)|(?i:\s*(?:prefix|base)\s+\S*\s*<)|\s*<http[^>]*> <http"),
        "RDF, not MARC; use load",
    ),
)
# Files whose first bytes leave no doubt, whatever delimiters their data happen to hold.
_NOT_TEXT = re.compile(rb"%PDF|PK\x03\x04|\x1f\x8b|BZh|\xfd7zXZ|\x89PNG|\xff\xd8\xff|GIF8|\x7fELF|\xd0\xcf\x11\xe0")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def is_plainly_other(head: bytes) -> bool:
    """Whether ``head`` begins a file of a kind that never holds records."""
    return _NOT_TEXT.match(head) is not None


def nearest(head: bytes) -> str:
    """``no MARC records: found …``."""
    for pattern, words in _KINDS:
        if pattern.match(head):
            return f"no MARC records: found {words}" if words != "empty" else "no MARC records: the file is empty"
    if _BINARY.search(head[:4096]):
        return f"no MARC records: found binary data beginning {head[:12]!r}"
    first = head.strip().splitlines()[0][:40].decode("utf-8", "replace")
    return f"no MARC records: found text beginning {first!r}"
