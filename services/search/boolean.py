"""tantivy queries from expressions, part by part: what is true of the expression is true of every hit."""

import re
from collections.abc import Callable, Iterable, Sequence

import tantivy

from common.errors import InputError
from services.search import expressions as ex
from services.search import numbers, words
from services.search.index import View
from services.search.parsing import MOST_UNITS, Unit, take_apart
from services.search.queries import MUST, MUST_NOT, SHOULD, Builder, Query
from services.search.schema import ALL, FACET_FIELDS, PLAIN
from services.search.segmentation import Segmenter

_MOST_AGENTS = 2_000
"""Entities of one name: more are no heading but a word."""
_MOST_WORDS = 10_000
"""Words of the index that a masked word may stand for."""
_MOST_VALUES = 10_000
"""Values of a facet that are compared without case."""
#: Field -> kinds of the entities whose names it holds, and the facets by which works name them.
HEADINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title": (("work",), ()),
    "creator": (("agent",), ("creator",)),
    "subject": (("subject", "place", "agent", "hub", "event"), ("subject", "place")),
}


class TooManyWordsError(InputError):
    """A term has more words than are read."""


class MaskError(InputError):
    """A masked word stands for too many words of the index."""


class Compiler:
    """Makes queries over one view; one for each search.

    Args:
        view: The index.
        segmenter: For Chinese words.
    """

    def __init__(self, view: View, segmenter: Segmenter) -> None:
        self._view = view
        self._schema = view.schema
        self._segmenter = segmenter
        self._made: dict[type, Callable[..., Query]] = {
            ex.Everything: lambda _: Query.all_query(),
            ex.Nothing: lambda _: Query.empty_query(),
            ex.Words: self._words,
            ex.Masked: self._masked,
            ex.Exact: self._exact,
            ex.Begins: self._begins,
            ex.Number: self._number,
            ex.Entity: lambda part: self._term("iri", part.iri),
            ex.Years: self._years,
            ex.Coded: self._coded,
            ex.All: lambda part: Query.boolean_query([(MUST, self.query(each)) for each in part.parts]),
            ex.Any: lambda part: Query.boolean_query([(SHOULD, self.query(each)) for each in part.parts]),
            ex.Without: self._without,
        }

    def query(self, part: ex.Expression) -> Query:
        """The query for an expression; recursion is as deep as that is nested.

        Raises:
            TooManyWordsError: A term is too long.
            MaskError: A masked word stands for too many words.
        """
        return self._made[type(part)](part)

    def _without(self, part: ex.Without) -> Query:
        return Query.boolean_query([(MUST, self.query(part.found)), (MUST_NOT, self.query(part.left_out))])

    def _words(self, part: ex.Words) -> Query:
        if part.match is ex.Match.PHRASE:
            return self._phrase(part)
        typed = take_apart(part.text, self._segmenter)
        if len(typed.units) >= MOST_UNITS:
            raise TooManyWordsError(f"a term has {MOST_UNITS} words or more")
        if not typed:
            return Query.empty_query()
        if part.match is ex.Match.AS_SEARCHED:
            return Builder(self._view, typed, part.field).strict()
        occurrence = MUST if part.match is ex.Match.ALL else SHOULD
        return Query.boolean_query([(occurrence, self._unit(part.field, unit)) for unit in typed.units])

    def _unit(self, field: str, unit: Unit) -> Query:
        return self._side_by_side(field or ALL, unit.stems)

    def _phrase(self, part: ex.Words) -> Query:
        return self._side_by_side(part.field or ALL, words.stemming().analyze(words.simplified(part.text)))

    def _side_by_side(self, field: str, stems: Sequence[str]) -> Query:
        if not stems:
            return Query.empty_query()
        return self._term(field, stems[0]) if len(stems) == 1 else Query.phrase_query(self._schema, field, list(stems))

    def _masked(self, part: ex.Masked) -> Query:
        """Any of the words of the index that fit, compared as words always are: by their stems."""
        field, fits = part.field or ALL, _fitting(part.pattern)
        plain = self._known(PLAIN, part.beginning)
        stems = {stem for word in plain if fits(word) for stem in words.stemming().analyze(word)}
        if not part.field:  # words of notes are known by their stems alone
            stems.update(stem for stem in self._known(field, part.beginning) if fits(stem))
        return Query.term_set_query(self._schema, field, sorted(stems)) if stems else Query.empty_query()

    def _known(self, field: str, beginning: str) -> list[str]:
        found = self._view.searcher.terms_with_prefix(field, beginning, limit=_MOST_WORDS + 1)
        if len(found) > _MOST_WORDS:
            raise MaskError(f"{beginning}: more than {_MOST_WORDS} words begin so")
        return [word for word, _ in found]

    def _exact(self, part: ex.Exact) -> Query:
        key = words.key(part.text)
        if not key:
            return Query.empty_query()
        if part.field == "title":
            return self._term("key", key)
        kinds, facets = HEADINGS[part.field]
        entities = self._entities(key, kinds)
        found = [Query.term_set_query(self._schema, FACET_FIELDS[facet], entities) for facet in facets if entities]
        return Query.boolean_query([(SHOULD, query) for query in found]) if found else Query.empty_query()

    def _entities(self, key: str, kinds: Iterable[str]) -> list[str]:
        """IRIs of the entities of these kinds of which this is a name."""
        of_kind = Query.term_set_query(self._schema, "kind", list(kinds))
        named = Query.boolean_query([(MUST, self._term("key", key)), (MUST, of_kind)])
        found = self._view.searcher.search(named, _MOST_AGENTS, False).hits
        return [str(self._view.searcher.doc(address)["iri"][0]) for _, address in found]

    def _begins(self, part: ex.Begins) -> Query:
        key = words.key(part.text)
        if not key:
            return Query.empty_query()
        # A word ends at a space; a Chinese character ends by itself.
        start = key if words.HAN.match(key[-1]) else f"{key} "
        longer = Query.fuzzy_term_query(self._schema, "key", start, distance=0, prefix=True)
        return Query.boolean_query([(SHOULD, self._term("key", key)), (SHOULD, longer)])

    def _number(self, part: ex.Number) -> Query:
        forms = numbers.forms(part.text)
        if part.scheme:
            forms = [numbers.of_scheme(part.scheme, form) for form in forms]
        return Query.term_set_query(self._schema, "identifier", forms) if forms else Query.empty_query()

    def _years(self, part: ex.Years) -> Query:
        return Query.range_query(self._schema, "year", tantivy.FieldType.Integer, part.first, part.last)

    def _coded(self, part: ex.Coded) -> Query:
        field, wanted = FACET_FIELDS[part.facet], {value.casefold() for value in part.values}
        known = self._view.searcher.terms_with_prefix(field, "", limit=_MOST_VALUES)
        found = [value for value, _ in known if value.casefold() in wanted]
        return Query.term_set_query(self._schema, field, found) if found else Query.empty_query()

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)


def _fitting(pattern: str) -> Callable[[str], bool]:
    """Whether a word fits a pattern with ``*`` and ``?``; in a time that the number of signs does not multiply.

    >>> [_fitting("h?st*r*y")(word) for word in ("history", "hastery", "historic", "hstory")]
    [True, True, False, False]
    """
    first, *rest = ["".join("." if c == "?" else re.escape(c) for c in part) for part in pattern.split("*")]
    # What stands between two * is taken where it comes first, and never again somewhere else.
    between = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    regex = re.compile(f"{first}{between}.*{rest[-1]}" if rest else first, re.DOTALL)
    return lambda word: regex.fullmatch(word) is not None
