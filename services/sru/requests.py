"""Requests of SRU 1.1 and 1.2 (https://www.loc.gov/standards/sru/sru-1-2.html): parameters to what they ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.search import cursor
from services.sru.diagnostics import DiagnosticError

VERSIONS = ("1.1", "1.2")
EXPLAIN, SEARCH, SCAN = "explain", "searchRetrieve", "scan"
MOST_RECORDS = 100
DEFAULT_RECORDS = 10
MOST_TERMS = 100
DEFAULT_TERMS = 20
DEEPEST = cursor.DEEPEST
PACKINGS = ("xml", "string")
#: Operation -> what it takes beside ``operation``, ``version`` and ``stylesheet``.
PARAMETERS: dict[str, tuple[str, ...]] = {
    EXPLAIN: ("recordPacking",),
    SEARCH: (
        "query", "startRecord", "maximumRecords", "recordPacking", "recordSchema", "recordXPath", "resultSetTTL",
        "sortKeys",
    ),
    SCAN: ("scanClause", "responsePosition", "maximumTerms"),
}  # fmt: skip
_MANDATORY = {EXPLAIN: (), SEARCH: ("query",), SCAN: ("scanClause",)}
_EVERYWHERE = ("operation", "version", "stylesheet")
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_EXTENSION = "x-"


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose operation and version are known and whose parameters are some that it takes.

    Attributes:
        operation: One of ``PARAMETERS``.
        version: One of ``VERSIONS``.
        given: Parameters as sent, without extensions.
    """

    operation: str
    version: str
    given: Mapping[str, str]

    def number(self, name: str, least: int, otherwise: int) -> int:
        """A parameter that is a number.

        Raises:
            DiagnosticError: It is none, or less than ``least`` (6).
        """
        value = self.given.get(name, "")
        if not value:
            return otherwise
        if not _NUMBER.match(value) or int(value) < least:
            raise DiagnosticError(6, name)
        return int(value)

    @property
    def packing(self) -> str:
        """How records are packed.

        Raises:
            DiagnosticError: As nobody packs them (71).
        """
        packing = self.given.get("recordPacking") or PACKINGS[0]
        if packing not in PACKINGS:
            raise DiagnosticError(71, packing)
        return packing


def frame(parameters: Mapping[str, str]) -> tuple[str, str]:
    """Operation and version to answer with, whatever is wrong with the request."""
    operation, version = parameters.get("operation", ""), parameters.get("version", "")
    if operation not in PARAMETERS:
        operation = SEARCH if not operation and "query" in parameters else EXPLAIN
    return operation, version if version in VERSIONS else VERSIONS[-1]


def read(parameters: Mapping[str, str]) -> Request:
    """The request; one without parameters, or with extensions alone, is for the explain record.

    Raises:
        DiagnosticError: Operation or version is not supported (4, 5), something is missing (7) or not known (8).
    """
    given = {name: value for name, value in parameters.items() if not name.lower().startswith(_EXTENSION)}
    if not given:
        return Request(EXPLAIN, VERSIONS[-1], {})
    for name in ("operation", "version"):
        if not given.get(name):
            raise DiagnosticError(7, name)
    operation, version = given["operation"], given["version"]
    if operation not in PARAMETERS:
        raise DiagnosticError(4, operation)
    if version not in VERSIONS:
        raise DiagnosticError(5, VERSIONS[-1])
    for name in _MANDATORY[operation]:
        if name not in given:
            raise DiagnosticError(7, name)
    for name in given:
        if name not in (*_EVERYWHERE, *PARAMETERS[operation]):
            raise DiagnosticError(8, name)
    return Request(operation, version, given)
