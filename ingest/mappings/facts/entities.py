"""The entity that a heading names: cited by an authority's identifier, else the record's own."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import AuthorityId, cited_by, exact_matches
from ingest.mappings.names import LABEL, TYPE
from ingest.record import DataField

Statements = list[tuple[str, str]]


def named(
    d: Description,
    f: DataField,
    kind: str,
    class_: str,
    label: str,
    *,
    lang: str | None = None,
    role: str = "",
    scheme: str = "",
    more: Statements | None = None,
) -> str:
    """Term of what the field names, described by class and label once.

    Args:
        d: The record.
        f: The field; its $0 and $1 decide about identity.
        kind: Path of an entity without an identifier: ``agent``, ``subject``, ``place``, ``event``, ``hub``.
        class_: Class of the entity.
        label: The heading, whole.
        lang: Language of the heading.
        role: Tells several entities of one field apart.
        scheme: Code of the heading's scheme, whose identifier is preferred.
        more: Further predicates and objects of the entity.
    """
    return identified(d, cited_by(f, d.key.source, scheme), kind, class_, label, lang=lang, role=role, more=more)


def identified(
    d: Description,
    identities: list[AuthorityId],
    kind: str,
    class_: str,
    label: str,
    *,
    lang: str | None = None,
    role: str = "",
    more: Statements | None = None,
    key: str = "",
) -> str:
    """As ``named``, by identities that are read already; ``key`` stands in the IRI where the label would not do."""
    term = d.remembered(role) if d.vernacular else None
    if term is None:
        term = (
            d.authority(identities[0][0], identities[0][1], role) if identities else d.entity(kind, key or label, role)
        )
    words = literal(label, d.script_lang if d.vernacular else lang)
    if term.startswith(f"{d.base}id/authority/", 1):
        d.cite(term, [class_], words, [*(more or ()), *exact_matches(identities)])
        return term
    d.add(term, TYPE, class_)
    d.add(term, LABEL, words)
    for predicate, obj in [*(more or ()), *exact_matches(identities)]:
        d.add(term, predicate, obj)
    return term
