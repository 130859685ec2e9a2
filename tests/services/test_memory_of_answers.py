"""What was read of entities is remembered until the graph changes."""

from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.changeset import Changeset
from graph.merge import MergedGraph
from services.remembered import Remembered


def _graph() -> MergedGraph:
    return MergedGraph(OxigraphStore(None), Graphs("https://library.test/"))


def _change(graph: MergedGraph) -> None:
    statement = f"<urn:s> <urn:p> <urn:o{graph.sequence}>"
    graph.commit(Changeset("system:test", "", add=[(statement, "urn:g")]))


def test_what_was_kept_comes_again_until_a_changeset() -> None:
    """A changeset makes all that was read before it unknown."""
    graph, memory = _graph(), Remembered[str, int](10)
    known = memory.recall(graph, ["a"])
    assert known.found == {}
    memory.keep(graph, known.sequence, {"a": 1, "b": 2})
    assert memory.recall(graph, ["a", "b", "c"]).found == {"a": 1, "b": 2}
    _change(graph)
    assert memory.recall(graph, ["a", "b"]).found == {}


def test_what_was_read_before_a_changeset_is_not_kept_after_it() -> None:
    """Who read while another thread already saw a newer graph keeps nothing."""
    graph, memory = _graph(), Remembered[str, int](10)
    before = memory.recall(graph, ["a"]).sequence
    _change(graph)
    memory.recall(graph, ["a"])
    memory.keep(graph, before, {"a": 1})
    assert memory.recall(graph, ["a"]).found == {}


def test_what_nobody_asked_for_longest_is_forgotten_first() -> None:
    """Things count by their size."""
    graph, memory = _graph(), Remembered[str, str](6, len)
    sequence = memory.recall(graph, []).sequence
    memory.keep(graph, sequence, {"a": "xx", "b": "yy", "c": "zz"})
    memory.recall(graph, ["a"])
    memory.keep(graph, sequence, {"d": "vvv"})
    assert memory.recall(graph, "abcd").found == {"a": "xx", "d": "vvv"}


def test_graphs_are_told_apart() -> None:
    """What was read of one is not known of another."""
    one, other, memory = _graph(), _graph(), Remembered[str, int](10)
    memory.keep(one, memory.recall(one, []).sequence, {"a": 1})
    assert memory.recall(other, ["a"]).found == {}
