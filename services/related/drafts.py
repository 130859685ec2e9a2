"""Reasons before they are put into words: which phrase, which things, how weighty."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from common import terms
from services.entities.naming import local_name
from services.related.sharing import Known, Shared
from services.related.words import BASIS_OF, NAMED, ORDER, SHARED, VERSION_OF_HUB, VOCABULARY, Phrase

Weights = Mapping[str, float]
"""Local name of a basis -> weight of the association."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reason.

    Attributes:
        phrase: Its words, with a place for the things.
        things: Terms of entities, names of headings and classes, or literals; the most telling first.
        weight: Of the association behind it; 0 where there is none.
        rank: Order among those of one weight.
        total: How many things there are in all, where not all are given.
    """

    phrase: Phrase
    things: tuple[str, ...] = ()
    weight: float = 0.0
    rank: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """From the entity to a hit: what lies between, and why the last step is taken."""

    middles: tuple[str, ...] = ()
    drafts: list[Draft] = field(default_factory=list)


def between_works(known: Known, one: str, other: str, weights: Weights) -> list[Draft]:
    """Why two works go together: what they share, the weightiest first."""
    found = [_of_shared(shared, weights) for shared in known.shared(one, other)]
    return sorted(found, key=lambda draft: (-draft.weight, draft.rank))


def _of_shared(shared: Shared, weights: Weights) -> Draft:
    phrase = VERSION_OF_HUB if shared.mixed else SHARED[shared.kind]
    return Draft(phrase, shared.things, weights.get(BASIS_OF[shared.kind], 0.0), ORDER.index(shared.kind))


def of_named(known: Known, work: str, thing: str) -> list[Draft]:
    """What a work and a thing that it names have to do with each other."""
    kinds = sorted(known.naming(work, thing), key=ORDER.index)
    return [Draft(NAMED[kind], (thing,), rank=ORDER.index(kind)) for kind in kinds]


def of_vocabulary(relation: str) -> Draft:
    """How one heading stands to the other, by the term of the property."""
    return Draft(VOCABULARY[local_name(terms.value(relation))], weight=1.0)
