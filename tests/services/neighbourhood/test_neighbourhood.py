"""What an entity is linked to, few enough to be drawn."""

from pathlib import Path

import pytest

from common.namespaces import BF
from graph.changeset import Changeset, Suppression
from services.entities.naming import Names
from services.neighbourhood.neighbourhood import MOST, Neighbourhood, neighbourhood
from services.workspace import Workspace
from tests.services.library import BASE, book, column, ingest, write

LU_XUN = "100 1# $a Lu, Xun, $d 1881-1936, $e author."
YANG = "700 1# $a Yang, Xianyi, $e translator."


def _of(workspace: Workspace, path: str, most: int = MOST, lang: str = "en") -> Neighbourhood:
    return neighbourhood(workspace.graph, f"<{BASE}id/{path}>", Names(workspace.graph, lang), most)


def _shape(found: Neighbourhood) -> dict[tuple[str, bool], list[str]]:
    return {
        (spoke.predicate[1:-1].removeprefix(BF), spoke.outgoing): [node.label.split('"')[1] for node in spoke.nodes]
        for spoke in found.spokes
    }


@pytest.fixture
def stories(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Two works of one writer, whose heading stands in both records."""
    ingest(
        workspace,
        write(
            tmp_path / "a.mrcj",
            book("1", "Call to arms", LU_XUN, YANG, "650 #0 $a Short stories, Chinese.", "830 #0 $a Panda books."),
            book("2", "Wandering", LU_XUN),
        ),
    )
    return workspace


def test_a_work_is_linked_to_people_subjects_series_and_editions(stories: Workspace) -> None:
    """Every kind of link is a spoke of its own, in the order in which readers follow them."""
    found = _of(stories, "work/TEST/1")
    assert found.centre.label == '"Call to arms"@en'
    assert list(_shape(found).items())[:4] == [
        (("contribution", True), ["Lu, Xun, 1881-1936", "Yang, Xianyi"]),
        (("instanceOf", False), ["Call to arms"]),
        (("subject", True), ["Short stories, Chinese"]),
        (("hasSeries", True), ["Panda books"]),
    ]


def test_edges_are_the_graph_s_own_links(stories: Workspace) -> None:
    """Direction and predicate are as stated; a contribution is called by its role."""
    edges = {(e.predicate[1:-1].removeprefix(BF), e.label): e for e in _of(stories, "work/TEST/1").edges}
    work = f"<{BASE}id/work/TEST/1>"
    assert {(name, edge.source == work) for (name, _), edge in edges.items()} >= {
        ("contribution", True),
        ("subject", True),
        ("instanceOf", False),
    }
    agent = next(e.target for e in edges.values() if e.predicate == f"<{BF}contribution>")
    assert agent in column(stories, "SELECT ?a { ?c bf:agent/bg:canonical ?a }")


def test_a_person_is_linked_to_works_of_all_headings_that_are_the_same(stories: Workspace) -> None:
    """Links of every member of the cluster count, whichever member is asked for, and works have their year."""
    members = column(stories, "SELECT ?a { ?c bf:agent ?a . ?a rdfs:label 'Lu, Xun, 1881-1936' }")
    assert len(members) > 1
    answers = [_of(stories, member.removeprefix(f"<{BASE}id/")[:-1]) for member in members]
    assert [found.spokes for found in answers] == [answers[0].spokes] * len(answers)
    assert sorted(_shape(answers[0])["agent", False]) == ["Call to arms", "Wandering"]
    assert {node.year for node in answers[0].nodes} == {"2020"}
    assert {node.type for node in answers[0].nodes} == {"Text"}


def test_the_kinds_take_turns_when_there_are_many(workspace: Workspace, tmp_path: Path) -> None:
    """Of a work with forty subjects and one creator the creator is among the first six; counts tell of the rest."""
    subjects = [f"650 #0 $a Subject number {n}." for n in range(40)]
    ingest(workspace, write(tmp_path / "a.mrcj", book("1", "Many", LU_XUN, *subjects)))
    found = _of(workspace, "work/TEST/1", most=6)
    sizes = {spoke.predicate[1:-1].removeprefix(BF): (len(spoke.nodes), spoke.count) for spoke in found.spokes}
    assert sizes["contribution"] == (1, 1)
    assert sizes["subject"] == (4, 40)
    assert len(_of(workspace, "work/TEST/1").nodes) == MOST


def test_what_a_librarian_suppressed_is_no_link(stories: Workspace) -> None:
    """A suppressed subject is not drawn."""
    graph = f"{BASE}graph/record/TEST/1"
    statement = next(s for s in stories.graph.graph_statements(graph) if f"<{BF}subject>" in s)
    stories.graph.commit(
        Changeset("system:test", "not so", suppress=[Suppression(statement, graph, "system:test", "wrong")])
    )
    assert ("subject", True) not in _shape(_of(stories, "work/TEST/1"))


def test_an_entity_without_links_stands_alone(workspace: Workspace) -> None:
    """What the graph says nothing about has a centre and nothing else."""
    found = _of(workspace, "work/TEST/nothing")
    assert found.spokes == found.edges == []
