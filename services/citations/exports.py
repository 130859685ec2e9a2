"""BibTeX and RIS: references for programs that keep them."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from services.citations.reference import Contributor, Reference
from services.citations.text import Piece, bare

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9]+")
_PAGES = re.compile(r"(\d+)\s*(?:p\b|pages?\b|S\b|с\b|页|頁|面)")
_BIBTEX_TYPES = {"book": "book", "thesis": "phdthesis", "manuscript": "unpublished"}
_RIS_TYPES = {
    "book": "BOOK",
    "serial": "JFULL",
    "thesis": "THES",
    "map": "MAP",
    "score": "MUSIC",
    "audio": "SOUND",
    "video": "VIDEO",
    "image": "ART",
    "manuscript": "MANSCPT",
}


def bibtex(reference: Reference, today: date) -> list[Piece]:
    """A BibTeX entry in UTF-8, in the script of the item (http://www.bibtex.org/Format/)."""
    kind = _BIBTEX_TYPES.get(reference.kind, "misc")
    publisher = {"phdthesis": "school", "misc": "howpublished", "unpublished": "note"}.get(kind, "publisher")
    fields = {
        "author": _people(reference.authors),
        "editor": _people(reference.editors),
        "translator": _people(reference.translators),
        # The inner braces keep the capitals that the cataloguer wrote.
        "title": f"{{{_escape(reference.title.original)}}}",
        "edition": _escape(bare(reference.edition.original)),
        "series": _escape(bare(reference.series.original)),
        "address": _escape(bare(reference.place.original)),
        publisher: _escape(bare(reference.publisher.original)),
        "year": reference.year,
        "isbn": reference.isbn,
        "issn": reference.issn,
        "doi": reference.doi,
        "url": reference.url,
        "urldate": today.isoformat() if reference.url else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return [Piece("\n".join((f"@{kind}{{{_key(reference)},", *lines, "}")))]


def _people(contributors: list[Contributor]) -> str:
    """Names joined by ``and``; one that is not to be taken apart stands in braces."""
    return " and ".join(
        _escape(c.original.inverted) if c.original.given else f"{{{_escape(c.original.family)}}}" for c in contributors
    )


def _escape(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in text)


def _key(reference: Reference) -> str:
    """``cao1958hlm035``: the name without marks, the year, the control number."""
    people = reference.authors or reference.editors or reference.translators
    name = unicodedata.normalize("NFKD", people[0].latin.family) if people else ""
    parts = (_NOT_IN_KEYS.sub("", name.encode("ascii", "ignore").decode()), reference.year, reference.key)
    return "".join(_NOT_IN_KEYS.sub("", part) for part in parts).lower()


def ris(reference: Reference, today: date) -> list[Piece]:
    """A RIS record in the script of the item, a line a tag."""
    lines = [f"{tag}  - {value}" for tag, value in _ris_fields(reference, today) if value]
    return [Piece("\n".join((*lines, "ER  - ")))]


def _ris_fields(reference: Reference, today: date) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_TYPES.get(reference.kind, "GEN")
    for tag, people in (("AU", reference.authors), ("ED", reference.editors), ("A4", reference.translators)):
        for contributor in people:
            yield tag, contributor.original.inverted
    yield "TI", reference.title.original
    yield "ET", bare(reference.edition.original)
    yield "T2", bare(reference.series.original)
    yield "CY", bare(reference.place.original)
    yield "PB", bare(reference.publisher.original)
    yield "PY", reference.year
    yield "SP", pages[1] if (pages := _PAGES.search(reference.extent)) else ""
    for language in reference.languages:
        yield "LA", language
    yield "SN", reference.isbn or reference.issn
    yield "DO", reference.doi
    yield "UR", reference.url
    yield "Y2", today.strftime("%Y/%m/%d") if reference.url else ""
