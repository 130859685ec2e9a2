"""The log of what changesets touched."""

from pathlib import Path

from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.bulk import render
from graph.changes import ChangeLog, Changes
from graph.changeset import Changeset, Suppression
from graph.merge import MergedGraph

BASE = "https://b.example/"
GRAPHS = Graphs(BASE)
RECORD = GRAPHS.record("s", "1")


def entity(path: str) -> str:
    """Term of an entity."""
    return f"<{BASE}id/{path}>"


def statement(subject: str, obj: str) -> str:
    """A statement about an entity."""
    return f"{entity(subject)} <https://p.example/p> {obj}"


def merged(path: Path | None = None) -> MergedGraph:
    """A graph with a log, in memory or on disk."""
    return MergedGraph(OxigraphStore(path), GRAPHS, ChangeLog(path.parent / "changes.sqlite" if path else None))


def test_entities_described_and_linked_are_noted() -> None:
    """A changeset notes whose statements came or went, parts counted to their wholes, and what was linked."""
    graph = merged()
    line = statement("work/1#title-1", entity("agent/2"))
    graph.commit(Changeset("system:test", "", replace={RECORD: [line, "<a:s> <a:p> <a:o>"]}))
    noted = Changes({entity("work/1")}, {entity("agent/2")}, set())
    assert graph.changes_since(0) == noted
    graph.commit(Changeset("system:test", "", replace={RECORD: []}))
    assert graph.changes_since(1) == noted
    assert graph.changes_since(2) == Changes()


def test_a_bulk_load_notes_its_graphs() -> None:
    """Of graphs that are added whole the names are enough."""
    graph = merged()
    graph.bulk_commit([render(RECORD, [statement("work/1", '"x"')])], "system:test", "")
    assert graph.changes_since(0) == Changes(graphs={RECORD})


def test_suppressions_are_changes() -> None:
    """What a librarian suppresses, or lets stand again, touches its subject."""
    graph = merged()
    line = statement("work/1", '"x"')
    graph.commit(Changeset("system:test", "", add=[(line, RECORD)]))
    graph.commit(Changeset("system:test", "", suppress=[Suppression(line, RECORD, "system:test", "no")]))
    assert graph.changes_since(1) == Changes({entity("work/1")})
    graph.commit(Changeset("system:test", "", unsuppress=[(line, RECORD)]))
    assert graph.changes_since(2) == Changes({entity("work/1")})


def test_what_all_followers_have_seen_is_forgotten() -> None:
    """The log keeps what the slowest follower needs; who asks for more hears that nobody knows."""
    graph = merged()
    for n in range(4):
        graph.commit(Changeset("system:test", "", add=[(statement(f"work/{n}", '"x"'), RECORD)]))
    graph.followed("slow", 1)
    graph.followed("quick", 3)
    assert graph.changes_since(0) is None
    assert graph.changes_since(1) == Changes({entity(f"work/{n}") for n in (1, 2, 3)})
    graph.followed("slow", 4)
    assert graph.changes_since(2) is None
    assert graph.changes_since(3) == Changes({entity("work/3")})


def test_the_log_survives_and_a_lost_one_is_noticed(tmp_path: Path) -> None:
    """A log goes on after a restart; where it is gone, what was written before is unknown rather than nothing."""
    graph = merged(tmp_path / "graph")
    graph.commit(Changeset("system:test", "", add=[(statement("work/1", '"x"'), RECORD)]))
    graph.close()
    graph = merged(tmp_path / "graph")
    assert graph.changes_since(0) == Changes({entity("work/1")})
    graph.close()
    for file in tmp_path.glob("changes.sqlite*"):
        file.unlink()
    graph = merged(tmp_path / "graph")
    assert graph.changes_since(0) is None
    assert graph.changes_since(1) == Changes()
    graph.close()


def test_a_log_that_missed_changesets_starts_anew(tmp_path: Path) -> None:
    """A graph that was written without its log leaves a gap, which nobody takes for silence."""
    graph = merged(tmp_path / "graph")
    graph.commit(Changeset("system:test", "", add=[(statement("work/1", '"x"'), RECORD)]))
    graph.close()
    graph = MergedGraph(OxigraphStore(tmp_path / "graph"), GRAPHS)
    graph.commit(Changeset("system:test", "", add=[(statement("work/2", '"x"'), RECORD)]))
    graph.close()
    graph = merged(tmp_path / "graph")
    assert graph.changes_since(1) is None
    graph.close()
