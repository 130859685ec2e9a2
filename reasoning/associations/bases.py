"""The bases: on what a link may rest, how much it is worth, and how many an entity has. A table, nothing else.

Judgement is here and in ``class_numbers``: an entity keeps the strongest links of each basis, and few of them, because
each is five triples. ``docs/decisions`` says how the numbers were chosen.
"""

from dataclasses import dataclass

from common.namespaces import BG

SUBJECT, HEADING, PLACE, GENRE, AGENT, SERIES, CLASS, VERSION, HUB, LINK = KINDS = tuple(range(10))
"""Kinds of facts about a work: what it has in the sense of each.

A HEADING is the main part of a subject in words; a VERSION is of a hub, which to others may be a related HUB.
"""

COMMON = 1_024
"""What so many share tells nothing about any two of them, and would make the work grow with the square."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where pairs of an entity and a thing that it has come from, as SQL over the table ``fact``.

    Attributes:
        entity: Column of the entity.
        thing: Column of the thing.
        source: What follows FROM, with at least one condition.
    """

    entity: str
    thing: str
    source: str


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis.

    Attributes:
        name: Local name of its individual in the ontology.
        number: Under which it is remembered; never given to another.
        sides: Where the pairs come from; more than one are taken together.
        worth: Weight of a link by one thing that only the two entities share, 0 to 1.
        most: Links that an entity keeps.
        common: A thing that so many entities have is left out.
        least: Things that must be shared.
        nested: Things lie in broader ones, as class numbers do: a narrower one counts instead of those it lies in.
    """

    name: str
    number: int
    sides: tuple[Side, ...]
    worth: float
    most: int
    common: int = COMMON
    least: int = 1
    nested: bool = False

    @property
    def term(self) -> str:
        """Its individual."""
        return f"<{BG}{self.name}>"


def _works_by(*kinds: int) -> tuple[Side, ...]:
    return tuple(Side("work", "thing", f"fact WHERE kind = {kind}") for kind in kinds)


def _things_by_work(kind: int) -> tuple[Side, ...]:
    return (Side("thing", "work", f"fact WHERE kind = {kind}"),)


#: What links to a work has it as a thing, and so has the work itself: a link is shared by its two ends, and by all
#: that link to the same.
_LINKS = (*_works_by(LINK), Side("thing", "thing", f"fact WHERE kind = {LINK}"))
_SUBJECTS_OF_AGENTS = tuple(
    Side(
        "made.thing",
        "about.thing",
        f"fact AS made JOIN fact AS about ON about.work = made.work WHERE made.kind = {AGENT} AND about.kind = {kind}",
    )
    for kind in (SUBJECT, HEADING)
)

BASES = (
    Basis("sharedSubjects", 1, _works_by(SUBJECT, HEADING), 0.6, 6, nested=True),
    Basis("sharedAgents", 2, _works_by(AGENT), 0.6, 5),
    Basis("sharedPlaces", 3, _works_by(PLACE), 0.3, 3, nested=True),
    Basis("sharedGenres", 4, _works_by(GENRE), 0.3, 3),
    Basis("sharedSeries", 5, _works_by(SERIES), 0.5, 4),
    Basis("sharedClasses", 6, _works_by(CLASS), 0.45, 4, common=512, nested=True),
    Basis("sharedHubs", 7, _works_by(VERSION, HUB), 0.9, 6),
    Basis("explicitLinks", 8, _LINKS, 0.9, 8),
    Basis("sharedWorks", 9, _things_by_work(AGENT), 0.6, 5, common=64),
    Basis("sharedSubjectsOfWorks", 10, _SUBJECTS_OF_AGENTS, 0.4, 4, common=512, least=2, nested=True),
    Basis("usedTogether", 11, _things_by_work(SUBJECT), 0.4, 6, common=64, least=2),
)
