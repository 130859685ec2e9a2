"""The mapping table: which function maps which field, and what becomes of each subfield.

A mapping module declares its functions with ``@maps``; the table is the sum of all modules. The declaration is also
what the loss ledger counts by, and ``tests/ingest/mappings/test_honesty.py`` holds it to the truth: it alters each
subfield that is declared as mapped, in real records, and sees that the graph changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ingest.mappings.description import Description
from ingest.record import DataField, Document, MarcRecord

FieldFunction = Callable[[Description, DataField], None]
ControlFunction = Callable[[Description, MarcRecord, str], None]
"""Gets the record too: what a position of 006–008 means depends on the leader."""
R = TypeVar("R", MarcRecord, Document)
WHOLE = "-"
"""Code under which the ledger counts what has no parts: a control field, a plain value of a document."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A rule by which a subfield is left out, with its reason in one sentence."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """How one tag or key is mapped: the function, the codes it maps, and those dropped by a rule."""

    function: FieldFunction
    mapped: frozenset[str]
    dropped: dict[str, Drop] = field(default_factory=dict)


class MappingTable(Generic[R]):
    """Mappings of one kind of record (bibliographic, authority, holdings; documents), by tag or key.

    Attributes:
        name: The kind, as the ledger names it.
        fields: Functions by tag or key.
        control: Functions of control fields by tag.
        whole_field_drops: Rules that leave out a field whole, by tag.
        prepare: Functions that run once a record, before its fields.
        complete: Functions that run once a record, after its fields.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.fields: dict[str, FieldMapping] = {}
        self.control: dict[str, ControlFunction] = {}
        self.whole_field_drops: dict[str, Drop] = {}
        self.prepare: list[Callable[[Description, R], None]] = []
        self.complete: list[Callable[[Description, R], None]] = []

    def maps(
        self, *tags: str, codes: Iterable[str], drop: dict[str, Drop] | None = None
    ) -> Callable[[FieldFunction], FieldFunction]:
        """Registers the decorated function for ``tags``.

        Args:
            tags: MARC tags, or keys of a document.
            codes: Every subfield code that the function really uses; ``WHOLE`` for a value without parts.
            drop: Codes left out, each by a named rule.

        Raises:
            ValueError: A tag is mapped twice.
        """

        def register(function: FieldFunction) -> FieldFunction:
            for tag in tags:
                if tag in self.fields:
                    raise ValueError(f"{self.name}: {tag} is mapped twice")
                self.fields[tag] = FieldMapping(function, frozenset(codes), drop or {})
            return function

        return register

    def maps_control(self, *tags: str) -> Callable[[ControlFunction], ControlFunction]:
        """Registers the decorated function for control fields; ``LDR`` is the leader."""

        def register(function: ControlFunction) -> ControlFunction:
            for tag in tags:
                if tag in self.control:
                    raise ValueError(f"{self.name}: {tag} is mapped twice")
                self.control[tag] = function
            return function

        return register

    def is_mapped(self, tag: str, code: str) -> bool:
        """Whether a subfield is declared as mapped; the code of a control field is ``WHOLE``."""
        mapping = self.fields.get(tag)
        return tag in self.control if mapping is None else code in mapping.mapped

    def drop_of(self, tag: str, code: str) -> Drop | None:
        """The rule that drops a subfield, if one does."""
        mapping = self.fields.get(tag)
        return self.whole_field_drops.get(tag) or (mapping.dropped.get(code) if mapping else None)

    def drops(self, *tags: str, rule: Drop) -> None:
        """Leaves out whole fields by a named rule."""
        for tag in tags:
            self.whole_field_drops[tag] = rule

    def map_fields(self, d: Description, fields: list[DataField]) -> None:
        """Maps fields in one script, which most records have: nothing need be looked up but the tag."""
        mappings = self.fields
        counts: dict[str, int] = {}
        for index, f in enumerate(fields):
            tag = f.tag
            mapping = mappings.get(tag)
            if mapping is not None:
                d.tag, d.field_index = tag, index
                d.occurrence = counts[tag] = counts.get(tag, 0) + 1
                mapping.function(d, f)


BIBLIOGRAPHIC = MappingTable[MarcRecord]("bibliographic")
AUTHORITY = MappingTable[MarcRecord]("authority")
HOLDINGS = MappingTable[MarcRecord]("holdings")
DOCUMENT = MappingTable[Document]("document")
