"""Compression of what is text: Brotli or gzip, as the client asks for.

Query results are not among it: they are sent while they are read, with their length known.
"""

from flask import Flask, Response, request
from flask_compress import Compress

_TEXTS = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/problem+json",
    "image/svg+xml",
]
_CODINGS = ["br", "gzip"]
_SHORTEST = 1_000
"""Bytes that fit into one packet as they are."""
_LONGEST_FILE = 1_000_000
"""Static files up to here are read whole, so that they too are sent compressed and with a length."""


def configure(app: Flask) -> None:
    """Compresses responses after everything else is done with them: to be called before other handlers are added."""
    app.config["COMPRESS_MIMETYPES"] = _TEXTS
    app.config["COMPRESS_MIN_SIZE"] = _SHORTEST
    app.config["COMPRESS_ALGORITHM"] = _CODINGS
    app.config["COMPRESS_STREAMS"] = False
    app.config["COMPRESS_REGISTER"] = False
    compress = Compress(app)
    app.after_request(lambda response: _compress(compress, response))
    app.after_request(_read_files)


def _compress(compress: Compress, response: Response) -> Response:
    """Flask-Compress takes a coding of quality 0 for one that is accepted: such clients get the text as it is."""
    if any(request.accept_encodings[coding] for coding in _CODINGS):
        return compress.after_request(response)
    response.vary.add("Accept-Encoding")
    return response


def _read_files(response: Response) -> Response:
    is_text = request.endpoint == "static" and response.mimetype in _TEXTS
    if is_text and (response.content_length or 0) <= _LONGEST_FILE:
        response.direct_passthrough = False
        response.get_data()
    return response
