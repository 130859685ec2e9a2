"""Headings that records share: agents, subjects, uniform titles, series, publishers, class numbers.

Each family of headings (persons of one supplier, topics of one scheme …) goes on by its power law. A new heading is a
sample's heading in other words, with identifiers of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.search.numbers import other_class, other_identifier, other_years
from benchmarks.search.power_law import PowerLaw
from benchmarks.search.units import Subfields, Unit
from benchmarks.search.words import Slot, Template, Vocabulary, romanised

Family = tuple[str, str, str]
"""Kind, then what tells families of the kind apart: tag and supplier, scheme or language."""

AGENTS = frozenset({"100", "110", "111", "700", "710", "711"})
UNIFORM = frozenset({"130", "240", "730"})
SUBJECTS = frozenset({"600", "610", "611", "630", "648", "650", "651", "655", "690"})
SERIES = frozenset({"440", "490", "830"})
PUBLICATION = frozenset({"260", "264"})
CLASSES = frozenset({"050", "055", "060", "070", "080", "082", "084", "090"})

_STAYS = {"agent": "e4358iux", "entry": "34578ieux", "uniform": "3578", "subject": "358e4", "series": "v3578xw0"}
"""Kind -> subfields that belong to the record and not to the heading."""
_PART = {"publisher": "ab", "class": "a"}
"""Kind -> the only subfields that are the heading."""
_WORDS = {"publisher": "b", "class": ""}
"""Kind -> subfields whose words a new heading changes; default: these."""
_DEFAULT_WORDS = "abqtnp"
_VOCABULARY = {"agent": "name", "entry": "title", "uniform": "title", "series": "title"}


@dataclass(frozen=True, slots=True)
class Heading:
    """Indicators, subfields in their order, and the same in another script (() where there is none)."""

    indicators: str
    subfields: Subfields
    twin: Subfields = ()
    twin_script: str = ""


def family(unit: Unit, supplier: str, lang: str) -> Family | None:
    """The family of the unit's heading, None where it has none that is shared."""
    tag = unit.tag
    if tag in AGENTS:
        return ("entry" if unit.get("t") else "agent", tag[1:], supplier)
    if tag in SUBJECTS:
        return ("subject", tag, unit.indicators[1] + unit.get("2"))
    if tag in UNIFORM:
        return ("uniform", tag, supplier)
    if tag in SERIES:
        return ("series", "", supplier)
    if tag in PUBLICATION:
        return ("publisher", "", lang) if unit.get("b") else None
    return ("class", tag, unit.get("2")) if tag in CLASSES and unit.get("a") else None


def heading_of(unit: Unit, kind: str) -> Heading:
    """The unit's heading without what belongs to the record alone."""
    return Heading(unit.indicators, _own(unit.subfields, kind), _own(unit.twin, kind), unit.twin_script)


def _own(subfields: Subfields, kind: str) -> Subfields:
    only = _PART.get(kind)
    if only is None:
        kept = [s for s in subfields if s[0] not in _STAYS[kind]]
    else:
        firsts = {code: next((s for s in subfields if s[0] == code), None) for code in only}
        kept = [s for s in firsts.values() if s]
    return tuple((code, value.rstrip(" ,;/") if code not in "01" else value) for code, value in kept)


def placed(unit: Unit, kind: str, heading: Heading) -> Unit:
    """The unit with another heading; roles, volume numbers, dates and the like stay."""
    parts = [_replaced(old, new, kind) for old, new in ((unit.subfields, heading.subfields), (unit.twin, heading.twin))]
    twin = parts[1] if heading.twin else ()
    if heading.twin and not unit.twin:
        twin = _replaced(unit.subfields, heading.twin, kind)
    indicators = heading.indicators if kind in {"subject", "uniform"} else heading.indicators[0] + unit.indicators[1]
    if kind in {"publisher", "series", "class"}:
        indicators = unit.indicators
    return Unit(unit.tag, indicators, parts[0], twin, heading.twin_script)


def _replaced(old: Subfields, new: Subfields, kind: str) -> Subfields:
    only = _PART.get(kind)
    if only is None:
        return new + tuple(s for s in old if s[0] in _STAYS[kind])
    rest, gone = [], set()
    for code, value in old:
        if code in only and code not in gone:
            gone.add(code)
        else:
            rest.append((code, value))
    return new + tuple(rest)


@dataclass(frozen=True, slots=True)
class _Model:
    """A sample's heading, taken apart for other words."""

    heading: Heading
    subfields: tuple[Template | None, ...]
    twin: tuple[Template | None, ...]


class Headings:
    """All families; first ``learn`` the samples' units, then ``draw``.

    Args:
        vocabulary: Words of new headings.
        random: Where chance comes from.
    """

    def __init__(self, vocabulary: Vocabulary, random: Random) -> None:
        self._vocabulary = vocabulary
        self._random = random
        self._seen: dict[Family, list[Heading]] = {}
        self._known: set[tuple[Family, Heading]] = set()
        self._models: dict[Family, list[_Model]] = {}
        self._laws: dict[Family, PowerLaw[Heading]] = {}
        #: Headings invented since somebody last emptied it.
        self.invented: list[tuple[Family, Heading]] = []

    def learn(self, named: Family, unit: Unit, lang: str) -> None:
        """The unit's heading enters its family."""
        heading = heading_of(unit, named[0])
        if (named, heading) not in self._known:
            self._known.add((named, heading))
            self._models.setdefault(named, []).append(self._model(named[0], heading, lang))
        self._seen.setdefault(named, []).append(heading)

    def _model(self, kind: str, heading: Heading, lang: str) -> _Model:
        vocabulary, codes = _VOCABULARY.get(kind, kind), _WORDS.get(kind, _DEFAULT_WORDS)
        taken = [
            tuple(self._vocabulary.learn(vocabulary, lang, value) if code in codes else None for code, value in part)
            for part in (heading.subfields, heading.twin)
        ]
        return _Model(heading, *taken)

    def draw(self, named: Family) -> Heading:
        """A heading of the family, old or new."""
        law = self._laws.get(named)
        if law is None:
            law = PowerLaw(self._seen[named], lambda random, _: self._invent(named, random), self._random)
            self._laws[named] = law
        return law.draw()

    def _invent(self, named: Family, random: Random) -> Heading:
        model = random.choice(self._models[named])
        old, change = model.heading, _Change(named[0], random.randint(-40, 10), random)
        twin = self._filled(old.twin, model.twin, change)
        if _is_chinese(model.twin):
            spelt = iter([romanised(value) for code, value in twin if code in _DEFAULT_WORDS])
            pairs = [(c, next(spelt, v) if c in _DEFAULT_WORDS else v) for c, v in old.subfields]
            subfields = self._filled(tuple(pairs), (None,) * len(pairs), change)
        else:
            subfields = self._filled(old.subfields, model.subfields, change)
        identifiers = [value for code, value in subfields if code == "0"]
        twin = tuple((c, identifiers[0] if c == "0" and identifiers else v) for c, v in twin)
        new = Heading(old.indicators, subfields, twin, old.twin_script)
        self.invented.append((named, new))
        return new

    def _filled(self, subfields: Subfields, templates: Sequence[Template | None], change: "_Change") -> Subfields:
        return tuple(
            (code, self._vocabulary.fill(template) if template else change.of(code, value))
            for (code, value), template in zip(subfields, templates, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Change:
    """How a new heading's other subfields differ: in both scripts by the same years."""

    kind: str
    years: int
    random: Random

    def of(self, code: str, value: str) -> str:
        """Another value of a subfield that is not made of words."""
        if code in "01":
            return other_identifier(value, self.random)
        if self.kind == "class":
            return other_class(value, self.random)
        return other_years(value, self.years) if code == "d" else value


def _is_chinese(templates: Sequence[Template | None]) -> bool:
    slots = [part for template in templates for part in template or () if isinstance(part, Slot)]
    return any(slot.key[2].startswith("Han") for slot in slots)


def natural(name: str) -> str:
    """A name as it is spoken: ``Ridley, Sarah`` is Sarah Ridley; Chinese names stay."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}".strip() if comma and re.match(r"[^\W\d_]", first) else name
