"""Sends what a query worker has written."""

from collections.abc import Iterator
from typing import IO

from flask import Response

from api.headers import SEQUENCE
from services.sparql.pool import Answer

_CHUNK = 1 << 16


def send(answer: Answer) -> Response:
    """The file in chunks; it is gone when the response is."""
    response = Response(_chunks(answer.file), content_type=answer.format.content_type)
    response.call_on_close(answer.file.close)
    response.content_length = answer.size
    response.headers[SEQUENCE] = str(answer.sequence)
    response.headers["Content-Disposition"] = f'inline; filename="result.{answer.format.extension}"'
    return response


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
