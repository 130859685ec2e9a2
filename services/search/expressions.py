"""Searches made of parts: what each field holds, joined by and, or and not. No score is asked for, nothing is loosened.

``Searcher.select`` answers them; ``boolean`` makes the index's queries of them.
"""

from dataclasses import dataclass
from enum import Enum

from services.hits.hit import Hit

WORD_FIELDS = ("title", "creator", "subject", "publisher", "")
"""Fields whose words can be asked for; "" is anywhere."""
EXACT_FIELDS = ("title", "creator", "subject")
"""Fields whose values can be asked for as a whole: titles, and the headings of authorities."""


class Match(Enum):
    """How words are sought.

    ``AS_SEARCHED`` reads them as the search box does: all of the words that count, or a number, a name by its sound.
    """

    AS_SEARCHED = "as searched"
    ALL = "all"
    ANY = "any"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Everything:
    """All works."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No work: what a term without words finds."""


@dataclass(frozen=True, slots=True)
class Words:
    """Works with these words in a field of ``WORD_FIELDS``."""

    field: str
    text: str
    match: Match = Match.AS_SEARCHED


@dataclass(frozen=True, slots=True)
class Masked:
    """Works with a word that begins with ``beginning`` and fits ``pattern``: ``*`` is any characters, ``?`` is one."""

    field: str
    beginning: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Exact:
    """Works of which this is a whole title, or a whole heading (in any of its forms) of a creator or subject."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Begins:
    """Works with a title that begins with these words."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """Works with an identifier of any scheme, or of ``isbn``, ``issn`` or ``record`` (control numbers)."""

    text: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """The work of this IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class Years:
    """Works with a year of publication from ``first`` to ``last``, both included; None: open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """Works with one of these values of a facet, whatever their case."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Works that all parts find."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Works that some part finds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Works that ``found`` finds and ``left_out`` does not."""

    found: "Expression"
    left_out: "Expression"


Expression = (
    Everything | Nothing | Words | Masked | Exact | Begins | Number | Entity | Years | Coded | All | Any | Without
)


@dataclass(frozen=True, slots=True)
class Selection:
    """A page of the works that an expression finds.

    Attributes:
        expression: What is sought.
        lang: Language of the reader.
        sort: ``relevance``, ``newest``, ``oldest``, ``title`` or ``title backwards``; what has none is last.
        offset: Hits before the page.
        limit: Hits of the page.
    """

    expression: Expression
    lang: str = "en"
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Selected:
    """How many works were found, those of the page, and the number of the changeset that the index reflects."""

    total: int
    hits: list[Hit]
    sequence: int
