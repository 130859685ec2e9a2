"""Which of the web addresses of an instance leads to the resource itself, and which to a picture of it.

Records say what an address leads to in words only, so this is a judgement by words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)\Z", re.IGNORECASE)
_PICTURE_WORDS = re.compile(r"cover|thumbnail|image/|封面|缩略图|Umschlag", re.IGNORECASE)
_ABOUT_WORDS = re.compile(
    r"contents|description|biograph|sample|excerpt|finding aid|review|track list|related|information on|"
    r"inhalts|klappentext|rezension|目次|目录|简介|书评|样章",
    re.IGNORECASE,
)
_WEB = ("http://", "https://")


def picture(addresses: Iterable[str], words: Mapping[str, Sequence[str]]) -> str:
    """The first address of a picture, "" if there is none.

    >>> picture(["https://a.example/1", "https://a.example/2"], {"https://a.example/2": ["Cover image"]})
    'https://a.example/2'
    """
    return next((address for address in addresses if _is_picture(address, words.get(address, ()))), "")


def resource(addresses: Iterable[str], words: Mapping[str, Sequence[str]]) -> str:
    """The first address that is not said to lead to something about the resource, such as its table of contents.

    >>> resource(["https://a.example/1", "https://a.example/2"], {"https://a.example/1": ["Table of contents"]})
    'https://a.example/2'
    """
    for address in addresses:
        said = words.get(address, ())
        if address.startswith(_WEB) and not _is_picture(address, said) and not any(map(_ABOUT_WORDS.search, said)):
            return address
    return ""


def _is_picture(address: str, words: Iterable[str]) -> bool:
    if not address.startswith(_WEB):
        return False
    return _PICTURE.search(address.partition("?")[0]) is not None or any(map(_PICTURE_WORDS.search, words))
