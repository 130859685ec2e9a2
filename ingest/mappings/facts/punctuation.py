"""Punctuation that stands around a subfield's text but is no part of it (ISBD 0.3; MARC 21, input conventions).

ISBD marks announce the *next* element, so they are cut wherever they end a subfield, whatever Leader/18 says: records
coded ``c`` (marks omitted) have none left to cut, and those coded wrongly are many. A final full stop is cut unless it
belongs to the word: an initial, an abbreviation, an ellipsis.
"""

from collections.abc import Iterable
from functools import lru_cache

from ingest.record import Subfield

_MARKS = frozenset(",:;،؛，：；")
#: Cut only after a space: ``C++`` and a web address keep theirs.
_SPACED_MARKS = frozenset("/=+&")
_STOPS = frozenset(".。")
_OPENING = "([{\"'«“‘"
_LONGEST_PART_WITH_DOTS = 3

#: Words that end in a full stop of their own. Those without a vowel (Bd, Hrsg, Ltd, vgl) need no mention, and
#: words that are more often whole (in, man, art) are left out.
ABBREVIATIONS = frozenset(
    """
    abb abbr abdr abh abr abschn abt acad adapt adj adv anm ann annot anon antiq append appl approx arch ariz
    assoc attrib aufl aug augm ausg ausz ave b bearb begr beih bibl bibliogr biogr cal calif cat cath cent chron
    cie circ co coll colo comp compl conf cong conn contrib corp dec del dep dept diagr diagrs dipl diss distr
    div doc eccl ed eds engl engr enl ergb erl erschl erw esp esq etc evtl exp facs facsim facsims fasc feb fig
    figs fla ga geb gedr gen geogr gesch govt h hist hon ibid id ill ills illus impr inc incl ind inkl insbes
    inst int introd jahrg jan jul jun kap komp l lat lib libr lief mag mass math mem mich minn misc mitarb mo
    mod monogr mus nachdr nachf nat neb neubearb nev no nos nouv nov núm oct okla ont op orch ore oreg org orig
    p pa philol photo photogr photos pl pls pol pop port portr ports posth pref prep pres prof proj prov pseud
    pub publ pubs qu rec red ref refl rev rpm s sci sec sect sen sep sept ser serv sess sig sine soc sog spec
    stat ste suppl sér tab tabl tel tenn tex theol tit tom trad trans transl u ul umgearb univ unveränd usw v va
    ver verb verf verl verm versch verz vict viz vol vollst vols vorw wash wis wiss wyo zahlr zool zugl éd
    überarb übers übertr вып доп изд испр кн перераб ред сост стр
    """.split()
)
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåæøœ")


def strip_isbd(text: str) -> str:
    """``text`` without white space and ISBD marks at its end.

    >>> strip_isbd("Cataloguing with C++ /")
    'Cataloguing with C++'
    >>> strip_isbd("Smith, J."), strip_isbd("2nd ed."), strip_isbd("The end.")
    ('Smith, J.', '2nd ed.', 'The end')
    """
    text = text.strip()
    while text:
        last = text[-1]
        if last.isalnum():
            return text
        if last in _STOPS:
            return _strip_stop(text)
        if last not in _MARKS and not (last in _SPACED_MARKS and text[-2:-1] in {"", " "}):
            return text
        text = text[:-1].rstrip()
    return text


def _strip_stop(text: str) -> str:
    if text.endswith((". -", "...", "…")) or _owns_stop(text):
        return text
    return strip_isbd(text[:-1])


def _owns_stop(text: str) -> bool:
    """Whether the full stop at the end belongs to the last word."""
    word = text[:-1].rsplit(" ", maxsplit=1)[-1].lstrip(_OPENING)
    if not word or not word[-1].isalpha():
        return False
    if "." in word:
        return all(len(part) <= _LONGEST_PART_WITH_DOTS for part in word.split(".")[:-1])
    if len(word) == 1:
        return word.isupper() or word in ABBREVIATIONS
    word = word.rsplit("-", 1)[-1]
    return word.lower() in ABBREVIATIONS or (word[1:].islower() and word.isascii() and _VOWELS.isdisjoint(word.lower()))


def strip_brackets(text: str) -> str:
    """``text`` without the square brackets by which a cataloguer marks what is supplied.

    Removed where they enclose the whole or, spanning several subfields, open or close in this one.

    >>> strip_brackets("[Leipzig]"), strip_brackets("Leipzig]"), strip_brackets("[S.l.] : [s.n.]")
    ('Leipzig', 'Leipzig', '[S.l.] : [s.n.]')
    """
    text = text.removesuffix("[").rstrip(" ,:;") if text.endswith("[") else text
    if "[" not in text:
        return text[:-1].rstrip() if text.endswith("]") else text
    if not text.startswith("["):
        return text
    inner = text[1:]
    if "]" not in inner:
        return inner.lstrip()
    return inner[:-1].strip() if inner.index("]") == len(inner) - 1 else text


def whole_brackets(text: str) -> str:
    """``text`` with the square bracket that an earlier or later subfield has: supplied stays marked as supplied.

    >>> whole_brackets("1453]"), whole_brackets("[1982-"), whole_brackets("[1985?]")
    ('[1453]', '[1982-]', '[1985?]')
    """
    missing = text.count("]") - text.count("[")
    return f"[{text}" if missing == 1 else f"{text}]" if missing == -1 else text


@lru_cache(maxsize=65_536)
def strip_heading(text: str) -> str:
    """``strip_isbd`` remembered, for headings and terms, which return again and again."""
    return strip_isbd(text)


def heading_text(subfields: Iterable[Subfield], codes: str) -> str:
    """A heading whole: the subfields in ``codes`` in their order, punctuation between them kept, the last one's cut.

    >>> heading_text([("a", "Smith, John,"), ("d", "1950-"), ("e", "author.")], "abcdq")
    'Smith, John, 1950-'
    """
    return strip_heading(" ".join([value.strip() for code, value in subfields if code in codes]))
