"""How like two names are: 1 for the same, whatever the script, the order of their parts, case and accents.

The distance is computed by the bits of one number (Hyyrö 2003, after Myers 1999).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.search import pinyin, words

ORDER, INITIALS, BEGINNING, SOUND, PART = 0.98, 0.9, 0.88, 0.9, 0.5
"""What names are worth: of other order, by initials, without a subtitle, only sounding alike, part of the other."""
TITLE = 0.95
"""What the title alone is worth of a heading that names its author too."""
_LONG, _MANY_WORDS = 60, 5
"""Characters and words of a name from which on its words are compared before its letters."""
OTHER_NUMBER = 0.8
"""What is left of a likeness where the numbers in two names differ."""
_NUMBER = re.compile(r"\d+")
#: Words that stand in the dates of a heading.
_DATE_WORDS = (
    r"approximately|approx|about|active|born|died|flourished|fl|circa|ca|between|before|after|or|and|centuries|century|cent|"
    r"st|nd|rd|th|b\.?\s?c|a\.?\s?d|b|d|jahrhundert|jh|公元|世[纪紀]|活动于|[约約生卒年前至]"
)
_DATES = re.compile(rf"[,，(（]\s*(?P<dates>(?:{_DATE_WORDS}|[\d\s\-–—/?？.\[\]])++)[)）]?\s*\Z", re.IGNORECASE)
_DATED = re.compile(r"\d{3,4}|\d(?:st|nd|rd|th)\b|世[纪紀]", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")
_SHORTEST_BEGINNING, _SHORTEST_BEGINNING_HAN = 2, 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart to be compared.

    Attributes:
        key: As ``words.key`` makes it.
        tokens: Its words.
        sound: Pinyin of a name in Chinese characters, "" of another.
        is_inverted: Whether it is written with the family name first and a comma, as headings of people are.
    """

    key: str
    tokens: tuple[str, ...]
    sound: str
    is_inverted: bool = False

    @property
    def ordered(self) -> str:
        """Its words in alphabetical order."""
        return " ".join(sorted(self.tokens))

    @property
    def is_long(self) -> bool:
        """Whether it says enough to be a beginning of a longer name."""
        if words.has_han(self.key):
            return len(self.key) >= _SHORTEST_BEGINNING_HAN
        return len(self.tokens) >= _SHORTEST_BEGINNING


@lru_cache(maxsize=32_768)
def name_of(text: str) -> Name:
    """The name in a text."""
    key = words.key(text)
    sound = "".join(pinyin.syllables(key)) if words.has_han(key) else ""
    return Name(key, tuple(key.split()), sound, "," in text)


def split_dates(heading: str) -> tuple[str, str]:
    """A heading without the dates at its end, and those.

    >>> split_dates("Cao, Xueqin, approximately 1717-1763"), split_dates("曹雪芹 (约1717-1763)")
    (('Cao, Xueqin', 'approximately 1717-1763'), ('曹雪芹', '约1717-1763'))
    >>> split_dates("Liu, Hui, active 3rd century"), split_dates("曹雪芹, 约1717-1763. 红楼梦"), split_dates("Owen, Dr")
    (('Liu, Hui', 'active 3rd century'), ('曹雪芹, 约1717-1763. 红楼梦', ''), ('Owen, Dr', ''))
    """
    match = _DATES.search(heading)
    if match is None or not _DATED.search(match["dates"]) or not heading[: match.start()].strip():
        return heading, ""
    return heading[: match.start()].strip(), match["dates"].strip(" .")


@lru_cache(maxsize=32_768)
def forms(heading: str) -> tuple[Name, ...]:
    """The names that a heading may be meant by: without its dates, and without what stands in brackets."""
    bare = split_dates(heading)[0]
    texts = dict.fromkeys((heading, bare, _BRACKETS.sub(" ", bare)))
    return tuple(dict.fromkeys(name for text in texts if (name := name_of(text)).key))


@dataclass(slots=True)
class Effort:
    """How many more names may be compared letter by letter; then only what is the same is seen to be so.

    A query may name many works, and a person may have written as many: the work must not be their product.
    """

    left: int

    def spend(self) -> bool:
        """Whether one more may be compared."""
        self.left -= 1
        return self.left >= 0


def best(asked: Iterable[Name], names: Iterable[str], effort: Effort, *, headings: bool = True) -> float:
    """How like the likest of some names is to what was asked; 0 where there are none.

    Args:
        asked: The name in its forms.
        names: All names of an entity.
        effort: What may be spent.
        headings: Whether names may have dates, brackets and authors that are no part of them.
    """
    wanted, found = list(asked), 0.0
    for text in names:
        for name in forms(text) if headings else (name_of(text),):
            found = max(found, *(_compared(each, name, effort) for each in wanted)) if wanted else 0.0
            if found == 1.0:
                return found
        title = title_part(text) if headings else ""
        if title and found < TITLE:
            found = max(found, *(min(TITLE, _compared(each, name_of(title), effort)) for each in wanted))
    return found


def title_part(heading: str) -> str:
    """The title in the heading of a work under its author's name with dates, "" of any other heading.

    >>> title_part("Cao, Xueqin, approximately 1717-1763. Dream of the red chamber"), title_part("Leeds. Council")
    ('Dream of the red chamber', '')
    """
    author, point, title = heading.partition(". ")
    return title if point and split_dates(author)[1] else ""


def _compared(one: Name, other: Name, effort: Effort) -> float:
    if one.key == other.key:
        return 1.0 if one.key else 0.0
    return likeness(one, other) if effort.spend() else 0.0


def likeness(one: Name, other: Name) -> float:
    """How like two names are, from 0 to 1.

    >>> pairs = [("Xueqin Cao", "Cao, Xueqin"), ("C. S. Lewis", "Lewis, Clive Staples"), ("紅樓夢", "红楼梦")]
    >>> [likeness(name_of(a), name_of(b)) for a, b in pairs]
    [0.98, 0.9, 1.0]
    """
    if not one.key or not other.key:
        return 0.0
    if one.key == other.key:
        return 1.0
    if one.key.replace(" ", "") == other.key.replace(" ", "") or one.ordered == other.ordered:
        return ORDER
    return max(alike(one, other) for alike in (_spelling, _by_initials, _beginning, _sound, _within))


def _spelling(one: Name, other: Name) -> float:
    as_written = _same_share(one.key, other.key)
    found = as_written if one.sound or other.sound else max(as_written, _same_share(one.ordered, other.ordered))
    # A number is no slip: volume 2 is not volume 3.
    return found if _numbers(one) == _numbers(other) else found * OTHER_NUMBER


def _numbers(name: Name) -> list[str]:
    return sorted(_NUMBER.findall(name.key))


def _same_share(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    if longest > _LONG and not _share_words(one, other):
        return 0.0
    if min(len(one), len(other)) * 2 < longest:
        return min(len(one), len(other)) / longest / 2  # no spelling of the same
    return (1 - distance(one, other) / longest) * ORDER


def _share_words(one: str, other: str) -> bool:
    """Whether two names of many words have half of those of the shorter in common: letters are alike everywhere."""
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    return len(shorter) < _MANY_WORDS or 2 * len(shorter & longer) >= len(shorter)


def distance(one: str, other: str) -> int:
    """Letters that are added, left out, replaced or exchanged with their neighbours (optimal string alignment).

    >>> distance("kitten", "sitting"), distance("", "ab"), distance("Lynch", "Lynhc")
    (3, 2, 1)
    """
    if not one:
        return len(other)
    mask, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    up, down, found = mask, 0, len(one)
    before, diagonal = 0, 0
    for character in other:
        same = places.get(character, 0)
        exchanged = (~diagonal & same) << 1 & before
        diagonal = (((same & up) + up) ^ up) | same | down | exchanged
        before = same
        right, left = down | ~(diagonal | up), up & diagonal
        found += bool(right & last) - bool(left & last)
        right, left = (right << 1 | 1) & mask, (left << 1) & mask
        up, down = (left | ~(diagonal | right)) & mask, right & diagonal & mask
    return found


def _by_initials(one: Name, other: Name) -> float:
    """Of people: whether each word of the shorter name is one of the longer or its initial, and one is a whole word."""
    shorter, longer = sorted((one.tokens, other.tokens), key=lambda tokens: (len(tokens), tokens))
    is_personal = one.is_inverted or other.is_inverted
    if not is_personal or len(shorter) < 2 or one.sound or other.sound:  # noqa: PLR2004  a name has two words
        return 0.0
    left, whole = list(longer), 0
    for token in sorted(shorter, key=len, reverse=True):
        match = next((t for t in left if t == token), None)
        whole += match is not None and len(token) > 1
        match = match or next((t for t in left if min(len(t), len(token)) == 1 and t[0] == token[0]), None)
        if match is None:
            return 0.0
        left.remove(match)
    return INITIALS if whole else 0.0


def _beginning(one: Name, other: Name) -> float:
    """Whether one is the other without what follows: a title without its subtitle."""
    shorter, longer = sorted((one, other), key=lambda name: (len(name.key), name.key))
    if not shorter.is_long or not longer.key.startswith(shorter.key):
        return 0.0
    rest = longer.key[len(shorter.key) :]
    return BEGINNING if rest.startswith(" ") or words.has_han(shorter.key) else 0.0


def _within(one: Name, other: Name) -> float:
    """Whether one is a part of the other: a family name, a word of a title."""
    shorter, longer = sorted((one, other), key=lambda name: (len(name.key), name.key))
    if shorter.sound:
        return PART if len(shorter.key) > 1 and shorter.key in longer.key else 0.0
    return PART if set(shorter.tokens) <= set(longer.tokens) else 0.0


def _sound(one: Name, other: Name) -> float:
    """Whether one is the pinyin of the other."""
    latin, han = (one, other) if other.sound else (other, one)
    return SOUND if han.sound and not latin.sound and latin.key.replace(" ", "") == han.sound else 0.0
