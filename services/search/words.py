"""Words as the index and a query see them: one normal form for both, whatever script they are written in.

Latin and other alphabets become words without case and accents. Chinese characters stand one by one, in simplified
form, and are found as phrases. Which characters of a query belong together is decided when it is asked
(``segmentation``): a new word in the vocabulary needs no new index.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc
import tantivy

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_CHARACTER = r"\p{Han}\p{Hiragana}\p{Katakana}"
#: A character of its own, or a word; ``c++`` and ``c#`` are words.
_TOKEN = rf"[{_CHARACTER}]|[\p{{L}}\p{{N}}\p{{M}}&&[^{_CHARACTER}]]+[+#]*"
_NOT_WORD = re.compile(r"[^\w+#]+|_+")
_BESIDE_HAN = re.compile(rf"(?<={HAN.pattern}) | (?={HAN.pattern})")
#: Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
LONGEST_KEY = 200
"""Characters of a key; what follows tells no titles apart that a reader would type."""

#: Articles that stand before the first word of a title, as cataloguers leave them out.
_ARTICLES = frozenset("the a an le la les l der die das ein eine el los las il lo gli i".split())


@cache
def _converter(kind: str) -> opencc.OpenCC:
    return opencc.OpenCC(kind)


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return not text.isascii() and HAN.search(text) is not None


def simplified(text: str) -> str:
    """The text in compatibility composition, Chinese characters in simplified form.

    >>> simplified("紅樓夢")
    '红楼梦'
    """
    text = unicodedata.normalize("NFKC", text)
    return _converter("t2s").convert(text) if has_han(text) else text


def variants(text: str) -> list[str]:
    """The text as ``simplified``, and in the words of the mainland where Taiwan has others.

    >>> variants("軟體工程")
    ['软体工程', '软件工程']
    """
    first = simplified(text)
    if not has_han(first):
        return [first]
    return list(dict.fromkeys((first, _converter("tw2sp").convert(unicodedata.normalize("NFKC", text)))))


@cache
def stemming() -> tantivy.TextAnalyzer:
    """Words without case, accents and English endings."""
    return _folding().filter(tantivy.Filter.stemmer("english")).build()


@cache
def plain() -> tantivy.TextAnalyzer:
    """Words without case and accents."""
    return _folding().build()


def _folding() -> tantivy.TextAnalyzerBuilder:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_TOKEN))
    return (
        builder.filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """A whole title or name as one string to compare: without case, accents and punctuation, in simplified characters.

    >>> key("Hamlet, Prince of Denmark."), key("紅樓夢（程乙本）")
    ('hamlet prince of denmark', '红楼梦程乙本')
    """
    folded = unicodedata.normalize("NFD", simplified(text).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    joined = _NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare).translate(_LETTERS)).strip()
    return _BESIDE_HAN.sub("", joined)[:LONGEST_KEY]


def without_article(title_key: str) -> str:
    """The key without a leading article; the key itself where nothing else is left."""
    first, _, rest = title_key.partition(" ")
    return rest if rest and first in _ARTICLES else title_key
