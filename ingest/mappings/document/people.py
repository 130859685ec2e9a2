"""Who wrote it: ``authors``, names as the supplier writes them, or objects with a name and an ORCID."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import read
from ingest.mappings.facts.codes import term
from ingest.mappings.facts.entities import identified
from ingest.mappings.facts.identifier_nodes import IDENTIFIED_BY, INCORRECT, SOURCE, STATUS
from ingest.mappings.facts.identifiers import orcid
from ingest.mappings.names import TYPE, VALUE, bf, bflc
from ingest.mappings.table import DOCUMENT, WHOLE
from ingest.record import DataField

AGENT, PERSON = bf("Agent"), bf("Person")
CONTRIBUTION, CONTRIBUTION_CLASS, CONTRIBUTION_AGENT = bf("contribution"), bf("Contribution"), bf("agent")
IDENTIFIER = bf("Identifier")
PRIMARY, UNCONTROLLED = bf("PrimaryContribution"), bflc("Uncontrolled")
ROLE, AUTHOR = bf("role"), term("relators", "aut")


@DOCUMENT.maps("authors", codes=(WHOLE, "name", "orcid"))
def author(d: Description, f: DataField) -> None:
    """An author; who has an ORCID is a person and the same in every document, any other is known by this one only."""
    name = f.get("name") or f.get("") or ""
    said = f.get("orcid")
    number = orcid(said) if said else None
    node = d.node(d.work, "contribution")
    d.add(d.work, CONTRIBUTION, node)
    d.add(node, TYPE, CONTRIBUTION_CLASS)
    if d.occurrence == 1:
        d.add(node, TYPE, PRIMARY)
    d.add(node, ROLE, AUTHOR)
    identities = [found for found in (read(f"https://orcid.org/{number}"),) if found] if number else []
    agent = identified(d, identities, "agent", PERSON if identities else AGENT, name)
    d.add(node, CONTRIBUTION_AGENT, agent)
    if not identities:
        d.add(node, TYPE, UNCONTROLLED)
    if said and number is None:
        _incorrect(d, agent, said)


def _incorrect(d: Description, agent: str, said: str) -> None:
    """An ORCID whose check digit is wrong identifies nobody: it is kept as such, and the gate lists it."""
    node = d.node(agent, "identifier")
    d.add(agent, IDENTIFIED_BY, node)
    d.add(node, TYPE, IDENTIFIER)
    d.add(node, SOURCE, term("identifiers", "orcid"))
    d.add(node, VALUE, literal(said))
    d.add(node, STATUS, INCORRECT)
