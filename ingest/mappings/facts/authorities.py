"""Whose identifier stands in $0 or $1, in every form that files hold it (MARC 21, Appendix A: $0, $1).

The same identity gives the same scheme and identifier, however it is written: ``(DLC)n  79021164``,
``http://id.loc.gov/authorities/names/n79021164`` and an authority record's 010 ``n  79021164`` are all
``naf``, ``n79021164``.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ingest.mappings.facts import authority_schemes as schemes
from ingest.mappings.facts.addresses import address_of
from ingest.mappings.names import skos
from ingest.record import DataField

EXACT_MATCH = skos("exactMatch")
#: SirsiDynix Symphony exports the key of its authority record in ``$=``: ``^A2110396``.
SYMPHONY_KEY = "="
_IDENTITY_CODES = frozenset({"0", "1", SYMPHONY_KEY})


class AuthorityId(NamedTuple):
    """An authority's identifier: the scheme's code, the identifier in its normal form, and its web address."""

    scheme: str
    identifier: str
    web: str | None


@lru_cache(maxsize=65_536)
def read(value: str, scheme: str = "") -> AuthorityId | None:
    """The identity that a $0 or $1 asserts, None where it holds none.

    Args:
        value: The subfield as it stands.
        scheme: Whose it is when the value does not say: the code in $2, or the record's source.
    """
    value = value.strip()
    if value[:1] != "(":
        return _read_bare(value, scheme)
    agency, closed, identifier = value[1:].partition(")")
    identifier = identifier.strip()
    if not closed or not identifier:
        return None
    if identifier.startswith(("http://", "https://")):
        return _read_web(identifier)
    return _of_agency(agency.strip().lower(), identifier)


def _read_bare(value: str, scheme: str) -> AuthorityId | None:
    if value.startswith(("http://", "https://")):
        return _read_web(value)
    if value.startswith("urn:") or not value:
        return AuthorityId("urn", value[4:], value) if value else None
    if value.startswith("IT\\ICCU\\"):
        return AuthorityId("iccu", value[8:].replace("\\", ""), None)
    return _lc(value) or _fast(value) or (_normal(scheme.lower(), value) if scheme and _is_number(value) else None)


def _is_number(value: str) -> bool:
    """Whether a bare value can be a control number: one word with a digit."""
    return " " not in value and any(c.isdigit() for c in value)


def _of_agency(agency: str, identifier: str) -> AuthorityId:
    """The identity behind ``(agency)identifier``; a library's own authority keeps its organisation code."""
    scheme = schemes.AGENCIES.get(agency, agency)
    if scheme == "dlc":
        return _lc(identifier) or AuthorityId(scheme, _tight(identifier), None)
    if scheme == "ocolc":
        return _fast(identifier) or AuthorityId(scheme, _tight(identifier), None)
    return _normal(scheme, identifier)


def _lc(value: str) -> AuthorityId | None:
    """An LC control number with one of the prefixes of its authority files."""
    number = lccn(value)
    digits = number.lstrip(schemes.LETTERS)
    scheme = schemes.LC_PREFIXES.get(number[: len(number) - len(digits)])
    if scheme is None or not digits.isdigit() or len(digits) < schemes.LC_DIGITS:
        return None
    return AuthorityId(scheme, number, schemes.BASES[scheme] + number)


def lccn(value: str) -> str:
    """An LC control number in its normal form (https://www.loc.gov/marc/lccn-namespace.html)."""
    number = _tight(value).split("/")[0]
    prefix, hyphen, serial = number.partition("-")
    return prefix + serial.zfill(6) if hyphen else number


def _fast(value: str) -> AuthorityId | None:
    """A FAST number: ``fst01423722`` stands for 1423722."""
    if not value.startswith("fst") or not value[3:].isdigit():
        return None
    return _normal("fast", value)


def _tight(value: str) -> str:
    return "".join(value.split())


def _normal(scheme: str, identifier: str) -> AuthorityId:
    normalise = schemes.NORMALISERS.get(scheme)
    identifier = normalise(identifier) if normalise else " ".join(identifier.split())
    base = schemes.BASES.get(scheme)
    return AuthorityId(scheme, identifier, base + identifier if base else None)


def _read_web(url: str) -> AuthorityId:
    """The identity behind a web address: a known scheme's, else the address itself, whether http or https."""
    rest = url.split("://", 1)[1].rstrip("/")
    host = rest.removeprefix("www.")
    for prefix, scheme in schemes.PREFIXES_OF_HOST.get(host.split("/", 1)[0], ()):
        if host.startswith(prefix):
            return _of_path(scheme, host[len(prefix) :]) or AuthorityId("web", rest, url)
    return AuthorityId("web", rest, url)


def _of_path(scheme: str, path: str) -> AuthorityId | None:
    identifier = path.partition("#")[0].partition("?")[0]
    for suffix in ("/about", "/id", ".html"):
        identifier = identifier.removesuffix(suffix)
    if scheme == "lc":
        return _lc(identifier)
    if scheme == "viaf" and identifier.startswith("sourceID/"):
        return _of_viaf_source(identifier[len("sourceID/") :])
    return _normal(scheme, identifier) if identifier else None


def _of_viaf_source(identifier: str) -> AuthorityId | None:
    """``LC|n77001104``: VIAF's way of naming another file's authority."""
    source, bar, number = identifier.partition("|")
    agency = schemes.VIAF_SOURCES.get(source.upper())
    return _of_agency(agency, number) if bar and agency else None


def _rank(found: AuthorityId, own: str) -> int:
    if found.scheme == own:
        return -1
    return schemes.RANKS.get(found.scheme, schemes.RANK_OF_OTHERS)


def ranked(candidates: Iterable[AuthorityId | None], own: str = "") -> list[AuthorityId]:
    """Distinct identities, the preferred first: the field's own scheme, then ``authority_schemes.PREFERENCE``."""
    distinct = list(dict.fromkeys([c for c in candidates if c is not None]))
    if len(distinct) > 1:
        distinct.sort(key=lambda found: _rank(found, own))
    return distinct


def cited_by(f: DataField, source: str, scheme: str = "") -> list[AuthorityId]:
    """Identities that a field's $0, $1 and $= assert, preferred first.

    Args:
        f: The field.
        source: The record's source, whose numbers a value without a scheme holds.
        scheme: The scheme of the field's heading, where it says one.
    """
    owner = source if not scheme or scheme in schemes.SELF_EVIDENT else scheme
    candidates = [
        read(value, owner) if code != SYMPHONY_KEY else AuthorityId(source.lower(), value.strip(" ^"), None)
        for code, value in f.subfields
        if code in _IDENTITY_CODES
    ]
    if len(candidates) < 2:  # noqa: PLR2004  one needs no choice
        return [c for c in candidates if c is not None]
    return ranked(candidates, scheme)


def exact_matches(identities: Iterable[AuthorityId]) -> list[tuple[str, str]]:
    """``skos:exactMatch`` to the web address of each identity that has one."""
    addresses = [address_of(found.web) for found in identities if found.web]
    return [(EXACT_MATCH, address) for address in addresses if address is not None]
