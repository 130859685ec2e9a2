"""The properties that queries compare and extensions fetch: what each is called, where it stands. Tables only."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from common.errors import InputError
from common.namespaces import BF, BFLC, BG, RDF, SKOS

DCT_ABSTRACT = "<http://purl.org/dc/terms/abstract>"


class Shape(Enum):
    """What the values of a property are, which decides how they are compared."""

    TEXT = "text"
    NAME = "name"
    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    """An identifier: compared without hyphens, spaces and case, an ISBN in ten and in thirteen digits."""
    ENTITY = "entity"
    CODE = "code"
    """A term of a code list: shown by its label."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where values stand.

    Attributes:
        predicates: Of the entity, or of the node that ``link`` leads to.
        link: Predicate that leads to a dependent node, "" where there is none.
        classes: Classes that the node must have one of; none: any.
    """

    predicates: tuple[str, ...]
    link: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property.

    Attributes:
        id: Its identifier.
        labels: What it is called, by language.
        kinds: Kinds of entities that may have it.
        shape: What its values are.
        sources: Where the graph has them; none: what only ``values`` knows how to read.
        weight: What agreement counts beside the name's 1.
        type: Identifier of the type of its values, if they are entities of one.
    """

    id: str
    labels: dict[str, str]
    kinds: tuple[str, ...]
    shape: Shape
    sources: tuple[Source, ...] = ()
    weight: float = 0.4
    type: str = ""

    def label(self, lang: str) -> str:
        """The label in a language, else in English."""
        return self.labels.get(lang, self.labels["en"])


_WORK = ("work",)
_AGENT = ("agent",)
_HEADINGS = ("agent", "subject", "place", "hub", "event")
_ALL = ("work", *_HEADINGS)
_VALUE = f"<{RDF}value>"
_IDENTIFIED, _PROVISION = f"<{BF}identifiedBy>", f"<{BF}provisionActivity>"


def _property(
    id_: str,
    names: str,
    kinds: tuple[str, ...],
    shape: Shape,
    *sources: Source,
    weight: float = 0.4,
    type_: str = "",
) -> Property:
    english, _, chinese = names.partition("|")
    return Property(id_, {"en": english, "zh": chinese}, kinds, shape, sources, weight, type_)


def _direct(*predicates: str) -> Source:
    return Source(tuple(f"<{predicate}>" for predicate in predicates))


def _numbered(id_: str, names: str, kinds: tuple[str, ...], *classes: str) -> Property:
    source = Source((_VALUE,), _IDENTIFIED, tuple(f"<{BF}{name}>" for name in classes))
    return _property(id_, names, kinds, Shape.NUMBER, source, weight=1.0)


def _authority(id_: str, names: str) -> Property:
    """An identifier that stands in the IRI of an authority, or in those that are said to mean the same."""
    return _property(id_, names, _HEADINGS, Shape.NUMBER, weight=1.0)


_PROPERTIES = (
    _property("name", "name|名称", _ALL, Shape.NAME),
    _property("name_en", "name in Latin script|西文名称", _ALL, Shape.NAME),
    _property("name_zh", "name in Chinese characters|中文名称", _ALL, Shape.NAME),
    _property("other_names", "other names|其他名称", _ALL, Shape.NAME),
    _property("type", "type|类型", _ALL, Shape.TEXT),
    _property("iri", "IRI|IRI", _ALL, Shape.TEXT),
    _property("same_as", "same as|等同于", _HEADINGS, Shape.TEXT, _direct(f"{SKOS}exactMatch"), weight=1.0),
    _property(
        "creator",
        "creator or contributor|责任者",
        _WORK,
        Shape.ENTITY,
        Source((f"<{BF}agent>",), f"<{BF}contribution>"),
        weight=0.6,
        type_="Agent",
    ),
    _property(
        "main_creator",
        "main creator|主要责任者",
        _WORK,
        Shape.ENTITY,
        Source((f"<{BF}agent>",), f"<{BF}contribution>", (f"<{BF}PrimaryContribution>",)),
        weight=0.6,
        type_="Agent",
    ),
    _property("subject", "subject|主题", _WORK, Shape.ENTITY, _direct(f"{BF}subject"), type_="Subject"),
    _property("genre", "genre or form|体裁", _WORK, Shape.ENTITY, _direct(f"{BF}genreForm"), type_="GenreForm"),
    _property(
        "place", "place covered|所涉地区", _WORK, Shape.ENTITY, _direct(f"{BF}geographicCoverage"), type_="Place"
    ),
    _property("series", "series|丛编", _WORK, Shape.ENTITY, _direct(f"{BF}hasSeries"), type_="Hub"),
    _property(
        "uniform_title", "uniform title|统一题名", _WORK, Shape.ENTITY, _direct(f"{BF}expressionOf"), type_="Hub"
    ),
    _property("language", "language|语种", ("work", "hub"), Shape.CODE, _direct(f"{BF}language")),
    _property("year", "year of publication|出版年", _WORK, Shape.YEAR, _direct(f"{BG}startYear")),
    _property(
        "publisher", "publisher|出版者", _WORK, Shape.TEXT, Source((f"<{BFLC}simpleAgent>",), _PROVISION), weight=0.3
    ),
    _property(
        "publication_place",
        "place of publication|出版地",
        _WORK,
        Shape.TEXT,
        Source((f"<{BFLC}simplePlace>",), _PROVISION),
        weight=0.2,
    ),
    _property("edition", "edition|版本", _WORK, Shape.TEXT, _direct(f"{BF}editionStatement"), weight=0.2),
    _property("extent", "extent|载体形态", _WORK, Shape.TEXT, _direct(f"{BG}extent"), weight=0.2),
    _property("abstract", "abstract|摘要", _WORK, Shape.TEXT, Source((DCT_ABSTRACT,)), weight=0.2),
    _property("url", "address on the web|网址", _WORK, Shape.TEXT, _direct(f"{BF}electronicLocator"), weight=1.0),
    _property(
        "classification",
        "classification|分类号",
        ("work", "subject"),
        Shape.NUMBER,
        Source((f"<{BF}classificationPortion>",), f"<{BF}classification>"),
        weight=0.2,
    ),
    _numbered("isbn", "ISBN|ISBN", _WORK, "Isbn"),
    _numbered("issn", "ISSN|ISSN", _WORK, "Issn", "IssnL"),
    _numbered("doi", "DOI|DOI", _WORK, "Doi"),
    _numbered("lccn", "LCCN|美国国会图书馆控制号", _WORK, "Lccn"),
    _numbered("oclc", "OCLC number|OCLC号", _WORK, "OclcNumber"),
    _property(
        "control_number",
        "control number|记录控制号",
        _ALL,
        Shape.NUMBER,
        Source((f"<{BG}controlNumber>",), f"<{BF}adminMetadata>"),
        weight=1.0,
    ),
    _property("birth_date", "date of birth|出生日期", _AGENT, Shape.DATE, _direct(f"{BG}birthDate"), weight=0.6),
    _property("death_date", "date of death|逝世日期", _AGENT, Shape.DATE, _direct(f"{BG}deathDate"), weight=0.6),
    _property(
        "begin_date",
        "beginning|成立日期",
        _AGENT,
        Shape.DATE,
        _direct(f"{BG}establishedDate", f"{BG}beginningDate"),
    ),
    _property("end_date", "end|终止日期", _AGENT, Shape.DATE, _direct(f"{BG}terminatedDate", f"{BG}endingDate")),
    _property("work", "work by or about it|相关作品", _HEADINGS, Shape.ENTITY, weight=0.6, type_="Work"),
    _authority("lc_name", "LC authority number|LC规范号"),
    _authority("viaf", "VIAF|VIAF"),
    _authority("isni", "ISNI|ISNI"),
    _authority("orcid", "ORCID|ORCID"),
    _authority("gnd", "GND|GND"),
    _authority("fast", "FAST|FAST"),
    _authority("wikidata", "Wikidata|Wikidata"),
    _property(
        "broader", "broader|上位", ("subject", "place"), Shape.ENTITY, _direct(f"{SKOS}broader"), type_="Subject"
    ),
    _property(
        "related", "related|相关", ("subject", "place"), Shape.ENTITY, _direct(f"{SKOS}related"), type_="Subject"
    ),
    _property(
        "scope_note", "scope note|范围注", ("subject", "place"), Shape.TEXT, _direct(f"{SKOS}scopeNote"), weight=0.2
    ),
)
PROPERTIES: dict[str, Property] = {each.id: each for each in _PROPERTIES}
#: Property -> schemes whose identifiers it holds (``ingest.mappings.facts.authority_schemes``).
SCHEMES: dict[str, frozenset[str]] = {
    "lc_name": frozenset({"naf", "lcsh", "lcgft", "lcsj", "lcmpt"}),
    **{name: frozenset({name}) for name in ("viaf", "isni", "orcid", "gnd", "fast", "wikidata")},
}


#: Properties whose value one entity alone has, and which the graph has as numbers.
NUMBERS = [each for each in _PROPERTIES if each.shape is Shape.NUMBER and each.weight == 1.0 and each.sources]


def property_of(id_: str) -> Property:
    """The property of this identifier.

    Raises:
        InputError: There is none; names those there are.
    """
    found = PROPERTIES.get(id_)
    if found is None:
        raise InputError(f"{id_[:60]!r} is no property here; there are {', '.join(PROPERTIES)}")
    return found


def of_kind(kind: str) -> list[Property]:
    """The properties that entities of a kind may have, "" for all."""
    return [each for each in PROPERTIES.values() if not kind or kind in each.kinds]


def direct_predicates(properties: Iterable[Property]) -> list[str]:
    """Predicates of the entities themselves that some properties are read from."""
    sources = chain.from_iterable(each.sources for each in properties)
    return list(dict.fromkeys(p for source in sources if not source.link for p in source.predicates))
