"""Identifiers and call numbers in the form in which they are compared."""

import re

_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Za-z]")
_SPACES = re.compile(r"[\s_]+")
_ISBN_10 = re.compile(r"[0-9]{9}[0-9X]\Z")
_ISBN_13 = re.compile(r"97[89][0-9]{10}\Z")


def number(text: str) -> str:
    """An identifier without hyphens, spaces and case.

    >>> number("978-7-02-000220-7"), number("ocm 123")
    ('9787020002207', 'OCM123')
    """
    return _NOT_ALPHANUMERIC.sub("", text).upper()


def forms(text: str) -> list[str]:
    """All forms of an identifier under which it may be asked for: an ISBN in ten and in thirteen digits.

    >>> forms("7-02-000220-X"), forms("LCCN 2002-19930")
    (['702000220X', '9787020002207'], ['LCCN200219930'])
    """
    given = number(text)
    if _ISBN_10.match(given):
        return [given, _isbn_13(given)]
    if _ISBN_13.match(given) and given.startswith("978"):
        return [given, _isbn_10(given)]
    return [given] if given else []


def of_scheme(scheme: str, form: str) -> str:
    """A form of an identifier as the index has it beside the bare one, so that it can be asked for by its scheme.

    >>> of_scheme("isbn", "702000220X")
    'isbn:702000220X'
    """
    return f"{scheme}:{form}"


def _isbn_13(isbn: str) -> str:
    body = f"978{isbn[:9]}"
    check = -sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body)) % 10
    return f"{body}{check}"


def _isbn_10(isbn: str) -> str:
    body = isbn[3:12]
    check = -sum(int(digit) * (10 - at) for at, digit in enumerate(body)) % 11
    return f"{body}{'X' if check == 10 else check}"  # noqa: PLR2004  ISO 2108: ten is written X


def call_number(text: str) -> str:
    """A call number without spaces and case; its points and slashes count.

    >>> call_number("PS3568.O243 H425 2002"), call_number("I242.4/C17")
    ('ps3568.o243h4252002', 'i242.4/c17')
    """
    return _SPACES.sub("", text).casefold()
