"""Language tags (BCP 47, RFC 5646): whether a text is one, and which language of the code list it names."""

import re
from functools import lru_cache
from typing import NamedTuple

from ingest import codes
from ingest.mappings.facts.codes import language

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<rest>(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)\Z"
)
_SHORT = 2
#: Withdrawn codes of ISO 639-1 that are still written.
_WITHDRAWN = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro"}
#: Not stated, and no language at all.
_NONE = frozenset(("und", "zxx", "mis"))


class Language(NamedTuple):
    """What a tag says: the tag for texts, None where it names no language of texts, and the term of the language."""

    tag: str | None
    term: str | None


@lru_cache(maxsize=4096)
def read(text: str) -> Language | None:
    """The language that a tag names, None where the text is no tag: not of its form, or of two letters unknown.

    >>> read("en-GB")
    Language(tag='en-gb', term='<http://id.loc.gov/vocabulary/languages/eng>')
    >>> read("chi_Hant").tag, read("English"), read("xx"), read("und")
    ('zh-hant', None, None, Language(tag=None, term=None))
    """
    match = _TAG.match(text.lower().replace("_", "-"))
    if match is None:
        return None
    primary = _WITHDRAWN.get(match["language"], match["language"])
    if primary in _NONE:
        return Language(None, None)
    code = codes.language_code(primary)
    if code is None and len(primary) == _SHORT:
        return None
    tag = codes.language_tag(code) if code else primary
    return Language(tag + match["rest"] if tag else None, language(code or primary))
