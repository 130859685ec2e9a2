"""Candidates of one query from the text index: by name, and of many of a name those that the evidence speaks for."""

import re
from collections.abc import Iterable

from services.reconciliation.identified import is_identifier, number_in
from services.reconciliation.identity import iri_or_nothing
from services.reconciliation.properties import Shape
from services.reconciliation.request import Evidence, ReconciliationQuery
from services.reconciliation.similarity import split_dates
from services.search import lookup, numbers, pinyin, words
from services.search.filters import Occurrence, years
from services.search.index import View
from services.search.lookup import Known
from services.search.parsing import clean
from services.search.queries import MUST, MUST_NOT, SHOULD, Query
from services.search.schema import FACET_FIELDS, STATE

MOST = 40
"""Entities that are looked at for one query."""
_ENOUGH = 5
"""Fewer than so many, and names that are only like it are looked for too."""
_KEY, _ARTICLE, _SOUND, _NEAR = 60.0, 55.0, 40.0, 30.0
_IDENTIFIER, _EVIDENCE = 1_000.0, 15.0
_SHORTEST_MISSPELT, _TWO_MISTAKES = 4, 8
_YEAR = re.compile(r"\d{3,4}")
#: Property -> field of the text index that holds the names of its values, and the facet that holds their IRIs.
_FIELDS = {
    "creator": ("creator", "creator"),
    "main_creator": ("creator", "creator"),
    "subject": ("subject", "subject"),
    "genre": ("subject", ""),
    "place": ("subject", "place"),
    "series": ("series", "series"),
    "publisher": ("publisher", ""),
    "publication_place": ("publisher", ""),
}


def retrieve(view: View, query: ReconciliationQuery, base: str, *, typed: bool = True) -> list[Known]:
    """The entities that may be meant, in the order of the index; ``typed``: only of the types asked for.

    At most two searches: by the name as it stands, then by what is like it.
    """
    name = split_dates(clean(query.text))[0]
    supported = [(SHOULD, clause) for each in query.evidence for clause in _evidence(view, each, base)]
    within = [*_of_types(view, query if typed else None), (MUST_NOT, Query.term_query(view.schema, "kind", STATE))]
    numbered = [(SHOULD, clause) for clause in _numbered(view, query)]
    if not words.key(name):
        sought = [*numbered, *supported]
        return _search(view, [(MUST, Query.boolean_query(sought)), *within]) if sought else []
    strict = Query.boolean_query([*((SHOULD, clause) for clause in _named(view, name)), *numbered])
    found = _search(view, [(MUST, strict), *supported, *within])
    if len(found) < _ENOUGH:
        loose = Query.boolean_query([(SHOULD, clause) for clause in _like(view, name)])
        more = _search(view, [(MUST, loose), *supported, *within])
        found = list({each.iri: each for each in (*found, *more)}.values())
    return found[:MOST]


def _search(view: View, clauses: list[Occurrence]) -> list[Known]:
    hits = view.searcher.search(Query.boolean_query(clauses), MOST, False).hits
    return [lookup.known(view, address) for _, address in hits]


def _of_types(view: View, query: ReconciliationQuery | None) -> list[Occurrence]:
    if query is None or not query.types:
        return []
    kinds = [(each.kind, each.class_) for each in query.types]
    if query.strictness == "all":
        return [clause for kind in kinds for clause in lookup.of_kinds(view, [kind])]
    return lookup.of_kinds(view, kinds)


def _named(view: View, name: str) -> Iterable[Query]:
    """The name itself, without its article, by its sound, or its words in any order."""
    key = words.key(name)
    yield _const(Query.term_query(view.schema, "key", key), _KEY)
    yield _const(Query.term_query(view.schema, "key", words.without_article(key)), _ARTICLE)
    letters = key.replace(" ", "")
    if letters.isascii() and letters.isalpha() and pinyin.split(key):
        yield _const(Query.term_query(view.schema, "sound", letters), _SOUND)
    tokens = list(dict.fromkeys(words.plain().analyze(key)))
    if words.has_han(key) and len(tokens) > 1:
        yield Query.phrase_query(view.schema, "name", list(words.plain().analyze(key)))
    elif tokens:
        yield _all(view, "name", tokens)


def _like(view: View, name: str) -> Iterable[Query]:
    """Names with a letter or two otherwise, those that have half of the words, a title among its creator's names."""
    key = words.key(name)
    if len(key) >= _SHORTEST_MISSPELT or words.has_han(key):
        yield _const(Query.fuzzy_term_query(view.schema, "key", key, distance=_mistakes(key)), _NEAR)
    tokens = list(dict.fromkeys(words.plain().analyze(key)))
    near = [(SHOULD, _near(view, token)) for token in tokens]
    half = max(1, (len(tokens) + 1) // 2)
    yield Query.boolean_query(near, minimum_number_should_match=half)
    either = [
        Query.boolean_query([(SHOULD, Query.term_query(view.schema, field, token)) for field in ("name", "creator")])
        for token in tokens
    ]
    if len(either) > 1:
        yield Query.boost_query(Query.boolean_query([(MUST, each) for each in either]), 2.0)


def _near(view: View, token: str) -> Query:
    exact = Query.term_query(view.schema, "name", token)
    if len(token) < _SHORTEST_MISSPELT or words.has_han(token) or any(c.isdigit() for c in token):
        return exact
    near = Query.fuzzy_term_query(view.schema, "name", token, distance=_mistakes(token))
    return Query.boolean_query([(SHOULD, Query.boost_query(exact, 2.0)), (SHOULD, near)])


def _mistakes(text: str) -> int:
    return 1 if len(text) < _TWO_MISTAKES else 2


def _numbered(view: View, query: ReconciliationQuery) -> Iterable[Query]:
    given = [value.text for each in query.evidence if each.property.shape is Shape.NUMBER for value in each.values]
    if is_identifier(query.text):
        given.append(number_in(query.text))
    for form in dict.fromkeys(form for text in given for form in numbers.forms(text)):
        yield _const(Query.term_query(view.schema, "identifier", form), _IDENTIFIER)


def _evidence(view: View, evidence: Evidence, base: str) -> Iterable[Query]:
    """What lifts an entity among others of its name."""
    found = [match.group() for value in evidence.values if (match := _YEAR.search(value.text))]
    if evidence.property.shape is Shape.YEAR:
        for year in map(int, found):
            yield _const(years(view, year - 1, year + 1), _EVIDENCE / 2)
    elif evidence.property.shape is Shape.DATE:  # which headings have at their end
        for text in found:
            yield _const(Query.term_query(view.schema, "name", text), _EVIDENCE)
    else:
        yield from _linked(view, evidence, base)


def _linked(view: View, evidence: Evidence, base: str) -> Iterable[Query]:
    """Works that have to do with the entities named, by identifier or by the words of their names."""
    field, facet = _FIELDS.get(evidence.property.id, ("", ""))
    for value in evidence.values if field else ():
        if value.id and facet:
            yield _const(Query.term_query(view.schema, FACET_FIELDS[facet], iri_or_nothing(value.id, base)), _EVIDENCE)
        tokens = _stems(split_dates(value.text)[0])
        if tokens:
            yield _const(_all(view, field, tokens), _EVIDENCE)


def _stems(text: str) -> list[str]:
    return list(dict.fromkeys(words.stemming().analyze(words.simplified(clean(text)))))


def _all(view: View, field: str, tokens: Iterable[str]) -> Query:
    return Query.boolean_query([(MUST, Query.term_query(view.schema, field, token)) for token in tokens])


def _const(query: Query, worth: float) -> Query:
    return Query.const_score_query(query, worth)
