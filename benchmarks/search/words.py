"""Texts of other words: each word of a sample's text gives way to one drawn from the words of its kind and language."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import opencc
import rjieba
from pypinyin import lazy_pinyin

from benchmarks.search.power_law import PowerLaw

Key = tuple[str, str, str]
"""Kind of text, language, script."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ`][^\W\d_]+)*")
_CHARACTERS = frozenset({"name"})
"""Kinds of text in which a Chinese character is a word: personal names have no other words."""
_TO_SIMPLIFIED = opencc.OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a word goes: the words it is drawn from, and whether it begins with a capital."""

    key: Key
    capital: bool


Template = tuple[str | Slot, ...]


class Vocabulary:
    """All words of the samples by kind, language and script; first ``learn`` everything, then ``fill``.

    Args:
        random: Where chance comes from.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._seen: dict[Key, list[str]] = {}
        self._laws: dict[Key, PowerLaw[str]] = {}

    def learn(self, kind: str, lang: str, text: str) -> Template:
        """The text's words enter the vocabulary; what can be filled with others."""
        parts: list[str | Slot] = []
        end = 0
        for match in _WORD.finditer(text):
            parts += [text[end : match.start()], *self._slots(kind, lang, match.group())]
            end = match.end()
        return tuple(part for part in (*parts, text[end:]) if part)

    def _slots(self, kind: str, lang: str, run: str) -> list[Slot]:
        name = script(run)
        words = [run]
        if name.startswith("Han"):
            words = list(run) if kind in _CHARACTERS else rjieba.cut(run)
        key = (kind, "" if name.startswith("Han") else lang, name)
        self._seen.setdefault(key, []).extend(word.lower() for word in words)
        return [Slot(key, word[:1].isupper()) for word in words]

    def fill(self, template: Template) -> str:
        """A text of the same form in other words."""
        return "".join(part if isinstance(part, str) else self._word(part) for part in template)

    def _word(self, slot: Slot) -> str:
        law = self._laws.get(slot.key)
        if law is None:
            invent = _characters if slot.key[2].startswith("Han") else _letters
            law = self._laws[slot.key] = PowerLaw(self._seen[slot.key], invent, self._random)
        word = law.draw()
        return word.capitalize() if slot.capital else word


def _letters(random: Random, words: Sequence[str]) -> str:
    """The beginning of one word and the end of another."""
    first, last = random.choice(words), random.choice(words)
    return first[: (len(first) + 1) // 2] + last[len(last) // 2 :]


def _characters(random: Random, words: Sequence[str]) -> str:
    """As many characters as a word has, each from any word."""
    return "".join(random.choice(random.choice(words)) for _ in random.choice(words))


@lru_cache(maxsize=65_536)
def script(run: str) -> str:
    """``Hans`` and ``Hant`` for Chinese characters, else the first word of the first letter's Unicode name."""
    name = unicodedata.name(run[0], "?").split()[0]
    if name != "CJK":
        return name
    return "Hans" if _TO_SIMPLIFIED.convert(run) == run else "Hant"


def romanised(text: str) -> str:
    """Pinyin in syllables, first letter capital; what is no Chinese character stays."""
    spelt = " ".join(part.strip() for part in lazy_pinyin(text) if part.strip())
    return spelt[:1].upper() + spelt[1:]
