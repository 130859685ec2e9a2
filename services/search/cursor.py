"""Cursors: where a page of results begins, bound to the search that it belongs to."""

import base64
import binascii
import json
from hashlib import blake2b

from common.errors import InputError
from services.search.request import SearchRequest

DEEPEST = 10_000
"""Hits that can be paged through; who wants more asks at /sparql."""
_FOREIGN = "cursor: not one of this search; leave it out to begin at the first hit"


def encode(request: SearchRequest, offset: int) -> str:
    """The cursor of the page of ``request`` that begins after ``offset`` hits."""
    text = json.dumps([offset, _digest(request)]).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def offset_of(request: SearchRequest) -> int:
    """How many hits come before the page.

    Raises:
        InputError: The cursor is none, or one of another search.
    """
    if request.cursor is None:
        return 0
    try:
        padded = request.cursor + "=" * (-len(request.cursor) % 4)
        offset, digest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise InputError(_FOREIGN) from error
    if digest != _digest(request) or not isinstance(offset, int) or not 0 <= offset <= DEEPEST:
        raise InputError(_FOREIGN)
    return offset


def _digest(request: SearchRequest) -> str:
    """Of everything that decides which hits there are and in which order."""
    facets = sorted((name, sorted(values)) for name, values in request.facets.items() if values)
    parts = [request.text, request.type, request.field, request.first_year, request.last_year, request.sort, facets]
    return blake2b(json.dumps(parts).encode(), digest_size=6).hexdigest()
