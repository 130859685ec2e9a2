"""Property paths that triple patterns can't say (SPARQL 1.1, section 18.2.2.3).

Sequences and inverses of single steps become triple patterns instead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One predicate."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """``^path``."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """``a/b/…``: at least two."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """``a|b|…``: at least two."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ZeroOrMore:
    """``path*``."""

    path: Path


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """``path+``."""

    path: Path


@dataclass(frozen=True, slots=True)
class ZeroOrOne:
    """``path?``."""

    path: Path


@dataclass(frozen=True, slots=True)
class NegatedSet:
    """``!(a|^b)``: any predicate but ``forward``, and against the direction any but ``backward``.

    A direction that is not named in the set is not followed: then its tuple is None.
    """

    forward: tuple[str, ...] | None
    backward: tuple[str, ...] | None


Path = Link | Inverse | Sequence | Alternative | ZeroOrMore | OneOrMore | ZeroOrOne | NegatedSet
