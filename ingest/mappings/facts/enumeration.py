"""Enumeration and chronology in one line: captions (853–855) and what is held (863–865), paired by $8.

The line follows the display form of ANSI/NISO Z39.71: levels of enumeration joined by colons, chronology in brackets.
"""

from ingest.record import DataField

CAPTION_TAG = {"863": "853", "864": "854", "865": "855"}
_ENUMERATION = "abcdefgh"
_CHRONOLOGY = "ijklm"
_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
_TIME_OF_YEAR = ("month", "season")


def link_number(f: DataField) -> str:
    """The number in $8 that a caption shares with its statements: ``3`` of ``3.22``."""
    return (f.get("8") or "").split("\\", 1)[0].split(".", 1)[0].strip()


def caption_of(f: DataField, fields: list[DataField]) -> DataField | None:
    """The caption field that belongs to a statement: same pair of tags, same link number."""
    tag, number = CAPTION_TAG[f.tag], link_number(f)
    for other in fields:
        if other.tag == tag and link_number(other) == number:
            return other
    return None


def statement(f: DataField, caption: DataField | None) -> str:
    """What is held, in one line.

    >>> caption = DataField("853", " ", " ", [("8", "3"), ("a", "v."), ("i", "(year)"), ("j", "(season)")])
    >>> held = DataField("863", " ", " ", [("8", "3.22"), ("a", "86"), ("i", "2004"), ("j", "22")])
    >>> statement(held, caption), statement(held, None)
    ('v.86 (2004:Summer)', '86 (2004:22)')
    """
    captions = dict(caption.subfields) if caption else {}
    numbers = [_with_caption(captions.get(code, ""), value) for code, value in f.subfields if code in _ENUMERATION]
    times = [_time(captions.get(code, ""), value) for code, value in f.subfields if code in _CHRONOLOGY]
    enumeration = ":".join(number for number in numbers if number)
    chronology = ":".join(time for time in times if time)
    if enumeration and chronology:
        return f"{enumeration} ({chronology})"
    return enumeration or chronology


def _with_caption(caption: str, value: str) -> str:
    """A number behind its caption; a caption in brackets is not displayed."""
    return value.strip() if caption.startswith(("(", "*")) else caption.strip() + value.strip()


def _time(caption: str, value: str) -> str:
    """A date; months and seasons in words where the caption says that it is one."""
    value = value.strip()
    if not caption.strip("()* ").lower().startswith(_TIME_OF_YEAR):
        return value
    return "/".join("-".join(_named(part) for part in each.split("-")) for each in value.split("/"))


def _named(number: str) -> str:
    number = number.strip()
    if number.isdecimal() and 1 <= int(number) <= len(_MONTHS):
        return _MONTHS[int(number) - 1]
    return _SEASONS.get(number, number)


def pattern(f: DataField) -> str:
    """A caption field in one line: its captions, then how the publication numbers and appears, code by code.

    >>> pattern(DataField("853", " ", " ", [("8", "1"), ("a", "v."), ("i", "(year)"), ("u", "4"), ("v", "r")]))
    'v. (year); u=4; v=r'
    """
    captions = [value.strip() for code, value in f.subfields if code in _ENUMERATION + _CHRONOLOGY]
    rest = [f"{code}={value.strip()}" for code, value in f.subfields if code not in _ENUMERATION + _CHRONOLOGY + "68"]
    return "; ".join([" ".join(captions), *rest]) if captions else "; ".join(rest)
