"""Authority files: how each is named in $0 and $1, what its identifiers look like, where they stand on the web."""

from collections.abc import Callable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: An LC control number has at least so many digits: two of the year, six of the series.
LC_DIGITS = 7

#: Prefix of an LC control number -> authority file.
LC_PREFIXES = {
    **dict.fromkeys("n nb nf nn no nr ns nx".split(), "naf"),
    **dict.fromkeys(("sh", "sp"), "lcsh"),
    "sj": "lcshac",
    "gf": "lcgft",
    "mp": "lcmpt",
    "dg": "lcdgt",
    "tgm": "lctgm",
}

#: What stands in brackets before the identifier, in lower case -> scheme. Other organisation codes are schemes of
#: their own: the library's authority file.
AGENCIES = {
    **dict.fromkeys(("de-588", "de-588a", "de-588b", "de-588c", "gnd"), "gnd"),
    **dict.fromkeys(("dlc", "lccn", "naf", "lcnaf", "lcsh", "lcgft", "lcshac", "lcmpt", "lcdgt"), "dlc"),
    **dict.fromkeys(("dnlm", "mesh"), "mesh"),
    **dict.fromkeys(("caqqla", "rvm"), "rvm"),
    **dict.fromkeys(("fr-pabn", "frpbn", "frbnf", "bnf"), "bnf"),
    **dict.fromkeys(("idref", "fr-341720001", "sudoc"), "idref"),
    **dict.fromkeys(("orcid", "de-orcid"), "orcid"),
    **dict.fromkeys(("spmabn", "embne", "bne"), "bne"),
    **dict.fromkeys(("jttndl", "ndl", "ndlna", "ndlsh"), "ndl"),
    **dict.fromkeys(("se-libr", "libris"), "libris"),
    "fast": "fast",
    "geonames": "geonames",
    "isni": "isni",
    "ror": "ror",
    "tgn": "tgn",
    "aat": "aat",
    "ulan": "ulan",
    "viaf": "viaf",
    "wikidata": "wikidata",
    "zdb": "de-600",
}

#: Host and path before the identifier (without ``www.``) -> scheme; ``lc`` is decided by the number's prefix.
WEB = {
    "id.loc.gov/authorities/names/": "lc",
    "id.loc.gov/authorities/subjects/": "lc",
    "id.loc.gov/authorities/childrensSubjects/": "lc",
    "id.loc.gov/authorities/genreForms/": "lc",
    "id.loc.gov/authorities/performanceMediums/": "lc",
    "id.loc.gov/authorities/demographicTerms/": "lc",
    "id.loc.gov/vocabulary/graphicMaterials/": "lc",
    "id.loc.gov/rwo/agents/": "lc",
    "aims.fao.org/aos/agrovoc/": "agrovoc",
    "d-nb.info/gnd/": "gnd",
    "datos.bne.es/resource/": "bne",
    "data.bnf.fr/ark:/12148/": "bnf",
    "catalogue.bnf.fr/ark:/12148/": "bnf",
    "geonames.org/": "geonames",
    "homosaurus.org/v3/": "homosaurus",
    "homosaurus.org/v4/": "homosaurus",
    "id.kb.se/term/sao/": "sao",
    "id.ndl.go.jp/auth/entity/": "ndl",
    "id.ndl.go.jp/auth/ndlna/": "ndl",
    "id.ndl.go.jp/auth/ndlsh/": "ndl",
    "id.nlm.nih.gov/mesh/": "mesh",
    "id.oclc.org/worldcat/entity/": "oclc-entity",
    "id.worldcat.org/fast/": "fast",
    "experiment.worldcat.org/fast/": "fast",
    "idref.fr/": "idref",
    "isni.org/isni/": "isni",
    "isni.org/": "isni",
    "libris.kb.se/resource/auth/": "libris",
    "orcid.org/": "orcid",
    "ror.org/": "ror",
    "sws.geonames.org/": "geonames",
    "viaf.org/viaf/": "viaf",
    "vocab.getty.edu/aat/": "aat",
    "vocab.getty.edu/page/aat/": "aat",
    "vocab.getty.edu/tgn/": "tgn",
    "vocab.getty.edu/page/tgn/": "tgn",
    "vocab.getty.edu/ulan/": "ulan",
    "vocab.getty.edu/page/ulan/": "ulan",
    "wikidata.org/entity/": "wikidata",
    "wikidata.org/wiki/": "wikidata",
    "yso.fi/onto/yso/": "yso",
}


def _by_host() -> dict[str, tuple[tuple[str, str], ...]]:
    hosts: dict[str, list[tuple[str, str]]] = {}
    for prefix, scheme in sorted(WEB.items(), key=lambda item: -len(item[0])):
        hosts.setdefault(prefix.split("/", 1)[0], []).append((prefix, scheme))
    return {host: tuple(prefixes) for host, prefixes in hosts.items()}


#: Host -> its prefixes in ``WEB``, the longest first.
PREFIXES_OF_HOST = _by_host()

#: Scheme -> what precedes the identifier in the web address that its publisher gives out.
BASES = {
    "aat": "http://vocab.getty.edu/aat/",
    "agrovoc": "http://aims.fao.org/aos/agrovoc/",
    "bne": "http://datos.bne.es/resource/",
    "bnf": "http://data.bnf.fr/ark:/12148/",
    "de-101": "https://d-nb.info/",
    "fast": "http://id.worldcat.org/fast/",
    "geonames": "https://sws.geonames.org/",
    "gnd": "https://d-nb.info/gnd/",
    "homosaurus": "https://homosaurus.org/v3/",
    "idref": "http://www.idref.fr/",
    "isni": "https://isni.org/isni/",
    "lcdgt": "http://id.loc.gov/authorities/demographicTerms/",
    "lcgft": "http://id.loc.gov/authorities/genreForms/",
    "lcmpt": "http://id.loc.gov/authorities/performanceMediums/",
    "lcsh": "http://id.loc.gov/authorities/subjects/",
    "lcshac": "http://id.loc.gov/authorities/childrensSubjects/",
    "lctgm": "http://id.loc.gov/vocabulary/graphicMaterials/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "naf": "http://id.loc.gov/authorities/names/",
    "ndl": "http://id.ndl.go.jp/auth/entity/",
    "oclc-entity": "https://id.oclc.org/worldcat/entity/",
    "orcid": "https://orcid.org/",
    "ror": "https://ror.org/",
    "sao": "https://id.kb.se/term/sao/",
    "tgn": "http://vocab.getty.edu/tgn/",
    "ulan": "http://vocab.getty.edu/ulan/",
    "viaf": "http://viaf.org/viaf/",
    "wikidata": "http://www.wikidata.org/entity/",
    "yso": "http://www.yso.fi/onto/yso/",
}

#: Which identity names the entity when a field asserts several: files that cataloguers keep and that records cite
#: most come first, hubs that gather other files' identities last; other schemes stand between the two.
PREFERENCE = (
    "gnd naf lcsh lcgft lcshac lcmpt lcdgt mesh fast rvm idref bnf ndl bne libris sao yso aat ulan tgn geonames".split()
)
_HUBS = "de-101 ocolc isni orcid viaf ror wikidata oclc-entity urn web".split()
RANK_OF_OTHERS = len(PREFERENCE)
RANKS = {
    **{scheme: rank for rank, scheme in enumerate(PREFERENCE)},
    **{scheme: RANK_OF_OTHERS + 1 + rank for rank, scheme in enumerate(_HUBS)},
}

#: Names of files in VIAF's source identifiers -> agency.
VIAF_SOURCES = {"LC": "dlc", "DNB": "gnd", "BNF": "bnf", "SUDOC": "idref", "NDL": "ndl", "WKP": "wikidata"}


def _plain(identifier: str) -> str:
    return "".join(identifier.split()).upper()


def _orcid(identifier: str) -> str:
    digits = _plain(identifier).replace("-", "")
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _isni(identifier: str) -> str:
    return _plain(identifier).replace("-", "")


def _fast(identifier: str) -> str:
    return identifier.strip().lower().removeprefix("fst").lstrip("0")


def _agent_of_getty(identifier: str) -> str:
    return identifier.strip().split("-", 1)[0]


def _first_segment(identifier: str) -> str:
    return identifier.strip().split("/", 1)[0]


def _bnf(identifier: str) -> str:
    """``FRBNF11888092`` and ``11888092`` name the ark ``cb11888092`` with its check character, which they lack."""
    number = _first_segment(identifier).lower().removeprefix("frbnf")
    if not number.isdigit():
        return number
    ark = f"cb{number[:8]}"
    alphabet = "0123456789bcdfghjkmnpqrstvwxz"
    total = sum(at * alphabet.find(c) for at, c in enumerate(ark, 1) if c in alphabet)
    return ark + alphabet[total % len(alphabet)]


#: Scheme -> how its identifiers are brought to one form.
NORMALISERS: dict[str, Callable[[str], str]] = {
    "aat": _agent_of_getty,
    "bnf": _bnf,
    "de-101": _plain,
    "fast": _fast,
    "geonames": _first_segment,
    "gnd": _plain,
    "idref": _plain,
    "isni": _isni,
    "mesh": _plain,
    "ndl": _first_segment,
    "orcid": _orcid,
    "tgn": _agent_of_getty,
    "ulan": _agent_of_getty,
    "viaf": _first_segment,
    "wikidata": _plain,
}

#: Schemes whose identifiers say whose they are: a bare number in such a field is the library's own.
SELF_EVIDENT = frozenset(LC_PREFIXES.values())
