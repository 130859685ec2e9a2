"""Headings as cataloguers read them: the name part, the title part, the subdivisions of an access point.

Records that follow ISBD bring the punctuation between the parts; where it is missing (GND, UNIMARC conversions) it is
supplied, so that both kinds of file give the same heading.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ingest.mappings.facts.local_fields import standard_tag
from ingest.mappings.facts.punctuation import strip_heading
from ingest.record import DataField, Subfield

SUBDIVISION_CODES = frozenset("vxyz")
DASH = " -- "
_ENDS_PART = frozenset(",.:;-–?!/=")
_BRACKETED = frozenset("ndc")


class Form(NamedTuple):
    """How the parts of one kind of heading join.

    Attributes:
        codes: Subfields of the heading.
        before: Code -> what stands before the part where the record has no punctuation; else a space.
        bracketed: Whether number, date and place stand in brackets, as after the name of a meeting.
    """

    codes: frozenset[str]
    before: dict[str, str]
    bracketed: bool


_TITLE_PARTS = {"n": ". ", "p": ". ", "k": ". ", "l": ". ", "f": ". ", "s": ". ", "h": ". ", "m": ", ", "r": ", "}
PERSON = Form(frozenset("abcdfghjklmnopqrst"), {"c": ", ", "d": ", ", "t": ". ", **_TITLE_PARTS}, bracketed=False)
CORPORATE = Form(frozenset("abcdfghklmnoprst"), {"b": ". ", "t": ". ", **_TITLE_PARTS}, bracketed=True)
MEETING = Form(frozenset("acdefghklnpqst"), {"e": ". ", "q": ". ", "t": ". ", **_TITLE_PARTS}, bracketed=True)
TITLE = Form(frozenset("adfghklmnoprst"), {"t": ". ", **_TITLE_PARTS}, bracketed=False)
TERM = Form(frozenset("abcdg"), {"b": ". "}, bracketed=False)
FACETED = Form(frozenset("ab"), {"b": DASH}, bracketed=False)
OCCUPATION = Form(frozenset("ak"), {"k": ", "}, bracketed=False)
OBJECTIVE = Form(frozenset("abcd"), dict.fromkeys("bcd", ", "), bracketed=False)
EVENT = Form(frozenset("acdg"), {}, bracketed=True)
HIERARCHY = Form(frozenset("abcdfgh"), dict.fromkeys("bcdfgh", DASH), bracketed=False)

#: Last two digits of X00–X62 -> form.
FORMS = {
    "00": PERSON,
    "10": CORPORATE,
    "11": MEETING,
    "30": TITLE,
    "40": TITLE,
    "43": TITLE,
    "47": EVENT,
    "54": FACETED,
    "56": OCCUPATION,
    "58": OBJECTIVE,
    "62": HIERARCHY,
}


@cache
def form_of(tag: str) -> Form:
    """The form of a tag's headings: a name's, a title's or a term's."""
    return FORMS.get(standard_tag(tag)[1:], TERM)


def joined(parts: Iterable[Subfield], form: Form) -> str:
    """The heading that ``parts`` make, in one line, without the punctuation at its end.

    >>> joined([("a", "Lovelace, Ada"), ("d", "1815-1852")], PERSON)
    'Lovelace, Ada, 1815-1852'
    >>> joined([("a", "Kongress"), ("n", "2"), ("d", "1999"), ("c", "London")], MEETING)
    'Kongress (2 : 1999 : London)'
    """
    text = ""
    supplied = False
    codes = form.codes
    for code, value in parts:
        if code not in codes:
            continue
        value = value.strip()  # noqa: PLW2901  the same part without blanks
        if not value:
            continue
        if not text:
            text = value
        elif form.bracketed and code in _BRACKETED and (supplied or _lacks_bracket(text, value)):
            text = f"{text} : {value}" if supplied else f"{text} ({value}"
            supplied = True
        else:
            text = _append(f"{text})" if supplied else text, code, value, form)
            supplied = False
    return strip_heading(f"{text})" if supplied else text)


def _lacks_bracket(text: str, value: str) -> bool:
    """Whether number, date or place come without the bracket and punctuation that ISBD files give them."""
    return value[0] != "(" and text[-1] not in _ENDS_PART and text.count("(") <= text.count(")")


def _append(text: str, code: str, value: str, form: Form) -> str:
    if text[-1] in _ENDS_PART or value[0] == "(":
        return f"{text} {value}"
    if code == "g":
        return f"{text} ({value})"
    return text + form.before.get(code, " ") + value


def split_title(subfields: list[Subfield]) -> tuple[list[Subfield], list[Subfield]]:
    """Name part and title part, which begins with $t, of a name-title heading."""
    for at, (code, _) in enumerate(subfields):
        if code == "t":
            return subfields[:at], subfields[at:]
    return subfields, []


def subdivisions(f: DataField) -> list[Subfield]:
    """The subdivisions $v, $x, $y, $z, in their order, without the punctuation at their ends."""
    return [(code, strip_heading(value)) for code, value in f.subfields if code in SUBDIVISION_CODES and value]


def subdivided(main: str, parts: list[Subfield]) -> str:
    """``Heading -- Subdivision -- Subdivision``."""
    return DASH.join([main, *[value for _, value in parts if value]]) if parts else main
