"""Filters of a search, and the counts of facets beside them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

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
_COMMON = 1_000
"""Values that each segment reports at first: naming all that thousands of hits have takes longer than all the rest."""
_FEW_HITS = 200
"""Of so few, all values are counted as fast as the commonest."""
_CANDIDATES = 200
"""Values of all segments among which the commonest are."""

Occurrence = tuple[tantivy.Occur, tantivy.Query]


def filtered(view: View, query: tantivy.Query, request: SearchRequest, without: str = "") -> tantivy.Query:
    """``query`` within the filters of ``request``; without the one of the facet ``without``."""
    return Query.boolean_query([(MUST, query), *_filters(view, request, without)])


def _filters(view: View, request: SearchRequest, without: str) -> Iterable[Occurrence]:
    yield MUST_NOT, Query.term_query(view.schema, "kind", STATE)
    if request.type not in ANY_KIND:
        yield _unscored(Query.term_query(view.schema, "kind", request.type))
    if request.first_year is not None or request.last_year is not None:
        yield _unscored(years(view, request.first_year, request.last_year))
    for name, values in request.facets.items():
        if values and name != without:
            yield _unscored(Query.term_set_query(view.schema, FACET_FIELDS[name], list(values)))


def _unscored(query: tantivy.Query) -> Occurrence:
    return MUST, Query.const_score_query(query, 0.0)


def years(view: View, first: int | None, last: int | None) -> tantivy.Query:
    """What was published in some years, both included; None: without a bound."""
    return Query.range_query(view.schema, "year", tantivy.FieldType.Integer, first, last)


def facet_counts(
    view: View, query: tantivy.Query, request: SearchRequest, total: int, *, slow: bool = False
) -> dict[str, dict[str, int]]:
    """Facet -> value -> hits that have it; a facet that is filtered by counts what its own filter leaves out too.

    Args:
        view: The index.
        query: What is sought.
        request: With its filters.
        total: How many hits there are.
        slow: The query takes so long by itself that it is better not asked again for each of the commonest values.
    """
    chosen = [name for name, values in request.facets.items() if values]
    others = [name for name in FACET_FIELDS if name not in chosen]
    once = total <= _FEW_HITS or (slow and view.searcher.num_segments > 1)
    count = _count if once else _common
    counts = count(view, filtered(view, query, request), others)
    for name in chosen:
        counts |= _count(view, filtered(view, query, request, without=name), [name])
    return {name: _shown(counts[name], request.facets.get(name, ())) for name in FACET_FIELDS}


def _common(view: View, query: tantivy.Query, names: Collection[str]) -> dict[str, dict[str, int]]:
    """Exact counts of the commonest values: of those that segments report, and of all where these leave a doubt."""
    found = _asked(view, query, names, _COMMON)
    known: dict[str, dict[str, int] | None] = {}
    for name in names:
        counts, missed = _buckets(found[name]), found[name]["doc_count_error_upper_bound"]
        known[name] = counts if not missed else _certain(view, query, name, counts, missed)
    doubtful = [name for name, counts in known.items() if counts is None]
    return {name: counts for name, counts in known.items() if counts is not None} | _count(view, query, doubtful)


def _certain(
    view: View, query: tantivy.Query, name: str, counts: Mapping[str, int], missed: int
) -> dict[str, int] | None:
    """The counts of all values that may be among the commonest, where segments may have left out ``missed`` of each.

    None where a value that no segment has reported may be among them.
    """
    ordered = sorted(counts.values(), reverse=True)
    least = ordered[VALUES_SHOWN - 1] - missed if len(ordered) >= VALUES_SHOWN else 0
    if least <= missed or ordered[-1] >= least:
        return None
    common = [value for value, count in counts.items() if count >= least]
    if view.searcher.num_segments == 1:
        return {value: counts[value] for value in common}
    return {value: _having(view, query, FACET_FIELDS[name], value) for value in common}


def _having(view: View, query: tantivy.Query, field: str, value: str) -> int:
    has = Query.boolean_query([(MUST, query), _unscored(Query.term_query(view.schema, field, value))])
    return int(view.searcher.search(has, 1, count=True).count or 0)  # type: ignore[attr-defined]  # missing in the stubs


def _count(view: View, query: tantivy.Query, names: Collection[str]) -> dict[str, dict[str, int]]:
    """Exact counts of all values, up to a number of them."""
    found = _asked(view, query, names, _EXACT) if names else {}
    return {name: _buckets(found[name]) for name in names}


def _asked(view: View, query: tantivy.Query, names: Collection[str], reported: int) -> dict[str, Any]:
    wanted = {
        name: {
            "terms": {
                "field": FACET_FIELDS[name],
                "size": _EXACT if name in _FEW else _CANDIDATES,
                "segment_size": _EXACT if name in _FEW else reported,
            }
        }
        for name in names
    }
    answer: dict[str, Any] = view.searcher.aggregate(query, wanted) if wanted else {}
    return answer


def _buckets(found: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


_FEW = frozenset({"type", "language", "format", "classification", "decade", "source"})
"""Facets with so few values that all are counted."""


def _shown(counts: Mapping[str, int], chosen: Collection[str]) -> dict[str, int]:
    """The commonest values, and those that are filtered by, whatever their number."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept = ordered[:VALUES_SHOWN] + [(value, counts.get(value, 0)) for value in chosen]
    return dict(kept)
