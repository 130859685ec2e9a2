"""Other numbers of the same form: identifiers with right check digits, class and call numbers, years."""

import re
from random import Random

from ingest.mappings.facts.identifiers import isbn, split_qualifier

_LATEST = 2025
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-2][0-9])(?!\d)")
_LONG = re.compile(r"\d{4,}")
_ISBN_13, _ISBN_10 = 13, 10


def isbn_check(body: str) -> str:
    """The check digit behind 12 or 9 digits (ISO 2108)."""
    if len(body) == _ISBN_13 - 1:
        return str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10)
    check = -sum(int(d) * (_ISBN_10 - i) for i, d in enumerate(body)) % 11
    return "X" if check == 10 else str(check)


def issn_check(body: str) -> str:
    """The check digit behind 7 digits (ISO 3297)."""
    check = -sum(int(d) * (8 - i) for i, d in enumerate(body)) % 11
    return "X" if check == 10 else str(check)


class Numbers:
    """Other numbers for one record: the same number gives way to the same other one wherever it stands.

    Args:
        random: Where chance comes from.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._others: dict[str, str] = {}

    def _digits(self, digits: str, kept: int) -> str:
        """``digits`` with all but the first ``kept`` redrawn."""
        if digits not in self._others:
            drawn = "".join(self._random.choice("0123456789") for _ in digits[kept:])
            self._others[digits] = digits[:kept] + drawn
        return self._others[digits]

    def isbn(self, text: str) -> str:
        """Another ISBN of the same length and group, with what stands behind it; no ISBN stays."""
        number, _ = split_qualifier(text)
        valid = isbn(number)
        if valid is None:
            return text
        core = self._digits(valid[-_ISBN_10:-1], 1)
        body = valid[:3] + core if len(valid) == _ISBN_13 else core
        return text.replace(number, body + isbn_check(body), 1)

    def issn(self, text: str) -> str:
        """Another ISSN; what has no form of one stays."""
        if not re.fullmatch(r"\d{4}-\d{3}[\dX]", text.strip()):
            return text
        body = self._digits(text.strip().replace("-", "")[:7], 1)
        return f"{body[:4]}-{body[4:]}{issn_check(body)}"

    def other(self, text: str) -> str:
        """The text with other digits wherever there are at least four."""
        return _LONG.sub(lambda match: self._digits(match.group(), 1), text)


def other_years(text: str, shift: int) -> str:
    """The text with its years shifted, none past the present."""
    return _YEAR.sub(lambda match: str(min(int(match.group()) + shift, _LATEST)), text)


def other_class(text: str, random: Random) -> str:
    """A class number of the same form: half of its digits redrawn, the main class kept."""
    first = re.search(r"\d", text)
    at = first.end() if first else len(text)
    return text[:at] + re.sub(r"\d", lambda m: random.choice((m.group(), str(random.randrange(10)))), text[at:])


def other_item(text: str, random: Random) -> str:
    """An item part (Cutter number, running number, shelving number) of the same form; years stay."""
    parts = re.split(r"(\b(?:1[0-9]{3}|20[0-2][0-9])\b)", text)
    return "".join(
        part if index % 2 else re.sub(r"\d", lambda _: str(random.randrange(10)), part)
        for index, part in enumerate(parts)
    )


def other_identifier(text: str, random: Random) -> str:
    """An authority's identifier of the same form, which no sample has."""
    head, body = re.fullmatch(r"(\([^)]*\)|.*/)?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
    if len(re.findall(r"\d", body)) > 4:
        return (head or "") + body[:1] + re.sub(r"\d", lambda _: str(random.randrange(10)), body[1:])
    return f"{head or ''}{body[:1] or 'x'}-{random.randrange(10**9):09}"
