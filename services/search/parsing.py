"""What a reader typed, taken apart: words, Chinese words, and what it may be as a whole."""

import re
from dataclasses import dataclass

from services.search import numbers, pinyin, words
from services.search.segmentation import Segmenter

MOST_CHARACTERS = 2_000
"""What follows in a query is not read."""
MOST_UNITS = 64
"""Words of a query that are read; of more, the first ones."""
_RUNS = re.compile(rf"({words.HAN.pattern}+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_LONGEST_INITIALS = 12
_MOST_PIECES = 16
_LETTERS = re.compile(r"[a-z]{2,}\Z")
#: Words that a query need not have in what it finds, unless it has no others.
STOPWORDS = frozenset(
    "a about above after again all also am an and any are as at be because been being between both but by can could "
    "did do does doing down during each few for from further had has have having he her here hers him his how i if in "
    "into is it its itself just me more most my no nor not now of off on once only or other our out over own same she "
    "should so some such than that the their them then there these they this those through to too under until up "
    "very was we were what when where which while who whom why will with would you your "
    "的 了 和 与 及 或 之 在 是 中 对 等 着 著 编 译".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a query.

    Attributes:
        text: As typed, folded.
        stems: Terms of the stemming fields: one, or a Chinese word's characters.
        chinese: Whether it is a Chinese word.
        count: How often it was typed.
    """

    text: str
    stems: tuple[str, ...]
    chinese: bool = False
    count: int = 1

    @property
    def is_stopword(self) -> bool:
        """Whether a query may leave it out."""
        return self.text in STOPWORDS


@dataclass(frozen=True, slots=True)
class Part:
    """A beginning or end of a query that may be a title, and the other words, which then may be its creator.

    Attributes:
        key: The part as a title's key.
        rest: The other words.
    """

    key: str
    rest: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A query taken apart.

    Attributes:
        units: Its words in order, each once.
        key: The whole as a title's or name's key.
        parts: Its beginnings and ends at spaces, the longest first.
        identifiers: The whole as an identifier, in every form; [] if it can't be one.
        number_words: Words of it that may be identifiers.
        call_number: The whole as a call number, "" if it can't be one.
        sounds: The whole as pinyin syllables, () if it is none.
        initials: The whole as initials of pinyin, "" if it can't be.
    """

    units: tuple[Unit, ...]
    key: str
    parts: tuple[Part, ...]
    identifiers: tuple[str, ...]
    number_words: tuple[str, ...]
    call_number: str
    sounds: tuple[str, ...]
    initials: str

    @property
    def content(self) -> tuple[Unit, ...]:
        """The words that count: all but stopwords, all where there are no others."""
        return tuple(unit for unit in self.units if not unit.is_stopword) or self.units

    def __bool__(self) -> bool:
        return bool(self.units)


def clean(text: str) -> str:
    """The text without control and invisible characters, at most ``MOST_CHARACTERS`` long."""
    return " ".join(_CONTROL.sub(" ", text[: 2 * MOST_CHARACTERS]).split())[:MOST_CHARACTERS]


def take_apart(text: str, segmenter: Segmenter) -> Typed:
    """Takes a query apart; what holds no word gives an empty one."""
    text = words.simplified(clean(text))
    units = _counted(_units(text, segmenter))
    key = words.key(text)
    letters = key.replace(" ", "")
    is_short = bool(_LETTERS.match(letters)) and len(letters) <= _LONGEST_INITIALS
    sounds = pinyin.split(key) if _LETTERS.match(letters) else ()
    return Typed(
        tuple(units[:MOST_UNITS]),
        key,
        _parts(text, segmenter),
        tuple(numbers.forms(text)) if _may_be_number(text) else (),
        tuple(dict.fromkeys(form for word in text.split() if _may_be_number(word) for form in numbers.forms(word))),
        numbers.call_number(text) if any(c.isdigit() for c in text) else "",
        sounds if len(sounds) > 1 else (),
        letters if is_short and " " not in key else "",
    )


def _units(text: str, segmenter: Segmenter) -> list[Unit]:
    found: list[Unit] = []
    for run in _RUNS.split(text):
        if words.HAN.match(run):
            found += [Unit(word, tuple(word), chinese=True) for word in segmenter.words(run)]
        else:
            plain, stems = words.plain().analyze(run), words.stemming().analyze(run)
            found += [Unit(word, (stem,)) for word, stem in zip(plain, stems, strict=True)]
    return found


def _counted(units: list[Unit]) -> list[Unit]:
    """Each word once, at its first place."""
    counts: dict[tuple[str, ...], int] = {}
    for unit in units:
        counts[unit.stems] = counts.get(unit.stems, 0) + 1
    first = {unit.stems: unit for unit in reversed(units)}
    return [
        Unit(first[stems].text, stems, first[stems].chinese, counts[stems])
        for stems in dict.fromkeys(unit.stems for unit in units)
    ]


def _parts(text: str, segmenter: Segmenter) -> tuple[Part, ...]:
    """Beginnings and ends of a query at its spaces: an author may be typed before a title or after it."""
    pieces = text.split()[:_MOST_PIECES]
    cuts = [(pieces[:n], pieces[n:]) for n in range(1, len(pieces))]
    found: dict[str, Part] = {}
    for head, tail in (*cuts, *((tail, head) for head, tail in cuts)):
        key = words.key(" ".join(head))
        if key and key not in STOPWORDS and key not in found:
            rest = tuple(unit for unit in _units(" ".join(tail), segmenter) if not unit.is_stopword)
            found[key] = Part(key, rest)
    return tuple(sorted(found.values(), key=lambda part: -len(part.key)))


def _may_be_number(text: str) -> bool:
    """Whether a text can be an identifier: it holds digits, and not more letters than those."""
    digits = sum(c.isdigit() for c in text)
    return text.isascii() and digits >= 4 and digits * 2 >= len(numbers.number(text))  # noqa: PLR2004  shorter is a year's part
