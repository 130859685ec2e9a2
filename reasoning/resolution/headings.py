"""Facts about headings: what kind of entity, in whose scheme, with which words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from common.namespaces import BF
from common.terms import split_literal, value

#: Class -> kind within which headings are compared. A place is not the jurisdiction of its name.
KINDS = {
    f"<{BF}Person>": "person",
    f"<{BF}Family>": "family",
    f"<{BF}Organization>": "organization",
    f"<{BF}Jurisdiction>": "jurisdiction",
    f"<{BF}Meeting>": "meeting",
    f"<{BF}Topic>": "topic",
    f"<{BF}Place>": "place",
    f"<{BF}Temporal>": "temporal",
    f"<{BF}GenreForm>": "genre",
    f"<{BF}Event>": "event",
    f"<{BF}Hub>": "hub",
    f"<{BF}Series>": "series",
}
_MOST_SPECIFIC = tuple(reversed(KINDS))
_NAMES = frozenset({"person", "family", "organization", "jurisdiction", "meeting", "hub", "series"})
#: Suppliers whose names are those of a shared authority file; others control their own.
NAME_SCHEMES = {"dlc": "naf", "lcsh": "naf", "lc": "naf"}
_SCHEME = re.compile(r"/subjectSchemes/([^/>]+)>\Z")
_DATES = re.compile(r"\d{3,4}|\d+(?:st|nd|rd|th) cent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """What must be the same for two entities to be one."""

    kind: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Heading:
    """One entity's heading.

    Attributes:
        entity: Term of the entity.
        key: Kind, scheme and label.
        authority: Whether the entity is an authority's own.
        undifferentiated: Whether its authority record stands for several persons of one name.
    """

    entity: str
    key: Key
    authority: bool
    undifferentiated: bool

    @property
    def qualified(self) -> bool:
        """Whether dates or a qualifier tell the person from others of the name."""
        text = split_literal(self.key.label)[0]
        return bool(_DATES.search(text)) or "(" in text


def headings(rows: Iterable[tuple[str | None, ...]], base: str) -> list[Heading]:
    """Headings from rows of ``headings.rq``; rows of other kinds of entity give none."""
    types: dict[tuple[str, str], set[str]] = {}
    schemes: dict[str, str] = {}
    undifferentiated: set[str] = set()
    for entity, label, type_, scheme, many in rows:
        if entity is None or label is None or type_ is None:
            continue
        types.setdefault((entity, label), set()).add(type_)
        if scheme:
            schemes[entity] = min(scheme, schemes.get(entity, scheme))
        if many:
            undifferentiated.add(entity)
    found = []
    for (entity, label), classes in types.items():
        kind = next((KINDS[c] for c in _MOST_SPECIFIC if c in classes), None)
        name = scheme_of(entity, schemes.get(entity), kind, base) if kind else None
        if kind and name:
            authority = entity.startswith(f"<{base}id/authority/")
            found.append(Heading(entity, Key(kind, name, label), authority, entity in undifferentiated))
    return found


def scheme_of(entity: str, stated: str | None, kind: str | None, base: str) -> str | None:
    """The scheme that controls the entity's heading, in lower case; None where nothing does.

    An authority's scheme stands in its IRI; a subject states it; a name without one is controlled by its supplier.
    """
    path = value(entity).removeprefix(f"{base}id/")
    parts = [unquote(part) for part in path.split("/")]
    scheme: str | None
    if parts[0] == "authority":
        scheme = parts[1]
    elif stated is not None:
        match = _SCHEME.search(stated)
        scheme = match.group(1) if match else value(stated)
    else:
        scheme = parts[1] if kind in _NAMES and len(parts) > 1 else None
    if scheme is None:
        return None
    scheme = scheme.lower()
    return NAME_SCHEMES.get(scheme, scheme) if kind in _NAMES else scheme


__all__ = ["KINDS", "NAME_SCHEMES", "Heading", "Key", "headings", "scheme_of"]
