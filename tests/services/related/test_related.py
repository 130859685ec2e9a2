"""What is related to an entity: found step by step, chosen so that not all is alike, shown with the query behind it."""

from decimal import Decimal

import pytest

from common.terms import value
from graph.changeset import Changeset
from graph.queries import query_file
from services.related.related import MOST
from services.related.related import related as find_related
from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, authority, book, holdings, ingest, rows, write
from tests.services.related.conftest import Fill, related


def _paths(found: object) -> list[str]:
    return [hit.iri.removeprefix(f"{BASE}id/") for hit in found.hits]  # type: ignore[attr-defined]


def _work(number: object) -> str:
    return f"work/{SOURCE}/{number}"


#: A chain: each shares something with the next one only.
CHAIN = [
    book("1", "One", "650 #0 $a Whales"),
    book("2", "Two", "650 #0 $a Whales", "700 1# $a Melville, Herman, $d 1819-1891"),
    book("3", "Three", "700 1# $a Melville, Herman, $d 1819-1891", "130 0# $a Typee. $l German"),
    book("4", "Four", "130 0# $a Typee. $l French"),
]


@pytest.mark.parametrize(("depth", "expected"), [(1, ["2"]), (2, ["2", "3"]), (3, ["2", "3", "4"])])
def test_it_goes_as_many_steps_as_asked(
    workspace: Workspace, fill: Fill, monkeypatch: pytest.MonkeyPatch, depth: int, expected: list[str]
) -> None:
    """What is farther counts less; the way there is told entity by entity."""
    monkeypatch.setattr("services.related.walking._LITTLE", 0)
    fill(*CHAIN)
    _without_floor(monkeypatch)
    found = related(workspace, _work("1"), depth=depth)
    assert _paths(found) == [_work(number) for number in expected]
    way = [value(f"<{BASE}id/{_work(number)}>") for number in ["1", *expected]]
    assert list(found.hits[-1].why[0].path[-2:]) == way[-2:] or depth == 1
    if depth > 1:
        assert list(found.hits[-1].why[0].path) == way


def _without_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the walks keep what is hardly related, too: a chain of single reasons gets weak soon."""

    def without(package: str, name: str) -> str:
        text = query_file(package, name)
        assert "HAVING (SUM(?part) >= 0.2)" in text
        return text.replace("HAVING (SUM(?part) >= 0.2)", "")

    monkeypatch.setattr(
        "services.related.queries.query_file", lambda p, n: (without if "walk" in n else query_file)(p, n)
    )


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("kind", ["work", "agent", "subject", "hub", "place"])
def test_the_query_gives_the_same_hits_in_the_same_order(samples: Workspace, kind: str, depth: int) -> None:
    """Run at /sparql it returns just these entities with just these scores."""
    entity = _some(samples, kind)
    found = find_related(samples.graph, entity, "zh", limit=7, depth=depth)
    assert found is not None
    assert found.hits
    answer = [(value(hit or ""), float(Decimal(value(score or "")))) for hit, score in rows(samples, found.sparql)]
    assert [(hit.iri, hit.score) for hit in found.hits] == answer
    assert answer == sorted(answer, key=lambda row: (-row[1], row[0]))


def _some(samples: Workspace, kind: str) -> str:
    patterns = {
        "work": "?entity bf:subject ?a , ?b ; bf:expressionOf ?hub FILTER(?a != ?b)",
        "agent": "?contribution bf:agent ?named . ?named bg:canonical ?entity . ?entity a bf:Person",
        "subject": "?work bf:subject ?named . ?named bg:canonical ?entity . ?entity a bf:Topic",
        "hub": "?work bf:expressionOf ?named . ?named bg:canonical ?entity",
        "place": "?work bf:subject ?named . ?named bg:canonical ?entity . ?entity a bf:Place",
    }
    query = f"SELECT ?entity (COUNT(*) AS ?n) {{ {patterns[kind]} }} GROUP BY ?entity ORDER BY DESC(?n) ?entity LIMIT 1"
    return value(rows(samples, query)[0][0] or "")


def test_most_works_of_the_samples_have_related_ones(samples: Workspace) -> None:
    """At least four of five bibliographic records lead to another work, each with a reason."""
    works = [value(work or "") for (work,) in rows(samples, "SELECT ?w { ?w a bf:Work ; bg:canonical ?w } ORDER BY ?w")]
    some = works[::6]
    without = 0
    for work in some:
        found = find_related(samples.graph, work, limit=3)
        assert found is not None
        assert all(hit.why and hit.why[0].text for hit in found.hits)
        without += not any(f"{BASE}id/work/" in hit.iri for hit in found.hits)
    assert len(some) > 300
    assert 1 - without / len(some) >= 0.8


def test_reasons_are_true(samples: Workspace) -> None:
    """What stands on the path of a reason between two works is a thing that both have, or a work linked with both."""
    entity = _some(samples, "work")
    found = find_related(samples.graph, entity, limit=20, depth=1)
    assert found is not None
    checked = 0
    for hit in found.hits:
        for reason in hit.why:
            if len(reason.path) == 3:
                thing = reason.path[1]
                query = f"""SELECT DISTINCT ?work {{ VALUES ?work {{ <{entity}> <{hit.iri}> }}
                    ?member bg:canonical ?work .
                    {{ ?member ?any ?named }} UNION {{ ?member bf:contribution/bf:agent ?named }}
                    ?named bg:canonical? <{thing}> }}"""
                assert len(rows(samples, query)) == 2, (hit.iri, reason)
                checked += 1
    assert checked > 5


def test_an_edition_and_a_copy_stand_for_their_work(workspace: Workspace, fill: Fill) -> None:
    """From a publication or an item one gets what is related to the work."""
    fill(*CHAIN, holdings("1", "852 ## $a L $h QL"))
    expected = _paths(related(workspace, _work("1")))
    assert expected
    assert _paths(related(workspace, f"instance/{SOURCE}/1")) == expected
    item = rows(workspace, "SELECT ?item { ?item bf:itemOf ?instance }")[0][0] or ""
    assert _paths(related(workspace, value(item).removeprefix(f"{BASE}id/"))) == expected


def test_a_member_of_a_cluster_stands_for_all(workspace: Workspace, fill: Fill) -> None:
    """The heading of one record leads where the entity leads that all records mean."""
    fill(*CHAIN)
    one, two = (related(workspace, f"agent/{SOURCE}/{n}/Melville,_Herman,_1819-1891") for n in "23")
    assert _paths(one) == _paths(two)
    assert {_work("2"), _work("3")} <= set(_paths(one))


def test_what_the_graph_does_not_know_has_nothing(workspace: Workspace, fill: Fill) -> None:
    """None for an IRI of which nothing is said, an empty list for a work that shares nothing."""
    fill(book("1", "Alone"))
    assert find_related(workspace.graph, f"{BASE}id/work/nothing") is None
    assert find_related(workspace.graph, "urn:nothing") is None
    found = related(workspace, _work("1"))
    assert found.hits == []
    assert rows(workspace, found.sparql) == []


def test_ten_editions_of_one_hub_do_not_push_out_the_rest(workspace: Workspace, fill: Fill) -> None:
    """Of many versions of one work a few are shown, and beside them what is related for other reasons."""
    versions = [book(f"v{n:02}", f"Moby Dick {n}", "240 10 $a Moby Dick. $l Chinese") for n in range(12)]
    about = [book(f"a{n}", f"On whales {n}", "650 #0 $a Whales", f"650 #0 $a Sea {n}") for n in range(4)]
    first = book("v99", "Moby Dick", "240 10 $a Moby Dick", "650 #0 $a Whales")
    fill(first, *versions, *about)
    found = _paths(related(workspace, _work("v99"), limit=6))
    assert 1 < sum("/v" in path for path in found) < 4
    assert sum("/a" in path for path in found) > 2


def test_a_thing_that_very_many_have_is_a_way_of_last_resort(workspace: Workspace, fill: Fill) -> None:
    """A work whose only subject is too common for associations still leads to some of those who have it."""
    fill(*(book(str(n), f"Book {n}", "650 #0 $a Whales") for n in range(5)))
    graph = workspace.graph
    lines = [(line, graph.graphs.associations) for line in graph.graph_statements(graph.graphs.associations)]
    graph.commit(Changeset("token:x", "as if too many had it", remove=lines))
    found = related(workspace, _work("0"))
    assert set(_paths(found)) == {_work(n) for n in range(1, 5)}
    assert all(hit.why[0].text == "Both are about Whales" for hit in found.hits)
    assert [(value(hit or ""), float(value(score or ""))) for hit, score in rows(workspace, found.sparql)] == [
        (hit.iri, hit.score) for hit in found.hits
    ]


def test_deleted_works_are_not_shown(workspace: Workspace, fill: Fill) -> None:
    """Also while the associations still name them."""
    fill(*CHAIN)
    ingest(workspace, write(workspace.directory.path / "gone.json", book("2", "Two", status="d")))
    assert _work("2") not in _paths(related(workspace, _work("1")))


def test_a_heading_leads_along_its_vocabulary(workspace: Workspace, fill: Fill) -> None:
    """Broader and narrower headings, the works of both, and the words that say so."""
    fill(
        authority("sh85000001", "150 ## $a Whales", "550 ## $w g $a Mammals $0 (DLC)sh85000002", source="DLC"),
        authority("sh85000002", "150 ## $a Mammals", source="DLC"),
        book("1", "One", "650 #0 $a Whales $0 (DLC)sh85000001"),
    )
    narrow, broad = (related(workspace, f"authority/lcsh/sh8500000{n}") for n in "12")
    reasons = {hit.iri.rsplit("/", 1)[-1]: hit.why[0].text for hit in (*narrow.hits, *broad.hits)}
    assert reasons["sh85000002"] == "A broader heading"
    assert reasons["sh85000001"] == "A narrower heading"
    assert _work("1") in _paths(narrow)


def test_limits_are_kept(samples: Workspace) -> None:
    """Never more than fifty hits, never fewer steps than one or more than three."""
    entity = _some(samples, "subject")
    found = find_related(samples.graph, entity, limit=1000, depth=99)
    assert found is not None
    assert 20 < len(found.hits) <= MOST
    nearest = find_related(samples.graph, entity, limit=0, depth=-1)
    assert nearest is not None
    assert nearest.hits == []


def test_the_number_of_queries_is_bounded(samples: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is related, and whatever it is: a page must not wait."""
    asked = []
    query = type(samples.graph).query

    def counting(graph: object, *rest: object) -> object:
        asked.append(rest)
        return query(graph, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(samples.graph), "query", counting)
    for kind in ("work", "agent", "subject", "hub", "place"):
        entity = _some(samples, kind)
        asked.clear()
        find_related(samples.graph, entity, limit=10, depth=3)
        assert len(asked) <= 45, kind
