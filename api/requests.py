"""Bodies of SPARQL requests: how long they may be, and their text."""

from flask import request

from api.platform import platform
from common.errors import InputError

FORM = "application/x-www-form-urlencoded"
_BYTES_A_CHARACTER = 12
"""A character is at most four bytes in UTF-8, each of which a form writes as three."""
_REST_OF_FORM = 20_000


def expect_text() -> None:
    """Lets a body be as long as one that holds the longest text, before it is read."""
    request.max_content_length = _BYTES_A_CHARACTER * platform().settings.query_characters + _REST_OF_FORM
    request.max_form_memory_size = request.max_content_length


def body_text(what: str) -> str:
    """The body as text.

    Raises:
        InputError: It is not UTF-8; says what it was to be, and where.
    """
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"the {what} is not UTF-8: byte {error.start}") from error
