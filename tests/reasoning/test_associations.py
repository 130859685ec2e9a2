"""Associations over a real graph: what links what, how strongly, in which statements, and what follows a change."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from common.namespaces import BG, XSD
from graph.changeset import Changeset, Suppression
from ingest.record import MarcRecord
from reasoning.associations import bring_up_to_date
from reasoning.associations.bases import BASES
from reasoning.associations.following import stated_number
from reasoning.associations.memory import Memory
from reasoning.associations.writing import Writer
from services.remapping import remap
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, authority, book, column, ingest, rows, write

WHALES, DICKENS = "650 #0 $a Whales", "700 1# $a Dickens, Charles, $d 1812-1870"
LINKS = """SELECT ?basis ?source ?target ?weight ?count {
  ?link bg:associationSource ?source ; bg:associationTarget ?target ; bg:basis ?basis ; bg:weight ?weight
  OPTIONAL { ?link bg:evidenceCount ?count } }"""


def _fill(workspace: Workspace, *records: MarcRecord) -> Path:
    """Ingests the records; the file that remembers what associations are made of."""
    ingest(workspace, write(workspace.directory.path / "records.json", *records))
    return workspace.directory.path / "associations.sqlite"


def _links(workspace: Workspace, basis: str) -> dict[tuple[str, str], float]:
    """Weights by the paths of source and target."""
    found = {}
    for name, source, target, weight, _ in rows(workspace, LINKS):
        if name == f"<{BG}{basis}>":
            pair = tuple((term or "").removeprefix(f"<{BASE}id/").removesuffix(">") for term in (source, target))
            found[pair[0], pair[1]] = float((weight or "").split('"')[1])
    return found


def _work(number: str) -> str:
    return f"work/{SOURCE}/{number}"


#: Basis -> what two works have, and what a third has that has nothing to do with it.
SHARED = {
    "sharedSubjects": (WHALES, WHALES, "650 #0 $a Ships"),
    "sharedAgents": (DICKENS, DICKENS, "700 1# $a Austen, Jane, $d 1775-1817"),
    "sharedPlaces": ("651 #0 $a Nantucket", "651 #0 $a Nantucket", "651 #0 $a Azores"),
    "sharedGenres": ("655 #7 $a Sea stories $2 lcgft", "655 #7 $a Sea stories $2 lcgft", "655 #7 $a Ballads $2 lcgft"),
    "sharedSeries": ("830 #0 $a Sea library", "830 #0 $a Sea library", "830 #0 $a Land library"),
    "sharedClasses": ("082 04 $a 599.5 $2 23", "082 04 $a 599.53 $2 23", "082 04 $a 813.3 $2 23"),
    "sharedHubs": ("130 0# $a Moby Dick. $l Chinese", "130 0# $a Moby Dick. $l German", "130 0# $a Typee"),
}


@pytest.mark.parametrize("basis", SHARED)
def test_works_that_share_something_are_linked_both_ways(workspace: Workspace, basis: str) -> None:
    """Each basis links the two works that share it, and no other."""
    one, two, other = SHARED[basis]
    memory = _fill(workspace, book("1", "One", one), book("2", "Two", two), book("3", "Three", other))
    bring_up_to_date(workspace.graph, memory=memory)
    links = _links(workspace, basis)
    assert set(links) == {(_work("1"), _work("2")), (_work("2"), _work("1"))}
    assert len(set(links.values())) == 1
    assert all(0 < weight <= 1 for weight in links.values())


def test_subdivided_headings_are_near_their_main_part(workspace: Workspace) -> None:
    """Two works on aspects of one subject are linked, more weakly than two on the same aspect."""
    memory = _fill(
        workspace,
        book("1", "One", "650 #0 $a Whales $x Songs"),
        book("2", "Two", "650 #0 $a Whales $x Songs"),
        book("3", "Three", "650 #0 $a Whales $v Juvenile fiction"),
    )
    bring_up_to_date(workspace.graph, memory=memory)
    links = _links(workspace, "sharedSubjects")
    assert links[_work("1"), _work("2")] > links[_work("1"), _work("3")] > 0


def test_a_narrower_class_counts_more(workspace: Workspace) -> None:
    """The longer the beginning that two numbers have in common, the stronger the link; schemes don't mix."""
    numbers = ("082 04 $a 895.1351 $2 23", "082 04 $a 895.1352 $2 23", "082 04 $a 895.6 $2 23", "084 ## $a I89 $2 clc")
    memory = _fill(workspace, *(book(str(n), str(n), number) for n, number in enumerate(numbers)))
    bring_up_to_date(workspace.graph, memory=memory)
    links = _links(workspace, "sharedClasses")
    assert links[_work("0"), _work("1")] > links[_work("0"), _work("2")] > 0
    assert not [pair for pair in links if _work("3") in pair]


def test_what_a_record_says_of_another_links_the_two(workspace: Workspace) -> None:
    """A linking entry that names a record by number links the works of both."""
    memory = _fill(workspace, book("1", "Article", f"773 0# $t Journal $w ({SOURCE})2"), book("2", "Journal"))
    bring_up_to_date(workspace.graph, memory=memory)
    assert set(_links(workspace, "explicitLinks")) == {(_work("1"), _work("2")), (_work("2"), _work("1"))}


def test_agents_and_subjects_are_linked_too(workspace: Workspace) -> None:
    """Agents by works together and by what their works are about; subjects by being given to the same works twice."""
    both = [WHALES, "650 #0 $a Ships", "650 #0 $a Sea"]
    memory = _fill(
        workspace,
        book("1", "One", *both, "700 1# $a A, $d 1900-", "700 1# $a B, $d 1900-"),
        book("2", "Two", *both, "700 1# $a C, $d 1900-"),
        book("3", "Three", "650 #0 $a Islands", "650 #0 $a Palms"),
    )
    bring_up_to_date(workspace.graph, memory=memory)
    together, alike = _links(workspace, "sharedWorks"), _links(workspace, "sharedSubjectsOfWorks")
    assert {tuple(re.findall(r"/([ABC]),_", " ".join(pair))) for pair in together} == {("A", "B"), ("B", "A")}
    assert {"".join(re.findall(r"/([ABC]),_", " ".join(pair))) for pair in alike} >= {"AC", "CA", "BC", "CB"}
    used = _links(workspace, "usedTogether")
    assert len(used) == 6
    assert not any("Palms" in " ".join(pair) for pair in used)


def test_an_association_is_five_statements_at_most(workspace: Workspace) -> None:
    """Source, target, weight, basis, and the number of shared things if several; outside id/, the same every time."""
    memory = _fill(workspace, *(book(n, n, WHALES, "650 #0 $a Ships") for n in "12"))
    bring_up_to_date(workspace.graph, memory=memory)
    lines = workspace.graph.graph_statements(workspace.graph.graphs.associations)
    links = [line.split(" ", 2) for line in lines if "/association/" in line]
    nodes = {subject for subject, _, _ in links}
    assert all(re.fullmatch(rf"<{BASE}association/[0-9a-f]{{20}}>", node) for node in nodes)
    names = {predicate.removeprefix(f"<{BG}").removesuffix(">") for _, predicate, _ in links}
    assert names == {"associationSource", "associationTarget", "basis", "weight", "evidenceCount"}
    assert {obj for _, predicate, obj in links if "evidenceCount" in predicate} == {f'"2"^^<{XSD}integer>'}
    workspace.graph.commit(Changeset("token:x", "gone", replace={workspace.graph.graphs.associations: []}))
    bring_up_to_date(workspace.graph, memory=memory)
    again = workspace.graph.graph_statements(workspace.graph.graphs.associations)
    assert {line for line in again if "/association/" in line} == {line for line in lines if "/association/" in line}


def test_what_tells_nothing_links_nothing(workspace: Workspace) -> None:
    """The provider of an e-book, its carrier, an owner of the copy, a period or half of a heading are no reasons."""
    nothing = (
        "710 2# $a ebrary, Inc.",
        "655 #7 $a Electronic books. $2 local",
        "648 #7 $a 1900 - 1999 $2 fast",
        "650 #7 $a Politics and government $2 fast",
        "043 ## $a e",
        "700 1# $a Collector, Carl, $d 1900- $4 fmo",
    )
    memory = _fill(workspace, book("1", "One", *nothing), book("2", "Two", *nothing))
    bring_up_to_date(workspace.graph, memory=memory)
    assert rows(workspace, LINKS) == []


def test_each_entity_keeps_few_links_and_they_lead_to_different_works(workspace: Workspace) -> None:
    """Of many alike each keeps as many as its basis allows, and each work is led to as often as it leads on."""
    most = next(basis.most for basis in BASES if basis.name == "sharedSubjects")
    memory = _fill(workspace, *(book(f"{n:02}", f"Book {n}", WHALES) for n in range(20)))
    bring_up_to_date(workspace.graph, memory=memory)
    links = _links(workspace, "sharedSubjects")
    for n in range(20):
        assert len([1 for source, _ in links if source == _work(f"{n:02}")]) == most
        assert len([1 for _, target in links if target == _work(f"{n:02}")]) == most


def test_its_own_changesets_do_not_set_it_off(workspace: Workspace) -> None:
    """What it writes is no change to follow: called again it writes nothing, and reflects the last changeset."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES))
    reflected = bring_up_to_date(workspace.graph, memory=memory)
    assert reflected == workspace.graph.sequence
    assert bring_up_to_date(workspace.graph, memory=memory) == workspace.graph.sequence == reflected
    changes = workspace.graph.changes_since(reflected)
    assert changes is not None
    assert not changes


def test_without_its_memory_nothing_is_read_unless_something_changed(workspace: Workspace) -> None:
    """The graph itself states what it reflects: a lost file costs a reading only with the next change."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    memory.unlink()
    sequence = workspace.graph.sequence
    assert bring_up_to_date(workspace.graph, memory=memory) == sequence
    _fill(workspace, book("3", "Three", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    assert len(_links(workspace, "sharedSubjects")) == 6


def test_a_damaged_memory_is_begun_anew(workspace: Workspace) -> None:
    """What it held can all be read from the graph."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES))
    memory.write_bytes(b"no database at all" * 100)
    bring_up_to_date(workspace.graph, memory=memory)
    assert len(_links(workspace, "sharedSubjects")) == 2


def test_links_of_a_deleted_work_go(workspace: Workspace) -> None:
    """Neither from it nor to it is anything left."""
    memory = _fill(workspace, *(book(n, n, WHALES) for n in "123"))
    bring_up_to_date(workspace.graph, memory=memory)
    _fill(workspace, book("2", "2", WHALES, status="d"))
    bring_up_to_date(workspace.graph, memory=memory)
    assert set(_links(workspace, "sharedSubjects")) == {(_work("1"), _work("3")), (_work("3"), _work("1"))}
    assert verify(workspace).right


def test_a_heading_goes_with_its_last_record_though_it_is_associated(workspace: Workspace) -> None:
    """An association is no citation: the heading of an authority as cited does not stay for its sake."""
    cited = ["650 #7 $a Wale $2 gnd $0 (DE-588)4000001-1", "650 #7 $a Meer $2 gnd $0 (DE-588)4000002-2"]
    memory = _fill(workspace, book("1", "One", *cited), book("2", "Two", *cited))
    bring_up_to_date(workspace.graph, memory=memory)
    assert _links(workspace, "usedTogether")
    _fill(workspace, book("1", "One", status="d"), book("2", "Two", status="d"))
    assert not column(workspace, "SELECT ?label { ?entity rdfs:label ?label FILTER(STR(?label) = 'Wale') }")
    assert verify(workspace).right
    bring_up_to_date(workspace.graph, memory=memory)
    assert rows(workspace, LINKS) == []


def test_a_remap_that_changes_nothing_changes_no_link(workspace: Workspace) -> None:
    """The graph stays as it is, statement for statement."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES), authority("a", "150 ## $a Whales"))
    bring_up_to_date(workspace.graph, memory=memory)
    before = workspace.graph.graph_statements(workspace.graph.graphs.associations)
    remap(workspace)
    bring_up_to_date(workspace.graph, memory=memory)
    assert workspace.graph.graph_statements(workspace.graph.graphs.associations) == before


class _KilledError(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("bulk", [0, 10_000])
@pytest.mark.parametrize("where", ["before the first write", "between two writes", "after the last write"])
def test_a_kill_loses_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, where: str, bulk: int) -> None:
    """Stopped anywhere, the next call makes of the graph what an undisturbed one makes."""
    memory = _fill(workspace, *(book(str(n), str(n), WHALES, DICKENS) for n in range(4)))
    bring_up_to_date(workspace.graph, memory=memory)
    _fill(workspace, *(book(str(n), str(n), "650 #0 $a Ships", DICKENS) for n in range(3, 9)))
    monkeypatch.setattr("reasoning.associations.writing._AT_ONCE", 4)
    monkeypatch.setattr("reasoning.associations.writing._BULK", bulk)
    commit, left = (
        Writer._commit,
        {"before the first write": 0, "between two writes": 1, "after the last write": 99}[where],
    )
    count = iter(range(100))

    def killed(writer: Writer, *lines: Iterable[str], **more: Iterable[str]) -> None:
        if next(count) >= left:
            raise _KilledError
        commit(writer, *lines, **more)

    def not_kept(*_: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_commit", killed)
        patch.setattr(Memory, "keep", not_kept)
        with pytest.raises(_KilledError):
            bring_up_to_date(workspace.graph, memory=memory)
    bring_up_to_date(workspace.graph, memory=memory)
    found = set(workspace.graph.graph_statements(workspace.graph.graphs.associations))
    bring_up_to_date(workspace.graph, rebuild=True)
    again = set(workspace.graph.graph_statements(workspace.graph.graphs.associations))
    assert {line for line in found ^ again if "/association/" in line} == set()
    assert len(_links(workspace, "sharedSubjects")) > 6


def test_a_first_load_that_is_stopped_is_taken_up_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the graph without a number is no graph: everything is compared the next time."""
    memory = _fill(workspace, *(book(str(n), str(n), WHALES, DICKENS) for n in range(5)))

    def killed(_: Writer) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "finish", killed)
        with pytest.raises(_KilledError):
            bring_up_to_date(workspace.graph, memory=memory)
    assert stated_number(workspace.graph) is None
    bring_up_to_date(workspace.graph, memory=memory)
    assert stated_number(workspace.graph) is not None
    assert len(_links(workspace, "sharedSubjects")) == len(_links(workspace, "sharedAgents")) == 20


def test_what_a_curator_suppresses_stays_suppressed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when everything is made anew: the graph of associations is a graph like others."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    name, line = workspace.graph.graphs.associations, _lines_of_weights(workspace)[0]
    workspace.graph.commit(Changeset("token:x", "no", suppress=[Suppression(line, name, "token:x", "not so")]))
    workspace.graph.commit(Changeset("token:x", "gone", replace={name: []}))
    monkeypatch.setattr("reasoning.associations.writing._BULK", 0)
    bring_up_to_date(workspace.graph, memory=memory)
    assert line in _lines_of_weights(workspace)
    assert line not in workspace.graph.graph_statements("")
    assert verify(workspace).right


def test_other_rules_make_everything_anew(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made by an earlier version of the rules does not stay because no record has changed."""
    memory = _fill(workspace, book("1", "One", WHALES), book("2", "Two", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    removed = [(line, workspace.graph.graphs.associations) for line in _lines_of_weights(workspace)]
    workspace.graph.commit(Changeset("token:x", "as an earlier version wrote it", remove=removed))
    bring_up_to_date(workspace.graph, memory=memory)
    assert not _lines_of_weights(workspace)
    monkeypatch.setattr("reasoning.associations.memory._rules", lambda: "others")
    bring_up_to_date(workspace.graph, memory=memory)
    assert len(_lines_of_weights(workspace)) == len(removed) == 2


def _lines_of_weights(workspace: Workspace) -> list[str]:
    lines = workspace.graph.graph_statements(workspace.graph.graphs.associations)
    return [line for line in lines if f"<{BG}weight>" in line]


def test_one_more_record_is_little_work(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many works only the one that came is read, and only what it can touch is compared with the graph."""
    memory = _fill(workspace, *(book(str(n), str(n), f"650 #0 $a Subject {n % 10}") for n in range(60)))
    bring_up_to_date(workspace.graph, memory=memory)
    _fill(workspace, book("new", "New", "650 #0 $a Subject 1"))
    asked: list[int] = []
    query = type(workspace.graph).query

    def counting(graph: object, text: str, parameters: dict[str, object] | None = None) -> object:
        asked.extend(len(parameters[name]) for name in ("works", "sources") if parameters and name in parameters)  # type: ignore[arg-type]
        return query(graph, text, parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(type(workspace.graph), "query", counting)
    bring_up_to_date(workspace.graph, memory=memory)
    assert asked
    assert max(asked) <= 10


def test_the_log_is_told_how_far_it_has_come(workspace: Workspace) -> None:
    """What no follower needs any more may be forgotten; what the graph does not reflect yet may not."""
    memory = _fill(workspace, book("1", "One", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    stated = stated_number(workspace.graph)
    assert stated
    workspace.graph.followed("another", workspace.graph.sequence)
    assert workspace.graph.changes_since(stated - 1) is None
    assert workspace.graph.changes_since(stated) is not None


def test_the_number_does_not_lag_for_ever(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no change concerns an association the number is written now and then all the same."""
    monkeypatch.setattr("reasoning.associations.writing._LAG", 3)
    memory = _fill(workspace, book("1", "One", WHALES))
    bring_up_to_date(workspace.graph, memory=memory)
    before = stated_number(workspace.graph) or 0
    for n in range(6):
        _fill(workspace, authority(str(n), f"150 ## $a Word {n}"))
        bring_up_to_date(workspace.graph, memory=memory)
    stated = stated_number(workspace.graph) or 0
    assert before < stated
    assert workspace.graph.sequence - stated <= 6
