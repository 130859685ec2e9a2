"""What a citation is made of, the same for every style."""

from dataclasses import dataclass, field

from services.citations.names import Name, is_ideographic


@dataclass(frozen=True, slots=True)
class Written:
    """A text as the item has it, and romanised; the same twice where there is only one."""

    original: str = ""
    latin: str = ""

    def __bool__(self) -> bool:
        return bool(self.original)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in it.

    Attributes:
        original: The name in the script of the item.
        latin: The name romanised, where the graph has that.
        roles: Codes of MARC relators; empty where the record says nothing.
        is_main: The record names them first (MARC 1XX).
    """

    original: Name
    latin: Name
    roles: frozenset[str] = frozenset()
    is_main: bool = False


@dataclass(slots=True)
class Reference:
    """An edition as a reader cites it.

    Attributes:
        key: Control number, for keys that must be unlike others.
        kind: One of ``services.citations.reading.KINDS``'s values: ``book``, ``serial``, ``thesis`` …
        title: Title proper, subtitle, part.
        contributors: In the order of the record.
        place: Place of publication.
        publisher: Name of the publisher; of the university, for a thesis.
        year: First year, "" if unknown.
        last_year: Last year of what came out over several; "…" while it still comes out; "" for a single year.
        is_copyright: The year is that of the copyright.
        is_supplied: The year is not on the item.
        edition: Edition statement.
        series: Series statement.
        degree: Of a thesis, as the record says it.
        extent: Pages or volumes, as the record says it.
        languages: MARC codes.
        isbn, issn, doi: Identifiers, "" where there are none.
        url: Address where it can be read.
        is_online: The edition itself is online.
    """

    key: str
    kind: str = "book"
    title: Written = field(default_factory=Written)
    contributors: list[Contributor] = field(default_factory=list)
    place: Written = field(default_factory=Written)
    publisher: Written = field(default_factory=Written)
    year: str = ""
    last_year: str = ""
    is_copyright: bool = False
    is_supplied: bool = False
    edition: Written = field(default_factory=Written)
    series: Written = field(default_factory=Written)
    degree: str = ""
    extent: str = ""
    languages: tuple[str, ...] = ()
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    url: str = ""
    is_online: bool = False

    @property
    def in_characters(self) -> bool:
        """Whether the item is in Chinese, Japanese or Korean, which changes the words of some styles."""
        return is_ideographic(self.title.original)

    @property
    def authors(self) -> list[Contributor]:
        """Who is cited in front: who the record says wrote or made it."""
        named = [c for c in self.contributors if c.roles & AUTHORS or (c.is_main and not c.roles & NOT_AUTHORS)]
        return sorted(named, key=lambda c: not c.is_main)

    @property
    def editors(self) -> list[Contributor]:
        """Editors and compilers."""
        return [c for c in self.contributors if c.roles & EDITORS and c not in self.authors]

    @property
    def translators(self) -> list[Contributor]:
        """Translators."""
        return [c for c in self.contributors if c.roles & TRANSLATORS and c not in self.authors]


AUTHORS = frozenset("aut cre cmp art pht ctg aui lbt lyr drt fmk ivr".split())
EDITORS = frozenset("edt edc edm com pbd".split())
TRANSLATORS = frozenset({"trl"})
NOT_AUTHORS = EDITORS | TRANSLATORS | frozenset("ann wac win wpr ill prf cnd isb pbl prt dst fmo sgn bsl own".split())
