"""IRIs and the addresses under which this server shows them."""

from urllib.parse import quote, unquote, urlencode

from flask import request

from api.platform import platform

_SAFE = "-._~()',!*;:@"
_LINKED = ("http://", "https://")


def requested_path(prefix: str, suffix: str = "") -> str:
    """The path after ``prefix`` as it stands in IRIs: percent-encoded as ``common.terms.slug`` encodes.

    WSGI hands paths over decoded, which makes ``%2F`` and ``/`` the same: the request line still tells them apart.
    """
    raw = str(request.environ.get("REQUEST_URI") or quote(request.path)).partition("?")[0]
    raw = raw.partition("://")[2].partition("/")[2] if "://" in raw else raw.lstrip("/")
    root = request.script_root.strip("/")
    raw = raw.removeprefix(f"{root}/" if root else "").removeprefix(prefix.lstrip("/"))
    path = raw.removesuffix(suffix) if suffix else raw
    return "/".join(quote(unquote(segment), safe=_SAFE) for segment in path.split("/"))


def term_of(kind: str, path: str) -> str:
    """Term of ``{base}{kind}/{path}``."""
    return f"<{platform().settings.base}{kind}/{path}>"


def local(path: str, **query: str | None) -> str:
    """An address on this server; the language that the reader asked for goes along."""
    given = {name: value for name, value in query.items() if value is not None}
    if "lang" in request.args:
        given.setdefault("lang", request.args["lang"])
    address, _, fragment = path.partition("#")
    text = f"{request.script_root}{address}"
    text += f"?{urlencode(given)}" if given else ""
    return f"{text}#{fragment}" if fragment else text


def page_address(term: str) -> str | None:
    """Where a page about an IRI of ours is; None: it is not of ours."""
    base = platform().settings.base
    iri = term[1:-1]
    for kind, route in (("id/", "/page/"), ("graph/record/", "/graph/record/")):
        if iri.startswith(base + kind):
            return local(route + iri.removeprefix(base + kind))
    return None


def resource_address(term: str) -> str:
    """Where a page about somebody else's IRI is, as far as the graph speaks of it."""
    return local("/resource", iri=term[1:-1])


def external(iri: str) -> str | None:
    """The IRI if a page may link to it: ``javascript:``, ``data:`` and the like never become links."""
    return iri if iri.lower().startswith(_LINKED) else None
