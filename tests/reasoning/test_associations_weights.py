"""The weights of links, held against the definition written out; and the classes in which numbers lie."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.associations.bases import BASES
from reasoning.associations.class_numbers import ceiling, lineage, scheme_of
from reasoning.associations.weights import WEIGHTS, evidence, links, specificity

_FLAT = replace(BASES[1], common=6, most=3)
_NESTED = replace(_FLAT, nested=True)
_LEAST = 0.1


class _Things:
    """Entities are even numbers whose names go the other way round; things lie in what is half their number."""

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names by which 9 comes before 8."""
        return {each: f"<{999 - each}>" for each in sorted(map(int, ids), reverse=True)}

    def broader(self, things: Iterable[int]) -> dict[int, int]:
        """The half of an even thing."""
        return {int(thing): int(thing) // 2 for thing in things if thing % 2 == 0}


def _defined(pairs: set[tuple[int, int]], source: int, *, nested: bool) -> list[tuple[int, int, int]]:
    """Target, weight in thousandths and count of the links of one entity, by the definition."""
    having = {entity: {t for e, t in pairs if e == entity} for entity, _ in pairs}
    holders = {thing: sum(thing in things for things in having.values()) for _, thing in pairs}
    telling = {thing for thing, number in holders.items() if 1 < number < _FLAT.common}

    def value(thing: int) -> int:
        own = evidence(_FLAT.worth, specificity(holders[thing]))
        above = thing // 2 if nested and thing % 2 == 0 else None
        return max(own - evidence(_FLAT.worth, specificity(holders[above])), 0) if above in telling and above else own

    def is_top(thing: int) -> bool:
        return not (nested and thing % 2 == 0 and thing // 2 in telling)

    found = []
    for target, things in having.items():
        shared = {thing for thing in having[source] & things & telling if value(thing) or is_top(thing)}
        weight = round(WEIGHTS * -float(np.expm1(-sum(map(value, shared)) / 10_000)))
        if target != source and shared and weight >= WEIGHTS * _LEAST:
            found.append((target, weight, sum(map(is_top, shared))))
    # Names go the other way round: after 5 come 4, 3, …, then from the highest down to 6.
    found.sort(key=lambda link: (-link[1], link[0] > source, -link[0]))
    return [link for link in found if link[2]][: _FLAT.most]


@pytest.mark.parametrize("basis", [_FLAT, _NESTED])
@settings(max_examples=200, deadline=None)
@given(pairs=st.sets(st.tuples(st.integers(1, 12), st.integers(1, 10)), min_size=1, max_size=60))
def test_links_are_as_defined(basis: object, pairs: set[tuple[int, int]]) -> None:
    """Weights, counts, the limit, what is too common, and the order of what is equally strong."""
    assert basis in {_FLAT, _NESTED}
    nested = basis == _NESTED
    if nested:  # whoever has a thing has what it lies in
        pairs |= {(e, t // 2**n) for e, t in pairs for n in range(4) if t % 2**n == 0}
    table = np.array(sorted(pairs), dtype=np.int64)
    found = links(table, table[:, 0], _NESTED if nested else _FLAT, _Things())
    by_source: dict[int, list[tuple[int, int, int]]] = {}
    for source, *link in zip(*(column.tolist() for column in found.columns), strict=True):
        by_source.setdefault(source, []).append((link[0], link[1], link[2]))
    for source in {entity for entity, _ in pairs}:
        assert by_source.get(source, []) == _defined(pairs, source, nested=nested)


def test_some_entities_get_the_links_that_all_get() -> None:
    """Asked for a few, it gives them what it gives them among all."""
    rng = np.random.default_rng(7)
    pairs = np.unique(rng.integers(0, 40, size=(300, 2)), axis=0)
    basis = replace(_FLAT, common=20)
    whole = links(pairs, pairs[:, 0], basis, _Things())
    some = np.array([3, 17, 30])
    part = links(pairs, some, basis, _Things())
    mine = np.isin(whole.source, some)
    assert len(part) > 3
    assert all((a == b[mine]).all() for a, b in zip(part.columns, whole.columns, strict=True))


def test_small_portions_give_the_same_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is held in memory at a time."""
    pairs = np.unique(np.random.default_rng(1).integers(0, 30, size=(200, 2)), axis=0)
    whole = links(pairs, pairs[:, 0], _FLAT, _Things())
    monkeypatch.setattr("reasoning.associations.weights._AT_ONCE", 5)
    parts = links(pairs, pairs[:, 0], _FLAT, _Things())
    assert len(whole) > 20
    assert all((a == b).all() for a, b in zip(parts.columns, whole.columns, strict=True))


@pytest.mark.parametrize(
    ("scheme", "number", "expected"),
    [
        ("ddc", "813/.54", ["ddc/813.54", "ddc/813.5", "ddc/813", "ddc/81"]),
        ("ddc", "[Fic]", []),
        ("ddc", "(j)591.998", ["ddc/591.998", "ddc/591.9", "ddc/591", "ddc/59"]),
        ("ddc", "2012 A-038", []),
        ("clc", "TP311.1", ["clc/TP311.1", "clc/TP311", "clc/TP31"]),
        ("clc", "TU-092", []),
        ("lcc", "PL2651.R44", ["lcc/PL2651.R44", "lcc/PL2651", "lcc/PL"]),
        ("lcc", "B822", ["lcc/B822"]),
        ("lcc", "KFP30 1930", ["lcc/KFP30", "lcc/KFP"]),
        ("lcc", "FLA 4959 (viewing print)", []),
        ("lcc", "658.4083", ["ddc/658.4083", "ddc/658.408", "ddc/658.4", "ddc/658", "ddc/65"]),
        ("nlm", "QZ 18", ["nlm/QZ18", "nlm/QZ"]),
        ("nlm", "QH 431", ["lcc/QH431", "lcc/QH"]),
        ("nlm", "W1", []),
        ("udc", "821.581(075)", ["udc/821.581", "udc/821.5", "udc/821", "udc/82"]),
        ("rvk", "NQ  2360", ["rvk/NQ 2360"]),
    ],
)
def test_numbers_lie_in_classes(scheme: str, number: str, expected: list[str]) -> None:
    """Numbers as catalogues have them, with marks of segmentation, cutters, auxiliaries, or in the wrong field."""
    assert lineage(scheme, number) == expected
    for narrow, broad in pairwise(expected):
        assert ceiling(narrow) >= ceiling(broad) > 0


def test_the_scheme_is_the_class_or_the_source() -> None:
    """Without either a number can't be compared with another."""
    bf = "http://id.loc.gov/ontologies/bibframe/"
    assert scheme_of(f"<{bf}ClassificationDdc>", None) == "ddc"
    assert scheme_of(f"<{bf}Classification>", "<http://id.loc.gov/vocabulary/classSchemes/clc>") == "clc"
    assert scheme_of(f"<{bf}Classification>", None) is None
