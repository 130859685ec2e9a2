"""Answers batches: candidates from the text index, evidence and descriptions from the graph for all together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from graph.knowledge_graph import KnowledgeGraph
from services.hits.describe import describe
from services.hits.hit import Hit
from services.reconciliation import scoring, similarity
from services.reconciliation.agreement import agreement, number_forms
from services.reconciliation.candidates import retrieve
from services.reconciliation.identified import identified, is_identifier, number_in
from services.reconciliation.identity import id_of
from services.reconciliation.properties import NUMBERS, PROPERTIES, Property
from services.reconciliation.request import Evidence, Given, ReconciliationQuery
from services.reconciliation.scoring import Candidate
from services.reconciliation.similarity import Effort
from services.reconciliation.types import of_class
from services.reconciliation.values import Reader, Values, life
from services.search import lookup
from services.search.index import View
from services.search.lookup import Known

_COMPARED = 20
"""Candidates of a query whose evidence is looked at: those with the likest names."""
_EFFORT = 2_000
"""Names of one query that are compared letter by letter, its candidates' own and those of the evidence each."""
_DESCRIBED = 200
"""Entities that are described at a time."""
_LIFE = ("birth_date", "death_date")
_LONGEST_DESCRIPTION = 300
Result = list[dict[str, object]]
"""Candidates of one query as they go over the wire, the best first (schema ``reconciliation-result-batch.json``)."""


@dataclass(slots=True)
class _Asked:
    """A query with its candidates."""

    query: ReconciliationQuery
    candidates: list[Candidate]


def reconcile(
    graph: KnowledgeGraph, view: View | None, batch: Mapping[str, ReconciliationQuery], lang: str
) -> dict[str, Result]:
    """The candidates of each query of a batch.

    At most some two dozen queries of the graph, whatever the size of the batch, and four searches of the index a query.

    Args:
        graph: The graph.
        view: Its text index; without one there are no candidates.
        batch: The queries by their keys.
        lang: Language of the reader.
    """
    if view is None:
        return {key: [] for key in batch}
    queries = {key: _with_dates(query) for key, query in batch.items()}
    named = identified(graph, queries)
    base = graph.graphs.base
    asked = {key: _Asked(query, _candidates(view, query, named[key], base)) for key, query in queries.items()}
    reader = Reader(graph, view, lang)
    _verify(reader, [each for each in asked.values() if is_identifier(each.query.text)])
    _weigh(reader, view, [each for each in asked.values() if each.query.evidence], base)
    for each in asked.values():
        for candidate in each.candidates:
            scoring.rate(candidate, each.query)
        each.candidates = scoring.ranked(each.candidates)
    hits = _described(graph, asked.values(), lang)
    return {key: _result(each, hits, base, lang) for key, each in asked.items()}


def _with_dates(query: ReconciliationQuery) -> ReconciliationQuery:
    """The query with the years of a life that stand in its name as evidence, where an agent may be meant."""
    if query.types and all(each.kind != "agent" for each in query.types):
        return query
    given = {each.property.id for each in query.evidence}
    found = zip(_LIFE, life([query.text]), strict=True)
    more = [Evidence(PROPERTIES[name], (Given(year),)) for name, year in found if year and name not in given]
    return replace(query, evidence=(*query.evidence, *more))


def _candidates(view: View, query: ReconciliationQuery, named: Mapping[str, bool], base: str) -> list[Candidate]:
    """Entities that may be meant, those with the likest names first, so many as are compared."""
    if not query:
        return []
    found = retrieve(view, query, base)
    others = list(lookup.known_by_iri(view, [iri for iri in named if iri not in {each.iri for each in found}]).values())
    of_type = {each.iri for each in found} | _of_type(view, others, query)
    if query.strictness != "should":
        others = [each for each in others if each.iri in of_type]
    elif not found:
        others += retrieve(view, query, base, typed=False)
    made: dict[str, Candidate] = {}
    effort = Effort(_EFFORT)
    for each in (*others, *found):
        made.setdefault(each.iri, _candidate(each, query, named, of_type, effort))
    # The order of the index stays among names that are equally like: evidence has lifted those it speaks for.
    return sorted(made.values(), key=lambda each: (not each.is_named, -(each.name or 0.0)))[:_COMPARED]


def _of_type(view: View, others: Collection[Known], query: ReconciliationQuery) -> set[str]:
    if not query.types:
        return {each.iri for each in others}
    return lookup.of_types(view, [each.iri for each in others], [(each.kind, each.class_) for each in query.types])


def _candidate(
    known: Known, query: ReconciliationQuery, named: Mapping[str, bool], of_type: Collection[str], effort: Effort
) -> Candidate:
    text, name = query.text.strip(), None
    is_named = named.get(known.iri, False)
    if text and not is_named:
        name = similarity.best(similarity.forms(text), known.names, effort, headings="/id/work/" not in known.iri)
    return Candidate(known, name, is_named=is_named, has_type=known.iri in of_type if query.types else None)


def _verify(reader: Reader, asked: list[_Asked]) -> None:
    """Notes which candidates have the number that a query's text is; the index keeps cancelled ones too."""
    entities = dict.fromkeys(c.known.iri for each in asked for c in each.candidates if not c.is_named)
    if not entities:
        return
    values = reader.values(list(entities), NUMBERS)
    for each in asked:
        forms = number_forms(number_in(each.query.text))
        for candidate in each.candidates:
            known = values.get(candidate.known.iri, {}).values()
            if any(not forms.isdisjoint(number_forms(value.text)) for found in known for value in found):
                candidate.is_named, candidate.name = True, None
        # What has it comes first, and what has not is no answer to it.
        each.candidates = [c for c in each.candidates if c.is_named] or each.candidates


def _weigh(reader: Reader, view: View, asked: list[_Asked], base: str) -> None:
    """Compares the evidence of all queries with what their candidates have."""
    properties: dict[str, Property] = {e.property.id: e.property for each in asked for e in each.query.evidence}
    entities = dict.fromkeys(c.known.iri for each in asked for c in each.candidates)
    if not entities:
        return
    values = reader.values(list(entities), list(properties.values()))
    known = lookup.known_by_iri(view, _linked(values))
    for each in asked:
        effort = Effort(_EFFORT)
        for candidate in each.candidates:
            of_candidate = values[candidate.known.iri]
            candidate.agreements = {
                e.property.id: agreement(e, of_candidate[e.property.id], known, base, effort)
                for e in each.query.evidence
            }


def _linked(values: Values) -> list[str]:
    return list(dict.fromkeys(v.iri for of_one in values.values() for found in of_one.values() for v in found if v.iri))


def _described(graph: KnowledgeGraph, asked: Iterable[_Asked], lang: str) -> dict[str, Hit]:
    wanted = list(dict.fromkeys(c.known.iri for each in asked for c in each.candidates[: each.query.limit]))
    found: dict[str, Hit] = {}
    for start in range(0, len(wanted), _DESCRIBED):
        found |= describe(graph, wanted[start : start + _DESCRIBED], lang, brief=True)
    return found


def _result(asked: _Asked, hits: Mapping[str, Hit], base: str, lang: str) -> Result:
    match = scoring.matched(asked.candidates, asked.query)
    shown = (c for c in asked.candidates[: asked.query.limit] if c.known.iri in hits)
    return [
        {
            **entity(hits[candidate.known.iri], base, lang),
            "score": candidate.score,
            "match": candidate is match,
            "features": candidate.features(),
        }
        for candidate in shown
    ]


def entity(hit: Hit, base: str, lang: str) -> dict[str, object]:
    """An entity as it goes over the wire: identifier, name, what tells it from its namesakes, and types."""
    types = [{"id": each.id, "name": each.label(lang)} for each in of_class(hit.type)]
    found: dict[str, object] = {"id": id_of(hit.iri, base), "name": hit.title or hit.label or hit.iri}
    return found | {"description": description(hit), "type": types}


def description(hit: Hit) -> str:
    """What tells an entity from its namesakes: the name in another script, creators, dates, kind, vocabulary."""
    date = hit.date if hit.date and hit.date not in (hit.title or hit.label) else ""
    parts = (hit.other_script, "; ".join(hit.creators[:2]), date, hit.format, hit.scheme)
    return " · ".join(part for part in parts if part)[:_LONGEST_DESCRIPTION]
