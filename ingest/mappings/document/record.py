"""What stands behind a document, and what kind of thing it is: ``id`` and ``lang``."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts import language_tags
from ingest.mappings.names import TYPE, bf, bg
from ingest.mappings.table import DOCUMENT, WHOLE
from ingest.record import DataField, Document

ADMIN_METADATA, ADMIN_METADATA_CLASS = bf("adminMetadata"), bf("AdminMetadata")
CONTROL_NUMBER, SOURCE = bg("controlNumber"), bg("source")
INSTANCE, INSTANCE_OF = bf("Instance"), bf("instanceOf")
LANGUAGE = bf("language")
WORK, TEXT, DOCUMENT_CLASS = bf("Work"), bf("Text"), bg("Document")


def describe_record(d: Description, document: Document) -> None:
    """A text with one Instance, known by its supplier and its id there; its language is that of title and text."""
    d.own(d.work)
    d.own(d.instance)
    d.add(d.work, TYPE, WORK)
    d.add(d.work, TYPE, TEXT)
    d.add(d.work, TYPE, DOCUMENT_CLASS)
    d.add(d.instance, TYPE, INSTANCE)
    d.add(d.instance, INSTANCE_OF, d.work)
    d.add(d.instance, ADMIN_METADATA, d.graph)
    d.add(d.graph, TYPE, ADMIN_METADATA_CLASS)
    d.add(d.graph, SOURCE, literal(d.key.source))
    said = next((f.subfields[0][1] for f in document.fields if f.tag == "lang"), "")
    found = language_tags.read(said)
    d.lang = found.tag if found else None


DOCUMENT.prepare.append(describe_record)


@DOCUMENT.maps("id", codes=(WHOLE,))
def identifier(d: Description, f: DataField) -> None:
    """``id``: the document's number with its supplier."""
    d.add(d.graph, CONTROL_NUMBER, literal(f.subfields[0][1]))


@DOCUMENT.maps("lang", codes=(WHOLE,))
def language(d: Description, f: DataField) -> None:
    """``lang``: a BCP 47 tag; what is none is stated as a text, which the gate withholds and lists."""
    said = f.subfields[0][1]
    found = language_tags.read(said)
    if found is None:
        d.add(d.work, LANGUAGE, literal(said))
    elif found.term is not None:
        d.add(d.work, LANGUAGE, found.term)
