"""Records without end, whose subjects, agents, words, languages and dates are distributed as those of the samples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.search.alteration import REWORDED, Alteration, Stock
from benchmarks.search.headings import AGENTS, SUBJECTS, Family, Heading, Headings, family
from benchmarks.search.skeletons import Samples, Skeleton
from benchmarks.search.units import Unit, encode, texts
from benchmarks.search.words import Template, Vocabulary, romanised, script
from ingest.record import RawRecord, RecordKey

SEED = 20_250_101
_AUTHORITY_LEADER = "00000nz  a2200000n  4500"
_AUTHORITY_FIXED = "260101|n|aznnnaabn          |n ana     d"
_AUTHORITY_TAGS = {"600": "100", "610": "110", "611": "111", "630": "130", "650": "150", "651": "151"}
_SUPPLIER = "XBGC"
"""The supplier whose authorities are loaded with its records."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a generated work says, for queries and for the peer."""

    source: str
    id: str
    lang: str
    title: str
    names: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A generated work: its records, new authorities first, and what it says."""

    records: list[RawRecord]
    text: Text


class Generator:
    """Generates works, the same ones for the same samples and seed.

    Args:
        samples: What to go by.
        seed: Of chance.
    """

    def __init__(self, samples: Samples, seed: int = SEED) -> None:
        self._random = Random(seed)  # noqa: S311  figures, no secrets
        self._works = samples.works
        self._vocabulary = Vocabulary(self._random)
        self._headings = Headings(self._vocabulary, self._random)
        self._templates: dict[tuple[Unit, int, bool], Template] = {}
        self._position = 0
        for skeleton in samples.works:
            self._learn(skeleton)
        known = frozenset(skeleton.key.id for skeleton in samples.works)
        self._stock = Stock(self._vocabulary, self._headings, self._templates, known, self._random)

    def _learn(self, skeleton: Skeleton) -> None:
        for unit in skeleton.units:
            named = family(unit, skeleton.key.source, skeleton.lang)
            if named is not None:
                self._headings.learn(named, unit, skeleton.lang)
            if unit.tag in REWORDED:
                kind, codes = REWORDED[unit.tag]
                for in_twin, subfields in ((False, unit.subfields), (True, unit.twin)):
                    for place, (code, value) in enumerate(subfields):
                        if code in codes:
                            self._templates[unit, place, in_twin] = self._vocabulary.learn(kind, skeleton.lang, value)

    def works(self, count: int) -> Iterator[Made]:
        """``count`` works: the samples again and again, in another order each time."""
        made = 0
        copy = 0
        while made < count:
            copy += 1
            for skeleton in self._random.sample(self._works, min(len(self._works), count - made)):
                yield self._work(skeleton, f"-{copy}")
                made += 1

    def _work(self, skeleton: Skeleton, suffix: str) -> Made:
        alteration = Alteration(self._stock, skeleton, suffix)
        units = alteration.units()
        key = RecordKey(skeleton.key.source, alteration.number)
        records = [self._raw(key, encode(skeleton.leader, alteration.control(), units))]
        for holdings in skeleton.holdings:
            control, held = alteration.held(holdings)
            number = RecordKey(holdings.key.source, f"{holdings.key.id}{suffix}")
            records.append(self._raw(number, encode(holdings.leader, control, held)))
        return Made(self._authorities() + records, _text(key, skeleton.lang, units))

    def _raw(self, key: RecordKey, data: bytes) -> RawRecord:
        self._position += 1
        return RawRecord(data, "marcjson", self._position, 0, key)

    def _authorities(self) -> list[RawRecord]:
        """Authority records of the headings invented last, of the one supplier that has such."""
        invented, self._headings.invented = self._headings.invented, []
        found = (_authority(named, heading) for named, heading in invented)
        return [self._raw(RecordKey(_SUPPLIER, f"authority:{number}"), data) for number, data in filter(None, found)]


def _authority(named: Family, heading: Heading) -> tuple[str, bytes] | None:
    """Number and bytes of an authority record, with the pinyin as a variant."""
    mark = f"({_SUPPLIER})"
    number = next((v for c, v in heading.subfields if c == "0" and v.startswith(mark)), "").removeprefix(mark)
    tag = _AUTHORITY_TAGS.get(named[1]) if named[0] == "subject" else f"1{named[1]}" if named[0] == "agent" else None
    if not number or tag is None:
        return None
    subfields = tuple(s for s in heading.twin or heading.subfields if s[0] in "abcdqtn")
    units = [Unit("040", "  ", (("a", _SUPPLIER), ("b", "chi"), ("c", _SUPPLIER))), Unit(tag, "1 ", subfields)]
    name = subfields[0][1]
    if script(name[:1] or " ") in {"Hans", "Hant"}:
        units.append(Unit(f"4{tag[1:]}", "1 ", (("a", romanised(name)),)))
    control = [("001", number), ("003", _SUPPLIER), ("005", "20260101000000.0"), ("008", _AUTHORITY_FIXED)]
    return number, encode(_AUTHORITY_LEADER, control, units)


def _text(key: RecordKey, lang: str, units: Iterable[Unit]) -> Text:
    title: list[str] = []
    names: list[str] = []
    subjects: list[str] = []
    for unit in units:
        if unit.tag == "245":
            title += [value.rstrip(" /:;=,.") for part in texts(unit) for code, value in part if code in "abnp"]
        elif unit.tag in AGENTS:
            names += [value.rstrip(" ,.") for part in texts(unit) for code, value in part if code == "a"]
        elif unit.tag in SUBJECTS:
            subjects += [" ".join(v for code, v in part if code in "abtxyzv") for part in texts(unit)]
    return Text(key.source, key.id, lang, " ".join(title), tuple(names), tuple(subjects))
