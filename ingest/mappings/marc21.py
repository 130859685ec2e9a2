"""Maps a MARC 21 record to its graph: the leader chooses the table, the table maps field by field.

Mechanical reading of fields stands in ``facts``; what they mean stands in the modules of the packages
``bibliographic``, ``authority`` and ``holdings``, each of which adds its part to a table when it is imported.
"""

from ingest.identity import kind_of
from ingest.mappings import linkage
from ingest.mappings.description import Description
from ingest.mappings.loading import load
from ingest.mappings.table import AUTHORITY, BIBLIOGRAPHIC, HOLDINGS, MappingTable
from ingest.record import MarcRecord, RecordGraph, RecordKey

_TABLES = {"authority": AUTHORITY, "holdings": HOLDINGS}
load("bibliographic", "authority", "holdings")


def table_for(record: MarcRecord) -> MappingTable[MarcRecord]:
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
        table.map_fields(d, record.fields)
    for complete in table.complete:
        complete(d, record)
    return d.finish()


def _map_linked(d: Description, table: MappingTable[MarcRecord], at: linkage.Occurrence) -> None:
    mapping = table.fields.get(at.tag)
    if mapping is None:
        return
    d.tag, d.occurrence, d.field_index, d.vernacular = at.tag, at.number, at.index, at.vernacular
    d.script_lang = linkage.script_language(at, d.lang)
    mapping.function(d, at.field)
