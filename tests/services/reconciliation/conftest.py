"""An installation with real records of the samples and some with namesakes, and batches over it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from common.settings import Settings
from graph.knowledge_graph import KnowledgeGraph
from services.reconciliation.reconcile import reconcile
from services.reconciliation.request import ReconciliationQuery
from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, authority, book, ingest, write

Reconcile = Callable[..., dict[str, list[dict[str, Any]]]]
MADE = (
    book(
        "b1",
        "Travels in the north",
        "100 1# $a Reed, John, $d 1901-1960",
        "020 ## $a 9787020002207",
        "020 ## $z 9787506303774",
    ),
    book("b2", "Algebra for beginners", "100 1# $a Reed, John, $d 1950-", "264 #1 $a Leeds : $b Press, $c 1990."),
    book("b3", "On birds", "100 1# $a Reed, John"),
    book("b4", "Collected poems. Volume 1", "100 1# $a Hale, Ann, $d 1940-"),
    book("b5", "Collected poems. Volume 2", "100 1# $a Hale, Ann, $d 1940-"),
    book("b6", "Prince Caspian", "100 1# $a Lewis, C. S. $q (Clive Staples), $d 1898-1963 $0 (DLC)n79003363"),
    authority(
        "n79003363",
        "010 ## $a n  79003363",
        "024 7# $a 0000000121387889 $2 isni",
        "046 ## $f 18981129 $g 19631122",
        "100 1# $a Lewis, C. S. $q (Clive Staples), $d 1898-1963",
        "400 1# $a Hamilton, Clive, $d 1898-1963",
        source="DLC",
    ),
    *(book(f"h{n}", f"Essay {n}", f"100 1# $a Gray, Paul, $d {1500 + n}-") for n in range(60)),
    book("b7", "Gifts", "100 1# $a Whitlock, Zoe, $d active 3rd century", "022 ## $a 0317-8471"),
)


class Counting:
    """A graph that counts the queries it is asked."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph, self.count = graph, 0

    def __getattr__(self, name: str) -> object:
        self.count += name == "query"
        return getattr(self.graph, name)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, full_library: Path) -> Iterator[Workspace]:
    """The records, indexed."""
    data = tmp_path_factory.mktemp("reconcile") / "data"
    copytree(full_library, data)
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        ingest(workspace, write(data.parent / "made.json", *MADE))
        bring_up_to_date(workspace.graph, TextIndex(workspace.directory.text_index))
        yield workspace


@pytest.fixture(scope="module")
def ask(library: Workspace) -> Reconcile:
    """Answers a batch; ``graph`` may stand for the library's."""
    index = TextIndex(library.directory.text_index)

    def run(
        batch: dict[str, ReconciliationQuery], graph: Any = None, lang: str = "en"
    ) -> dict[str, list[dict[str, Any]]]:
        return reconcile(graph or library.graph, index.view(), batch, lang)

    return run
