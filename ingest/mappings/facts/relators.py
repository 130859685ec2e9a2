"""Roles: the code or address in $4, else the term in $e or $j, in the languages of catalogues (MARC relator list)."""

from functools import lru_cache

from common.namespaces import CODE
from common.terms import iri, slug
from ingest.codes import relators, table
from ingest.mappings.facts.addresses import web_address
from ingest.record import DataField

_RELATORS = "http://id.loc.gov/vocabulary/relators/"
_AROUND = " .,:;()[]"


@lru_cache(maxsize=4096)
def role_of_code(value: str) -> str | None:
    """Term of the role that a $4 names: an address, or a code of the MARC list or of the supplier's own.

    >>> role_of_code("aut."), role_of_code("no code")
    ('<http://id.loc.gov/vocabulary/relators/aut>', None)
    """
    code = value.strip().strip(_AROUND)
    if code.startswith(("http://", "https://")):
        return web_address(code.replace("https://id.loc.gov/", "http://id.loc.gov/"))
    if not code.isalnum() or not code.isascii():
        return None
    known = code.lower()
    return iri(_RELATORS + known) if known in table("relators") else iri(f"{CODE}relators/{slug(code)}")


@lru_cache(maxsize=16_384)
def roles_of_term(value: str) -> tuple[str, ...]:
    """Terms of the roles that a $e or $j names; none where the lists don't know a word of it.

    >>> roles_of_term("Editor."), roles_of_term("former owner (Paris)")
    (('<http://id.loc.gov/vocabulary/relators/edt>',), ())
    """
    return tuple(iri(_RELATORS + code) for code in relators(value.replace("_", " ")))


@lru_cache(maxsize=16_384)
def words(value: str) -> str:
    """A relator term as a text of its own, without the punctuation around it."""
    return value.strip().strip(" ,:;").removesuffix(".").strip()


def roles(f: DataField, term_code: str) -> tuple[list[str], list[str]]:
    """Roles that a field states, and the words for roles that the lists don't hold.

    Args:
        f: The field.
        term_code: ``e``, or ``j`` for meetings.
    """
    known: list[str] = []
    unknown: list[str] = []
    for code, value in f.subfields:
        if code == "4":
            role = role_of_code(value)
            found: tuple[str, ...] = (role,) if role else ()
        elif code == term_code:
            found = roles_of_term(value)
        else:
            continue
        known.extend(found)
        if not found and words(value):
            unknown.append(words(value))
    return known, unknown
