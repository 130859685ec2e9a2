"""Standard numbers: checked, and written in one form, so that records that cite the same number cite the same text."""

import re
from functools import lru_cache

_DIGITS = frozenset("0123456789")
_HYPHENS = str.maketrans("", "", " -‐‑–.")
_ISBN_LENGTHS = {10, 13}
_ISSN_LENGTH, _ISSN_HALF = 8, 4
_ORCID = re.compile(
    r"(?:HTTPS?://(?:WWW\.)?ORCID\.ORG/|ORCID(?:\.ORG/|:\s*))?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?\Z", re.ASCII
)
_OCLC_PREFIXES = ("ocm", "ocn", "on")


@lru_cache(maxsize=65_536)
def isbn(text: str) -> str | None:
    """The ISBN without hyphens, None where length or check digit is wrong (ISO 2108).

    >>> isbn("0-8044-2957-X"), isbn("978-3-16-148410-0"), isbn("978-3-16-148410-1")
    ('080442957X', '9783161484100', None)
    """
    number = text.translate(_HYPHENS).upper()
    if len(number) not in _ISBN_LENGTHS or not _DIGITS.issuperset(number[:-1]):
        return None
    return number if _isbn_check(number) else None


def _isbn_check(number: str) -> bool:
    if len(number) == max(_ISBN_LENGTHS):
        return number[-1].isdecimal() and sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(number)) % 10 == 0
    return _modulo_11(number)


def _modulo_11(number: str) -> bool:
    """Weights from the length down to 1, ``X`` for ten in the last place."""
    last = number[-1]
    if last != "X" and last not in _DIGITS:
        return False
    total = sum(int(d) * (len(number) - i) for i, d in enumerate(number[:-1]))
    return (total + (10 if last == "X" else int(last))) % 11 == 0


@lru_cache(maxsize=65_536)
def issn(text: str) -> str | None:
    """The ISSN with its hyphen, as ISO 3297 writes it; None where length or check digit is wrong.

    >>> issn("0317 8471"), issn("2434561x"), issn("0317-8472")
    ('0317-8471', '2434-561X', None)
    """
    number = text.translate(_HYPHENS).upper()
    if len(number) != _ISSN_LENGTH or not _DIGITS.issuperset(number[:-1]):
        return None
    return f"{number[:_ISSN_HALF]}-{number[_ISSN_HALF:]}" if _modulo_11(number) else None


@lru_cache(maxsize=65_536)
def split_qualifier(text: str) -> tuple[str, str]:
    """A number and what stands behind it in parentheses or after a colon; older records have no $q.

    >>> split_qualifier("0804429573 (pbk.) :")
    ('0804429573', 'pbk.')
    """
    text = text.strip().rstrip(":;, ")
    number, bracket, rest = text.partition("(")
    if bracket and number:
        return number.strip(), rest.replace(") (", ", ").rstrip(") ").strip()
    number, space, rest = text.partition(" ")
    if space and rest[:1].isalpha() and number[:1].isdecimal():
        return number, rest.strip()
    return text, ""


@lru_cache(maxsize=65_536)
def strip_qualifier_brackets(text: str) -> str:
    """A qualifier as a text of its own.

    >>> strip_qualifier_brackets("(paperback :"), strip_qualifier_brackets("v. 1)")
    ('paperback', 'v. 1')
    """
    return text.strip(" ():;,")


@lru_cache(maxsize=65_536)
def orcid(text: str) -> str | None:
    """The ORCID in four groups, bare or from its address; None where form or check digit is wrong (ISO 7064, 11-2).

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("000000021694233x"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', '0000-0002-1694-233X', None)
    """
    match = _ORCID.match(text.strip().upper())
    if match is None:
        return None
    number = "".join(match.groups())
    total = 0
    for digit in number[:-1]:
        total = (total + int(digit)) * 2
    return "-".join(match.groups()) if "0123456789X"[(12 - total % 11) % 11] == number[-1] else None


def lccn(text: str) -> str:
    """A Library of Congress control number in its normalised form: no blanks, no suffix, serial number of six digits.

    >>> lccn("   85-2 "), lccn(" n  79021164 /AC/r95"), lccn("2001000002")
    ('85000002', 'n79021164', '2001000002')
    """
    number = text.replace(" ", "").split("/", 1)[0]
    prefix, hyphen, serial = number.partition("-")
    return prefix + serial.zfill(6) if hyphen and serial.isdecimal() else number


def oclc_number(text: str) -> str:
    """An OCLC number without prefix and leading zeros.

    >>> oclc_number("ocm00012345 "), oclc_number("on1012345678")
    ('12345', '1012345678')
    """
    number = text.strip()
    for prefix in _OCLC_PREFIXES:
        if number.startswith(prefix):
            number = number[len(prefix) :].strip()
            break
    return number.lstrip("0") or number


def split_system_number(text: str) -> tuple[str, str]:
    """Organisation code and number of an 035: ``(OCoLC)123``.

    >>> split_system_number("(DE-599)DNB960586415"), split_system_number("b1234")
    (('DE-599', 'DNB960586415'), ('', 'b1234'))
    """
    text = text.strip()
    if text.startswith("(") and ")" in text:
        code, _, number = text[1:].partition(")")
        return code.strip(), number.strip()
    return "", text
