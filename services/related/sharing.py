"""What two works share, or a work and a thing have to do with each other, by the facts that associations rest on."""

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.knowledge_graph import KnowledgeGraph
from reasoning.associations.bases import HEADING, HUB, KINDS, LINK, PLACE, SUBJECT, VERSION
from reasoning.associations.reading import Facts
from services.related import queries
from services.related.remembered import facts_of


@dataclass(frozen=True, slots=True)
class Shared:
    """Things (terms, or names of headings and classes) that are shared in one sense; ``mixed``: in two."""

    kind: int
    things: tuple[str, ...]
    mixed: bool = False


@dataclass(slots=True)
class Known:
    """Facts about some works.

    Attributes:
        having: Work -> kind -> things.
        within: What a thing lies in.
        subject_of: Heading -> a subject whose main part it is.
    """

    having: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    subject_of: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Facts) -> "Known":
        """The facts by work."""
        known = cls(within=found.within)
        headings = (
            (broader, thing) for thing, broader in sorted(found.within.items()) if broader.startswith("heading/")
        )
        known.subject_of = dict(headings)
        for kind, work, thing in found.facts:
            known.having.setdefault(work, {}).setdefault(kind, set()).add(thing)
        return known

    @classmethod
    def about(cls, graph: KnowledgeGraph, entities: Collection[str]) -> "Known":
        """What the graph knows about those of ``entities`` that are works; others have no facts."""
        works = [work for (work,) in queries.rows(graph, "works", {"hits": sorted(entities)}) if work]
        return cls.of(facts_of(graph, works))

    def add(self, other: "Known") -> None:
        """Adds what is known about other works."""
        self.having |= other.having
        self.within |= other.within
        self.subject_of |= other.subject_of

    def shared(self, one: str, other: str) -> list[Shared]:
        """What two works share; of what lies in each other only the narrowest."""
        mine, theirs = self.having.get(one, {}), self.having.get(other, {})
        found = [Shared(kind, self._narrowest(mine.get(kind, set()) & theirs.get(kind, set()))) for kind in KINDS]
        subjects = {self.within.get(subject) for subject in found[SUBJECT].things}
        found[HEADING] = Shared(HEADING, tuple(h for h in found[HEADING].things if h not in subjects))
        mixed = (mine.get(VERSION, set()) & theirs.get(HUB, set())) | (
            mine.get(HUB, set()) & theirs.get(VERSION, set())
        )
        if mixed:
            found.append(Shared(VERSION, tuple(sorted(mixed)), mixed=True))
        return [each for each in found if each.things]

    def _narrowest(self, things: set[str]) -> tuple[str, ...]:
        above = set()
        for thing in things:
            broader = self.within.get(thing)
            while broader:
                above.add(broader)
                broader = self.within.get(broader)
        return tuple(sorted(things - above))

    def links(self, one: str, other: str) -> bool:
        """Whether a record links one work with the other."""
        return other in self.having.get(one, {}).get(LINK, ()) or one in self.having.get(other, {}).get(LINK, ())

    def naming(self, work: str, thing: str) -> list[int]:
        """In which senses a work names a thing."""
        return [kind for kind, things in self.having.get(work, {}).items() if thing in things and kind != LINK]

    def entities(self) -> set[str]:
        """All things that are entities, places and other works aside."""
        found = (
            things for kinds in self.having.values() for kind, things in kinds.items() if kind not in {LINK, PLACE}
        )
        return {thing for things in found for thing in things if thing.startswith("<")}
