"""Filters of a search, and the counts of facets beside them."""

from collections.abc import Collection, Iterable, Mapping

import tantivy

from services.search.index import View
from services.search.queries import MUST, MUST_NOT, Query
from services.search.request import SearchRequest
from services.search.schema import FACET_FIELDS, STATE

ANY_KIND = frozenset({"", "all"})
VALUES_SHOWN = 20
"""Values of a facet that a result lists."""
_EXACT = 100_000
"""Values that each segment of the index reports: counts of a common value must not miss any."""

Occurrence = tuple[tantivy.Occur, tantivy.Query]


def filtered(view: View, query: tantivy.Query, request: SearchRequest, without: str = "") -> tantivy.Query:
    """``query`` within the filters of ``request``; without the one of the facet ``without``."""
    return Query.boolean_query([(MUST, query), *_filters(view, request, without)])


def _filters(view: View, request: SearchRequest, without: str) -> Iterable[Occurrence]:
    yield MUST_NOT, Query.term_query(view.schema, "kind", STATE)
    if request.type not in ANY_KIND:
        yield _unscored(Query.term_query(view.schema, "kind", request.type))
    if request.first_year is not None or request.last_year is not None:
        yield _unscored(_years(view, request.first_year, request.last_year))
    for name, values in request.facets.items():
        if values and name != without:
            yield _unscored(Query.term_set_query(view.schema, FACET_FIELDS[name], list(values)))


def _unscored(query: tantivy.Query) -> Occurrence:
    return MUST, Query.const_score_query(query, 0.0)


def _years(view: View, first: int | None, last: int | None) -> tantivy.Query:
    return Query.range_query(view.schema, "year", tantivy.FieldType.Integer, first, last)


def facet_counts(view: View, query: tantivy.Query, request: SearchRequest) -> dict[str, dict[str, int]]:
    """Facet -> value -> hits that have it; a facet that is filtered by counts what its own filter leaves out too."""
    chosen = [name for name, values in request.facets.items() if values]
    others = [name for name in FACET_FIELDS if name not in chosen]
    counts = _count(view, filtered(view, query, request), others)
    for name in chosen:
        counts |= _count(view, filtered(view, query, request, without=name), [name])
    return {name: _shown(counts[name], request.facets.get(name, ())) for name in FACET_FIELDS}


def _count(view: View, query: tantivy.Query, names: Collection[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    wanted = {
        name: {"terms": {"field": FACET_FIELDS[name], "size": _EXACT if name in _FEW else 200, "segment_size": _EXACT}}
        for name in names
    }
    found = view.searcher.aggregate(query, wanted)
    return {name: {b["key"]: b["doc_count"] for b in found[name]["buckets"]} for name in names}


_FEW = frozenset({"type", "language", "format", "classification", "decade", "source"})
"""Facets with so few values that all are counted."""


def _shown(counts: Mapping[str, int], chosen: Collection[str]) -> dict[str, int]:
    """The commonest values, and those that are filtered by, whatever their number."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept = ordered[:VALUES_SHOWN] + [(value, counts.get(value, 0)) for value in chosen]
    return dict(kept)
