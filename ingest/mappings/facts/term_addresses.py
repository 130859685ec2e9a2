"""Terms that a field names by $0 or $1 without a heading of their own: characteristics, attributes, frequencies."""

from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import web_address
from ingest.mappings.facts.authorities import read
from ingest.mappings.names import bg

TERM_IDENTIFIER = bg("termIdentifier")


def state_address(d: Description, subject: str, predicate: str, value: str) -> None:
    """States the term that a $0 or $1 names by its web address, or its number where it has none."""
    identity = read(value)
    address = web_address(identity.web if identity is not None and identity.web else value)
    if address is None:
        d.text(subject, TERM_IDENTIFIER, value.strip())
    else:
        d.add(subject, predicate, address)
