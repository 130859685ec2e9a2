"""When two texts are the same, and how they are written otherwise: slips, pinyin, the other Chinese script."""

import re
import unicodedata
from functools import lru_cache
from random import Random

import opencc
import rjieba
from pypinyin import Style, lazy_pinyin

_TO_SIMPLIFIED, _TO_TRADITIONAL = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{5,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """Letters and digits without case, accents and difference of Chinese script.

    >>> normal("Œuvres, vol. 2: Zürich"), normal("紅樓夢"), normal("Qirāʼat")
    ('œuvresvol2zurich', '红楼梦', 'qiraat')
    """
    plain = unicodedata.normalize("NFKD", _TO_SIMPLIFIED.convert(text)).casefold()
    return "".join(c for c in plain if c.isalnum() and unicodedata.category(c) != "Lm")


def is_chinese(text: str) -> bool:
    """Whether it holds a Chinese character and no kana or hangul."""
    return bool(_HAN.search(text)) and not re.search(r"[\u3040-\u30ff\uac00-\ud7af]", text)


def han(text: str) -> str:
    """Its Chinese characters alone."""
    return "".join(_HAN.findall(text))


@lru_cache(maxsize=16_384)
def pinyin(text: str) -> tuple[str, ...]:
    """Syllables of its Chinese characters, without tones."""
    return tuple(lazy_pinyin(han(_TO_SIMPLIFIED.convert(text))))


def by_words(text: str) -> str:
    """Pinyin of its Chinese characters, written word by word: ``honglou meng``."""
    return " ".join("".join(pinyin(word)) for word in rjieba.cut(han(text)))


@lru_cache(maxsize=16_384)
def initials(text: str) -> str:
    """First letters of its pinyin."""
    return "".join(lazy_pinyin(han(_TO_SIMPLIFIED.convert(text)), style=Style.FIRST_LETTER))


def other_script(text: str) -> str | None:
    """In traditional characters if it is in simplified ones, and the reverse; None where that changes nothing."""
    for converter in (_TO_SIMPLIFIED, _TO_TRADITIONAL):
        other = str(converter.convert(text))
        if other != text:
            return other
    return None


def latin_slip(text: str, random: Random) -> str | None:
    """One letter of a word of five or more wrong, missing, doubled or exchanged; None where there is no such word."""
    words = list(_LATIN_WORD.finditer(text))
    if not words:
        return None
    word = random.choice(words)
    at = random.randrange(word.start() + 1, word.end() - 1)
    letter = text[at]
    slips = (
        text[:at] + random.choice(_LETTERS.replace(letter.lower(), "")) + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[:at] + text[at + 1] + letter + text[at + 2 :],
    )
    slip = random.choice(slips)
    return slip if slip != text else slips[1]


def chinese_slip(text: str, characters: str, random: Random) -> str | None:
    """One character wrong or missing; None in a title of less than three."""
    places = [match.start() for match in _HAN.finditer(text)]
    if len(places) < 3:
        return None
    at = random.choice(places)
    wrong = random.choice(characters) if random.random() < 0.5 else ""
    return None if wrong == text[at] else text[:at] + wrong + text[at + 1 :]


def within_one_change(first: str, second: str) -> bool:
    """Whether one character added, left out, replaced or exchanged with its neighbour makes one of the other.

    >>> [within_one_change("abcd", other) for other in ("abd", "abcde", "axcd", "acbd", "abcd", "badc")]
    [True, True, True, True, True, False]
    """
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    rest, other = first[same:], second[same:]
    if len(rest) < len(other):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
