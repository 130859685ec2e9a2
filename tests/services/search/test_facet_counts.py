"""The commonest values of a facet are counted exactly, though segments of the index report only some."""

import pytest

from ingest.record import MarcRecord
from services.search import filters
from services.search.index import TextIndex
from services.workspace import Workspace
from tests.services.library import book, ingest, write
from tests.services.search.conftest import Search


def _books(first: int) -> list[MarcRecord]:
    """Subject ``n`` is that of every ``n``-th book, from ``n`` = 2."""
    return [
        book(str(n), "Sea", *(f"650 #0 $a Subject {each}" for each in range(2, 30) if n % each == 0))
        for n in range(first, first + 60)
    ]


@pytest.mark.parametrize("reported", [1, 4, 8, 16])
def test_counts_are_those_of_all_values(
    workspace: Workspace, index: TextIndex, search: Search, monkeypatch: pytest.MonkeyPatch, reported: int
) -> None:
    """However few values each of several segments reports at first."""
    monkeypatch.setattr(filters, "VALUES_SHOWN", 3)
    for first in (1, 61):
        ingest(workspace, write(workspace.directory.path / "records.json", *_books(first)))
        expected = search("sea").facets
    view = index.view()
    assert view is not None
    assert view.searcher.num_segments > 1
    monkeypatch.setattr(filters, "_COMMON", reported)
    found = search("sea").facets
    assert found == expected
    assert [value.count for value in found["subject"]] == [60, 40, 30]
