"""Diagnostics: what a request can't have, by the numbers of https://www.loc.gov/standards/sru/diagnostics/."""

from dataclasses import dataclass

_URI = "info:srw/diagnostic/1/"
#: Number -> what the standard calls it.
MESSAGES: dict[int, str] = {
    1: "General system error",
    2: "System temporarily unavailable",
    4: "Unsupported operation",
    5: "Unsupported version",
    6: "Unsupported parameter value",
    7: "Mandatory parameter not supplied",
    8: "Unsupported parameter",
    10: "Query syntax error",
    12: "Too many characters in query",
    13: "Invalid or unsupported use of parentheses",
    14: "Invalid or unsupported use of quotes",
    15: "Unsupported context set",
    16: "Unsupported index",
    19: "Unsupported relation",
    20: "Unsupported relation modifier",
    22: "Unsupported combination of relation and index",
    23: "Too many characters in term",
    24: "Unsupported combination of relation and term",
    26: "Non special character escaped in term",
    27: "Empty term unsupported",
    28: "Masking character not supported",
    29: "Masked words too short",
    30: "Too many masking characters in term",
    31: "Anchoring character not supported",
    32: "Anchoring character in unsupported position",
    33: "Combination of proximity/adjacency and masking characters not supported",
    36: "Term in invalid format for index or relation",
    38: "Too many boolean operators in query",
    39: "Proximity not supported",
    46: "Unsupported boolean modifier",
    50: "Result sets not supported",
    61: "First record position out of range",
    64: "Record temporarily unavailable",
    66: "Unknown schema for retrieval",
    67: "Record not available in this schema",
    71: "Unsupported record packing",
    72: "XPath retrieval unsupported",
    82: "Unsupported sort sequence",
    84: "Too many sort keys",
    88: "Unsupported path for sort",
    90: "Unsupported direction",
    91: "Unsupported case",
    92: "Unsupported missing value action",
    120: "Response position out of range",
}
_LONGEST_DETAILS = 200


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One diagnostic.

    Attributes:
        number: Of the standard's list.
        details: What of the request it is about, as the list asks for: a name, a value, a position.
    """

    number: int
    details: str = ""

    @property
    def uri(self) -> str:
        """Its identifier."""
        return f"{_URI}{self.number}"

    @property
    def message(self) -> str:
        """What the standard calls it."""
        return MESSAGES[self.number]


class DiagnosticError(Exception):
    """The request can't be answered; carries the one diagnostic that says why.

    Args:
        number: Of the diagnostic.
        details: Its details; cut to a length that is safe to send back.
    """

    def __init__(self, number: int, details: str = "") -> None:
        super().__init__(f"{number} {MESSAGES[number]}: {details}")
        self.diagnostic = Diagnostic(number, details[:_LONGEST_DETAILS])
