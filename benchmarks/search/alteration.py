"""One generated record: a sample's skeleton with other words, headings and numbers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from benchmarks.search.headings import AGENTS, CLASSES, PUBLICATION, SUBJECTS, Family, Headings, family, natural, placed
from benchmarks.search.numbers import Numbers, other_item, other_years
from benchmarks.search.skeletons import Skeleton
from benchmarks.search.units import Subfields, Unit
from benchmarks.search.words import Template, Vocabulary, romanised, script

REWORDED = {
    "245": ("title", "abp"), "246": ("title", "abp"), "740": ("title", "ap"), "222": ("title", "a"),
    "210": ("title", "a"), "500": ("note", "a"), "505": ("note", "atr"), "520": ("note", "ab"), "545": ("note", "ab"),
}  # fmt: skip
"""Tag -> kind of words, and subfields that get other ones."""
_NUMBERS = ("010", "015", "016", "019", "027", "028", "030", "035")
_ISBN = ("020", "024")
_TAIL = re.compile(r"[\s/:;=,.]*\Z")
_REDRAWS = 3
_STRAY = 4.0
"""Standard deviation, in years, of a generated date from its skeleton's."""
_LINKED = re.compile(r"(.*?)(\w+)\Z")

Templates = Mapping[tuple[Unit, int, bool], Template]
"""Unit, place of the subfield, whether in the 880 -> its text taken apart."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What all records draw from."""

    vocabulary: Vocabulary
    headings: Headings
    templates: Templates
    known: frozenset[str]
    random: Random


class Alteration:
    """Alters the units of one skeleton.

    Args:
        stock: What all records draw from.
        skeleton: The sample's record.
        suffix: Behind the number of every record, so that links between records hold within one copy of the samples.
    """

    def __init__(self, stock: Stock, skeleton: Skeleton, suffix: str) -> None:
        self._stock = stock
        self._skeleton = skeleton
        self._suffix = suffix
        self._random = stock.random
        self._numbers = Numbers(stock.random)
        self._shift = round(stock.random.gauss(0, _STRAY))
        self._drawn: dict[tuple[Family, str], object] = {}
        self._by_tag = self._table()
        self._classes: dict[str, str] = {}
        self._by_identifier: dict[str, Unit] = {}
        #: Names of agents as they are spoken: in the script of cataloguing, and in another one.
        self._names: tuple[list[str], list[str]] = ([], [])

    def units(self) -> list[Unit]:
        """The altered units, in the order of the skeleton."""
        first = [self._with_heading(unit) for unit in self._skeleton.units]
        return [self._without_heading(old, new) for old, new in zip(self._skeleton.units, first, strict=True)]

    def control(self) -> list[tuple[str, str]]:
        """The control fields: another number, another year."""
        changes: dict[str, Callable[[str], str]] = {
            "001": lambda _: self.number,
            "008": self._fixed,
            "004": self._linked,
        }
        return [(tag, changes[tag](value) if tag in changes else value) for tag, value in self._skeleton.control]

    @property
    def number(self) -> str:
        """The record's number."""
        return self._skeleton.key.id + self._suffix

    def held(self, holdings: Skeleton) -> tuple[list[tuple[str, str]], list[Unit]]:
        """Control fields and units of a holdings record of this work."""
        number = (holdings.control[0][1] if holdings.control[0][0] == "001" else holdings.key.id) + self._suffix
        control = [(t, {"001": number, "004": self.number}.get(t, value)) for t, value in holdings.control]
        return control, [self._without_heading(unit, unit) for unit in holdings.units]

    def _fixed(self, value: str) -> str:
        head, years, rest = value[:7], value[7:15], value[15:]
        return head + "".join(other_years(year, self._shift) for year in (years[:4], years[4:])) + rest

    def _linked(self, value: str) -> str:
        match = _LINKED.match(value)
        known = match is not None and match.group(2) in self._stock.known
        return value + self._suffix if known else value

    def _with_heading(self, unit: Unit) -> Unit:
        named = family(unit, self._skeleton.key.source, self._skeleton.lang)
        if named is None:
            return unit
        new = self._placed(unit, named)
        if unit.tag in AGENTS and named[0] == "agent":
            self._name(new)
        if unit.tag in CLASSES:
            self._classes[unit.get("a")] = new.get("a")
        if unit.tag in SUBJECTS and unit.get("0"):
            self._by_identifier[unit.get("0")] = new
        return new

    def _placed(self, unit: Unit, named: Family) -> Unit:
        """The same old heading gives way to the same new one in the whole record; no two of them to one."""
        same = re.sub(r"\W", "", unit.get("a")) if named[0] in {"series", "publisher"} else repr(unit.subfields)
        if (named, same) not in self._drawn:
            taken = set(self._drawn.values())
            heading = self._stock.headings.draw(named)
            for _ in range(_REDRAWS):
                if heading not in taken:
                    break
                heading = self._stock.headings.draw(named)
            self._drawn[named, same] = heading
        return placed(unit, named[0], self._drawn[named, same])  # type: ignore[arg-type]  # only headings are put there

    def _name(self, unit: Unit) -> None:
        for names, subfields in zip(self._names, (unit.subfields, unit.twin), strict=True):
            name = next((value for code, value in subfields if code == "a"), "")
            if name:
                names.append(natural(name.rstrip(" ,.")))

    def _without_heading(self, old: Unit, unit: Unit) -> Unit:
        """What else is altered, by the tag; links to other records of the samples stay within their copy."""
        alter = self._by_tag.get(unit.tag)
        if alter is not None:
            return alter(unit)
        return self._mapped(unit, {"w": self._linked}) if any(code == "w" for code, _ in old.subfields) else unit

    def _table(self) -> dict[str, Callable[[Unit], Unit]]:
        isbn, issn, item, numbers = self._numbers.isbn, self._numbers.issn, self._item, self._numbers.other
        return {
            **dict.fromkeys(REWORDED, self._reworded),
            **dict.fromkeys(PUBLICATION, lambda unit: self._mapped(unit, {"c": self._year, "g": self._year})),
            **dict.fromkeys(CLASSES, lambda unit: self._mapped(unit, {"b": item})),
            **dict.fromkeys(_ISBN, lambda unit: self._mapped(unit, {"a": isbn, "z": isbn}, without="9")),
            **dict.fromkeys(_NUMBERS, lambda unit: self._mapped(unit, {"a": numbers})),
            "022": lambda unit: self._mapped(unit, {"a": issn, "y": issn, "l": issn}),
            "689": self._string,
            "852": lambda unit: self._mapped(unit, {"h": self._class, "i": item, "j": item, "k": item}),
        }

    def _mapped(self, unit: Unit, changes: Mapping[str, Callable[[str], str]], without: str = "") -> Unit:
        parts = [
            tuple((c, changes[c](value) if c in changes else value) for c, value in part if c not in without)
            for part in (unit.subfields, unit.twin)
        ]
        return replace(unit, subfields=parts[0] or unit.subfields, twin=parts[1])

    def _year(self, value: str) -> str:
        return other_years(value, self._shift)

    def _class(self, value: str) -> str:
        return self._classes.get(value) or self._item(value)

    def _item(self, value: str) -> str:
        return other_years(other_item(value, self._random), self._shift)

    def _string(self, unit: Unit) -> Unit:
        """A link of a subject string follows the heading of the same identifier."""
        new = self._by_identifier.get(unit.get("0"))
        return unit.with_all({"a": new.get("a"), "0": new.get("0")}) if new else unit

    def _reworded(self, unit: Unit) -> Unit:
        codes = REWORDED[unit.tag][1]
        twin = self._filled(unit, unit.twin, codes, in_twin=True)
        chinese = any(script(value[0]) in {"Hans", "Hant"} for code, value in twin if code == "a" and value)
        subfields = self._filled(unit, unit.subfields, codes, in_twin=False)
        if chinese and unit.tag != "500":
            spelt = iter([value for code, value in twin if code in codes])
            subfields = tuple((c, _spelt(next(spelt, v), v) if c in codes else v) for c, v in subfields)
        if unit.tag == "245":
            subfields, twin = (
                self._said(part, names) for part, names in zip((subfields, twin), self._names, strict=True)
            )
        return replace(unit, subfields=subfields, twin=twin)

    def _filled(self, unit: Unit, subfields: Subfields, codes: str, *, in_twin: bool) -> Subfields:
        vocabulary, templates = self._stock.vocabulary, self._stock.templates
        return tuple(
            (code, vocabulary.fill(templates[unit, place, in_twin]) if code in codes else value)
            for place, (code, value) in enumerate(subfields)
        )

    def _said(self, subfields: Subfields, names: list[str]) -> Subfields:
        """The statement of responsibility names the new agents."""
        statement = " ; ".join(names) or "Anonymous"
        return tuple((code, f"{statement}." if code == "c" else value) for code, value in subfields)


def _spelt(chinese: str, old: str) -> str:
    """Pinyin, with the punctuation that the old text ends in."""
    tail = _TAIL.search(old)
    return _TAIL.sub("", romanised(chinese)) + (tail.group() if tail else "")
