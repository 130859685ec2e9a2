"""Rows of large results."""

import tracemalloc
from collections.abc import Iterator

import pytest

from graph.packed import FEW, PackedRows, Row, packed


def rows(count: int) -> Iterator[Row]:
    """Rows with every kind of term."""
    return ((f"<https://b.example/{n}>", f'"汉字 \\" \ud7ff😀 {n}"@zh', None) for n in range(count))


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, FEW + 999, 3 * FEW])
def test_all_come_back_in_order(count: int) -> None:
    """As many, the same, again and again; few stay a list."""
    found = packed(rows(count))
    assert isinstance(found, list) == (count <= FEW)
    assert len(found) == count
    assert list(found) == list(found) == list(rows(count))


def test_places_are_those_of_a_list() -> None:
    """Single rows, slices and places counted from the end, also beyond it."""
    found, wanted = PackedRows(rows(2_500)), list(rows(2_500))
    assert [found[n] for n in (0, 999, 1_000, 2_499, -1, -2_500)] == [
        wanted[n] for n in (0, 999, 1_000, 2_499, -1, -2_500)
    ]
    assert found[990:1_010] == wanted[990:1_010]
    assert found[::-500] == wanted[::-500]
    with pytest.raises(IndexError):
        found[2_500]


def test_they_are_small() -> None:
    """A large result takes less than a fifth of what its rows would."""
    tracemalloc.start()
    try:
        plain = list(rows(5 * FEW))
        before = tracemalloc.get_traced_memory()[0]
        del plain
        after = tracemalloc.get_traced_memory()[0]
        kept = packed(rows(5 * FEW))
        held = tracemalloc.get_traced_memory()[0] - after
    finally:
        tracemalloc.stop()
    assert len(kept) == 5 * FEW
    assert held < (before - after) / 5
