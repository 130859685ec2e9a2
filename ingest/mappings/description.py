"""The graph of one record in the making: where mapping functions put statements."""

from common.terms import literal, slug
from ingest.mappings.names import LABEL, TYPE
from ingest.record import DataField, RecordGraph, RecordKey


class Description:
    """Collects the statements of one record and names its nodes.

    Mapping functions get it with the field at hand. While an 880 is mapped, ``tag`` and ``occurrence`` are those of
    the field that its $6 names, so that the same function writes to the same nodes, in the other script.

    Attributes:
        key: Identity of the record.
        graph, work, instance: Terms (``<…>``) of the record's graph and main entities.
        lang: Language tag of the title and text of this record, None where unknown.
        note_lang: Language tag of the cataloguer's words (040 $b).
        script_lang: While an 880 or its romanised partner is mapped: the tag of its script; else None.
        titled: Whether a title statement has given the record its title.
        tag, occurrence: The field being mapped (of a document: its key), occurrences counted from 1 within the tag.
    """

    def __init__(self, base: str, key: RecordKey, fields: list[DataField]) -> None:
        self.base = base
        self.key = key
        self.path = f"{slug(key.source)}/{slug(key.id)}"
        self.graph_iri = f"{base}graph/record/{self.path}"
        self.graph = f"<{self.graph_iri}>"
        self.work = f"<{base}id/work/{self.path}>"
        self.instance = f"<{base}id/instance/{self.path}>"
        self.fields = fields
        self.lang: str | None = None
        self.note_lang: str | None = None
        self.script_lang: str | None = None
        self.tag = "000"
        self.occurrence = 0
        self.vernacular = False
        self.titled = False
        self.statements: dict[str, int] = {}
        self.entities: dict[str, None] = {}
        self.cited: dict[str, tuple[str, list[str]]] = {}
        self.field_index = -1
        self._entity_of_slot: dict[tuple[str, int, str], str] = {}

    def add(self, subject: str, predicate: str, obj: str) -> None:
        """States ``subject predicate obj``; saying it twice changes nothing."""
        self.statements.setdefault(f"{subject} {predicate} {obj}", self.field_index)

    def text(self, subject: str, predicate: str, value: str | None, lang: str | None = None) -> None:
        """States a text, in the script at hand if an 880 is being mapped; nothing where ``value`` is empty."""
        if value:
            self.add(subject, predicate, literal(value, self.script_lang or lang))

    def node(self, owner: str, kind: str, part: int = 0) -> str:
        """Term of a dependent node of ``owner`` for the field at hand; ``part`` tells several in one field apart."""
        suffix = f"-{part}" if part else ""
        return f"{owner[:-1]}#{kind}-{self.tag}-{self.occurrence}{suffix}>"

    def entity(self, kind: str, heading: str, role: str = "") -> str:
        """Term of the entity that the field at hand names by ``heading`` alone (decisions about data, 3).

        Args:
            kind: ``agent``, ``subject``, ``place``, ``event``, ``hub``.
            heading: The full heading, normalised.
            role: Tells several entities of one field apart; the 880 partner finds them again by it.
        """
        slot = (self.tag, self.occurrence, role)
        term = self._entity_of_slot.get(slot)
        if term is None:
            term = f"<{self.base}id/{kind}/{self.path}/{slug(heading)}>"
            self._entity_of_slot[slot] = term
            self.entities[term] = None
        return term

    def authority(self, scheme: str, identifier: str, role: str = "") -> str:
        """Term of the entity that an authority's identifier names, remembered for the 880 partner."""
        slot = (self.tag, self.occurrence, role)
        term = self._entity_of_slot.get(slot)
        if term is None:
            term = f"<{self.base}id/authority/{slug(scheme)}/{slug(identifier)}>"
            self._entity_of_slot[slot] = term
        return term

    def remembered(self, role: str = "") -> str | None:
        """Entity that the partner of this field named in the same ``role``, if it was mapped before."""
        return self._entity_of_slot.get((self.tag, self.occurrence, role))

    def cite(self, authority: str, types: list[str], label: str, more: list[tuple[str, str]] | None = None) -> None:
        """Keeps type and heading of a cited authority apart from the record's own statements."""
        path = authority[len(self.base) + len("id/authority/") + 1 : -1]
        statements = self.cited.setdefault(authority[1:-1], (f"{self.base}graph/cited/{path}", []))[1]
        lines = [f"{authority} {TYPE} {t}" for t in types]
        lines.append(f"{authority} {LABEL} {label}")
        lines.extend(f"{authority} {predicate} {obj}" for predicate, obj in more or [])
        statements.extend(line for line in lines if line not in statements)

    def own(self, term: str) -> None:
        """Notes ``term`` as an entity that this record describes."""
        self.entities[term] = None

    def finish(self) -> RecordGraph:
        """The record's graph as the gate takes it."""
        return RecordGraph(
            key=self.key,
            graph=self.graph_iri,
            statements=list(self.statements),
            cited=self.cited,
            entities=list(self.entities),
            origins=list(self.statements.values()),
            fields=self.fields,
        )
