"""Each shape lets valid records pass and finds its mistake in the invalid one, under both processors alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import INVALID, VALID, graph_of, python_results, rust_results

from shapes import NAMESPACE, gate_policies


def expected(path: Path) -> str:
    """Local name of the shape that the first line of an invalid example names."""
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expected: ")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_examples_conform(path: Path) -> None:
    """Neither processor finds anything in a good record."""
    graph = graph_of(path)
    assert rust_results(graph) == set()
    assert python_results(graph) == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_examples_show_their_mistake(path: Path) -> None:
    """The shape that the example names reports, no other does, and both processors give the same results."""
    graph = graph_of(path)
    found = rust_results(graph)
    assert {result.shape for result in found} == {expected(path)}
    assert python_results(graph) == found


def test_every_shape_has_an_invalid_example() -> None:
    """A shape that nothing was seen to violate may be unable to report."""
    assert {f"{NAMESPACE}{expected(path)}" for path in INVALID} == set(gate_policies())
