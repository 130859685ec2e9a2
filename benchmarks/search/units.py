"""A record as units: each field with its counterpart in another script (880), which are altered together."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.record import DataField, MarcRecord

Subfields = tuple[tuple[str, str], ...]
_LINK = re.compile(r"(\d{3})-(\d\d)(.*)")
_ALONE = "00"


@dataclass(frozen=True, slots=True)
class Unit:
    """A data field without its $6, and the subfields of the 880 that goes with it.

    Attributes:
        tag: Three digits.
        indicators: Two characters.
        subfields: Of the field.
        twin: Of its 880; () where there is none.
        twin_script: What the 880's $6 says of its script, slash included.
    """

    tag: str
    indicators: str
    subfields: Subfields
    twin: Subfields = ()
    twin_script: str = ""

    def get(self, code: str) -> str:
        """The first subfield ``code``, "" where there is none."""
        return next((value for c, value in self.subfields if c == code), "")

    def with_all(self, changes: dict[str, str]) -> "Unit":
        """With other values of some subfields; the 880 keeps its own."""
        return replace(self, subfields=tuple((c, changes.get(c, value)) for c, value in self.subfields))


def units(record: MarcRecord) -> list[Unit]:
    """The data fields of a record; an 880 without a partner is a unit by itself."""
    twins: dict[tuple[str, str], tuple[DataField, str]] = {}
    for field in record.tagged("880"):
        match = _LINK.match(field.get("6") or "")
        if match and match.group(2) != _ALONE:
            twins[match.group(1), match.group(2)] = (field, match.group(3))
    paired = {id(field) for field, _ in twins.values()}
    found = [_unit(field, twins) for field in record.fields if field.tag != "880"]
    paired -= {id(field) for field, _ in twins.values()}
    return found + [_plain(field) for field in record.tagged("880") if id(field) not in paired]


def _unit(field: DataField, twins: dict[tuple[str, str], tuple[DataField, str]]) -> Unit:
    match = _LINK.match(field.get("6") or "")
    twin = twins.pop((field.tag, match.group(2)), None) if match else None
    unit = _plain(DataField(field.tag, field.ind1, field.ind2, [s for s in field.subfields if s[0] != "6"]))
    if twin is None:
        return unit
    other, script = twin
    return replace(unit, twin=tuple(s for s in other.subfields if s[0] != "6"), twin_script=script)


def _plain(field: DataField) -> Unit:
    return Unit(field.tag, field.ind1 + field.ind2, tuple(field.subfields))


def encode(leader: str, control: Iterable[tuple[str, str]], fields: Iterable[Unit]) -> bytes:
    """The record as MARC-in-JSON."""
    content: list[dict[str, object]] = [{tag: value} for tag, value in control]
    twins: list[dict[str, object]] = []
    for unit in fields:
        link = f"-{len(twins) + 1:02}"
        if unit.twin:
            content.append(_field(unit.tag, unit.indicators, (("6", f"880{link}"), *unit.subfields)))
            twins.append(_field("880", unit.indicators, (("6", f"{unit.tag}{link}{unit.twin_script}"), *unit.twin)))
        else:
            content.append(_field(unit.tag, unit.indicators, unit.subfields))
    return json.dumps({"leader": leader, "fields": content + twins}, ensure_ascii=False).encode()


def _field(tag: str, indicators: str, subfields: Subfields) -> dict[str, object]:
    return {tag: {"ind1": indicators[0], "ind2": indicators[1], "subfields": [{c: value} for c, value in subfields]}}


def texts(unit: Unit) -> Iterator[Subfields]:
    """The subfields of the field, then those of its 880."""
    yield unit.subfields
    if unit.twin:
        yield unit.twin
