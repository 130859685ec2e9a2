"""880 fields and the fields that their $6 names (MARC 21, Appendix A: control subfields, $6).

``245 $6 880-01`` and ``880 $6 245-01/$1`` belong together. An 880 whose occurrence number is 00, or whose partner is
missing, is mapped as the field it names, alone.
"""

from dataclasses import dataclass
from functools import lru_cache

from ingest.record import DataField, linked_tag

#: Script codes of $6 -> ISO 15924.
SCRIPTS = {"(3": "arab", "(B": "latn", "$1": "hani", "(N": "cyrl", "(Q": "cyrl", "(2": "hebr", "(S": "grek"}
#: Writing systems of CJK by MARC language.
_CJK = {"ja": "jpan", "ko": "kore"}
_NON_LATIN = frozenset(
    "ar fa ur he yi zh ja ko ru uk be bg sr mk el hy ka th km lo my hi bn ta te mr ne pa sa si am ti mn".split()
)


@dataclass(slots=True)
class Occurrence:
    """One field to map: under which tag and number, and whether it is, or has, a partner in another script.

    Attributes:
        field: The field.
        index: Its place in the record.
        tag: The tag it is mapped as.
        number: Occurrence within the tag, from 1; an 880 has its partner's.
        vernacular: Whether the field is an 880.
        script: Script code of the 880's $6 (``$1``), "" where there is none.
        romanised: Whether the field has an 880 partner.
    """

    field: DataField
    index: int
    tag: str
    number: int
    vernacular: bool
    script: str
    romanised: bool


def ordered(fields: list[DataField]) -> list[Occurrence]:
    """All fields, each 880 after its partner's turn, numbered within their tags."""
    if not any(f.tag == "880" for f in fields):
        return _plain(fields)
    return _linked(fields)


def _plain(fields: list[DataField]) -> list[Occurrence]:
    counts: dict[str, int] = {}
    result = []
    for index, f in enumerate(fields):
        number = counts[f.tag] = counts.get(f.tag, 0) + 1
        result.append(Occurrence(f, index, f.tag, number, vernacular=False, script="", romanised=False))
    return result


def _linked(fields: list[DataField]) -> list[Occurrence]:
    linked = {_link(f)[:2] for f in fields if f.tag == "880"}
    numbers: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    result = []
    for index, f in enumerate(fields):
        if f.tag == "880":
            continue
        number = counts[f.tag] = counts.get(f.tag, 0) + 1
        link = (f.tag, _link(f)[1])
        romanised = link[1] not in {"", "00"} and link in linked
        if romanised:
            numbers.setdefault(link, number)
        result.append(Occurrence(f, index, f.tag, number, vernacular=False, script="", romanised=romanised))
    for index, f in enumerate(fields):
        if f.tag == "880":
            tag, link_number, script = _link(f)
            partner = numbers.get((tag, link_number))
            if partner is None:
                partner = counts[tag] = counts.get(tag, 0) + 1
            result.append(Occurrence(f, index, tag, partner, vernacular=True, script=script, romanised=False))
    return result


def _link(f: DataField) -> tuple[str, str, str]:
    """Tag, occurrence number and script code of a field's $6."""
    parts = (f.get("6") or "").split("/")
    head = parts[0].strip()
    script = parts[1] if len(parts) > 1 else ""
    return (linked_tag(f) if f.tag == "880" else f.tag), head[4:6], script


def script_language(at: Occurrence, lang: str | None) -> str | None:
    """Language tag of an 880 or of its romanised partner; None for a field that stands alone."""
    if at.vernacular:
        return vernacular_tag(lang, at.script, "".join(v for c, v in at.field.subfields if c != "6"))
    if at.romanised and lang is not None and lang.split("-")[0] in _NON_LATIN:
        return f"{lang.split('-')[0]}-latn"
    return None


def vernacular_tag(lang: str | None, code: str, text: str) -> str:
    """``zh-hani``: the record's language where it is written in that script, else ``und``, with the script."""
    script = SCRIPTS.get(code) or script_of(text)
    language = lang.split("-")[0] if lang else "und"
    if script == "hani":
        if language in _CJK:
            return f"{language}-{_CJK[language]}"
        return f"{language if language == 'zh' else 'und'}-hani"
    if script == "latn":
        return language if language not in _NON_LATIN else f"{language}-latn"
    return f"{language if _writes(language, script) else 'und'}-{script}"


_LANGUAGES_OF = {
    "arab": "ar fa ur ps sd ug ku",
    "cyrl": "ru uk be bg sr mk mn kk ky tg tt uz",
    "hebr": "he yi",
    "grek": "el grc",
}


def _writes(language: str, script: str) -> bool:
    return script not in _LANGUAGES_OF or language in _LANGUAGES_OF[script].split()


_RANGES = (
    (0x0370, 0x03FF, "grek"),
    (0x0400, 0x052F, "cyrl"),
    (0x0530, 0x058F, "armn"),
    (0x0590, 0x05FF, "hebr"),
    (0x0600, 0x06FF, "arab"),
    (0x0900, 0x097F, "deva"),
    (0x0E00, 0x0E7F, "thai"),
    (0x10A0, 0x10FF, "geor"),
    (0x3040, 0x30FF, "jpan"),
    (0x3400, 0x9FFF, "hani"),
    (0xAC00, 0xD7AF, "kore"),
)


@lru_cache(maxsize=4096)
def script_of(text: str) -> str:
    """ISO 15924 code (lower case) of the first character that belongs to a script other than Latin, else ``latn``."""
    for char in text:
        point = ord(char)
        if point >= _RANGES[0][0]:
            for low, high, script in _RANGES:
                if low <= point <= high:
                    return script
    return "latn"
