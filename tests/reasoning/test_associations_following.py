"""Associations kept up by what changed are those that a reading of everything gives, whatever came, changed or went."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from common.errors import InputError
from common.namespaces import BF
from graph.changes import Changes
from graph.changeset import Changeset, Suppression
from ingest.record import MarcRecord
from reasoning.associations import bring_up_to_date
from reasoning.associations.bases import BASES
from reasoning.associations.memory import open_memory
from reasoning.associations.reading import facts, works
from reasoning.associations.touched import touched_works
from reasoning.associations.weights import links
from reasoning.associations.writing import Writer
from services import resolution
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, authority, book, ingest, write

_FEW = tuple(replace(basis, common=6, most=3) for basis in BASES)
"""The bases with so few links, and things that are common so soon, that small catalogues reach the limits."""
_FIELDS = (
    *(f"650 #0 $a {topic}" for topic in ("Whales", "Ships", "Whales $x Stories", "Sea", "Islands")),
    *(f"651 #0 $a {place}" for place in ("Nantucket", "Azores")),
    "650 #7 $a Wale $2 gnd $0 (DE-588)4000001-1",
    "600 10 $a Melville, Herman, $d 1819-1891",
    *(f"700 1# $a Writer {letter}, $d 19{n}-" for n, letter in enumerate("ABCDE", 10)),
    *(f"082 04 $a {number} $2 23" for number in ("813.3", "813.54", "813", "599.5", "599.53")),
    *(f"050 #4 $a {number}" for number in ("PS2384.M6", "PS2384", "QL737.C4", "PS3545.E6")),
    *(f"084 ## $a {number} $2 clc" for number in ("I712.44", "I712.45", "Q959.841")),
    "240 10 $a Moby Dick",
    "240 10 $a Moby Dick. $l Chinese",
    "830 #0 $a Sea library",
    "655 #7 $a Novels $2 lcgft",
    "043 ## $a n-us",
    *(f"773 0# $t Host $w (TEST){number}" for number in range(3)),
)


def _record(rng: random.Random) -> MarcRecord:
    if rng.random() < 0.1:
        return authority(f"a{rng.randrange(2)}", f"100 1# $a Writer {rng.choice('AB')}, $d 191{rng.randrange(2)}-")
    number, status = rng.randrange(14), "d" if rng.random() < 0.2 else "n"
    chosen = rng.sample(_FIELDS, rng.randrange(2, 9))
    return book(str(number), f"Book {number}", *chosen, status=status)


def _undo_a_link(workspace: Workspace, rng: random.Random) -> None:
    entities = works(workspace.graph)
    with suppress(InputError):
        number = rng.choice(entities)[1:-1].rsplit("/", 1)[-1] if entities else "0"
        resolution.undo(workspace, f"{BASE}id/agent/{SOURCE}/{number}/Writer_A,_1910-", "token:x")


def _suppress_a_subject(workspace: Workspace, rng: random.Random) -> None:
    number = rng.randrange(14)
    work, graph = f"<{BASE}id/work/{SOURCE}/{number}>", f"{BASE}graph/record/{SOURCE}/{number}"
    lines = [line for line in workspace.graph.graph_statements(graph) if line.startswith(f"{work} <{BF}subject>")]
    made = [Suppression(line, graph, "token:x", "not so") for line in sorted(lines)[:1]]
    workspace.graph.commit(Changeset("token:x", "a correction", suppress=made))


def _ingest_some(workspace: Workspace, rng: random.Random) -> None:
    path = workspace.directory.path / "records.json"
    ingest(workspace, write(path, *(_record(rng) for _ in range(rng.choice((1, 1, 2, 6))))))


_STEPS: tuple[Callable[[Workspace, random.Random], None], ...] = (
    *(_ingest_some,) * 6,
    _undo_a_link,
    _suppress_a_subject,
)


def _expected(workspace: Workspace) -> set[str]:
    """All links by reading everything, without writing any."""
    graph = workspace.graph
    with open_memory(None) as memory:
        for page in facts(graph, works(graph)):
            memory.add(page)
        writer = Writer(graph, memory, 0)
        found: set[str] = set()
        for basis in _FEW:
            pairs = memory.pairs(basis)
            for lines in writer._statements(basis, links(pairs, pairs[:, 0], basis, memory)).values():
                found.update(lines)
        return found


def _written(workspace: Workspace) -> set[str]:
    lines = workspace.graph.graph_statements(workspace.graph.graphs.associations)
    return {line for line in lines if "reflectsChangeset" not in line}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits."""
    monkeypatch.setattr("reasoning.associations.following.BASES", _FEW)
    monkeypatch.setattr("reasoning.associations.following._MUCH", 2.0)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Where an installation remembers what its associations were made of."""
    return tmp_path / "associations.sqlite"


@pytest.mark.parametrize("seed", range(4))
def test_following_equals_a_rebuild(
    workspace: Workspace, memory: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """After each of many ingests, deletions, corrections and undone links the graph is what a rebuild makes."""
    if seed % 2:
        monkeypatch.setattr("reasoning.associations.writing._BULK", 0)
    rng = random.Random(seed)  # noqa: S311  nothing secret
    for _ in range(20):
        for _ in range(rng.choice((1, 1, 3))):
            rng.choice(_STEPS)(workspace, rng)
        bring_up_to_date(workspace.graph, memory=memory)
        assert _written(workspace) == _expected(workspace)
    assert verify(workspace).right


def test_a_heading_that_changes_moves_its_subject(workspace: Workspace, memory: Path) -> None:
    """A subject whose authority is renamed is near other subjects from then on, though each work has the same ones."""
    renamed = "650 #7 $a Whales $x Songs $2 gnd $0 (DE-588)4000001-1"
    books = [
        book(n, n, renamed, f"650 #0 $a Whales $x Part {n}", f"650 #0 $a Boats $x Part {n}", "651 #0 $a Azores")
        for n in "12"
    ]
    path = workspace.directory.path / "records.json"
    others = [book(str(n), f"Book {n}", "650 #0 $a Boats") for n in range(3, 9)]
    ingest(workspace, write(path, *books, *others))
    bring_up_to_date(workspace.graph, memory=memory)
    record = authority("4000001-1", "024 7# $a 4000001-1 $2 gnd", "150 ## $a Boats $x Songs", source="DE-588")
    ingest(workspace, write(path, record))
    before = _written(workspace)
    bring_up_to_date(workspace.graph, memory=memory)
    assert _written(workspace) == _expected(workspace)
    assert {line for line in before if "weight" in line} != {line for line in _written(workspace) if "weight" in line}


def test_graphs_that_are_added_whole_are_followed(workspace: Workspace) -> None:
    """A bulk load is noted by the names of its graphs: the works in them are read."""
    path = workspace.directory.path / "records.json"
    ingest(workspace, write(path, book("1", "One", "650 #0 $a Whales")))
    with open_memory(None) as nothing:
        changes = Changes(graphs={f"{BASE}graph/record/{SOURCE}/1"})
        assert touched_works(workspace.graph, changes, nothing) == {f"<{BASE}id/work/{SOURCE}/1>"}
