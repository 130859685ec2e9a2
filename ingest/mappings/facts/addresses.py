"""Web addresses in notes ($u) and of terms ($0, $1): stated as what they are; a text that is none stays a text."""

from ingest.mappings.description import Description, external
from ingest.mappings.facts.authorities import read
from ingest.mappings.names import bg

NOTE_LINK, NOTE_ADDRESS = bg("noteLink"), bg("noteAddress")
TERM_IDENTIFIER = bg("termIdentifier")


def state_link(d: Description, subject: str, value: str) -> None:
    """States what a note's $u leads to."""
    address = external(value)
    if address is None:
        d.text(subject, NOTE_ADDRESS, value.strip())
    else:
        d.add(subject, NOTE_LINK, address)


def state_address(d: Description, subject: str, predicate: str, value: str) -> None:
    """States the term that a $0 or $1 names by its web address, or its number where it has none."""
    identity = read(value)
    address = external(identity.web if identity is not None and identity.web else value)
    if address is None:
        d.text(subject, TERM_IDENTIFIER, value.strip())
    else:
        d.add(subject, predicate, address)
