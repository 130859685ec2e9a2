"""The explain record (ZeeRex 2.0, http://zeerex.z3950.org/dtd/): what can be asked, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.sru.indexes import INDEXES, SETS, Index
from services.sru.records import SCHEMAS
from services.sru.requests import DEFAULT_RECORDS, DEFAULT_TERMS, MOST_RECORDS, VERSIONS
from services.sru.xml import element, leaf

SCHEMA = "http://explain.z3950.org/dtd/2.0/"
_PORTS = {"http": 80, "https": 443}
_SORTED = frozenset({"dc.title", "dc.date"})
_TITLES = {"en": "Library catalogue", "zh": "图书馆目录"}
_DESCRIPTIONS = {
    "en": "The works of this library's catalogue; Chinese terms in characters of either form, or in pinyin.",
    "zh": "本馆目录中的作品；检索词可用繁体或简体汉字，也可用拼音。",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service is."""

    scheme: str
    host: str
    port: int
    path: str


def address_of(url: str) -> Address:
    """The parts of the service's own URL.

    >>> address_of("https://library.example/sru").port
    443
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:  # a Host header may say anything
        port = None
    return Address(parts.scheme, parts.hostname or "", port or _PORTS.get(parts.scheme, 80), parts.path.strip("/"))


def explain(address: Address) -> str:
    """The record."""
    server = element(
        "serverInfo",
        leaf("host", address.host),
        leaf("port", address.port),
        leaf("database", address.path),
        protocol="SRU",
        version=VERSIONS[-1],
        transport=address.scheme,
        method="GET POST",
    )
    return element(
        "explain", server, _database(), element("indexInfo", *_sets(), *map(_index, INDEXES)), _schemas(), _config(),
        xmlns=SCHEMA,
    )  # fmt: skip


def _database() -> str:
    titles = (leaf("title", title, **_language(lang)) for lang, title in _TITLES.items())
    return element("databaseInfo", *titles, *(leaf("description", d, **_language(k)) for k, d in _DESCRIPTIONS.items()))


def _language(lang: str) -> dict[str, str]:
    return {"lang": lang, "primary": "true"} if lang == "en" else {"lang": lang}


def _sets() -> Iterator[str]:
    return (element("set", name=name, identifier=identifier) for name, identifier in SETS.items())


def _index(index: Index) -> str:
    marks = {"search": True, "scan": index.scan, "sort": str(index) in _SORTED}
    return element(
        "index",
        leaf("title", index.title, lang="en"),
        element("map", leaf("name", index.name, set=index.set)),
        element("configInfo", *(leaf("supports", each, type="relation") for each in index.relations)),
        **{name: str(mark).lower() for name, mark in marks.items()},
    )


def _schemas() -> str:
    made = (
        element(
            "schema", leaf("title", title, lang="en"), identifier=identifier, name=name, sort="false", retrieve="true"
        )
        for name, (identifier, title) in SCHEMAS.items()
    )
    return element("schemaInfo", *made)


def _config() -> str:
    return element(
        "configInfo",
        leaf("default", DEFAULT_RECORDS, type="numberOfRecords"),
        leaf("default", "dc", type="retrieveSchema"),
        leaf("default", "dc", type="contextSet"),
        leaf("default", "cql.serverChoice", type="index"),
        leaf("default", "=", type="relation"),
        leaf("default", DEFAULT_TERMS, type="maximumTerms"),
        leaf("setting", MOST_RECORDS, type="maximumRecords"),
        leaf("supports", "scan", type="scan"),
        leaf("supports", "sort", type="sort"),
        *(leaf("supports", sign, type="maskingCharacter") for sign in "*?"),
        leaf("supports", "^", type="anchoring"),
    )
