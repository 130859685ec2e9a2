"""GB/T 7714-2015, the Chinese standard for references (numeric style, monographs and serials as a whole)."""

import re
from datetime import date

from services.citations.names import Name, is_latin
from services.citations.reference import Contributor, Reference
from services.citations.text import Piece, bare, sentences

_MOST_NAMES = 3
#: Kind of reference -> code of its type (appendix B of the standard).
_CODES = {"book": "M", "score": "M", "serial": "J", "thesis": "D", "map": "CM", "manuscript": "A"}
#: Words in the language of the reference: in characters, else.
_WORDS = {
    "others": ("等", "et al"),
    "translator": ("译", "trans"),
    "editor": ("编", "ed"),
    "no-place": ("[出版地不详]", "[S.l.]"),
    "no-publisher": ("[出版者不详]", "[s.n.]"),
    "no-year": ("[出版年不详]", "[n.d.]"),
}
_FIRST_EDITION = re.compile(
    r"^\W*(?:第\s*[1一]\s*版|di (?:1|yi) ban|1st ed\w*\.?|first edition|ch'op'an|초판)\W*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^第\s*(\d+)\s*版$")
_WITH_PUBLISHER = frozenset({"book", "score", "map", "thesis"})


def gbt7714(reference: Reference, today: date) -> list[Piece]:
    """The reference in the style of GB/T 7714-2015, in the script of the item."""
    parts = [
        _names(reference.authors, reference) or _names(reference.editors, reference, "editor"),
        f"{reference.title.original}[{_code(reference)}]",
        _names(reference.translators, reference, "translator"),
        _edition(reference),
        _imprint(reference, today),
        reference.url if reference.is_online else "",
    ]
    if reference.doi:
        parts.append(f"DOI:{reference.doi}")
    return sentences(Piece(part) for part in parts)


def _word(name: str, reference: Reference) -> str:
    return _WORDS[name][0 if reference.in_characters else 1]


def _code(reference: Reference) -> str:
    code = _CODES.get(reference.kind, "Z")
    return f"{code}/OL" if reference.is_online else code


def _names(contributors: list[Contributor], reference: Reference, role: str | None = None) -> str:
    """Up to three names; the role of those who are not authors."""
    names = [_name(c.original) for c in contributors[:_MOST_NAMES]]
    if len(contributors) > _MOST_NAMES:
        names.append(_word("others", reference))
    if names and role:
        names.append(_word(role, reference))
    return ", ".join(names)


def _name(name: Name) -> str:
    """``SPENCE J D``: the family name in capitals, initials without marks; names in characters as they are."""
    if not name.given:
        return name.family if not is_latin(name.family) or " " in name.family else name.family.upper()
    text = f"{name.family.upper()} {name.initials('', ' ')}"
    return f"{text}, {name.suffix}" if name.suffix else text


def _edition(reference: Reference) -> str:
    """``第2版`` is written ``2版``; a first edition is not named."""
    text = bare(reference.edition.original)
    if not text or _FIRST_EDITION.match(text):
        return ""
    numbered = _NUMBERED.match(text)
    return f"{numbered[1]}版" if numbered else text


def _imprint(reference: Reference, today: date) -> str:
    place, publisher = bare(reference.place.original), bare(reference.publisher.original)
    if reference.kind in _WITH_PUBLISHER and not (reference.is_online and not (place or publisher)):
        place = place or _word("no-place", reference)
        publisher = publisher or _word("no-publisher", reference)
    where = ": ".join(part for part in (place, publisher) if part)
    when = _year(reference) + (f"[{today.isoformat()}]" if reference.is_online and reference.url else "")
    return ", ".join(part for part in (where, when) if part)


def _year(reference: Reference) -> str:
    """``c2012`` is a copyright date, ``[1936]`` one that is not on the item, ``1968-`` one that goes on."""
    if not reference.year:
        return _word("no-year", reference)
    year = f"c{reference.year}" if reference.is_copyright else reference.year
    if reference.last_year:
        year = f"{year}-{reference.last_year.strip('…')}"
    return f"[{year}]" if reference.is_supplied else year
