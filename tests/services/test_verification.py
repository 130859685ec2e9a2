"""Verify finds each way in which archive, graph and merge can differ."""

from collections.abc import Callable
from pathlib import Path

import pytest

from common.namespaces import BG
from graph.changeset import Changeset
from ingest.archive import NewVersion
from ingest.record import RecordKey
from services.remapping import remap
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, book, graph, ingest, write

CANONICAL = f"<{BG}canonical>"
WORK = f"<{BASE}id/work/{SOURCE}/1>"
CITED = f"{BASE}graph/cited/gnd/1"


def _commit(workspace: Workspace, **parts: object) -> None:
    workspace.graph.commit(Changeset("system:test", "harm", **parts))  # type: ignore[arg-type]


def _resolution(workspace: Workspace, add: list[str], remove: list[str]) -> None:
    iri = workspace.graph.graphs.resolution
    _commit(workspace, add=[(line, iri) for line in add], remove=[(line, iri) for line in remove])


def _unmarked(workspace: Workspace) -> None:
    key = RecordKey(SOURCE, "7")
    workspace.archive.put([NewVersion(key, b"x", "marcjson", "utf-8", "bibliographic", graph("7"))])


HARM: dict[str, tuple[Callable[[Workspace], object], str, str]] = {
    "graph lost": (lambda w: _commit(w, replace={graph("1"): []}), "archive", "missing from the graph: TEST 1"),
    "stray graph": (
        lambda w: _commit(w, add=[("<a:s> <a:p> <a:o>", graph("99"))]),
        "archive",
        f"not in the archive: {graph('99')}",
    ),
    "unmarked": (_unmarked, "archive", "not brought into the graph: TEST 7"),
    "marked too far": (
        lambda w: w.archive.mark([(RecordKey(SOURCE, "1"), 1)], 10_000),
        "archive",
        "marked with changeset 10000",
    ),
    "buried": (
        lambda w: w.archive.mark(w.archive.bury([RecordKey(SOURCE, "1")]), 1),
        "archive",
        "deleted, but still in the graph: TEST 1",
    ),
    "link lost": (
        lambda w: _resolution(w, [], [f"{WORK} {CANONICAL} {WORK}"]),
        "resolution",
        "no canonical link: https://library.test/id/work/TEST/1",
    ),
    "two links": (
        lambda w: _resolution(w, [f"{WORK} {CANONICAL} <{BASE}id/work/{SOURCE}/2>"], []),
        "resolution",
        "2 canonical links instead of one",
    ),
    "link of nothing": (
        lambda w: _resolution(w, [f"<{BASE}id/work/x> {CANONICAL} <{BASE}id/work/x>"], []),
        "resolution",
        "nothing describes",
    ),
    "link into nothing": (
        lambda w: _resolution(w, [f"{WORK} {CANONICAL} <{BASE}id/work/none>"], [f"{WORK} {CANONICAL} {WORK}"]),
        "resolution",
        "does not stand for itself",
    ),
    "uncited heading": (
        lambda w: _commit(w, add=[(f"<{BASE}id/authority/gnd/1> a <a:Agent>".replace(" a ", f" <{TYPE}> "), CITED)]),
        "cited",
        "heading kept that nothing cites",
    ),
}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture
def two_books(workspace: Workspace, tmp_path: Path) -> Workspace:
    """An installation in order."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "One"), book("2", "Two")))
    assert verify(workspace).right
    return workspace


@pytest.mark.parametrize("harm", HARM)
def test_every_kind_of_harm_is_found(two_books: Workspace, harm: str) -> None:
    """What was done is told in one line under the right heading."""
    do, check, expected = HARM[harm]
    do(two_books)
    found = verify(two_books)
    assert not found.right
    assert any(expected in line for line in found.differences[check]), found.differences


@pytest.mark.parametrize("harm", ["link of nothing", "uncited heading"])
def test_remap_sweeps_what_nothing_supports(two_books: Workspace, harm: str) -> None:
    """What a killed or older version left behind goes."""
    HARM[harm][0](two_books)
    remap(two_books)
    assert verify(two_books).right


def test_remap_brings_a_lost_graph_back(two_books: Workspace) -> None:
    """The archive is enough to write the graph again."""
    before = two_books.graph.canonical_digest()
    HARM["graph lost"][0](two_books)
    assert remap(two_books).changed == 1
    assert two_books.graph.canonical_digest() == before
