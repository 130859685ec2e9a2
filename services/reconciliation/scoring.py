"""Features, score and decision of candidates: fact in ``agreement`` and ``similarity``, judgement here.

The score is the mean of name and evidence, weighted: the name counts 1, each property its weight. What is not known of
a candidate counts as ``UNKNOWN``, and what contradicts as 0. A number that agrees, which only one entity can have, is
enough by itself. ``docs/reconciliation.md`` explains it to users.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.reconciliation.properties import Shape
from services.reconciliation.request import Evidence, ReconciliationQuery
from services.reconciliation.similarity import name_of, split_dates
from services.search import words
from services.search.lookup import Known

UNKNOWN = 0.4
"""What evidence counts of which nothing is known."""
CONTRADICTED, OTHER_TYPE = 0.55, 0.8
"""What is left of a score where a date or number says it is another, and of one of another type than asked for."""
LEAST_SCORE, LEAST_NAME, SAME_NAME, MARGIN = 90.0, 0.84, 0.98, 5.0
"""A match has at least this score, is so far ahead of the next, and its name is so like with evidence, or without."""
LEAST_LISTED = 25.0
"""What scores less is no candidate."""
_WEIGHTY = frozenset({Shape.DATE, Shape.NUMBER})
_AGREES = 0.75
#: Kinds of which many may bear a short name.
_NAMESAKES = frozenset({"work", "agent"})
_TELLING_CHARACTERS, _TELLING_WORDS = 3, 2


@dataclass(slots=True)
class Candidate:
    """An entity that may be meant.

    Attributes:
        known: The entity.
        name: Likeness of the likest of its names; None where the query has none.
        agreements: Property -> how well it agrees, None where nothing is known.
        is_named: Whether the query's text is an identifier of this entity.
        has_type: Whether it is of a type asked for; None where none was.
        score: From 0 to 100.
    """

    known: Known
    name: float | None = None
    agreements: dict[str, float | None] = field(default_factory=dict)
    is_named: bool = False
    has_type: bool | None = None
    score: float = 0.0

    def features(self) -> list[dict[str, object]]:
        """What the score is made of, as it goes over the wire."""
        found: list[dict[str, object]] = []
        if self.name is not None:
            found.append({"id": "name_similarity", "value": round(self.name, 3)})
            found.append({"id": "name_is_same", "value": self.name == 1.0})
        if self.is_named:
            found.append({"id": "identifier_is_same", "value": True})
        found += [{"id": name, "value": value} for name, value in self.agreements.items() if value is not None]
        if self.has_type is not None:
            found.append({"id": "type_is_asked_for", "value": self.has_type})
        found.append({"id": "works", "value": self.known.works})
        return found


def rate(candidate: Candidate, query: ReconciliationQuery) -> None:
    """Gives a candidate its score."""
    evidence = {each.property.id: each for each in query.evidence}
    identified = candidate.is_named or any(
        agreed == 1.0 and _is_unique(evidence[name]) for name, agreed in candidate.agreements.items()
    )
    parts = [(1.0, candidate.name)] if candidate.name is not None else []
    parts += [(evidence[n].property.weight, UNKNOWN if a is None else a) for n, a in candidate.agreements.items()]
    total = sum(weight for weight, _ in parts)
    score = 100 * sum(weight * value for weight, value in parts) / total if total else 0.0
    if identified:
        score = max(score, 100.0 if _is_undisputed(candidate) else 80.0)
    elif any(a == 0.0 and evidence[n].property.shape in _WEIGHTY for n, a in candidate.agreements.items()):
        score *= CONTRADICTED
    if candidate.has_type is False:
        score *= OTHER_TYPE
    candidate.score = round(score, 1)


def _is_unique(evidence: Evidence) -> bool:
    """Whether one entity alone can have such a value."""
    return evidence.property.shape is Shape.NUMBER and evidence.property.weight == 1.0


def _is_undisputed(candidate: Candidate) -> bool:
    """Whether the name, where there is one, does not speak against a number that agrees."""
    return candidate.is_named or candidate.name is None or candidate.name >= 0.5  # noqa: PLR2004  half of it


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best first: of the same score what more works stand behind, an authority before a heading of one record."""
    listed = [each for each in candidates if each.score >= LEAST_LISTED]
    return sorted(
        listed,
        key=lambda each: (-each.score, "/id/authority/" not in each.known.iri, -each.known.works, each.known.iri),
    )


def matched(candidates: Sequence[Candidate], query: ReconciliationQuery) -> Candidate | None:
    """The one that is clearly right; None where there is none, above all where another has the same name."""
    if not candidates:
        return None
    first = candidates[0]
    following = candidates[1].score if len(candidates) > 1 else 0.0
    if first.score < LEAST_SCORE or first.score - following < MARGIN or first.has_type is False:
        return None
    if first.is_named or _is_identified(first, query):
        return first
    if first.name is None or first.name < LEAST_NAME or any(value == 0.0 for value in first.agreements.values()):
        return None
    supported = any(value is not None and value >= _AGREES for value in first.agreements.values())
    return first if supported or (first.name >= SAME_NAME and _is_enough(query)) else None


def _is_enough(query: ReconciliationQuery) -> bool:
    """Whether the name alone can mean one thing: a telling one, or a heading, which says all that it is told by."""
    of_headings = bool(query.types) and all(each.kind not in _NAMESAKES for each in query.types)
    return of_headings or is_telling(query.text)


def _is_identified(candidate: Candidate, query: ReconciliationQuery) -> bool:
    return any(_is_unique(each) and candidate.agreements.get(each.property.id) == 1.0 for each in query.evidence)


def is_telling(text: str) -> bool:
    """Whether a name says enough to mean one thing without more: two words, or three Chinese characters.

    >>> is_telling("Selected poems"), is_telling("Poems"), is_telling("王维"), is_telling("曹雪芹")
    (True, False, False, True)
    """
    key = name_of(split_dates(text)[0]).key
    if words.has_han(key):
        return len(key) >= _TELLING_CHARACTERS
    return len(key.split()) >= _TELLING_WORDS
