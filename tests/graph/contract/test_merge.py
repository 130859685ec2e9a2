from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from common.errors import QueryError, StoreError
from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.bulk import render
from graph.changeset import Changeset, Receipt, Suppression
from graph.merge import MergedGraph
from graph.store import Quad

ONE, TWO, THREE = '<a:s> <a:p> "1"', '<a:s> <a:p> "2"', '<a:s> <a:p> "3"'


def change(merged: MergedGraph, **parts: Any) -> Receipt:
    """Commits a changeset of these parts."""
    return merged.commit(Changeset("system:test", "a test", **parts))


def default(merged: MergedGraph) -> set[str]:
    """The default graph; also checks that it holds no triple twice."""
    statements = merged.graph_statements("")
    assert len(statements) == len(set(statements))
    return set(statements)


def test_a_triple_leaves_with_its_last_holder(merged: MergedGraph) -> None:
    """Two graphs hold a triple: the default graph loses it only with the second."""
    change(merged, replace={"g:1": [ONE, TWO], "g:2": [TWO]})
    change(merged, replace={"g:1": []})
    assert default(merged) == {TWO}
    change(merged, remove=[(TWO, "g:2")])
    assert default(merged) == set()
    assert not merged.has_graph("g:1")


def test_receipts_count_the_exact_difference(merged: MergedGraph) -> None:
    """Replacing a graph by its own statements, in another form and order, changes and numbers nothing."""
    number = '<a:s> <a:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert change(merged, replace={"g:1": [ONE, TWO, number]}) == Receipt(1, 3, 0)
    assert change(merged, replace={"g:1": [TWO, number, ONE, ONE]}) == Receipt(1, 0, 0)
    assert change(merged, replace={"g:1": [TWO, THREE]}) == Receipt(2, 1, 2)
    assert merged.sequence == 2


def test_a_suppression_survives_replacement(merged: MergedGraph) -> None:
    """A suppressed triple stays in its graph, leaves the merge, and does not come back by re-ingest."""
    change(merged, replace={"g:1": [ONE, TWO]})
    suppression = Suppression(ONE, "g:1", "account:7", 'the "title" is wrong')
    assert change(merged, suppress=[suppression]).removed == 1
    for statements in ([ONE, TWO], [], [ONE, THREE]):
        change(merged, replace={"g:1": statements})
        assert default(merged) == set(statements) - {ONE}
        assert set(merged.graph_statements("g:1")) == set(statements)
    assert merged.suppressions() == [suppression]
    assert merged.suppressed_graphs() == {"g:1"}
    change(merged, unsuppress=[(ONE, "g:1")])
    assert default(merged) == {ONE, THREE}
    assert merged.suppressions() == []


def test_a_suppression_takes_away_one_graph_only(merged: MergedGraph) -> None:
    """Another graph's support for the triple goes on counting."""
    change(merged, replace={"g:1": [ONE], "g:2": [ONE]}, suppress=[Suppression(ONE, "g:1", "account:7", "no")])
    assert default(merged) == {ONE}
    change(merged, replace={"g:2": []})
    assert default(merged) == set()


def test_graphs_outside_the_merge_are_not_written(merged: MergedGraph) -> None:
    """A changeset can't touch the journal, the suppressions or the default graph."""
    graphs = merged.graphs
    for graph in (graphs.changesets, graphs.suppressions, ""):
        for parts in ({"replace": {graph: [ONE]}}, {"add": [(ONE, graph)]}, {"remove": [(ONE, graph)]}):
            with pytest.raises(StoreError):
                change(merged, **parts)
    assert merged.sequence == 0


def test_each_changeset_is_described(merged: MergedGraph) -> None:
    """Number, author, note and counts are in the changesets' graph and not in the merge."""
    change(merged, add=[(ONE, "g:1")])
    merged.bulk_commit([render("g:2", [ONE, TWO])], "token:abc", "second")
    found = merged.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX bg: <https://w3id.org/bibliograph/ontology#> "
        "SELECT ?n ?author ?added { GRAPH ?g { "
        "?c a prov:Activity ; bg:number ?n ; bg:author ?author ; bg:added ?added } } ORDER BY ?n"
    )
    integer = '"%d"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert found.rows == [(integer % 1, '"system:test"', integer % 1), (integer % 2, '"token:abc"', integer % 2)]
    assert default(merged) == {ONE, TWO}


def test_bulk_commit_equals_commit(merged: MergedGraph) -> None:
    """New graphs by bulk load give the same quads as by changeset."""
    data = {f"g:{n}": [ONE, f'<a:s> <a:p> "own {n}"'] for n in range(20)}
    receipt = merged.bulk_commit((render(graph, found) for graph, found in data.items()), "system:test", "bulk")
    other = MergedGraph(OxigraphStore(None), merged.graphs)
    assert change(other, replace=data) == receipt == Receipt(1, 40, 0)
    assert merged.canonical_digest() == other.canonical_digest()
    assert merged.verify() == []


def test_bulk_commit_refuses_suppressed_graphs(merged: MergedGraph) -> None:
    """A graph with suppressions would be merged wrongly; nothing of the load is written."""
    change(merged, suppress=[Suppression(ONE, "g:2", "account:7", "no")])
    with pytest.raises(StoreError, match="g:2"):
        merged.bulk_commit([render("g:1", [TWO]), render("g:2", [ONE])], "system:test", "bulk")
    assert default(merged) == set()
    assert merged.sequence == 1


def test_an_empty_bulk_commit_is_no_changeset(merged: MergedGraph) -> None:
    """No chunks: no number."""
    assert merged.bulk_commit([], "system:test", "nothing") == Receipt(0, 0, 0)


@pytest.mark.parametrize("author", ["Ada Lovelace", "ada@example.org", "", "system:", "Ada", "ada"])
def test_an_author_is_never_a_name(author: str) -> None:
    """What looks like a name or an address is refused."""
    with pytest.raises(ValueError, match="author"):
        Changeset(author, "")


def test_verify_finds_what_was_written_past_the_merge(merged: MergedGraph) -> None:
    """A triple too many and one too few are each named."""
    change(merged, add=[(ONE, "g:1")])
    merged._store.update("INSERT DATA { <a:x> <a:y> <a:z> }; DELETE DATA { " + ONE + " }")
    assert merged.verify() == [f"missing from the merge: {ONE}", "in the merge without support: <a:x> <a:y> <a:z>"]


def test_queries_are_bound(merged: MergedGraph) -> None:
    """Parameters are bound; without any, ``$x`` is SPARQL's variable."""
    change(merged, add=[(ONE, "g:1")])
    assert merged.query("ASK { ?s ?p $o }", {"o": '"1"'}) is True
    assert merged.query("ASK { ?s ?p $o }", {"o": '"2"'}) is False
    assert merged.query("ASK { ?s ?p $o }") is True
    with pytest.raises(QueryError, match=r"\$o"):
        merged.query("ASK { ?s ?p $o }", {})


def test_concurrent_commits_lose_no_update(merged: MergedGraph) -> None:
    """Two threads replace and remove at once: every change is numbered and the merge stays right."""

    def work(thread: int) -> None:
        for n in range(15):
            change(merged, replace={f"g:{thread}": [ONE, f'<a:s> <a:p> "{thread} {n}"']}, add=[(TWO, f"g:{n}-shared")])
            change(merged, add=[(f'<a:s> <a:q> "{thread} {n}"', "g:both")])

    threads = [Thread(target=work, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(merged.graph_statements("g:both")) == 30
    assert merged.sequence == 60
    assert merged.verify() == []


class CountingStore(OxigraphStore):
    """Counts the quads that are read."""

    read = 0

    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """Counts each quad as it is handed out."""
        for quad in super().quads(pattern, graph):
            self.read += 1
            yield quad


def _reads_of_one_change(sharers: int) -> int:
    store = CountingStore(None)
    merged = MergedGraph(store, Graphs("https://b.example/"))
    shared = "<a:language> <a:label> <a:english>"
    graphs = {f"g:{n}": [shared, f"<a:{n}> <a:language> <a:english>"] for n in range(sharers)}
    merged.bulk_commit((render(graph, found) for graph, found in graphs.items()), "system:test", "")
    store.read = 0
    change(merged, replace={"g:7": [], "g:8": ["<a:8> <a:language> <a:german>", shared]})
    return store.read


def test_the_cost_of_a_change_depends_on_the_change_only() -> None:
    """2,000 records share an object and a triple: a change reads as many quads as with 20."""
    assert _reads_of_one_change(2_000) == _reads_of_one_change(20) < 30
