"""880 fields whose $6 names no field (damaged or wrongly linked): what their subfields alone tell.

Only contents notes are recognised without their tag: no other field has $g, $r and $t side by side. Everything else in
such a field stays unmapped, and the loss ledger says so.
"""

from ingest.mappings.description import Description
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import dcterms
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

CONTENTS = dcterms("tableOfContents")


@BIBLIOGRAPHIC.maps("880", codes="grt")
def contents(d: Description, f: DataField) -> None:
    """An enhanced contents note (505) in another script."""
    d.text(d.work, CONTENTS, joined(f, "grt"))
