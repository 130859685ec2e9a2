"""Terms (``<IRI>``) of MARC codes, as the vocabulary graphs describe them.

A code that its list does not hold still gets a term, so that nothing is lost: it is one without a label.
"""

from functools import cache, lru_cache

from common.namespaces import CODE
from common.terms import iri, slug
from ingest import codes
from ingest.codes.vocabulary import LOC, concept

#: Lists of the Library of Congress that have no table here, because any text may stand in them.
_OPEN_LISTS = {
    "organizations": "organizations",
    "identifiers": "identifiers",
    "conventions": "descriptionConventions",
    "authentication": "marcauthen",
    "class_schemes": "classSchemes",
    "genre_sources": "genreFormSchemes",
}


@lru_cache(maxsize=65_536)
def term(code_list: str, code: str) -> str:
    """The term of a code.

    >>> term("content", "txt"), term("identifiers", "gtin-14")
    ('<http://id.loc.gov/vocabulary/contentTypes/txt>', '<http://id.loc.gov/vocabulary/identifiers/gtin-14>')
    """
    code = code.strip().rstrip(".")
    known = concept(code_list, code) if code_list in codes.table("vocabularies") else None
    if known is not None:
        return iri(known)
    path = _OPEN_LISTS.get(code_list)
    return iri(f"{LOC}{path}/{slug(code)}") if path else iri(f"{CODE}{slug(code_list)}/{slug(code)}")


@lru_cache(maxsize=16_384)
def organization(code: str) -> str:
    """The term of a MARC organization code: in lower case and without hyphens, as the Library of Congress writes it.

    >>> organization("DE-576")
    '<http://id.loc.gov/vocabulary/organizations/de576>'
    """
    code = code.strip()
    known = concept("organizations", code)
    plain = "".join(char for char in code.lower() if char.isalnum())
    return iri(known or f"{LOC}organizations/{slug(plain)}")


@lru_cache(maxsize=4096)
def language(code: str) -> str:
    """The term of a language code; an obsolete one is that of its successor.

    >>> language("ger"), language("GER"), language("scr")
    ('<http://id.loc.gov/vocabulary/languages/ger>', '<http://id.loc.gov/vocabulary/languages/ger>', \
'<http://id.loc.gov/vocabulary/languages/hrv>')
    """
    return term("languages", codes.language_code(code) or code.strip().lower())


@lru_cache(maxsize=4096)
def language_tag(code: str) -> str | None:
    """The BCP 47 tag of a language code, remembered.

    >>> language_tag("chi"), language_tag("mul")
    ('zh', None)
    """
    return codes.language_tag(code)


@lru_cache(maxsize=4096)
def fixed(code_list: str, code: str) -> str | None:
    """The term of a code of the leader, 006, 007 or 008, None for a code that the format does not define there.

    >>> fixed("audience", "e"), fixed("audience", "?")
    ('<http://id.loc.gov/vocabulary/maudience/adu>', None)
    """
    if code_list == "index":  # one position, which says yes or no
        code_list, code = "music_supplement", "index" if code == "1" else ""
    known = concept(code_list, code.replace(" ", codes.BLANK))
    return iri(known) if known else None


@cache
def _labels(code_list: str) -> dict[str, str]:
    return {row["en"].lower(): code for code, row in codes.table(code_list).items()}


@lru_cache(maxsize=4096)
def code_of_label(code_list: str, label: str) -> str | None:
    """The code whose English label this is.

    >>> code_of_label("content", "text")
    'txt'
    """
    return _labels(code_list).get(label.strip().lower())
