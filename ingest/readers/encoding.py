"""Which character encoding a record is in: declared, seen in its bytes, and a scored guess where they differ."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from common.errors import InputError
from ingest.readers import marc8

UTF8, MARC8, ASCII = "utf-8", "marc-8", "ascii"
_NAMES = {"utf8": UTF8, "utf-8": UTF8, "marc8": MARC8, "marc-8": MARC8, "ansel": MARC8, "latin1": "iso-8859-1"}

_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØŒÚÛÜ")
_CENTRAL = frozenset("ąćęłńśźżčďěňřšťůžőűđăâîșțşţğıļņķģāēīūąęėįųĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰĐĂȘȚŞŢĞİĀĒĪŪģ")
_PUNCTUATION = frozenset("«»°©®·§£–—‘’“”…€„†•ʹʺʻʼ¿¡")
_HALF_MARKS = frozenset("\ufe20\ufe21\ufe22\ufe23")
# What is counted in a text, and what each character of it is worth.
_PATTERNS = (
    (re.compile(r"(?<=[a-zà-ÿа-я])[À-ÞА-Я]"), -3.0),  # a capital inside a word
    (re.compile(r"[À-ÿ]{3,}"), -2.0),  # Latin words are mostly ASCII…
    (re.compile(r"(?<![A-Za-z])(?:[А-ЯЁ]?[а-яёіїєў]{2,}|[А-ЯЁ]{3,})(?![A-Za-z])"), 3.0),  # …Cyrillic words never
    (re.compile(r"(?<=[^\W\d_])[¡-¶¸-¿×÷℗♯♭]+(?=[^\W\d_])"), -2.0),  # a symbol inside a word
    (re.compile(r"(?<![^\W\d_])[\u0300-\u036f]"), -2.0),  # a diacritic on no letter
)
# ANSEL's diacritics stand before their letter; read as Latin-1 they are accented letters before vowels.
_MARK_BYTE = re.compile(r"[à-ïðòõöøùþ][aeiouyAEIOUY]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# Bytes that are a two-byte character of GB 2312; level 1 (the 3,755 common ones) has lead bytes B0 to D7.
_GB_RUN = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])+\Z")
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_MOST = 0.7
# Values with high bytes, of which so many are enough to judge by.
_HIGH_VALUE = re.compile(rb"[^\x1e\x1f\x80-\xff]*[\x80-\xff][^\x1e\x1f]*")
_VALUES = 40


def check(name: str) -> None:
    """Refuses an encoding that nobody knows.

    Raises:
        InputError: There is none of that name.
    """
    try:
        if canonical(name) != MARC8:
            b"a".decode(canonical(name))
    except (LookupError, ValueError) as error:
        raise InputError(f"encoding {name}: not known; known are marc-8 and those of Python, such as utf-8") from error


@dataclass(frozen=True, slots=True)
class Choice:
    """The encoding to read a record with, and why it is another one than declared."""

    encoding: str
    warning: str | None = None


def canonical(name: str) -> str:
    """Our spelling of an encoding's name."""
    return _NAMES.get(name.lower().replace("_", "-"), name.lower())


def choose(body: bytes, declared: str, override: str | None = None) -> Choice:
    """The encoding of a record's data.

    Args:
        body: Fields of the record, without leader and directory.
        declared: ``utf-8`` (leader/09 a) or ``marc-8`` (leader/09 blank).
        override: What the user says; wins always.
    """
    if override is not None:
        return Choice(canonical(override))
    if body.isascii():
        # An escape sequence or a character reference makes ASCII bytes MARC-8.
        return Choice(declared if declared == UTF8 or b"\x1b" in body or b"&#x" in body else ASCII)
    if _is_utf8(body):
        return Choice(UTF8, None if declared == UTF8 else "declared MARC-8, is UTF-8")
    guess = MARC8 if declared == MARC8 and b"\x1b" in body else _guess(body, declared)
    if guess == UTF8:
        return Choice(UTF8, "UTF-8 with invalid bytes, replaced")
    return Choice(guess, None if guess == declared else f"declared {declared.upper()}, looks like {guess}")


def decode(data: bytes, encoding: str) -> tuple[str, int]:
    """Text, and how many bytes could not be read (each is U+FFFD in the text).

    Raises:
        InputError: There is no such encoding.
    """
    if encoding == MARC8:
        return marc8.decode(data)
    try:
        return data.decode(UTF8 if encoding == ASCII else encoding), 0
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeDecodeError):
            raise InputError(f"encoding {encoding}: not known") from error
        text = data.decode(encoding, "replace")
        return text, max(text.count("\ufffd"), 1)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True


def _guess(body: bytes, declared: str) -> str:
    """The candidate whose text looks most like what people write; the declared one wins ties."""
    body = b"\n".join(_HIGH_VALUE.findall(body)[:_VALUES])
    scores = {MARC8: _score_text(*marc8.decode(body)), UTF8: _score_utf8(body)}
    single = "cp1252" if re.search(rb"[\x80-\x9f]", body) else "iso-8859-1"
    for name in (single, "cp1251"):
        text, bad = decode(body, name)
        scores[name] = _score_text(text, bad) - 3.0 * len(_MARK_BYTE.findall(text))
    scores["gb18030"] = _score_gb(body)
    scores[declared] += 0.5
    return max(scores, key=lambda name: scores[name])


def _score_utf8(body: bytes) -> float:
    """Whole characters speak for UTF-8, broken sequences against it (one of many bytes counts once)."""
    text = body.decode(UTF8, "replace")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good * 2.0 - 2.0 * len(re.findall("\ufffd+", text))


def _score_gb(body: bytes) -> float:
    """Pairs of high bytes, most of them among the common characters; else impossible."""
    runs = _HIGH_RUN.findall(body)
    if not all(_GB_RUN.match(run) for run in runs):
        return float("-inf")
    pairs = [pair for run in runs for pair in _GB_PAIR.findall(run)]
    common = sum(1 for pair in pairs if 0xB0 <= pair[0] <= 0xD7)  # noqa: PLR2004  level 1, see above
    return len(pairs) * 5.0 if common >= _MOST * len(pairs) else float("-inf")


def _score_text(text: str, bad: int) -> float:
    """Points for letters where letters are, against what no one writes."""
    text = unicodedata.normalize("NFC", text)
    score = -3.0 * bad
    for pattern, weight in _PATTERNS:
        score += weight * sum(map(len, pattern.findall(text)))
    return score + sum(_score_char(char) for char in text if char > "\x7f")


@lru_cache(maxsize=2048)
def _score_char(char: str) -> float:
    if char in _WESTERN:
        return 2.0
    if char in _CENTRAL:
        return 1.0
    if char in _PUNCTUATION:
        return 0.5
    if char in _HALF_MARKS or unicodedata.name(char, "").startswith("LATIN"):
        return 0.5
    # A C1 control, a symbol, a lone letter of another script: the wrong encoding.
    # (Marks are judged by where they stand, in _PATTERNS.)
    return {"C": -2.0, "M": 0.0}.get(unicodedata.category(char)[0], -1.0)
