"""The search service: seeds and counts from the text index, descriptions from the graph."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock

import tantivy

from common import terms
from common.errors import InputError
from common.namespaces import XSD
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import bind
from graph.queries import query_file
from services.entities.naming import Names
from services.hits.describe import describe
from services.hits.hit import Hit
from services.search import cursor, filters, highlights
from services.search.boolean import Compiler
from services.search.expressions import Selected, Selection
from services.search.headings import Heading, headings
from services.search.index import TextIndex, View
from services.search.labels import facet_labels
from services.search.parsing import Typed, take_apart
from services.search.queries import ENOUGH, FEW, LOOSER, STRICT, Builder, Query, Stage
from services.search.request import FACETS, FIELDS, SORTS, FacetValue, SearchRequest, SearchResult, Suggestion
from services.search.schema import DESCENDING, FACET_FIELDS, SORT_FIELDS
from services.search.segmentation import Segmenter, segmenter_of
from services.search.suggestions import suggestions
from services.search.texts import RELAXED

KINDS = ("work", "agent", "subject", "place", "hub", "event")
MOST_HITS = 100
_MARGIN = 50
"""Hits looked at beyond a page, so that equal scores are ordered by IRI and not by where the index keeps them."""
_MOST_PASSAGES = 2
"""Passages of a hit that are shown."""
_THREADS = 8
"""Searches whose facets are counted at the same time: as many as the server answers at once."""
_MOST_LABELS = 50_000
"""Labels of facet values that are remembered."""
Counts = dict[str, dict[str, int]]
"""Facet -> value -> hits."""
_DIGITS = 3
"""Of a score that counts: sums of the same numbers in another order differ further on."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The query that found something, the same without scores, what it loosened, and how much it found."""

    query: tantivy.Query
    matching: tantivy.Query
    relaxed: str
    total: int


class Searcher:
    """Answers searches; threads may share it.

    Args:
        graph: The graph.
        index: Its text index.
    """

    def __init__(self, graph: KnowledgeGraph, index: TextIndex) -> None:
        self._graph = graph
        self._index = index
        self._lock = Lock()
        self._words: tuple[View, Segmenter] | None = None
        self._labels: tuple[View, dict[tuple[str, str, str], str]] | None = None
        self._beside = ThreadPoolExecutor(_THREADS, "count")

    def search(self, request: SearchRequest) -> SearchResult:
        """The hits.

        Raises:
            InputError: The request can't be answered; names the parameter.
        """
        _check(request)
        offset = cursor.offset_of(request)
        view = self._index.view()
        if view is None:
            return SearchResult(0, [], {}, [], "", None, 0)
        typed = take_apart(request.text, self._segmenter(view))
        found = _find(view, typed, request)
        page = _page(view, found.query, request, offset)
        # The index counts without Python's lock, while the graph is asked about the hits.
        counting = self._beside.submit(_counts, view, found, request)
        hits = self._hits(view, page, typed, request.lang)
        return SearchResult(
            found.total,
            hits,
            self._facets(view, counting.result(), request.lang),
            [RELAXED[found.relaxed].get(request.lang, RELAXED[found.relaxed]["en"])] if found.relaxed else [],
            bound(page, offset),
            _next(request, offset, len(page), found.total),
            view.sequence,
        )

    def suggest(self, text: str, lang: str = "en", type_: str = "", limit: int = 10) -> list[Suggestion]:
        """Entities of any kind (or one) whose name begins with ``text``, the best known first."""
        view = self._index.view()
        return suggestions(self._graph, view, text, lang, type_, limit) if view else []

    def view(self) -> View | None:
        """The index as of its last commit, for who searches it otherwise; None where there is none."""
        return self._index.view()

    def select(self, selection: Selection) -> Selected:
        """The works that an expression finds, none loosened: those of a page are described.

        Raises:
            InputError: A part of the expression stands for too much.
        """
        view = self._index.view()
        if view is None:
            return Selected(0, [], 0)
        query = Compiler(view, self._segmenter(view)).query(selection.expression)
        request = SearchRequest("", selection.lang, sort=selection.sort, limit=selection.limit)
        total = _count(view, query, request)
        read = _best if request.sort == "relevance" else _page
        page = read(view, query, request, selection.offset) if selection.offset < total else []
        described = describe(self._graph, [scored.iri for scored in page], selection.lang)
        return Selected(total, [described[s.iri] for s in page if s.iri in described], view.sequence)

    def headings(self, field: str, text: str, before: int, after: int) -> list[Heading]:
        """Headings of a field in order, around where ``text`` stands: so many before it, and so many from it on."""
        view = self._index.view()
        return headings(view, Compiler(view, self._segmenter(view)), field, text, before, after) if view else []

    @property
    def sequence(self) -> int:
        """Number of the last changeset that answers reflect; 0 where there is no index yet."""
        return self._index.sequence or 0

    def _segmenter(self, view: View) -> Segmenter:
        with self._lock:
            if self._words is None or self._words[0] is not view:
                self._words = (view, segmenter_of(view))
            return self._words[1]

    def _facets(self, view: View, counts: Counts, lang: str) -> dict[str, list[FacetValue]]:
        """Values in words; those of an earlier search of the same index are remembered."""
        with self._lock:
            if self._labels is None or self._labels[0] is not view or len(self._labels[1]) > _MOST_LABELS:
                self._labels = (view, {})
            known = self._labels[1]
        unknown = {f: {v: n for v, n in found.items() if (lang, f, v) not in known} for f, found in counts.items()}
        for (facet, value), label in facet_labels(unknown, Names(self._graph, lang)).items():
            known[lang, facet, value] = label
        return {
            name: [FacetValue(value, known[lang, name, value], count) for value, count in values.items()]
            for name, values in counts.items()
        }

    def _hits(self, view: View, page: list["_Scored"], typed: Typed, lang: str) -> list[Hit]:
        described = describe(self._graph, [scored.iri for scored in page], lang)
        wanted = highlights.sought(typed)
        hits = []
        for scored in page:
            if hit := described.get(scored.iri):
                hit.score = scored.score
                hit.highlights = _highlights(view, scored, hit, wanted) if typed else {}
                hits.append(hit)
        return hits


def matches(view: View, segmenter: Segmenter, request: SearchRequest) -> list[tuple[str, float]]:
    """IRI and score of what a search finds, the best first; as many as ``limit`` says, nothing described.

    Raises:
        InputError: The request can't be answered; names the parameter.
    """
    _check(replace(request, limit=0))
    typed = take_apart(request.text, segmenter)
    return [(scored.iri, scored.score) for scored in _page(view, _find(view, typed, request).query, request, 0)]


@dataclass(frozen=True, slots=True)
class _Scored:
    iri: str
    score: float
    address: tantivy.DocAddress


def _check(request: SearchRequest) -> None:
    known = (
        (request.type, "type", (*KINDS, "all", "")),
        (request.field, "field", (*FIELDS, "")),
        (request.sort, "sort", SORTS),
    )
    for given, name, offered in known:
        if given not in offered:
            raise InputError(f"{name}: {given[:40]!r} is not known; known are {', '.join(o for o in offered if o)}")
    for name in request.facets:
        if name not in FACETS:
            raise InputError(f"facet.{name[:40]}: there is no such facet; there are {', '.join(FACETS)}")
    if not 0 <= request.limit <= MOST_HITS:
        raise InputError(f"limit: {request.limit} is not from 0 to {MOST_HITS}")


def _find(view: View, typed: Typed, request: SearchRequest) -> _Found:
    """What the first reading of the query finds that finds anything; a text without words lists nothing."""
    if not typed:
        query = Query.empty_query() if request.text.strip() else Query.all_query()
        return _Found(query, query, "", _count(view, query, request))
    builder = Builder(view, typed, request.field)
    whole = _tried(STRICT, typed, view, request)
    if whole.total:
        return _tried(FEW, typed, view, request) if _is_question(builder, whole, view, request) else whole
    looser = [stage for stage in LOOSER if builder.may_be_misspelt or stage.relaxed == "words"]
    tried = (_tried(stage, typed, view, request) for stage in looser)
    return next((found for found in tried if found.total), whole)


def _tried(stage: Stage, typed: Typed, view: View, request: SearchRequest) -> _Found:
    query = stage.build(Builder(view, typed, request.field))
    matching = stage.build(Builder(view, typed, request.field, scored=False))
    return _Found(query, matching, stage.relaxed, _count(view, matching, request))


def _is_question(builder: Builder, whole: _Found, view: View, request: SearchRequest) -> bool:
    """Whether a text has many words, few answers, and names nothing; a filter does not change how it is read."""
    if not builder.is_question or whole.total >= ENOUGH or request.sort != "relevance":
        return False
    unfiltered = replace(request, facets={}, first_year=None, last_year=None)
    if _count(view, builder.named(), unfiltered):
        return False
    return unfiltered == request or _count(view, whole.query, unfiltered) < ENOUGH


def _count(view: View, query: tantivy.Query, request: SearchRequest) -> int:
    result = view.searcher.search(filters.filtered(view, query, request), 1, count=True)
    return int(result.count or 0)  # type: ignore[attr-defined]  # tantivy's stubs leave it out


def _page(view: View, query: tantivy.Query, request: SearchRequest, offset: int) -> list[_Scored]:
    if not request.limit:
        return []
    wanted = filters.filtered(view, query, request)
    order = SORT_FIELDS.get(request.sort)
    if order:
        direction = tantivy.Order.Desc if request.sort in DESCENDING else tantivy.Order.Asc
        hits = view.searcher.search(wanted, request.limit, False, order, offset, direction).hits
        return [_scored(view, 0.0, address) for _, address in hits]
    hits = view.searcher.search(wanted, offset + request.limit + _MARGIN, False).hits
    scored = [_scored(view, round(score, _DIGITS), address) for score, address in hits]
    return sorted(scored, key=lambda s: (-s.score, s.iri))[offset : offset + request.limit]


def _best(view: View, query: tantivy.Query, request: SearchRequest, offset: int) -> list[_Scored]:
    """The best hits; equal ones as the index keeps them, for thousands may be equal, and each stands on one page."""
    if not request.limit:
        return []
    hits = view.searcher.search(filters.filtered(view, query, request), request.limit, False, offset=offset).hits
    return [_scored(view, round(score, _DIGITS), address) for score, address in hits]


def _scored(view: View, score: float, address: tantivy.DocAddress) -> _Scored:
    return _Scored(str(view.searcher.doc(address)["iri"][0]), score, address)


def _counts(view: View, found: _Found, request: SearchRequest) -> Counts:
    if not found.total:
        return {name: {} for name in FACET_FIELDS}
    return filters.facet_counts(view, found.matching, request, found.total, slow=bool(found.relaxed))


def _highlights(view: View, scored: _Scored, hit: Hit, wanted: highlights.Sought) -> dict[str, list[str]]:
    title = highlights.marked(hit.title or hit.label, wanted)
    stored = view.searcher.doc(scored.address).get_first("passage")
    lines = bytes(stored).decode(errors="ignore").split("\n") if stored else []
    found = {"title": [title] if title else [], "text": highlights.passages(lines, wanted, _MOST_PASSAGES)}
    return {name: passages for name, passages in found.items() if passages}


def bound(page: Iterable[_Scored], offset: int) -> str:
    """The query that gives the hits of a page at ``/sparql``."""
    rows = [
        (
            terms.iri(scored.iri),
            terms.integer(place),
            terms.literal(f"{scored.score:.{_DIGITS}f}", datatype=f"{XSD}decimal"),
        )
        for place, scored in enumerate(page, offset + 1)
    ]
    return bind(query_file(__package__ or "", "hits"), {"hits": rows})


def _next(request: SearchRequest, offset: int, shown: int, total: int) -> str | None:
    following = offset + shown
    return cursor.encode(request, following) if shown and following < min(total, cursor.DEEPEST) else None
