"""Identifiers of entities: what follows the identifier space in IRIs (specification: Identifier and Schema Spaces).

They hold percent-encoded characters, and clients decode them or not when they put them into addresses: both are read.
"""

from urllib.parse import quote, unquote

from common.errors import InputError
from graph.canonical import is_absolute_iri

LONGEST = 4_000
"""Characters of an identifier."""
_SAFE = "-._~()',!*;:@"
_SHOWN = 80


def identifier_space(base: str) -> str:
    """The IRI that identifiers are relative to, of an installation with this base IRI."""
    return f"{base}id/"


def id_of(iri: str, base: str) -> str:
    """Identifier of an entity (bare IRI); somebody else's IRI is its own.

    >>> id_of("https://a.example/id/work/DLC/1", "https://a.example/")
    'work/DLC/1'
    """
    return iri.removeprefix(identifier_space(base))


def iri_or_nothing(id_: str, base: str) -> str:
    """As ``iri_of``, and "" where it can't be one."""
    try:
        return iri_of(id_, base)
    except InputError:
        return ""


def iri_of(id_: str, base: str) -> str:
    """The bare IRI of an identifier, which may be the IRI itself.

    >>> iri_of("agent/X/1/曹雪芹", "https://a.example/")
    'https://a.example/id/agent/X/1/%E6%9B%B9%E9%9B%AA%E8%8A%B9'

    Raises:
        InputError: It can't be one.
    """
    space = identifier_space(base)
    if not id_ or len(id_) > LONGEST:
        raise InputError(f"{id_[:_SHOWN]!r} is no identifier of an entity")
    is_whole = id_.startswith(("http://", "https://", "urn:"))
    if is_whole and not id_.startswith(space):
        if not is_absolute_iri(id_):
            raise InputError(f"{id_[:_SHOWN]!r} is no IRI")
        return id_
    path = id_.removeprefix(space)
    return space + "/".join(quote(unquote(segment), safe=_SAFE) for segment in path.split("/"))
