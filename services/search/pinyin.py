"""Chinese by its sound: toneless pinyin and its initials, as readers type them on any keyboard."""

from functools import cache, lru_cache

import pypinyin

from services.search.words import HAN, simplified

LONGEST = 40
"""Characters of a title that are sounded; nobody types more of one."""
_LONGEST_SYLLABLE = 6


@lru_cache(maxsize=16_384)
def syllables(text: str) -> tuple[str, ...]:
    """The syllables of the Chinese characters in ``text``; polyphones by their context.

    >>> syllables("重庆与红楼梦")
    ('chong', 'qing', 'yu', 'hong', 'lou', 'meng')
    """
    characters = "".join(HAN.findall(simplified(text))[:LONGEST])
    return tuple(pypinyin.lazy_pinyin(characters, errors="ignore")) if characters else ()


def initials(sounds: tuple[str, ...]) -> str:
    """First letters of syllables.

    >>> initials(("hong", "lou", "meng"))
    'hlm'
    """
    return "".join(sound[0] for sound in sounds)


@cache
def _known() -> frozenset[str]:
    """All toneless syllables of the language."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  large: only where somebody types pinyin

    plain = pypinyin.Style.NORMAL
    sounds = {
        pypinyin.lazy_pinyin(chr(code), style=plain)[0]
        for code in PINYIN_DICT
        if 0x4E00 <= code <= 0x9FFF  # noqa: PLR2004
    }
    return frozenset(s for s in sounds if s.isascii() and s.isalpha() and len(s) <= _LONGEST_SYLLABLE)


@lru_cache(maxsize=4_096)
def split(text: str) -> tuple[str, ...]:
    """Typed pinyin as syllables, with or without spaces between them; () where it is none.

    >>> split("hongloumeng"), split("xi an"), split("archive")
    (('hong', 'lou', 'meng'), ('xi', 'an'), ())
    """
    parts = text.replace("'", " ").split()
    found: list[str] = []
    for part in parts:
        split_part = _split(part)
        if not split_part:
            return ()
        found += split_part
    return tuple(found)


def begins(letters: str) -> bool:
    """Whether letters may be the beginning of pinyin: syllables, of which the last may be unfinished.

    >>> begins("hongl"), begins("honglo"), begins("search")
    (True, True, False)
    """
    for cut in range(len(letters), max(0, len(letters) - _LONGEST_SYLLABLE), -1):
        head, tail = letters[:cut], letters[cut:]
        if (not head or _split(head)) and (not tail or any(sound.startswith(tail) for sound in _known())):
            return True
    return any(sound.startswith(letters) for sound in _known())


def _split(word: str) -> list[str]:
    """The division with the fewest syllables, the longest first among those."""
    if not (word.isascii() and word.isalpha()) or len(word) > LONGEST * _LONGEST_SYLLABLE:
        return []
    word = word.lower()
    best: list[list[str] | None] = [None] * (len(word) + 1)
    best[len(word)] = []
    for at in reversed(range(len(word))):
        for length in range(min(_LONGEST_SYLLABLE, len(word) - at), 0, -1):
            rest = best[at + length]
            if rest is not None and word[at : at + length] in _known():
                current = best[at]
                if current is None or len(rest) + 1 < len(current):
                    best[at] = [word[at : at + length], *rest]
    return best[0] or []
