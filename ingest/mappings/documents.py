"""Maps a plain document to its graph: a Work and its Instance, by the functions of the package ``document``."""

from ingest.mappings.description import Description
from ingest.mappings.loading import load
from ingest.mappings.table import DOCUMENT
from ingest.record import Document, RecordGraph, RecordKey

load("document")


def map_document(document: Document, key: RecordKey, base: str) -> RecordGraph:
    """The graph of one document. Every statement remembers the value it came from."""
    d = Description(base, key, document.fields)
    for prepare in DOCUMENT.prepare:
        prepare(d, document)
    DOCUMENT.map_fields(d, document.fields)
    for complete in DOCUMENT.complete:
        complete(d, document)
    return d.finish()
