"""Control numbers of other records ($w of linking and series entries, 004, 014)."""

from common.terms import slug
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import organization
from ingest.mappings.names import bg

CONTROL_NUMBER_SOURCE = bg("controlNumberSource")

_OCLC = "ocolc"
#: Organisations whose numbers in $w are not the 001 of the records that they distribute.
_OTHER_NUMBERS = frozenset({"dlc"})


def split(value: str) -> tuple[str, str]:
    """Organisation code and control number of a $w: ``(DE-101)986823872``; the code is "" where none is given."""
    value = value.strip()
    if value[:1] != "(":
        return "", value
    code, _, number = value[1:].partition(")")
    return code.strip(), number.strip()


def instance_of_same_source(d: Description, value: str) -> str | None:
    """Term of the Instance that a $w names, if its number is one of this record's source; else None."""
    organisation, number = split(value)
    if not number or organisation.lower() in _OTHER_NUMBERS or not _is_own(d, organisation):
        return None
    identifier = _as_distributed(d.key.id, number) if d.key.source.lower() == _OCLC else number
    return f"<{d.base}id/instance/{slug(d.key.source)}/{slug(identifier)}>"


def _is_own(d: Description, organisation: str) -> bool:
    """Whether it is this record's source, by name or by its 003; a number without one is the source's."""
    if not organisation or organisation.lower() == d.key.source.lower():
        return True
    return f"{d.graph} {CONTROL_NUMBER_SOURCE} {organization(organisation)}" in d.statements


def _as_distributed(own: str, number: str) -> str:
    """An OCLC number as 001 gives it, if this record's own has the prefix: ``ocm``, ``ocn`` or ``on``."""
    if not own.startswith("o") or not number.isdecimal():
        return number
    digits = number.lstrip("0")
    if len(digits) <= 8:  # noqa: PLR2004  OCLC: ocm and eight digits, ocn and nine, on and more
        return f"ocm{digits.zfill(8)}"
    return f"ocn{digits}" if len(digits) == 9 else f"on{digits}"  # noqa: PLR2004
