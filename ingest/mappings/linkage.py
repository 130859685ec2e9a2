"""880 fields and the fields that their $6 names (MARC 21, Appendix A: control subfields, $6).

``245 $6 880-01`` and ``880 $6 245-01/$1`` belong together. An 880 whose occurrence number is 00, or whose partner is
missing, is mapped as the field it names, alone.
"""

from collections import Counter
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


def has_linked(fields: list[DataField]) -> bool:
    """Whether a field stands in another script."""
    return "880" in [f.tag for f in fields]


def _plain(fields: list[DataField]) -> list[Occurrence]:
    counts: dict[str, int] = {}
    result = []
    for index, f in enumerate(fields):
        tag = f.tag
        number = counts[tag] = counts.get(tag, 0) + 1
        result.append(Occurrence(f, index, tag, number, False, "", False))
    return result


def ordered(fields: list[DataField]) -> list[Occurrence]:
    """All fields, each 880 after its partner's turn, numbered within their tags."""
    vernacular = [(index, f, *_link(f)) for index, f in enumerate(fields) if f.tag == "880"]
    result = _plain([f for f in fields if f.tag != "880"])
    places = (index for index, f in enumerate(fields) if f.tag != "880")
    for at, place in zip(result, places, strict=True):
        at.index = place
    partners = _partners(result)
    counts = Counter(at.tag for at in result)
    for index, f, tag, link, script in vernacular:
        partner = _partner(partners, tag, link)
        if partner is None:
            counts[tag] += 1
        else:
            partner.romanised = True
        number = counts[tag] if partner is None else partner.number
        result.append(Occurrence(f, index, tag, number, True, script, False))
    return result


def _partners(plain: list[Occurrence]) -> dict[str, dict[str, Occurrence]]:
    """Fields by tag and occurrence number of their $6; a field without $6 stands under its place in the record."""
    partners: dict[str, dict[str, Occurrence]] = {}
    for at in plain:
        link = _link(at.field)[1] or f"unlinked {at.index}"
        partners.setdefault(at.tag, {}).setdefault(link, at)
    return partners


def _partner(partners: dict[str, dict[str, Occurrence]], tag: str, link: str) -> Occurrence | None:
    """The field that an 880 names; the only one of its tag where that one does not name the 880 in turn."""
    if link in {"", "00"}:
        return None
    named = partners.get(tag, {})
    if link not in named and len(named) == 1:
        return next(iter(named.values()))
    return named.get(link)


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
    """``zh-hani``: the record's language where it is written in that script, else ``und``, with the script.

    The text shows its script better than the code, which only the first of many linked fields may have right.

    >>> vernacular_tag("ja", "$1", "吉田一"), vernacular_tag("en", "$1", "서울"), vernacular_tag("en", "", "東京")
    ('ja-jpan', 'ko-kore', 'und-hani')
    >>> vernacular_tag("ota", "(3", "شرح"), vernacular_tag("da", "(3", "ملحمة"), vernacular_tag("ar", "(3", "1964")
    ('ota-arab', 'und-arab', 'ar-arab')
    """
    script = script_of(text)
    if script == "latn" and not any(char.isalpha() for char in text):
        script = SCRIPTS.get(code, script)
    language = lang.split("-")[0] if lang else "und"
    if script == "hani" and language in _CJK:
        script = _CJK[language]
    if script == "latn":
        return language if language not in _NON_LATIN else f"{language}-latn"
    languages = _LANGUAGES_OF.get(script, ())
    return f"{language if language in languages else _ONLY_LANGUAGE_OF.get(script, 'und')}-{script}"


_LANGUAGES_OF = {
    "arab": frozenset("ar fa ur ps sd ug ku ota ckb ks az".split()),
    "armn": frozenset(("hy", "xcl")),
    "cyrl": frozenset("ru uk be bg sr mk mn kk ky tg tt uz ba cv os ce cu".split()),
    "deva": frozenset("hi mr ne sa pi bho mai kok".split()),
    "geor": frozenset(("ka",)),
    "grek": frozenset(("el", "grc")),
    "hani": frozenset(("zh", "lzh")),
    "hebr": frozenset("he yi lad arc".split()),
    "jpan": frozenset(("ja",)),
    "kore": frozenset(("ko",)),
    "thai": frozenset(("th", "pi")),
}
_ONLY_LANGUAGE_OF = {"jpan": "ja", "kore": "ko"}


_RANGES = (
    (0x0370, 0x03FF, "grek"),
    (0x0400, 0x052F, "cyrl"),
    (0x0530, 0x058F, "armn"),
    (0x0590, 0x05FF, "hebr"),
    (0x0600, 0x06FF, "arab"),
    (0x0900, 0x097F, "deva"),
    (0x0E00, 0x0E7F, "thai"),
    (0x10A0, 0x10FF, "geor"),
    (0x3041, 0x309F, "jpan"),  # kana, but for the dash and the dot that Chinese texts use too
    (0x30A1, 0x30FA, "jpan"),
    (0x30FD, 0x30FF, "jpan"),
    (0x3400, 0x9FFF, "hani"),
    (0xAC00, 0xD7AF, "kore"),
    (0x1100, 0x11FF, "kore"),
    (0x3130, 0x318F, "kore"),
    (0x1F00, 0x1FFF, "grek"),
    (0xF900, 0xFAFF, "hani"),
    (0x20000, 0x3FFFF, "hani"),
    (0xFB1D, 0xFB4F, "hebr"),
    (0xFB50, 0xFDFF, "arab"),
    (0xFE70, 0xFEFC, "arab"),
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
