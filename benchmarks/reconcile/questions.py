"""Questions with their answers, made from the names in the graph and from the records in the archive."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from benchmarks.known_item.catalogue import Facts, same_name
from benchmarks.known_item.texts import chinese_slip, is_chinese, latin_slip, normal
from benchmarks.search.headings import natural
from common import terms
from common.namespaces import BF
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select

KINDS = (
    "person",
    "person, born",
    "person, other script",
    "person, misspelt, born",
    "person, another's year",
    "person, nobody",
    "work, creator",
    "work, creator misspelt title",
    "work, another's creator",
    "subject",
    "subject, misspelt",
    "ISBN",
)
_DATES = re.compile(r"[,(，（]\s*[^,(，（]*\d{3,4}[^,(，（]*\Z")
_YEAR = re.compile(r"\d{3,4}")
_SPAN = re.compile(r"(\d{3,4})\D{0,3}-")
_TUNED_ON = "01234567"
_YEARS_AWAY = 60
_MOST_CHARACTERS = "的人中国文学史家书明清王李张"


@dataclass(frozen=True, slots=True)
class Question:
    """What a client sends, and which entities (bare IRIs) are right: none where nothing should match."""

    kind: str
    text: str
    type: str
    properties: tuple[tuple[str, str], ...]
    right: frozenset[str]
    tuning: bool


@dataclass(slots=True)
class Named:
    """An entity: its names as they are written, a person's without dates, and the years of birth that headings tell."""

    iri: str
    names: list[str] = field(default_factory=list)
    born: set[str] = field(default_factory=set)


def named(graph: KnowledgeGraph, class_: str) -> list[Named]:
    """All entities of a class of BIBFRAME with their names."""
    found: dict[str, Named] = {}
    rows = select(graph, query_file("benchmarks.reconcile", "names"), {"class": f"<{BF}{class_}>"})
    for entity, label in sorted((e, n) for e, n in rows if e and n):
        each = found.setdefault(entity, Named(entity[1:-1]))
        heading = terms.value(label)
        each.names.append(_DATES.sub("", heading).strip() if class_ == "Person" else heading)
        each.born |= {match[1] for match in [_SPAN.search(heading)] if match}
    return list(found.values())


_Things = Sequence[Named] | Sequence[Facts]
_Maker = Callable[..., Question | None]


class Questions:
    """Makes questions.

    Args:
        persons: All persons.
        topics: All topics.
        records: The records of the archive.
        canonical: Bare IRI of a work -> that of the one that stands for it.
    """

    def __init__(
        self, persons: Sequence[Named], topics: Sequence[Named], records: Sequence[Facts], canonical: Mapping[str, str]
    ) -> None:
        self._persons, self._topics, self._records, self._canonical = persons, topics, records, canonical
        self._bearers: dict[str, list[Named]] = defaultdict(list)
        for person in persons:
            for name in dict.fromkeys(map(same_name, person.names)):
                self._bearers[name].append(person)
        self._headed: dict[str, set[str]] = defaultdict(set)
        for topic in topics:
            for name in topic.names:
                self._headed[normal(name)].add(topic.iri)
        self._titled: dict[str, list[Facts]] = defaultdict(list)
        for record in records:
            for title in dict.fromkeys(map(normal, (*record.titles, *record.full_titles, *record.variants))):
                self._titled[title].append(record)

    def make(self, count: int) -> list[Question]:
        """At most ``count`` questions of each kind, in the order of a hash."""
        makers = self._makers()
        return [question for kind in KINDS for question in self._some(kind, *makers[kind], count)]

    def _makers(self) -> dict[str, tuple[_Things, _Maker]]:
        """Kind -> what is asked about, and how."""
        persons, topics, records = self._persons, self._topics, self._records
        return {
            "person": (persons, self._person),
            "person, born": (persons, self._born),
            "person, other script": (persons, self._other_script),
            "person, misspelt, born": (persons, self._misspelt),
            "person, another's year": (persons, self._another_year),
            "person, nobody": (persons, self._nobody),
            "work, creator": (records, self._work),
            "work, creator misspelt title": (records, self._misspelt_work),
            "work, another's creator": (records, self._another_creator),
            "subject": (topics, self._subject),
            "subject, misspelt": (topics, self._misspelt_subject),
            "ISBN": (records, self._isbn),
        }

    def _some(self, kind: str, things: _Things, make: _Maker, count: int) -> Iterator[Question]:
        asked: set[tuple[str, object]] = set()
        in_order: list[Named | Facts] = sorted(things, key=lambda each: _hash(kind, _iri(each)))
        for thing in in_order:
            if len(asked) == count:
                return
            question = make(kind, thing, Random(_hash(kind, _iri(thing))))  # noqa: S311  figures, no secrets
            if question and (question.text, question.properties) not in asked:
                asked.add((question.text, question.properties))
                yield question

    def _person(self, kind: str, person: Named, random: Random) -> Question | None:
        name = _written(random.choice(person.names[:2]), random)
        return self._about(kind, person, name, self._bearing(name))

    def _born(self, kind: str, person: Named, random: Random) -> Question | None:
        if len(person.born) != 1:
            return None
        name, (year,) = _written(random.choice(person.names[:2]), random), person.born
        return self._about(kind, person, name, self._bearing(name, year), ("birth_date", year))

    def _other_script(self, kind: str, person: Named, random: Random) -> Question | None:
        characters = [name for name in person.names if is_chinese(name)]
        if not characters or len(characters) == len(person.names):
            return None
        name = _written(random.choice(person.names), random)
        return self._about(kind, person, name, self._bearing(name))

    def _misspelt(self, kind: str, person: Named, random: Random) -> Question | None:
        if len(person.born) != 1:
            return None
        right, (year,) = random.choice(person.names[:2]), person.born
        name = _slipped(right, random)
        if name is None or same_name(name) in self._bearers:
            return None
        return self._about(kind, person, name, self._bearing(right, year), ("birth_date", year))

    def _another_year(self, kind: str, person: Named, random: Random) -> Question | None:
        if len(person.born) != 1:
            return None
        (year,) = person.born
        wrong = str(int(year) - random.choice((_YEARS_AWAY, -_YEARS_AWAY)))
        name = person.names[0]
        others = self._bearers[same_name(name)]
        if any(not each.born or wrong in each.born for each in others):
            return None
        return self._about(kind, person, name, frozenset(), ("birth_date", wrong))

    def _nobody(self, kind: str, person: Named, random: Random) -> Question | None:
        family, comma, given = person.names[0].partition(",")
        other = random.choice(self._persons).names[0].partition(",")[2]
        if not comma or not other or is_chinese(given) or is_chinese(other):
            return None
        name = f"{family},{other}"
        return None if same_name(name) in self._bearers else self._about(kind, person, name, frozenset())

    def _about(
        self, kind: str, person: Named, text: str, right: frozenset[str], *properties: tuple[str, str]
    ) -> Question:
        return Question(kind, text, "Person", properties, right, _tuning(person.iri))

    def _bearing(self, name: str, year: str = "") -> frozenset[str]:
        found = self._bearers[same_name(name)]
        return frozenset(each.iri for each in found if not year or year in each.born)

    def _work(self, kind: str, record: Facts, random: Random) -> Question | None:
        if not record.titles or not record.agents or not record.agents[0]:
            return None
        title, name = random.choice(record.titles), random.choice(record.agents[0])
        return self._of(kind, record, title, name, title)

    def _misspelt_work(self, kind: str, record: Facts, random: Random) -> Question | None:
        if not record.titles or not record.agents or not record.agents[0]:
            return None
        title, name = random.choice(record.titles), random.choice(record.agents[0])
        slip = _slipped(title, random)
        return self._of(kind, record, slip, name, title) if slip and normal(slip) not in self._titled else None

    def _another_creator(self, kind: str, record: Facts, random: Random) -> Question | None:
        if not record.titles or not record.agents:
            return None
        other = random.choice(self._records)
        if not other.agents or not other.agents[0]:
            return None
        title, name = record.titles[0], other.agents[0][0]
        if any(self._is_by(each, name) or not each.agents for each in self._titled[normal(title)]):
            return None
        return Question(kind, title, "Work", (("creator", name),), frozenset(), _tuning(record.work))

    def _of(self, kind: str, record: Facts, text: str, name: str, title: str) -> Question:
        right = [each for each in self._titled[normal(title)] if self._is_by(each, name)]
        return Question(kind, text, "Work", (("creator", name),), self._works(right), _tuning(record.work))

    def _is_by(self, record: Facts, name: str) -> bool:
        wanted = {person.iri for person in self._bearers.get(same_name(name), ())}
        return any(
            same_name(each) == same_name(name) or wanted & {p.iri for p in self._bearers.get(same_name(each), ())}
            for agent in record.agents
            for each in agent
        )

    def _works(self, records: Sequence[Facts]) -> frozenset[str]:
        return frozenset(self._canonical.get(record.work, record.work) for record in records)

    def _subject(self, kind: str, topic: Named, random: Random) -> Question | None:
        name = random.choice(topic.names[:2])
        return Question(kind, name, "Subject", (), frozenset(self._headed[normal(name)]), _tuning(topic.iri))

    def _misspelt_subject(self, kind: str, topic: Named, random: Random) -> Question | None:
        name = topic.names[0]
        slip = _slipped(name, random)
        if slip is None or normal(slip) in self._headed:
            return None
        return Question(kind, slip, "Subject", (), frozenset(self._headed[normal(name)]), _tuning(topic.iri))

    def _isbn(self, kind: str, record: Facts, random: Random) -> Question | None:
        if not record.isbns:
            return None
        isbn = random.choice(record.isbns)
        right = [each for each in self._records if isbn[-10:-1] in {number[-10:-1] for number in each.isbns}]
        return Question(kind, isbn, "Work", (), self._works(right), _tuning(record.work))


def _written(name: str, random: Random) -> str:
    """As a heading, or as one says it."""
    return natural(name) if random.random() < 0.5 and not is_chinese(name) else name


def _slipped(text: str, random: Random) -> str | None:
    return chinese_slip(text, _MOST_CHARACTERS, random) if is_chinese(text) else latin_slip(text, random)


def _tuning(iri: str) -> bool:
    return _hash("part", iri)[0] in _TUNED_ON


def _hash(kind: str, iri: str) -> str:
    return sha256(f"{kind} {iri}".encode()).hexdigest()


def _iri(thing: Named | Facts) -> str:
    return thing.iri if isinstance(thing, Named) else thing.work
