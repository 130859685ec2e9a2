"""What kind of thing the record describes, by its leader; and the languages its texts are in."""

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language_tag, term
from ingest.mappings.names import TYPE, bf
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import MarcRecord

WORK, INSTANCE, INSTANCE_OF, ISSUANCE = bf("Work"), bf("Instance"), bf("instanceOf"), bf("issuance")
MANUSCRIPT, ARCHIVAL = bf("Manuscript"), bf("Archival")

#: Leader/06 -> class of the Work.
WORK_CLASSES = {
    "a": bf("Text"),
    "c": bf("NotatedMusic"),
    "d": bf("NotatedMusic"),
    "e": bf("Cartography"),
    "f": bf("Cartography"),
    "g": bf("MovingImage"),
    "i": bf("NonMusicAudio"),
    "j": bf("MusicAudio"),
    "k": bf("StillImage"),
    "m": bf("Multimedia"),
    "o": bf("Kit"),
    "p": bf("MixedMaterial"),
    "r": bf("Object"),
    "t": bf("Text"),
}
#: Leader/07 -> class of the Work beside it; a monograph is known by its mode of issuance.
LEVEL_CLASSES = {
    "c": bf("Collection"),
    "i": bf("Integrating"),
    "s": bf("Serial"),
    "b": bf("Serial"),
}
#: Leader/06 of what is written by hand.
_MANUSCRIPT = frozenset("dft")
#: Leader/07 -> mode of issuance; a multipart monograph is known by leader/19.
_ISSUANCE = {"i": "intg", "b": "serl", "s": "serl", "a": "mono", "c": "mono", "d": "mono", "m": "mono"}
_MULTIPART = frozenset("abc")
_NO_LANGUAGE = frozenset(("mul", "und", "zxx", "mis", "   ", "|||", "###"))
_DEFAULT_NOTE_LANGUAGE = "en"


def language_of_record(record: MarcRecord) -> str | None:
    """Language tag by 008/35-37, else by the first language of 041 $a; None where several or none are named."""
    fixed_field = record.control_value("008") or ""
    code = fixed_field[35:38].lower()
    if len(code) == len("eng") and code not in _NO_LANGUAGE:
        return language_tag(code)
    if code == "mul":
        return None
    for f in record.tagged("041"):
        first = (f.get("a") or "")[:3].lower()
        return None if not first or first in _NO_LANGUAGE or len(f.all("a")) > 1 else language_tag(first)
    return None


def language_of_cataloguing(record: MarcRecord) -> str | None:
    """Language tag by 040 $b; English where it is not said."""
    for f in record.tagged("040"):
        code = f.get("b")
        if code:
            return language_tag(code.strip().lower())
    return _DEFAULT_NOTE_LANGUAGE


def describe_kind(d: Description, record: MarcRecord) -> None:
    """States the core entities with their classes, before any field is mapped."""
    d.lang = language_of_record(record)
    d.note_lang = language_of_cataloguing(record)
    d.own(d.work)
    d.own(d.instance)
    kind, level = record.leader[6:7], record.leader[7:8]
    d.add(d.work, TYPE, WORK)
    d.add(d.instance, TYPE, INSTANCE)
    d.add(d.instance, INSTANCE_OF, d.work)
    for name in (WORK_CLASSES.get(kind), LEVEL_CLASSES.get(level)):
        if name is not None:
            d.add(d.work, TYPE, name)
    if kind in _MANUSCRIPT:
        d.add(d.instance, TYPE, MANUSCRIPT)
    if record.leader[8:9] == "a":
        d.add(d.instance, TYPE, ARCHIVAL)
    issuance = "mulm" if level == "m" and record.leader[19:20] in _MULTIPART else _ISSUANCE.get(level)
    if issuance is not None:
        d.add(d.instance, ISSUANCE, term("issuance", issuance))


BIBLIOGRAPHIC.prepare.append(describe_kind)
