"""Maps a MARC 21 record to its graph: the leader chooses the table, the table maps field by field.

Mechanical reading of fields stands in ``facts``; what they mean stands in the modules of the packages
``bibliographic``, ``authority`` and ``holdings``, each of which adds its part to a table when it is imported.
"""

from importlib import import_module
from pkgutil import iter_modules

from ingest.identity import kind_of
from ingest.mappings import linkage
from ingest.mappings.description import Description
from ingest.mappings.table import AUTHORITY, BIBLIOGRAPHIC, HOLDINGS, MappingTable
from ingest.record import DataField, MarcRecord, RecordGraph, RecordKey

_TABLES = {"authority": AUTHORITY, "holdings": HOLDINGS}
_PACKAGES = ("bibliographic", "authority", "holdings")


def _load_tables() -> None:
    for name in _PACKAGES:
        package = import_module(f"ingest.mappings.{name}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")


_load_tables()


def table_for(record: MarcRecord) -> MappingTable:
    """The table for this kind of record."""
    return _TABLES.get(kind_of(record), BIBLIOGRAPHIC)


def map_record(record: MarcRecord, key: RecordKey, base: str) -> RecordGraph:
    """The graph of one record. Every statement remembers the field it came from."""
    table = table_for(record)
    d = Description(base, key, record.fields)
    for prepare in table.prepare:
        prepare(d, record)
    for tag, value in record.control:
        control = table.control.get(tag)
        if control:
            d.tag, d.occurrence, d.field_index = tag, 1, -1
            control(d, record, value)
    if linkage.has_linked(record.fields):
        for occurrence in linkage.ordered(record.fields):
            _map_linked(d, table, occurrence)
    else:
        _map_plain(d, table, record.fields)
    for complete in table.complete:
        complete(d, record)
    return d.finish()


def _map_plain(d: Description, table: MappingTable, fields: list[DataField]) -> None:
    """Maps the fields of a record in one script, which most are: nothing need be looked up but the tag."""
    mappings = table.fields
    counts: dict[str, int] = {}
    for index, f in enumerate(fields):
        tag = f.tag
        mapping = mappings.get(tag)
        if mapping is not None:
            d.tag, d.field_index = tag, index
            d.occurrence = counts[tag] = counts.get(tag, 0) + 1
            mapping.function(d, f)


def _map_linked(d: Description, table: MappingTable, at: linkage.Occurrence) -> None:
    mapping = table.fields.get(at.tag)
    if mapping is None:
        return
    d.tag, d.occurrence, d.field_index, d.vernacular = at.tag, at.number, at.index, at.vernacular
    d.script_lang = linkage.script_language(at, d.lang)
    mapping.function(d, at.field)
