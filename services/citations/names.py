"""Names as citations need them: what MARC headings hold beside the name is left out, and the name is taken apart."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PARENTHESES = re.compile(r"\s*[(（\[［][^)）\]］]*[)）\]］]\s*")
_COMMA = re.compile(r"\s*[,，،、]\s*")
_DATES = re.compile(r"\d|^(?:b|d|fl|ca|r)\.|^(?:active|approximately|born|died|约|生|卒|活动)", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?:jr|sr)\.?$|^[ivx]+$", re.IGNORECASE)
#: Words that begin a title of rank or office, which no style cites.
_TITLE = re.compile(
    r"^(?:mrs|mr|ms|miss|dr|prof|rev|sir|dame|lord|lady|saint|st|pope|bishop|cardinal|king|queen|emperor|prince(?:ss)?|"
    r"duke|duchess|earl|count(?:ess)?|baron(?:ess)?|graf|freiherr|comte|marquis|viscount|sultan|shah|called|of|"
    r"clarinetist|pianist|composer|singer|writer|author|actor|musician)\b",
    re.IGNORECASE,
)
_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one script.

    Attributes:
        family: What it is filed under; the whole name where there are no parts.
        given: The rest; "" for bodies, single names, and names in characters.
        suffix: ``Jr.``, ``III``.
        family_first: In running text the family name stays in front, as in Chinese.
    """

    family: str
    given: str = ""
    suffix: str = ""
    family_first: bool = False

    @property
    def direct(self) -> str:
        """As in running text: ``Jonathan D. Spence``, ``Cao Xueqin``, ``曹雪芹``."""
        parts = (self.family, self.given) if self.family_first else (self.given, self.family)
        text = " ".join(part for part in parts if part)
        return f"{text} {self.suffix}" if self.suffix else text

    @property
    def inverted(self) -> str:
        """As in a list that is sorted: ``Spence, Jonathan D.``."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    def initials(self, after: str, between: str) -> str:
        """The given names as initials: ``J. D.``, ``J D``; ``de`` and scripts without capitals stay."""
        if self.given.lower() == self.given.upper():
            return self.given
        words = re.split(r"[\s.]+|(?<=\w)-(?=\w)", self.given)
        return between.join(word if word[0].islower() else f"{word[0]}{after}" for word in words if word)


def person(heading: str, *, family_first: bool = False) -> Name:
    """The name in a heading of a person (MARC X00), without dates, titles and fuller forms.

    >>> person("Gatty, Alfred, Mrs., 1809-1873")
    Name(family='Gatty', given='Alfred', suffix='', family_first=False)
    >>> person("曹雪芹, 约1717-1763").direct
    '曹雪芹'
    """
    bare = _PARENTHESES.sub(" ", heading).strip() or heading
    parts = [part for part in _COMMA.split(bare.strip("\u200e\u200f ")) if part]
    kept = [part for n, part in enumerate(parts) if n == 0 or not (_DATES.search(part) or _TITLE.match(part))]
    suffix = next((part for part in kept[2:] if _SUFFIX.match(part)), "")
    family, given = kept[0] if kept else heading, kept[1] if len(kept) > 1 else ""
    if is_ideographic(family):
        return Name(family + given)
    return Name(family, given, suffix, family_first)


@lru_cache(maxsize=4096)
def _first_script(text: str) -> str:
    """Unicode's word for the script of the first letter, "" if there is none."""
    letter = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters; one without letters counts as such."""
    return _first_script(text) in {"", "LATIN", "MODIFIER"}


def is_ideographic(text: str) -> bool:
    """Whether a text is written in Chinese characters, kana or hangul."""
    return _first_script(text).startswith(_IDEOGRAPHIC)
