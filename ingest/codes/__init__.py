"""Code lists of MARC 21 and RDA as data: one table a list, read when first asked for.

Every table is a UTF-8 file of tab-separated values with a header, beside this module; ``SOURCE.txt`` says where the
facts come from. A row is found by its first column, or by ``list/code`` where the first column names a list
(``leader_008``) or a field (``identifier_sources``).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[str, str]

FOLDER = Path(__file__).parent
BLANK = "#"

_GROUPED = frozenset({"list", "field"})
_LAST = 2
_FILL = re.compile(r"[\s|]+")
_SPACE = re.compile(r"\s+")
_EDGES = re.compile(r"^[\s\[]+|[\s.,;:\]，。；：]+$")
_BRACKETED = re.compile(r"\((.*)\)")
_PARTS = re.compile(r"\s+(?:and|und|et|y|e)\s+|\s*[&/;,、，；]\s*")
_RELATOR_IRI = re.compile(r"https?://id\.loc\.gov/vocabulary/relators/([a-z]{3})/?$")


@cache
def table(name: str) -> Mapping[str, Row]:
    """Rows of a code list by their key, in the order of the file.

    Args:
        name: File name without its suffix, such as ``languages``.

    Returns:
        A read-only mapping; every row has all columns, an unused one is empty.
    """
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(lines)
        grouped = header[0] in _GROUPED
        rows = {"/".join(line[:_LAST]) if grouped else line[0]: dict(zip(header, line, strict=True)) for line in lines}
    return MappingProxyType(rows)


def tables() -> list[str]:
    """Names of all code lists."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv"))


def find(name: str, code: str) -> Row | None:
    """Row of a code as it stands in a record, where blanks, fill characters and trailing hyphens pad it.

    Args:
        name: Name of the table.
        code: A code such as ``"gw "``, ``"n-us---"`` or ``"CHI"``.

    Returns:
        The row, or None when the list does not hold the code.
    """
    rows = table(name)
    row = rows.get(code)
    if row is not None:
        return row
    plain = _FILL.sub("", code).rstrip("-")
    return rows.get(plain) or rows.get(plain.lower())


def value(list_: str, code: str) -> Row | None:
    """Row of a code of the leader, 006, 007 or 008.

    Args:
        list_: List within ``leader_008``, such as ``audience``.
        code: The code; a blank stands under ``#`` in the table.
    """
    return table("leader_008").get(f"{list_}/{code.replace(' ', BLANK)}")


def current(name: str, code: str) -> Row | None:
    """Like ``find``, but an obsolete code with one successor gives the successor."""
    row = find(name, code)
    if row is not None and row.get("replaced_by"):
        return table(name)[row["replaced_by"]]
    return row


@cache
def _language_aliases() -> Mapping[str, str]:
    rows = table("languages").values()
    valid = [row for row in rows if not row["status"]]
    tags = {row["tag"]: row["code"] for row in valid if row["tag"]}
    return MappingProxyType(tags | {row["iso639_2t"]: row["code"] for row in valid if row["iso639_2t"]})


def language_code(text: str) -> str | None:
    """Valid MARC language code for a MARC, obsolete MARC, ISO 639-2/T or ISO 639-1 code."""
    row = current("languages", text)
    if row is not None:
        return row["code"]
    return _language_aliases().get(_FILL.sub("", text).lower())


def language_tag(marc_code: str) -> str | None:
    """BCP 47 tag of a MARC language code, or None where there is none (``und``, ``mul``, ``zxx``, unknown codes)."""
    code = language_code(marc_code)
    return (table("languages")[code]["tag"] or None) if code else None


def normal_term(text: str) -> str:
    """Relator term as ``relator_terms`` writes it: lower case, single spaces, no brackets or closing punctuation."""
    plain = _EDGES.sub("", _SPACE.sub(" ", text).casefold())
    bracketed = _BRACKETED.fullmatch(plain)
    return bracketed[1] if bracketed else plain


def _relator(text: str) -> str | None:
    match = _RELATOR_IRI.match(text.strip())
    term = match.group(1) if match else normal_term(text)
    row = table("relator_terms").get(term)
    if row is not None:
        return row["code"]
    return term if term in table("relators") else None


def relators(text: str) -> tuple[str, ...]:
    """Relator codes of a term, code or IRI from ``$e``, ``$j`` or ``$4``; several for "editor and translator".

    Returns:
        The codes without repetition, or nothing when a part of the text is not known.
    """
    whole = _relator(text)
    if whole is not None:
        return (whole,)
    codes = [_relator(part) for part in _PARTS.split(text.strip(" .,;:")) if part]
    known = [code for code in codes if code is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(codes) else ()


def scheme(code: str) -> Row | None:
    """Subject scheme of a second indicator or a ``$2`` code, which some records close with a full stop."""
    rows = table("subject_schemes")
    plain = code.strip().rstrip(".")
    return rows.get(plain) or rows.get(plain.lower()) or rows.get(plain.lower().split("/")[0])


def script(code: str) -> Row | None:
    """Script of a ``$6`` code: one of MARC 21 such as ``$1`` or ``(3``, or a name of ISO 15924.

    Args:
        code: The code, with or without the orientation code ``/r``.
    """
    rows = table("scripts")
    plain = code.split("/", maxsplit=1)[0].strip()
    return rows.get(plain) or rows.get(plain.title())
