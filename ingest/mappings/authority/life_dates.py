"""Dates of persons, bodies and works: 046, and 548 of GND records, as EDTF."""

from ingest.mappings.description import Description
from ingest.mappings.facts import dates
from ingest.mappings.names import bg
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField

BIRTH, DEATH = bg("birthDate"), bg("deathDate")
#: 046 subfield -> property.
_DATES = {
    "f": BIRTH,
    "g": DEATH,
    "k": bg("beginningDate"),
    "l": bg("endingDate"),
    "o": bg("contentBeginningDate"),
    "p": bg("contentEndingDate"),
    "q": bg("establishedDate"),
    "r": bg("terminatedDate"),
    "s": bg("activeFrom"),
    "t": bg("activeUntil"),
}
DATE_SOURCE = bg("dateSource")
_PARTS_OF_DAY = 3


def edtf_of(value: str) -> str:
    """A date of 046 as EDTF: ``19500317`` and EDTF itself are both used.

    >>> edtf_of("18151210"), edtf_of("1815~"), edtf_of("-0427"), edtf_of("1926")
    ('1815-12-10', '1815~', '-0427', '1926')
    """
    value = value.strip()
    if value.isdecimal() and len(value) in {6, 8}:
        return "-".join(part for part in (value[:4], value[4:6], value[6:]) if part and part != "00")
    return value


@AUTHORITY.maps("046", codes="fgklopqrstuv")
def special_dates(d: Description, f: DataField) -> None:
    """046: birth and death, beginning and end, and where they were found."""
    for code, value in f.subfields:
        predicate = _DATES.get(code)
        if predicate is not None and value.strip():
            d.add(d.work, predicate, dates.edtf(edtf_of(value)))
        elif code in "uv":
            d.text(d.work, DATE_SOURCE, value.strip())


def state_life_dates(d: Description, text: str) -> None:
    """``1815-1852`` or ``10.12.1815-27.12.1852``: birth and death, either of which may be missing."""
    birth, _, death = text.partition("-")
    for predicate, value in ((BIRTH, birth), (DEATH, death)):
        date = day(value)
        if date:
            d.add(d.work, predicate, dates.edtf(date))


def day(text: str) -> str:
    """A German date as EDTF; "" where none can be read.

    >>> day("10.12.1815"), day("ca. 1350"), day("1971"), day("XX.XX.1901")
    ('1815-12-10', '1350~', '1971', '1901')
    """
    parts = text.strip().split(".")
    if len(parts) == _PARTS_OF_DAY and parts[2].isdecimal():
        if parts[0].isdecimal() and parts[1].isdecimal():
            return f"{parts[2]}-{parts[1].zfill(2)}-{parts[0].zfill(2)}"
        return parts[2]
    digits = text.strip().removeprefix("ca.").strip()
    about = "~" if "ca." in text else ""
    return digits.zfill(4) + about if digits.isdecimal() and len(digits) <= 4 else ""  # noqa: PLR2004  a year
