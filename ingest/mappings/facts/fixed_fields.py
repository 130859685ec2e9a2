"""The fixed-length data elements: what each position of 006, 007 and 008 means (MARC 21 Format for Bibliographic Data).

Positions are those of 008; 006 has the same elements from position 01, 17 less.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.mappings.facts.codes import fixed
from ingest.mappings.names import bf, bflc, bg

SPECIFIC_START, SPECIFIC_END = 18, 35


class Element(NamedTuple):
    """One data element.

    Attributes:
        start: First position.
        repeats: How many codes stand side by side.
        codes: Name of the code list.
        predicate: What it says.
        of_work: Whether of the Work, else of the Instance.
        width: Characters in one code.
        silent: Letters that say nothing (unknown, other, none), beside blank and ``|``.
    """

    start: int
    repeats: int
    codes: str
    predicate: str
    of_work: bool = True
    width: int = 1
    silent: str = ""


class CodedStatement(NamedTuple):
    """Predicate and object of what a code says, and whether of the Work."""

    of_work: bool
    predicate: str
    obj: str


GENRE, CONTENT = bf("genreForm"), bf("supplementaryContent")
AUDIENCE = Element(22, 1, "audience", bf("intendedAudience"), silent="u")
ITEM_FORM = Element(23, 1, "item_form", bg("formOfItem"), of_work=False)
FORM_AT_29 = ITEM_FORM._replace(start=29)
GOVERNMENT = Element(28, 1, "government", bflc("governmentPubType"), silent="u")
CONFERENCE = Element(29, 1, "conference", GENRE, silent="0")
INDEX = Element(31, 1, "index", CONTENT, silent="0")

MATERIALS: dict[str, tuple[Element, ...]] = {
    "books": (
        Element(18, 4, "illustration", bf("illustrativeContent")),
        AUDIENCE,
        ITEM_FORM,
        Element(24, 4, "contents", GENRE),
        GOVERNMENT,
        CONFERENCE,
        Element(30, 1, "festschrift", GENRE, silent="0"),
        INDEX,
        Element(33, 1, "literary_form", GENRE, silent="0u"),
        Element(34, 1, "biography", GENRE),
    ),
    "computer files": (AUDIENCE, ITEM_FORM, Element(26, 1, "file_type", GENRE, silent="uz"), GOVERNMENT),
    "maps": (
        Element(18, 4, "relief", bf("relief"), silent="z"),
        Element(22, 1, "projection", bf("projection"), width=2, silent="z"),
        Element(25, 1, "map_type", GENRE, silent="uz"),
        GOVERNMENT,
        FORM_AT_29,
        INDEX,
        Element(33, 2, "map_form", GENRE, silent="z"),
    ),
    "music": (
        Element(18, 1, "music_form", GENRE, width=2, silent="nuz"),
        Element(20, 1, "music_format", bf("musicFormat"), of_work=False, silent="nuz"),
        AUDIENCE,
        ITEM_FORM,
        Element(24, 6, "music_supplement", CONTENT, silent="z"),
        Element(30, 2, "music_text", GENRE, silent="nz"),
    ),
    "continuing resources": (
        Element(18, 1, "frequency", bf("frequency"), of_work=False, silent="uz"),
        Element(19, 1, "regularity", bg("regularity"), of_work=False, silent="u"),
        Element(21, 1, "serial_type", GENRE),
        ITEM_FORM,
        Element(24, 4, "contents", GENRE),
        GOVERNMENT,
        CONFERENCE,
        Element(33, 1, "serial_script", bg("scriptOfTitle"), silent="uz"),
    ),
    "visual materials": (
        AUDIENCE,
        GOVERNMENT,
        FORM_AT_29,
        Element(33, 1, "visual_type", GENRE, silent="z"),
        Element(34, 1, "technique", bflc("movingImageTechnique"), silent="nuz"),
    ),
    "mixed materials": (ITEM_FORM,),
}
#: Leader/06 and 006/00 -> material; text is a continuing resource by leader/07.
_MATERIAL_OF_TYPE = {
    **dict.fromkeys("at", "books"),
    "m": "computer files",
    **dict.fromkeys("ef", "maps"),
    **dict.fromkeys("cdij", "music"),
    "s": "continuing resources",
    **dict.fromkeys("gkor", "visual materials"),
    "p": "mixed materials",
}
_CONTINUING = frozenset("bis")
_LONGEST_RUNNING_TIME = 3


def material_of(leader: str) -> str:
    """Which 008 a record has, by leader/06 and /07."""
    if leader[6:7] == "a" and leader[7:8] in _CONTINUING:
        return "continuing resources"
    return _MATERIAL_OF_TYPE.get(leader[6:7], "books")


def material_of_006(value: str) -> str | None:
    """Which material a 006 describes."""
    return _MATERIAL_OF_TYPE.get(value[:1])


@lru_cache(maxsize=65_536)
def specific(material: str, elements: str) -> tuple[CodedStatement, ...]:
    """What 008/18-34 (or 006/01-17) says of a material.

    >>> specific("books", "a     b    000 1 ")[0].obj
    '<http://id.loc.gov/vocabulary/millus/ill>'
    """
    found = [
        CodedStatement(element.of_work, element.predicate, obj)
        for element in MATERIALS[material]
        for code in _codes(element, elements)
        if (obj := fixed(element.codes, code)) is not None
    ]
    if material == "visual materials":
        found.extend(_running_time(elements[:_LONGEST_RUNNING_TIME]))
    return tuple(found)


def _codes(element: Element, elements: str) -> Iterator[str]:
    start = element.start - SPECIFIC_START
    for at in range(start, start + element.repeats * element.width, element.width):
        code = elements[at : at + element.width].strip(" |#\\")
        if code.strip(element.silent):
            yield code


def _running_time(minutes: str) -> Iterator[CodedStatement]:
    """Visual materials, 18-20."""
    if minutes.isascii() and minutes.isdecimal() and int(minutes):
        yield CodedStatement(of_work=False, predicate=bf("duration"), obj=f'"PT{int(minutes)}M"')
