"""The context sets and indexes that are offered, and which part of the search answers each."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.search.expressions import EXACT_FIELDS
from services.sru.diagnostics import DiagnosticError

#: Short name -> identifier, as explain lists them.
SETS: dict[str, str] = {
    "cql": "info:srw/cql-context-set/1/cql-v1.2",
    "dc": "info:srw/cql-context-set/1/dc-v1.1",
    "bath": "http://zing.z3950.org/cql/bath/2.0/",
    "rec": "info:srw/cql-context-set/2/rec-1.1",
}
#: Identifier -> short name, with older versions that have the same indexes.
_BY_URI = {uri: name for name, uri in SETS.items()} | {
    "info:srw/cql-context-set/1/cql-v1.1": "cql",
    "http://www.loc.gov/zing/cql/dc-indexes/v1.0/": "dc",
    "info:srw/cql-context-set/2/rec-1.0": "rec",
}
_DEFAULT_SETS = ("cql", "dc")
WORDS, YEARS, NUMBER, CODED, RECORD, ALL_RECORDS, RESULT_SET = (
    "words", "years", "number", "coded", "record", "all records", "result set",
)  # fmt: skip
#: Kind of index -> relations that it has.
RELATIONS: dict[str, tuple[str, ...]] = {
    WORDS: ("=", "==", "<>", "all", "any", "adj"),
    YEARS: ("=", "==", "<>", "<", ">", "<=", ">=", "within"),
    NUMBER: ("=", "==", "<>", "any"),
    CODED: ("=", "==", "<>", "any"),
    RECORD: ("=", "==", "<>", "any"),
    ALL_RECORDS: ("=", "=="),
    RESULT_SET: ("=", "=="),
}
_WHOLE = frozenset({"==", "<>"})


@dataclass(frozen=True, slots=True)
class Index:
    """An index.

    Attributes:
        set: Short name of its context set.
        name: Within the set.
        kind: What its terms are: a key of ``RELATIONS``.
        field: Of the search: a field of words, a scheme of numbers; facets, separated by spaces.
        title: What it holds, in words.
        scan: Whether its terms can be listed.
    """

    set: str
    name: str
    kind: str
    field: str
    title: str
    scan: bool = False

    def __str__(self) -> str:
        return f"{self.set}.{self.name}"

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations that it has; values of a field that is words alone can't be compared as a whole."""
        found = RELATIONS[self.kind]
        is_words_alone = self.kind == WORDS and self.field not in EXACT_FIELDS
        return tuple(name for name in found if not (is_words_alone and name in _WHOLE))


INDEXES: tuple[Index, ...] = (
    Index("cql", "serverChoice", WORDS, "", "Anything: words, numbers, names by their sound"),
    Index("cql", "anywhere", WORDS, "", "The same"),
    Index("cql", "allRecords", ALL_RECORDS, "", "All records: cql.allRecords = 1"),
    Index("dc", "title", WORDS, "title", "Titles, uniform titles", scan=True),
    Index("dc", "creator", WORDS, "creator", "Names of creators and contributors", scan=True),
    Index("dc", "subject", WORDS, "subject", "Subjects, genres, places", scan=True),
    Index("dc", "publisher", WORDS, "publisher", "Publishers and places of publication"),
    Index("dc", "date", YEARS, "", "Years of publication"),
    Index("dc", "identifier", NUMBER, "", "Identifiers of any scheme"),
    Index("dc", "language", CODED, "language", "Languages, by MARC code"),
    Index("dc", "type", CODED, "format type", "Kinds of material"),
    Index("bath", "title", WORDS, "title", "As dc.title", scan=True),
    Index("bath", "author", WORDS, "creator", "As dc.creator", scan=True),
    Index("bath", "subject", WORDS, "subject", "As dc.subject", scan=True),
    Index("bath", "isbn", NUMBER, "isbn", "ISBN, in ten or thirteen digits"),
    Index("bath", "issn", NUMBER, "issn", "ISSN"),
    Index("rec", "identifier", RECORD, "record", "IRI of a work, or control number of a source record"),
)
_RESULT_SET = Index("cql", "resultSetId", RESULT_SET, "", "")
_KNOWN = {(index.set, index.name.lower()): index for index in (*INDEXES, _RESULT_SET)}
Prefixes = Mapping[str, str]
"""Prefix in small letters, "" for names without one -> identifier of a context set."""


def index_of(name: str, prefixes: Prefixes) -> Index:
    """The index of this name; names have no case.

    Raises:
        DiagnosticError: No such context set (15), no such index (16).
    """
    prefix, dot, local = name.lower().rpartition(".")
    sets = (_set_of(prefix, prefixes),) if dot or "" in prefixes else _DEFAULT_SETS
    found = next((_KNOWN[key] for set_ in sets if (key := (set_, local)) in _KNOWN), None)
    if found is None:
        raise DiagnosticError(16, name)
    return found


def of_cql(name: str, prefixes: Prefixes, unknown: int) -> str:
    """A relation or modifier of the CQL context set, in small letters, without its prefix.

    Raises:
        DiagnosticError: It is of another set (``unknown``), or of none that is known (15).
    """
    prefix, dot, local = name.lower().rpartition(".")
    if dot and _set_of(prefix, prefixes) != "cql":
        raise DiagnosticError(unknown, name)
    return local


def _set_of(prefix: str, prefixes: Prefixes) -> str:
    found = _BY_URI.get(prefixes[prefix] if prefix in prefixes else SETS.get(prefix, ""))
    if found is None:
        raise DiagnosticError(15, prefixes.get(prefix, prefix))
    return found
