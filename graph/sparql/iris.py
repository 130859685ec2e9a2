"""Relative IRIs resolved by https://www.rfc-editor.org/rfc/rfc3986#section-5.2, characters left as they are.

An absolute IRI stays as it is written, dots included: that is how data hold it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)


class Parts(NamedTuple):
    """Components of an IRI; None: absent, which is not the same as empty."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        return "".join(
            (
                "" if self.scheme is None else f"{self.scheme}:",
                "" if self.authority is None else f"//{self.authority}",
                self.path,
                "" if self.query is None else f"?{self.query}",
                "" if self.fragment is None else f"#{self.fragment}",
            )
        )


def split(iri: str) -> Parts:
    """The components of an IRI or relative reference."""
    match = _PARTS.fullmatch(iri)
    if match is None:  # the pattern matches any text
        raise AssertionError(iri)
    scheme, authority, path, query, fragment = match.groups()
    return Parts(scheme, authority, path, query, fragment)


def resolve(base: str, reference: str) -> str:
    """The reference against an absolute base.

    >>> [resolve("http://a/b/c/d;p?q", text) for text in ("g", "../g", "?y", "#s", "//g", "", "g:h", "./../../../g")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['http://a/b/c/g', 'http://a/b/g', 'http://a/b/c/d;p?y', 'http://a/b/c/d;p?q#s', 'http://g', 'http://a/b/c/d;p?q',
     'g:h', 'http://a/g']
    """
    ref = split(reference)
    if ref.scheme is not None:
        return reference
    root = split(base)
    if ref.authority is not None:
        return str(ref._replace(scheme=root.scheme, path=remove_dot_segments(ref.path)))
    if ref.path:
        path = remove_dot_segments(ref.path if ref.path.startswith("/") else _merge(root, ref.path))
        return str(root._replace(path=path, query=ref.query, fragment=ref.fragment))
    query = root.query if ref.query is None else ref.query
    return str(root._replace(query=query, fragment=ref.fragment))


def _merge(base: Parts, path: str) -> str:
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def remove_dot_segments(path: str) -> str:
    """A path without ``.`` and ``..`` (section 5.2.4).

    >>> remove_dot_segments("/a/b/c/./../../g")
    '/a/g'
    """
    if "." not in path:
        return path
    output: list[str] = []
    *folders, last = path.split("/")
    for segment in (*folders, last):
        if segment == "..":
            if output and output != [""]:
                output.pop()
                output = output or [""]
        elif segment != ".":
            output.append(segment)
    if last in {".", ".."}:
        output.append("")
    return "/".join(output)
