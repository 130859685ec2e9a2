"""Headers of every response: security, caching by changeset, cross-origin reading."""

from hashlib import blake2b

from flask import Response, current_app, request

from api.access import PUBLIC, required_role
from api.platform import platform

SEQUENCE = "X-Bibliograph-Changeset"
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Pages made to stand in frames of other sites: they show text and links, and run and send nothing.
_FRAMED = frozenset({"reconcile_services.preview"})
_FRAMED_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
)
_SECURITY = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
_CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"{SEQUENCE}, ETag, Link, Location",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_OK = 200
_AN_HOUR = "public, max-age=3600"
_FOR_EVER = "public, max-age=31536000, immutable"
"""For static files that never change under their address: it holds their digest, or they are fonts."""


def complete(response: Response) -> Response:
    """Adds what every response carries."""
    response.headers.update(_SECURITY)
    if request.endpoint in _FRAMED:
        response.headers["Content-Security-Policy"] = _FRAMED_POLICY
    if _is_public():
        response.headers.update(_CROSS_ORIGIN)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = _FOR_EVER if "v" in request.args or _is_font() else _AN_HOUR
        return response
    if SEQUENCE not in response.headers:
        response.headers[SEQUENCE] = str(platform().graph.sequence)
    response.headers.setdefault("Cache-Control", "no-cache" if response.status_code == _OK else "no-store")
    if response.status_code == _OK and request.method in {"GET", "HEAD"} and response.get_etag()[0] is None:
        _tag(response)
    return response


def _is_font() -> bool:
    return request.path.endswith(".woff2")


def _is_public() -> bool:
    """Writing takes a token, which no other site's page should send; that there is no such address is no secret."""
    endpoint = request.endpoint
    return endpoint is None or required_role(current_app, endpoint) == PUBLIC


def _tag(response: Response) -> None:
    """An entity tag of changeset, format, language and content: what is read again unchanged is not sent again.

    What is sent while it is read is told by its address and length.
    """
    response.vary.update(("Accept", "Accept-Language"))
    form = blake2b(f"{response.content_type} {response.content_language}".encode(), digest_size=8)
    if response.is_streamed:
        form.update(f"{request.full_path} {response.content_length}".encode())
    else:
        form.update(response.get_data())
    response.set_etag(f"{response.headers[SEQUENCE]}-{form.hexdigest()}", weak=True)
    response.make_conditional(request)
