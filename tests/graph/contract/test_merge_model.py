from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.bulk import render
from graph.changeset import Changeset, Suppression
from graph.merge import MergedGraph
from graph.store import GraphStore
from tests.graph.engines import SHARED, Servers, empty, open_shared, parameters

STATEMENTS = st.sampled_from([f'<a:s> <a:p> "{n}"' for n in range(4)])
GRAPHS = st.sampled_from(["g:1", "g:2", "g:3"])
QUADS = st.lists(st.tuples(STATEMENTS, GRAPHS), max_size=4)


class MergeMachine(RuleBasedStateMachine):
    """Random changesets, against a model of plain sets."""

    def __init__(self, store: GraphStore | None = None) -> None:
        super().__init__()
        self.merged = MergedGraph(store or OxigraphStore(None), Graphs("https://b.example/"))
        self.named: dict[str, set[str]] = defaultdict(set)
        self.suppressed: set[tuple[str, str]] = set()
        self.sequence = 0

    @rule(
        replace=st.dictionaries(GRAPHS, st.lists(STATEMENTS, max_size=4), max_size=2),
        add=QUADS,
        remove=QUADS,
        suppress=QUADS,
        unsuppress=QUADS,
    )
    def commit(
        self,
        replace: dict[str, list[str]],
        add: list[tuple[str, str]],
        remove: list[tuple[str, str]],
        suppress: list[tuple[str, str]],
        unsuppress: list[tuple[str, str]],
    ) -> None:
        """One changeset with all parts."""
        before = ({graph: set(held) for graph, held in self.named.items() if held}, set(self.suppressed))
        self.named.update({graph: set(held) for graph, held in replace.items()})
        for statement, graph in remove:
            self.named[graph].discard(statement)
        for statement, graph in add:
            self.named[graph].add(statement)
        self.suppressed = (self.suppressed - set(unsuppress)) | set(suppress)
        after = ({graph: held for graph, held in self.named.items() if held}, self.suppressed)
        self.sequence += before != after
        made = [Suppression(statement, graph, "account:1", "no") for statement, graph in suppress]
        parts = {"replace": replace, "add": add, "remove": remove, "suppress": made, "unsuppress": unsuppress}
        assert self.merged.commit(Changeset("system:test", "", **parts)).number == self.sequence

    @rule(graph=GRAPHS, statements=st.sets(STATEMENTS, min_size=1))
    def bulk(self, graph: str, statements: set[str]) -> None:
        """A bulk load of a graph that does not exist and has no suppressions."""
        if self.named[graph] or any(graph == suppressed for _, suppressed in self.suppressed):
            return
        self.named[graph] = set(statements)
        self.sequence += 1
        assert self.merged.bulk_commit([render(graph, statements)], "system:test", "").number == self.sequence

    @invariant()
    def the_merge_is_its_definition(self) -> None:
        """Default graph, named graphs, suppressions and number are the model's."""
        quads = {(statement, graph) for graph, held in self.named.items() for statement in held}
        assert sorted(self.merged.graph_statements("")) == sorted({s for s, _ in quads - self.suppressed})
        for graph in ("g:1", "g:2", "g:3"):
            assert set(self.merged.graph_statements(graph)) == self.named[graph]
        assert {(found.statement, found.graph) for found in self.merged.suppressions()} == self.suppressed
        assert self.merged.sequence == self.sequence
        assert self.merged.verify() == []


@pytest.mark.parametrize("engine", parameters(SHARED))
def test_the_merge_on_a_server_is_its_definition(engine: str, servers: Servers) -> None:
    """The same machine, in fewer examples, where look-ups are batches and writers take turns."""
    store = open_shared(engine, SHARED[engine](servers))
    few = settings(max_examples=6, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: MergeMachine(empty(store)), settings=few)
    store.close()


TestMerge = MergeMachine.TestCase
TestMerge.settings = settings(
    max_examples=40, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
