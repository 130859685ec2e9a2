"""Physical description: 300–307 and 340–348. What a subfield names is a text; an address in $0 is the thing itself."""

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import term
from ingest.mappings.facts.note_rules import NoteRule, register
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.term_addresses import state_address
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

EXTENT, DETAILS, DIMENSIONS = bg("extent"), bg("physicalDetails"), bf("dimensions")
ACCOMPANYING, DURATION = bg("accompanyingMaterial"), bf("duration")
TERM_SOURCE, CHARACTERISTIC = bg("physicalTermSource"), bg("physicalCharacteristic")
_EXTENT_CODES = frozenset("afg")
_TIME_LENGTH = len("hhmmss")

register(
    BIBLIOGRAPHIC,
    {
        "305": NoteRule(EXTENT, "abcdefmn"),
        "307": NoteRule(bg("accessHours"), "ab"),
        "341": NoteRule(bg("accessibilityContent"), "abcde2", of_work=True, joint=", "),
    },
)

#: Tag -> subfield -> property. Those that BIBFRAME has as things are texts here; a term's address comes in $0.
_CHARACTERISTICS = {
    "340": {
        "a": bg("baseMaterial"),
        "b": bf("dimensions"),
        "c": bg("appliedMaterial"),
        "d": bg("recordingTechnique"),
        "e": bg("mountMaterial"),
        "f": bg("productionRate"),
        "g": bg("colorCharacteristic"),
        "h": bf("physicalLocation"),
        "i": bg("technicalSpecification"),
        "j": bg("generationOfResource"),
        "k": bg("layoutCharacteristic"),
        "l": bg("bindingCharacteristic"),
        "m": bg("bookFormat"),
        "n": bg("fontSize"),
        "o": bg("polarityCharacteristic"),
        "p": bg("illustrations"),
        "q": bg("reductionRatioDesignation"),
    },
    "344": {
        "a": bg("typeOfRecording"),
        "b": bg("recordingMedium"),
        "c": bg("playingSpeed"),
        "d": bg("grooveCharacteristic"),
        "e": bg("trackConfiguration"),
        "f": bg("tapeConfiguration"),
        "g": bg("playbackChannels"),
        "h": bg("specialPlayback"),
        "i": bg("soundContentTerm"),
        "j": bg("originalCaptureTechnique"),
    },
    "345": {
        "a": bg("presentationFormat"),
        "b": bg("projectionSpeed"),
        "c": bg("aspectRatio"),
        "d": bg("aspectRatioDesignation"),
    },
    "346": {"a": bg("videoFormat"), "b": bg("broadcastStandard")},
    "347": {
        "a": bg("fileType"),
        "b": bg("encodingFormat"),
        "c": bg("fileSize"),
        "d": bg("resolution"),
        "e": bg("regionalEncoding"),
        "f": bg("encodedBitrate"),
    },
    "348": {
        "a": bg("musicFormatTerm"),
        "b": bg("musicFormatCode"),
        "c": bg("musicNotation"),
        "d": bg("musicNotationCode"),
    },
}


@BIBLIOGRAPHIC.maps("300", codes="abcefg36")
def extent(d: Description, f: DataField) -> None:
    """300: extent with its unit, other details, dimensions, accompanying material; $3 says of which part."""
    part = f.get("3")
    prefix = f"{part.strip().rstrip(' :')}: " if part else ""
    pieces: list[str] = []
    for code, value in f.subfields:
        text = strip_isbd(value)
        if code in _EXTENT_CODES:
            if code == "a" and pieces:
                _state_extent(d, prefix, pieces)
            pieces.append(text)
        elif code == "b":
            d.text(d.instance, DETAILS, prefix + text, d.note_lang)
        elif code == "c":
            d.text(d.instance, DIMENSIONS, prefix + text)
        elif code == "e":
            d.text(d.instance, ACCOMPANYING, prefix + text, d.note_lang)
    _state_extent(d, prefix, pieces)


def _state_extent(d: Description, prefix: str, pieces: list[str]) -> None:
    if pieces:
        d.text(d.instance, EXTENT, prefix + " ".join(pieces), d.note_lang)
        pieces.clear()


@BIBLIOGRAPHIC.maps("306", codes="a")
def playing_time(d: Description, f: DataField) -> None:
    """306: hours, minutes, seconds, as an ISO 8601 duration."""
    for value in f.all("a"):
        d.text(d.instance, DURATION, duration(value.strip()))


def duration(text: str) -> str:
    """``hhmmss`` as a duration; any other text as it is.

    >>> duration("004507"), duration("ca. 1 hr.")
    ('PT45M7S', 'ca. 1 hr.')
    """
    if len(text) != _TIME_LENGTH or not (text.isascii() and text.isdecimal()):
        return text
    parts = ((int(text[:2]), "H"), (int(text[2:4]), "M"), (int(text[4:]), "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def characteristics(d: Description, f: DataField) -> None:
    """340–348: material, sound, projection, video, file and music format."""
    properties = _CHARACTERISTICS[d.tag]
    part = f.get("3")
    prefix = f"{part.strip().rstrip(' :')}: " if part else ""
    for code, value in f.subfields:
        if code in properties:
            d.text(d.instance, properties[code], prefix + strip_isbd(value), d.note_lang)
        elif code in "01":
            state_address(d, d.instance, CHARACTERISTIC, value)
        elif code == "2":
            d.add(d.instance, TERM_SOURCE, term("genre_sources", value))


for _tag, _properties in _CHARACTERISTICS.items():
    BIBLIOGRAPHIC.maps(_tag, codes="".join(_properties) + "01236")(characteristics)
