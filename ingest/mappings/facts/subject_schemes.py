"""Schemes of subject headings: by second indicator, else $2; each with the language that it is written in."""

from functools import lru_cache

from ingest import codes
from ingest.mappings.facts.codes import term
from ingest.mappings.names import IN_SCHEME
from ingest.record import DataField

_SAID_IN_2 = "7"
LOCAL = "local"

#: Scheme -> language of its terms, where it has one.
LANGUAGES = {
    **dict.fromkeys(
        "aat agrovoc bisacsh cash csh fast homoit homosaurus lcac lcdgt lcgft lcmpt lcsh lcshac lctgm mesh nal nasat "
        "ntcpsc rbgenr sears tgm tgn gsafd gmgpc".split(),
        "en",
    ),
    **dict.fromkeys("gnd gnd-content gnd-carrier gnd-music swd stw rswk".split(), "de"),
    **dict.fromkeys("rvm rvmgf rvmgd ram rameau bnf idref laval".split(), "fr"),
    **dict.fromkeys("cct csht clc hlas-zh".split(), "zh"),
    **dict.fromkeys("ndlsh bsh ndlna".split(), "ja"),
    **dict.fromkeys("embne lemb bidex".split(), "es"),
    **dict.fromkeys("sao barn saogf".split(), "sv"),
    **dict.fromkeys("gtt brinkman gtr".split(), "nl"),
    **dict.fromkeys("yso ysa slm kauno".split(), "fi"),
    **dict.fromkeys("allars slm-sv".split(), "sv"),
    **dict.fromkeys("noubojmeny czenas".split(), "cs"),
    "nlksh": "ko",
    "nsbncf": "it",
    "ukslc": "en",
}


@lru_cache(maxsize=4096)
def _scheme(code: str) -> str:
    row = codes.scheme(code)
    return row["scheme"] if row else code.strip().rstrip(".").lower()


def scheme_of(f: DataField, tag: str) -> str:
    """Code of the scheme a 6XX heading belongs to, "" where the field says none.

    Args:
        f: The field.
        tag: Its tag; the index terms of 69X are the library's own unless $2 says otherwise.
    """
    if tag[:2] == "69" or f.ind2 in {_SAID_IN_2, " "} or tag in _ONLY_SAID_IN_2:
        said = f.get("2")
        return _scheme(said) if said and said.strip() else LOCAL if tag[:2] == "69" else ""
    return _scheme(f.ind2) if f.ind2 in "012356" else ""


_ONLY_SAID_IN_2 = frozenset("654 656 657 658 662 688 689".split())


@lru_cache(maxsize=4096)
def in_scheme(scheme: str) -> list[tuple[str, str]]:
    """``skos:inScheme`` and the scheme's term; nothing for no scheme."""
    return [(IN_SCHEME, term("subject_schemes", scheme))] if scheme else []


def language_of(scheme: str) -> str | None:
    """Language of a scheme's terms, None where it has none or several."""
    language = LANGUAGES.get(scheme)
    if language is None and "/" in scheme:
        return codes.language_tag(scheme.rsplit("/", 1)[1])
    return language
