"""Canonical links of everything that was loaded, judged as the resolver does but in one go and without the graph."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from common.namespaces import BG, RDF, RDFS, SKOS, XSD
from common.terms import literal, split_statement
from ingest.upkeep import CANONICAL, self_link
from reasoning.resolution.headings import Heading, headings
from reasoning.resolution.judgement import Link, links
from reasoning.resolution.resolver import DECIDER, NAMED

_LABEL, _TYPE = f"<{RDFS}label>", f"<{RDF}type>"
_SCHEME, _UNDIFFERENTIATED = f"<{SKOS}inScheme>", f"<{BG}undifferentiated>"
_WANTED = (f" {_LABEL} ", f" {_TYPE} ", f" {_SCHEME} ", f" {_UNDIFFERENTIATED} ")


class Links:
    """Gathers headings graph by graph, then says what the resolution graph holds.

    Args:
        base: Base IRI.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._prefix = f"<{base}id/"
        self._named = tuple(f"{self._prefix}{kind}/" for kind in NAMED)
        self._entities: dict[str, None] = {}
        self._headings: dict[Heading, None] = {}
        # An authority may be described by several graphs: its headings are put together at the end.
        self._authorities: dict[str, list[tuple[str, str]]] = {}

    def note(self, statements: Iterable[str]) -> None:
        """The statements of one graph."""
        about: dict[str, list[tuple[str, str]]] = {}
        for statement in statements:
            subject, _, rest = statement.partition(" ")
            if not subject.startswith(self._prefix) or "#" in subject:
                continue
            self._entities[subject] = None
            if subject.startswith(self._named) and f" {rest}".startswith(_WANTED):
                _, predicate, obj = split_statement(statement)
                about.setdefault(subject, []).append((predicate, obj))
        for entity, pairs in about.items():
            if "/id/authority/" in entity:
                self._authorities.setdefault(entity, []).extend(pairs)
            else:
                self._headings.update(dict.fromkeys(_headings(entity, pairs, self._base)))

    def statements(self) -> Iterator[str]:
        """What the resolution graph holds, each entity with its one canonical link."""
        for entity, pairs in self._authorities.items():
            self._headings.update(dict.fromkeys(_headings(entity, pairs, self._base)))
        linked = {link.member: link for link in self._links()}
        for entity in self._entities:
            link = linked.get(entity)
            if link is None:
                yield self_link(entity)
            else:
                yield f"{entity} {CANONICAL} {link.canonical}"
                yield from _reason(link, self._base)

    def _links(self) -> Iterator[Link]:
        """Kind and scheme are an entity's own, so what shares neither can't be in one cluster."""
        parts: dict[tuple[str, str], list[Heading]] = {}
        for heading in self._headings:
            parts.setdefault((heading.key.kind, heading.key.scheme), []).append(heading)
        for part in parts.values():
            yield from links(part, {}, ())


def _headings(entity: str, pairs: list[tuple[str, str]], base: str) -> list[Heading]:
    """The same rows as the resolver's query would give."""
    by_predicate: dict[str, list[str]] = {}
    for predicate, obj in pairs:
        by_predicate.setdefault(predicate, []).append(obj)
    schemes: list[str | None] = [*by_predicate.get(_SCHEME, [])] or [None]
    many = next(iter(by_predicate.get(_UNDIFFERENTIATED, [])), None)
    rows = (
        (entity, label, type_, scheme, many)
        for label in by_predicate.get(_LABEL, [])
        for type_ in by_predicate.get(_TYPE, [])
        for scheme in schemes
    )
    return headings(rows, base)


def _reason(link: Link, base: str) -> list[str]:
    """Why an entity is linked to another, as the resolver writes it."""
    node = f"<{base}resolution/{blake2b(link.member.encode(), digest_size=10).hexdigest()}>"
    return [
        f"{node} {_TYPE} <{BG}Resolution>",
        f"{node} <{BG}member> {link.member}",
        f"{node} <{BG}resolvedTo> {link.canonical}",
        f'{node} <{BG}score> "{link.score.normalize()}"^^<{XSD}decimal>',
        f"{node} <{BG}evidence> {literal(link.evidence)}",
        f"{node} <{BG}decider> {literal(DECIDER)}",
    ]
