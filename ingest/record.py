"""What passes between the stages of an ingest: raw bytes, a decoded record, the graph of one record."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Subfield = tuple[str, str]
"""Code and value."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record's original bytes and where they stood.

    Attributes:
        data: The bytes as found, one record whole.
        format: Name of the reader that found it: ``iso2709``, ``marcxml``, ``marcjson``, ``line``, ``jsonl``…
        position: Number of the record in its file, from 1.
        offset: Byte offset in the file.
        key: Its identity where that is settled, as for what comes out of the archive; else it is read from the record.
        encoding: The encoding it was read with before; None detects it.
    """

    data: bytes
    format: str
    position: int
    offset: int
    key: "RecordKey | None" = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that are no record: kept as they are in quarantine."""

    data: bytes
    position: int
    offset: int
    reason: str


class DataField:
    """A MARC variable data field (010–999), or one value of a document: ``tag`` is its key, a part's name its code."""

    __slots__ = ("ind1", "ind2", "subfields", "tag")

    def __init__(self, tag: str, ind1: str, ind2: str, subfields: list[Subfield]) -> None:
        self.tag = tag
        self.ind1 = ind1
        self.ind2 = ind2
        self.subfields = subfields

    def get(self, code: str) -> str | None:
        """Value of the first subfield ``code``."""
        for c, value in self.subfields:
            if c == code:
                return value
        return None

    def all(self, code: str) -> list[str]:
        """Values of every subfield ``code``, in order."""
        return [value for c, value in self.subfields if c == code]

    def __repr__(self) -> str:
        return f"{self.tag} {self.ind1}{self.ind2} " + "".join(f"${c}{v}" for c, v in self.subfields)


def linked_tag(field_880: DataField) -> str:
    """Tag that the $6 of an 880 names (``245-01/$1``), ``880`` itself where there is none."""
    linkage = field_880.get("6") or ""
    return linkage[:3] if linkage[:3].isdigit() else "880"


@dataclass(slots=True)
class MarcRecord:
    """A decoded MARC record: leader (24 characters), control fields (00X) and data fields in file order.

    ``warnings`` names every soft repair, ``encoding`` the character encoding that was used.
    """

    leader: str
    control: list[tuple[str, str]]
    fields: list[DataField]
    warnings: list[str] = field(default_factory=list)
    encoding: str = ""

    def control_value(self, tag: str) -> str | None:
        """Value of the first control field ``tag``."""
        for t, value in self.control:
            if t == tag:
                return value
        return None

    def tagged(self, *tags: str) -> Iterator[DataField]:
        """Data fields with one of ``tags``, in file order."""
        return (f for f in self.fields if f.tag in tags)


@dataclass(slots=True)
class Document:
    """A decoded document: what a JSON object says of a text, value by value.

    Attributes:
        id: Its number with its supplier.
        content: The object as it came.
        fields: One for each value, in the order of the object: ``tag`` is the key; a value without parts has the code
            ``""``, an object among the authors has the names of its keys as codes.
        deleted: The supplier says that it is gone.
        fault: Why it can't be mapped although its id can be read, "" if it can.
        warnings: Every soft repair.
        encoding: The character encoding that was used.
        control: Always empty; control fields are MARC's.
    """

    id: str
    content: dict[str, Any]
    fields: list[DataField]
    deleted: bool = False
    fault: str = ""
    warnings: list[str] = field(default_factory=list)
    encoding: str = ""
    control: tuple[()] = ()


Record = MarcRecord | Document
"""What a reader decodes a record to."""


@dataclass(frozen=True, slots=True)
class RecordKey:
    """Identity of a record: its supplier and its number there (decisions about data, 5)."""

    source: str
    id: str


@dataclass(slots=True)
class RecordGraph:
    """What one record says, before the gate.

    Attributes:
        key: Identity of the record.
        graph: IRI of its named graph.
        statements: ``"s p o"`` in N-Triples terms, without duplicates, in mapping order.
        cited: Authority IRI -> its graph IRI and statements (type, label) as this record cites it.
        entities: Terms of the entities the record describes, each of which gets its canonical link.
        origins: ``origins[i]`` is the index in ``fields`` of the field behind ``statements[i]``; -1: leader or 00X.
        fields: The record's fields, for findings that name tag and subfield.
    """

    key: RecordKey
    graph: str
    statements: list[str]
    cited: dict[str, tuple[str, list[str]]]
    entities: list[str]
    origins: list[int]
    fields: list[DataField]
