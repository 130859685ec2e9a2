"""The identifier nodes of one field: several numbers may stand in it, each with what follows it."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import web_address
from ingest.mappings.facts.codes import organization
from ingest.mappings.facts.identifiers import strip_qualifier_brackets
from ingest.mappings.facts.punctuation import strip_brackets, strip_heading
from ingest.mappings.names import TYPE, VALUE, bf, bflc, bg, skos

IDENTIFIED_BY, QUALIFIER, STATUS = bf("identifiedBy"), bf("qualifier"), bf("status")
ASSIGNER, SOURCE, ASSIGNER_NAME = bf("assigner"), bf("source"), bg("assignerName")
INSTITUTION, APPLIES_TO, SAME_AS = bflc("applicableInstitution"), bg("appliesToPart"), skos("exactMatch")
CANCELLED, INCORRECT = (
    "<http://id.loc.gov/vocabulary/mstatus/cancinv>",
    "<http://id.loc.gov/vocabulary/mstatus/incorrect>",
)


class IdentifierNode:
    """Writes the identifiers of the field at hand, one after the other; what qualifies goes to the last begun.

    Args:
        d: The description, set to the field.
        owner: What is identified; the Instance where not given.
    """

    __slots__ = ("d", "node", "owner", "part")

    def __init__(self, d: Description, owner: str | None = None) -> None:
        self.d = d
        self.owner = owner or d.instance
        self.part = 0
        self.node = d.node(self.owner, "identifier")

    def begin(self, kind: str, number: str, *, cancelled: bool = False, incorrect: bool = False) -> None:
        """Starts the next identifier of the field."""
        d = self.d
        if self.part:
            self.node = d.node(self.owner, "identifier", self.part)
        self.part += 1
        d.add(self.owner, IDENTIFIED_BY, self.node)
        d.add(self.node, TYPE, kind)
        if number:
            d.add(self.node, VALUE, literal(number))
        if cancelled or incorrect:
            d.add(self.node, STATUS, CANCELLED if cancelled else INCORRECT)

    def begin_checked(
        self, kind: str, number: str, valid: str | None, *, cancelled: bool, incorrect: bool = False
    ) -> None:
        """Starts an identifier with a check digit: canonical where it is right, as written where not."""
        self.begin(kind, valid or number, cancelled=cancelled, incorrect=incorrect or valid is None)

    def qualify(self, text: str) -> None:
        """What sort of copy it identifies: ``paperback``, ``v. 1``."""
        if text:
            self.d.text(self.node, QUALIFIER, strip_qualifier_brackets(text))

    def assigned_by(self, agency: str) -> None:
        """Who gave the number, as a term."""
        self.d.add(self.node, ASSIGNER, agency)

    def assigner_name(self, name: str) -> None:
        """Who gave the number, as written."""
        self.d.text(self.node, ASSIGNER_NAME, strip_brackets(strip_heading(name)))

    def source(self, scheme: str) -> None:
        """The scheme the number belongs to."""
        self.d.add(self.node, SOURCE, scheme)

    def same_as(self, address: str) -> None:
        """A web address that names the same; as text where it is none."""
        self.d.add(self.node, SAME_AS, web_address(address) or literal(address))

    def state(self, predicate: str, text: str) -> None:
        """Another text about the identifier."""
        self.d.text(self.node, predicate, strip_heading(text))

    def applies_to(self, part: str) -> None:
        """The part of the resource that is identified ($3)."""
        self.d.text(self.node, APPLIES_TO, strip_heading(part), self.d.note_lang)

    def at_institution(self, code: str) -> None:
        """The institution whose copy it is about ($5)."""
        self.d.add(self.node, INSTITUTION, organization(code))
