"""Text in SPARQL: ``?x bg:text ("words" ?score)`` becomes VALUES from the text index, before an engine sees the query.

The object is the words, or a list: the words, a variable for the score, and in any order a number (how many matches,
the best first), ``"field:title"``, ``"type:agent"``, ``"language:zh"``. A match is what a search finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

from common.errors import QueryError
from common.namespaces import RDF, XSD
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_query
from graph.sparql.rewriting import with_bgps
from graph.sparql.serialize import serialize_query
from graph.sparql.syntax import join
from graph.sparql.terms import Iri, Literal, Node, Variable
from graph.sparql.walk import nodes
from ingest.codes import language_code
from services.search.index import TextIndex, View
from services.search.request import SearchRequest
from services.search.searcher import matches
from services.search.segmentation import Segmenter, segmenter_of
from services.sparql.mentions import TEXT

_DEFAULT, _MOST = 1_000, 10_000
"""Matches of one pattern: unless it says how many, and at most."""
_DIGITS = 3
_OPTIONS = ("field", "type", "language")
_FIRST, _REST, _NIL = (f"{RDF}{part}" for part in ("first", "rest", "nil"))
_Triple = alg.TriplePattern | alg.PathPattern


def prepare(index: TextIndex) -> None:
    """Loads what the first search needs, dictionaries above all."""
    view = index.view()
    if view is not None:
        _segmenter(index, view.sequence)


def expanded(text: str, index: TextIndex) -> str | None:
    """The query with what the index finds in the place of each ``bg:text``; None: it has none.

    Raises:
        QuerySyntaxError: With line and column.
        QueryError: A pattern of ``bg:text`` is not as it should be; says what is.
    """
    query = parse_query(text)
    if query.pattern is None or not any(_is_text(node) for node in nodes(query.pattern)):
        return None
    view = index.view()
    if view is None:
        raise QueryError("bg:text: there is no text index yet")
    finder = _Finder(view, _segmenter(index, view.sequence))
    return serialize_query(replace(query, pattern=with_bgps(query.pattern, finder.replaced)))


def _is_text(node: object) -> bool:
    return isinstance(node, alg.TriplePattern) and node.predicate == Iri(TEXT)


@lru_cache(maxsize=1)
def _segmenter(index: TextIndex, _sequence: int) -> Segmenter:
    """One that knows the names of the index as it is; to make it takes a while."""
    view = index.view()
    if view is None:
        raise QueryError("bg:text: the text index is gone")
    return segmenter_of(view)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one pattern asks for."""

    subject: Iri | Variable
    request: SearchRequest
    score: Variable | None


class _Finder:
    """Replaces patterns by what the index finds."""

    def __init__(self, view: View, segmenter: Segmenter) -> None:
        self._view = view
        self._segmenter = segmenter

    def replaced(self, bgp: alg.BGP) -> alg.Pattern:
        """A basic graph pattern without ``bg:text``, joined to what that finds."""
        texts = [each for each in bgp.patterns if isinstance(each, alg.TriplePattern) and _is_text(each)]
        if not texts:
            return bgp
        lists = _Lists(bgp.patterns)
        found: list[alg.Pattern] = [self._values(_asked(triple, lists)) for triple in texts]
        rest = tuple(triple for triple in bgp.patterns if not _is_text(triple) and triple not in lists.used)
        return reduce(join, [*found, alg.BGP(rest)] if rest else found)

    def _values(self, asked: _Asked) -> alg.Values:
        found = matches(self._view, self._segmenter, asked.request)
        if isinstance(asked.subject, Iri):
            found = [each for each in found if each[0] == asked.subject.value]
        columns: list[Variable] = []
        cells: list[list[Iri | Literal]] = []
        if isinstance(asked.subject, Variable):
            columns.append(asked.subject)
            cells.append([Iri(iri) for iri, _ in found])
        if asked.score is not None:
            columns.append(asked.score)
            cells.append([Literal(f"{score:.{_DIGITS}f}", f"{XSD}decimal") for _, score in found])
        return alg.Values(tuple(columns), tuple(zip(*cells, strict=True)) if cells else ((),) * len(found[:1]))


class _Lists:
    """The lists of a basic graph pattern, ``( … )`` as triples.

    Attributes:
        used: Triples of the lists that were asked for.
    """

    def __init__(self, patterns: tuple[_Triple, ...]) -> None:
        triples = [triple for triple in patterns if isinstance(triple, alg.TriplePattern)]
        self._parts = {
            (triple.subject, triple.predicate.value): triple for triple in triples if isinstance(triple.predicate, Iri)
        }
        self.used: set[_Triple] = set()

    def members(self, head: Node) -> Iterator[Node]:
        """The members of a list."""
        while head != Iri(_NIL):
            first, rest = self._parts.get((head, _FIRST)), self._parts.get((head, _REST))
            if first is None or rest is None or rest in self.used:
                raise QueryError('bg:text takes words, or a list: ?x bg:text ("words" ?score)')
            self.used |= {first, rest}
            yield first.object
            head = rest.object


def _asked(triple: alg.TriplePattern, lists: _Lists) -> _Asked:
    if not isinstance(triple.subject, Iri | Variable):
        raise QueryError("bg:text: the subject is an IRI or a variable")
    members = [triple.object] if isinstance(triple.object, Literal) else list(lists.members(triple.object))
    if not members or not isinstance(words := members[0], Literal):
        raise QueryError("bg:text: the words are a string, not a variable: they are sought before the query runs")
    score: Variable | None = None
    request = SearchRequest(words.lexical, type="all", limit=_MOST if isinstance(triple.subject, Iri) else _DEFAULT)
    for member in members[1:]:
        match member:
            case Variable() if score is None and member != triple.subject:
                score = member
            case Literal(lexical, datatype) if datatype == f"{XSD}integer":
                request = replace(request, limit=_limit(lexical))
            case Literal(lexical):
                request = _with_option(request, lexical)
            case _:
                raise QueryError("bg:text: after the words come a variable, a number, and options in quotes")
    return _Asked(triple.subject, request, score)


def _limit(lexical: str) -> int:
    if len(lexical) > len(str(_MOST)) or not 1 <= (number := int(lexical)) <= _MOST:
        raise QueryError(f"bg:text: the number of matches is from 1 to {_MOST}")
    return number


def _with_option(request: SearchRequest, text: str) -> SearchRequest:
    name, colon, value = text.partition(":")
    if not colon or name not in _OPTIONS:
        raise QueryError(
            f"bg:text: {text[:40]!r} is no option; there are {', '.join(f'{each}:…' for each in _OPTIONS)}"
        )
    if name == "field":
        return replace(request, field=value)
    if name == "type":
        return replace(request, type=value)
    code = language_code(value)
    if code is None:
        raise QueryError(f"bg:text: {value[:20]!r} is no code of a language")
    return replace(request, facets={"language": (code,)})
