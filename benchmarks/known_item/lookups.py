"""Look-ups from the records, each with everything that answers it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from benchmarks.known_item.catalogue import Facts, same_name
from benchmarks.known_item.texts import (
    by_words,
    chinese_slip,
    han,
    initials,
    is_chinese,
    latin_slip,
    normal,
    other_script,
    pinyin,
    within_one_change,
)
from benchmarks.search.headings import natural
from benchmarks.search.numbers import isbn_check

SEED = "known items"
FIRST = ("isbn", "call number", "title", "author and title")
"""Kinds whose answer should come first."""
IN_THREE = ("slip", "pinyin", "initials", "other script")
"""Kinds whose answer should be among the first three."""
#: Kind -> look-ups of Chinese records and of others.
FULL = {
    "isbn": (120, 140), "call number": (140, 120), "title": (120, 140), "author and title": (120, 140),
    "slip": (140, 280), "pinyin": (120, 0), "initials": (80, 0), "other script": (120, 0),
}  # fmt: skip
QUICK = {kind: (some // 4, others // 4) for kind, (some, others) in FULL.items()}
_SHORTEST_INITIALS, _LONGEST_INITIALS = 3, 10
_LONGEST_PINYIN = 16


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a reader types, and the works that answer it.

    Attributes:
        kind: One of ``FIRST`` or ``IN_THREE``.
        text: As typed.
        chinese: Whether the record looked for is Chinese.
        wanted: Its Work.
        right: The Works that answer, ``wanted`` among them.
        tuning: Whether it belongs to the part that may be tuned on.
    """

    kind: str
    text: str
    chinese: bool
    wanted: str
    right: frozenset[str]
    tuning: bool


class LookUps:
    """Makes look-ups.

    Args:
        records: The catalogue.
    """

    def __init__(self, records: Sequence[Facts]) -> None:
        self._records = records
        self._characters = "".join(sorted(set(han("".join(t for r in records for t in r.titles)))))
        self._by_title = _index(records, lambda r: map(normal, [*r.titles, *r.full_titles, *r.variants]))
        self._by_isbn = _index(records, lambda r: map(_core, r.isbns))
        self._by_number = _index(records, lambda r: map(normal, r.numbers))
        self._by_pinyin = _index(records, lambda r: ("".join(pinyin(t)) for t in _chinese_titles(r)))
        self._by_initials = _index(records, lambda r: (initials(t) for t in _chinese_titles(r)))
        self._authorities: dict[str, set[str]] = {}
        for record in records:
            for names, identifier in zip(record.agents, record.identifiers, strict=True):
                if identifier:
                    for name in names:
                        self._authorities.setdefault(same_name(name), set()).add(identifier)

    def make(self, counts: Mapping[str, tuple[int, int]]) -> list[LookUp]:
        """As many of each kind as ``counts`` says, or as the records give."""
        return [
            lookup
            for kind, (chinese, others) in counts.items()
            for wanted, count in ((True, chinese), (False, others))
            for lookup in self._some(kind, count, chinese=wanted)
        ]

    def _some(self, kind: str, count: int, *, chinese: bool) -> list[LookUp]:
        """The first ``count`` in the order of a hash; no text twice."""
        makers: dict[str, Callable[[Facts, Random], tuple[str, Collection[str]] | None]] = {
            "isbn": self._isbn, "call number": self._number, "title": self._title, "author and title": self._author,
            "slip": self._slip, "pinyin": self._pinyin, "initials": self._initials, "other script": self._script,
        }  # fmt: skip
        made: dict[str, LookUp] = {}
        for record in sorted((r for r in self._records if r.chinese == chinese), key=lambda r: _hash(kind, r)):
            if len(made) == count:
                break
            found = makers[kind](record, Random(_hash(kind, record)))  # noqa: S311  figures, no secrets
            if found is not None and found[0] not in made:
                text, right = found
                tuning = _hash("part", record)[0] in "01234567"
                made[text] = LookUp(kind, text, chinese, record.work, frozenset(right) | {record.work}, tuning)
        return list(made.values())

    def _isbn(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        if not record.isbns:
            return None
        number = random.choice(record.isbns)
        return random.choice(list(_isbn_forms(number))), self._by_isbn[_core(number)]

    def _number(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        if not record.numbers:
            return None
        number = random.choice(record.numbers)
        typed = random.choice((number, number, number.lower(), number.replace(" .", ".")))
        return typed, self._by_number[normal(number)]

    def _title(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        title = random.choice((_one_title(record, random), _with_subtitle(record, random)))
        return (title, self._by_title[normal(title)]) if title else None

    def _author(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        title = _one_title(record, random)
        name = _one_name(record, title, random)
        if not title or not name:
            return None
        return _both(title, name, random), self._titled_by(self._by_title[normal(title)], name)

    def _titled_by(self, titled: Collection[str], name: str) -> set[str]:
        return {record.work for record in self._records if record.work in titled and self._is_by(record, name)}

    def _is_by(self, record: Facts, name: str) -> bool:
        wanted = same_name(name)
        authorities = self._authorities.get(wanted, set())
        return any(
            identifier in authorities or any(same_name(other) == wanted for other in names)
            for names, identifier in zip(record.agents, record.identifiers, strict=True)
        )

    def _slip(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        title = _one_title(record, random)
        if not title:
            return None
        slip = chinese_slip(title, self._characters, random) if is_chinese(title) else latin_slip(title, random)
        if slip is None or normal(slip) in self._by_title:
            return None  # it is another title, or a word that reads as well
        typed = normal(slip)
        near = {w for known, works in self._by_title.items() if within_one_change(typed, known) for w in works}
        name = random.choice((_one_name(record, title, random), ""))
        return (_both(slip, name, random), self._titled_by(near, name)) if name else (slip, near)

    def _pinyin(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        titles = [title for title in _chinese_titles(record) if 1 < len(pinyin(title)) <= _LONGEST_PINYIN]
        if not titles:
            return None
        title = random.choice(titles)
        joined = "".join(pinyin(title))
        text = random.choice((joined, " ".join(pinyin(title)), by_words(title)))
        return text, self._by_pinyin[joined] | self._by_title.get(joined, set())

    def _initials(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        titles = [t for t in _chinese_titles(record) if _SHORTEST_INITIALS <= len(han(t)) <= _LONGEST_INITIALS]
        if not titles:
            return None
        text = initials(random.choice(titles))
        return text, self._by_initials[text] | self._by_title.get(text, set())

    def _script(self, record: Facts, random: Random) -> tuple[str, Collection[str]] | None:
        titles = _chinese_titles(record)
        title = random.choice(titles) if titles else ""
        other = other_script(title)
        if not other:
            return None
        works, name = self._by_title[normal(title)], random.choice((_one_name(record, title, random), ""))
        if not name:
            return other, works
        return _both(other, other_script(name) or name, random), self._titled_by(works, name)


def _chinese_titles(record: Facts) -> list[str]:
    """Titles wholly in Chinese characters: others can't be spelt."""
    return [title for title in record.titles if is_chinese(title) and normal(title) == normal(han(title))]


def _one_title(record: Facts, random: Random) -> str:
    """A title in the script that makes the record Chinese, for those that are."""
    titles = [title for title in record.titles if is_chinese(title)] if record.chinese else record.titles
    return random.choice(titles) if titles else ""


def _with_subtitle(record: Facts, random: Random) -> str:
    """Title and subtitle, "" where there is no subtitle."""
    whole = [full for full in record.full_titles if full not in record.titles]
    whole = [full for full in whole if is_chinese(full)] if record.chinese else whole
    return random.choice(whole) if whole else _one_title(record, random)


def _one_name(record: Facts, title: str, random: Random) -> str:
    """A name of one of the first two agents in the script of the title, "" where there is none."""
    names = [name for agent in record.agents[:2] for name in agent if is_chinese(name) == is_chinese(title)]
    return random.choice(names) if names else ""


def _both(title: str, name: str, random: Random) -> str:
    """Author and title in either order, the name as the heading has it or as it is spoken."""
    spoken = random.choice((name, natural(name)))
    return random.choice((f"{spoken} {title}", f"{title} {spoken}"))


def _index(records: Sequence[Facts], keys: Callable[[Facts], Iterator[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for record in records:
        for key in keys(record):
            if key:
                found.setdefault(key, set()).add(record.work)
    return found


def _core(number: str) -> str:
    """What ISBN-10 and ISBN-13 of one book have in common; 979 has no ISBN-10."""
    return number[:-1] if number.startswith("979") else number[-10:-1]


def _isbn_forms(number: str) -> Iterator[str]:
    """The number as it may be typed: either length, with hyphens, blanks and nothing between."""
    core = number[-10:-1]
    forms = [number]
    if not number.startswith("979"):
        long = f"978{core}"
        forms = [long + isbn_check(long), core + isbn_check(core)]
    for form in forms:
        yield form
        head, body = form[:-10], form[-10:]
        parts = [head, body[0], body[1:5], body[5:9], body[9]]
        yield "-".join(part for part in parts if part)
        yield " ".join(part for part in parts if part)


def _hash(kind: str, record: Facts) -> str:
    return sha256(f"{SEED}|{kind}|{record.key.source}|{record.key.id}".encode()).hexdigest()
