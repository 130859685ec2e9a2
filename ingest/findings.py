"""What the gate finds: in which record, field and subfield, what is wrong in words, and what was done about it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a record.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        action: ``quarantine`` (the record stays out), ``withhold`` (this statement stays out) or ``list``.
        shape: IRI of the property shape that found it.
        messages: Language -> a sentence for a librarian.
        tag: MARC tag, ``LDR``/00X for fixed fields, key of a document; "" where no field is to blame.
        code: Subfield code, "" where unknown.
        value: The offending value, "" where something is missing.
        statements: The statements withheld.
    """

    severity: str
    action: str
    shape: str
    messages: dict[str, str]
    tag: str = ""
    code: str = ""
    value: str = ""
    statements: tuple[str, ...] = field(default=())

    def message(self, language: str = "en") -> str:
        """The sentence in ``language``, else in English."""
        return self.messages.get(language) or self.messages.get("en", "")

    @property
    def place(self) -> str:
        """``245 $a``; of a document ``authors.orcid``."""
        joint = " $" if len(self.code) == 1 else "."
        return f"{self.tag}{joint}{self.code}" if self.code else self.tag
