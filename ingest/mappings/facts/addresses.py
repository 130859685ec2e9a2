"""Web addresses and URNs: stated as what they are; a text that is none stays a text.

Cataloguers copy addresses from browsers, which forgive what RFC 3987 forbids. One such address would have a store
refuse the whole record, so what can be encoded is, and what can't be an address is none.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from common.terms import iri
from ingest.mappings.description import Description
from ingest.mappings.names import bg

NOTE_LINK, NOTE_ADDRESS = bg("noteLink"), bg("noteAddress")

_SCHEMES = ("http://", "https://", "ftp://")
_CLEAN = re.compile(
    r"(?:https?|ftp)://[\w.-]+(?::\d{1,5})?(?:[/?#](?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?\Z", re.ASCII
)
_HOST = re.compile(r"[^\s\[\]%/@:<>\"]+\Z")
#: Brackets, a per cent sign that encodes nothing, and code points that no IRI may hold.
_FORBIDDEN = re.compile(r"[\[\]\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]|%(?![0-9A-Fa-f]{2})")


@lru_cache(maxsize=16_384)
def web_address(text: str) -> str | None:
    """The term of a web address, None where ``text`` is none.

    >>> web_address("http://a.org/x[1]#b#c"), web_address("http://a:port/"), web_address("see http://a.org")
    ('<http://a.org/x%5B1%5D#b%23c>', None, None)
    """
    text = text.strip()
    if _CLEAN.match(text):
        return f"<{text}>"
    if not text.lower().startswith(_SCHEMES):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or not _HOST.match(parts.hostname):
        return None
    host = f"{parts.hostname}:{port}" if port else parts.hostname
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment).replace('#', '%23')}" if parts.fragment else ""
    return iri(f"{parts.scheme}://{host}{_encoded(parts.path)}{query}{fragment}")


def _encoded(part: str) -> str:
    return _FORBIDDEN.sub(lambda match: quote(match.group()), part)


def address_of(text: str) -> str | None:
    """The term of a web address or a URN, None where ``text`` is neither."""
    if text[:4].lower() == "urn:" and ":" in text[4:].strip(":"):
        return iri(_encoded("".join(text.split())))
    return web_address(text)


def state_link(d: Description, subject: str, value: str) -> None:
    """States what a note's $u leads to."""
    address = web_address(value)
    if address is None:
        d.text(subject, NOTE_ADDRESS, value.strip())
    else:
        d.add(subject, NOTE_LINK, address)
