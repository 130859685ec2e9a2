"""The index follows the graph: whatever happened, it is as if it had been made anew."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tantivy

from common.settings import Settings
from graph.changeset import Changeset
from graph.open import open_graph
from ingest.record import MarcRecord
from services.ingestion import resolve
from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date
from services.search.request import SearchRequest
from services.search.schema import ALL, FACET_FIELDS, PLAIN, RAW_FIELDS
from services.search.searcher import Searcher
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, DELETED, authority, book, holdings, ingest, write

ROOT = Path(__file__).parents[3]
Contents = dict[str, list[tuple[str, int]]]


def contents(index: TextIndex) -> Contents:
    """Every term of every field that is not stored, with the number of live documents that have it."""
    view = index.view()
    assert view is not None
    everything = tantivy.Query.all_query()
    fields = (*RAW_FIELDS, *FACET_FIELDS.values(), ALL, PLAIN, "pinyin", "name", "by_year", "by_title")
    return {name: sorted(view.searcher.terms_with_prefix(name, "", everything)) for name in fields}


def rebuilt(workspace: Workspace, index: TextIndex) -> Contents:
    """The contents of an index made anew."""
    bring_up_to_date(workspace.graph, index, rebuild=True)
    return contents(index)


def titles(workspace: Workspace, index: TextIndex, text: str, **how: str) -> list[str]:
    """Titles of the hits of a search."""
    found = Searcher(workspace.graph, index).search(SearchRequest(text, **how))  # type: ignore[arg-type]
    return [hit.title for hit in found.hits]


def test_a_new_record_is_found_and_a_deleted_one_is_not(workspace: Workspace, index: TextIndex, tmp_path: Path) -> None:
    """What enters the graph is in the index after it has caught up; what leaves is not, nor in its counts."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers of Asia"), book("2", "Mountains of Asia")))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "asia") == ["Rivers of Asia", "Mountains of Asia"]
    ingest(workspace, write(tmp_path / "b.json", book("1", "Rivers of Asia", status=DELETED)))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "asia") == ["Mountains of Asia"]
    assert index.sequence == workspace.graph.sequence
    assert contents(index) == rebuilt(workspace, index)


def test_holdings_that_come_later_make_their_work_found(workspace: Workspace, index: TextIndex, tmp_path: Path) -> None:
    """A call number stands in a record of its own; the work of its instance is found by it until it goes."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers of Asia")))
    bring_up_to_date(workspace.graph, index)
    item = holdings("1", "852 0# $a TEST $h DS5 $i .R58")
    item.control[0] = ("001", "h1")
    ingest(workspace, write(tmp_path / "h.json", item))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "DS5 .R58") == ["Rivers of Asia"]
    item.leader = item.leader[:5] + "d" + item.leader[6:]
    ingest(workspace, write(tmp_path / "h.json", item))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "DS5 .R58", field="call_number") == []
    assert contents(index) == rebuilt(workspace, index)


def test_another_name_of_a_creator_reaches_the_works(workspace: Workspace, index: TextIndex, tmp_path: Path) -> None:
    """An authority record that comes later brings variant names, under which the works are then found."""
    by_cao = "100 1# $a Cao, Xueqin $d 1717-1763 $0 (DLC)n 81091334"
    ingest(workspace, write(tmp_path / "a.json", book("1", "A dream", by_cao)))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "Tsao Hsueh-chin") == []
    name = authority(
        "n 81091334", "010 ## $a n 81091334", "100 1# $a Cao, Xueqin $d 1717-1763", "400 1# $a Tsao, Hsueh-chin"
    )
    ingest(workspace, write(tmp_path / "n.json", name))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "Tsao Hsueh-chin") == ["A dream"]
    assert contents(index) == rebuilt(workspace, index)


def test_a_suppressed_statement_is_not_found(workspace: Workspace, index: TextIndex, tmp_path: Path) -> None:
    """What a librarian has suppressed leaves the index with the merge, and comes back with it."""
    from graph.changeset import Suppression  # noqa: PLC0415

    ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers", "520 ## $a About the Yangtze.")))
    bring_up_to_date(workspace.graph, index)
    graph = f"{BASE}graph/record/TEST/1"
    (statement,) = [line for line in workspace.graph.graph_statements(graph) if "Yangtze" in line]
    wrong = Suppression(statement, graph, "system:test", "not about it")
    workspace.graph.commit(Changeset("system:test", "no", suppress=[wrong]))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "yangtze") == []
    workspace.graph.commit(Changeset("system:test", "yes", unsuppress=[(statement, graph)]))
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "yangtze") == ["Rivers"]


def _record(random_: random.Random, number: int) -> MarcRecord:
    subject = random_.choice(["650 #0 $a Rivers", "650 #0 $a Mountains", "651 #0 $a Asia", "650 #7 $a 河流 $2 cct"])
    name = random_.choice(["100 1# $a Li, Bai $d 701-762", "100 1# $a Du, Fu $d 712-770", "700 1# $a Smith, John"])
    status = DELETED if random_.random() < 0.25 else "c"
    title = random_.choice(["Rivers", "Poems", "静夜思", "The mountains"])
    return book(
        str(number),
        f"{title} {random_.randrange(4)}",
        subject,
        name,
        "490 1# $a A series",
        "830 #0 $a A series",
        status=status,
    )


@pytest.mark.parametrize("seed", range(4))
def test_following_equals_making_anew(workspace: Workspace, index: TextIndex, tmp_path: Path, seed: int) -> None:
    """After any mix of new, changed, deleted and resolved records the index holds just what one made anew holds."""
    random_ = random.Random(seed)  # noqa: S311
    for step in range(6):
        records = [_record(random_, random_.randrange(12)) for _ in range(random_.randrange(1, 6))]
        ingest(workspace, write(tmp_path / f"{step}.json", *records))
        if random_.random() < 0.5:
            resolve(workspace)
        bring_up_to_date(workspace.graph, index)
    followed = contents(index)
    assert followed == rebuilt(workspace, index)
    assert len(followed["iri"]) > 1


def test_hits_and_their_order_are_the_same_after_a_rebuild(
    workspace: Workspace, index: TextIndex, tmp_path: Path
) -> None:
    """A reader who searches again after the index was made anew sees the same list."""
    records = [_record(random.Random(n), n) for n in range(30)]  # noqa: S311
    for step, record in enumerate(records):
        ingest(workspace, write(tmp_path / f"{step}.json", record))
    bring_up_to_date(workspace.graph, index)
    bring_up_to_date(workspace.graph, index, rebuild=True)
    searcher = Searcher(workspace.graph, index)
    requests = [
        SearchRequest(text, sort=sort) for text in ("rivers", "li bai", "", "静夜") for sort in ("relevance", "title")
    ]
    before = [[hit.iri for hit in searcher.search(request).hits] for request in requests]
    bring_up_to_date(workspace.graph, index, rebuild=True)
    assert [[hit.iri for hit in searcher.search(request).hits] for request in requests] == before
    assert any(before)


_KILLED = """
import os, signal, sys
from pathlib import Path
from common.settings import Settings
from services.search import indexer
from services.search.index import TextIndex
from services.workspace import open_workspace
from tests.services.library import ingest

with open_workspace(Settings(data=Path(sys.argv[1]), base=sys.argv[2])) as workspace:
    index = TextIndex(workspace.directory.text_index)
    ingest(workspace, Path(sys.argv[3]))
    if sys.argv[4] == "between graph and index":
        os.kill(os.getpid(), signal.SIGKILL)
    def documents(*_):
        yield from made(*_)
        os.kill(os.getpid(), signal.SIGKILL)
    made, indexer._documents = indexer._documents, documents
    indexer.bring_up_to_date(workspace.graph, index, rebuild=sys.argv[4] == "in a rebuild")
"""


@pytest.mark.parametrize("when", ["between graph and index", "before the index is committed", "in a rebuild"])
def test_killed_on_the_way_search_equals_graph_after_the_next_start(
    settings: Settings, tmp_path: Path, when: str
) -> None:
    """SIGKILL after the graph's commit: the index answers with the old state, and catches up at the next start."""
    with open_workspace(settings) as workspace:
        index = TextIndex(workspace.directory.text_index)
        ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers of Asia")))
        bring_up_to_date(workspace.graph, index)
    later = write(tmp_path / "b.json", book("2", "Mountains of Asia"), book("1", "Rivers of Asia", status=DELETED))
    command = [sys.executable, "-c", _KILLED, str(settings.data), BASE, str(later), when]
    killed = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    with open_graph(settings) as graph:
        index = TextIndex(settings.data / "text")
        assert index.sequence is not None
        assert index.sequence < graph.sequence
        assert [hit.title for hit in Searcher(graph, index).search(SearchRequest("rivers")).hits] in (
            ["Rivers of Asia"],
            [],
        )
        bring_up_to_date(graph, index)
        assert [hit.title for hit in Searcher(graph, index).search(SearchRequest("asia")).hits] == ["Mountains of Asia"]
        followed = contents(index)
        bring_up_to_date(graph, index, rebuild=True)
        assert followed == contents(index)


def test_an_index_of_another_version_is_made_anew(workspace: Workspace, index: TextIndex, tmp_path: Path) -> None:
    """A generation that this version can't read is none: the next run writes one that it can, and removes the other."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers of Asia")))
    bring_up_to_date(workspace.graph, index)
    directory = workspace.directory.text_index
    old = directory / (directory / "current").read_text()
    old.rename(directory / "0000-1-0")
    (directory / "current").write_text("0000-1-0")
    assert index.sequence is None
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "rivers") == ["Rivers of Asia"]
    assert not (directory / "0000-1-0").exists()


def test_a_log_that_does_not_reach_back_makes_the_index_anew(
    workspace: Workspace, index: TextIndex, tmp_path: Path
) -> None:
    """Changes that nobody noted are not missed: without the log everything is looked at."""
    ingest(workspace, write(tmp_path / "a.json", book("1", "Rivers of Asia")))
    bring_up_to_date(workspace.graph, index)
    ingest(workspace, write(tmp_path / "b.json", book("2", "Mountains of Asia")))
    workspace.graph.followed("text", workspace.graph.sequence)  # forgets what the index has not seen
    assert workspace.graph.changes_since(index.sequence or 0) is None
    bring_up_to_date(workspace.graph, index)
    assert titles(workspace, index, "mountains") == ["Mountains of Asia"]
