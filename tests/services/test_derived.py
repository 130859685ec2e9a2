"""What is derived from the graph follows it."""

from pathlib import Path
from shutil import copytree
from threading import Event

import pytest

from common.progress import Progress, ProgressCallback
from common.settings import Settings
from ingest.pipeline import Options
from services import derived
from services.demonstration import SAMPLES
from services.ingestion import ingest
from services.search.index import TextIndex
from services.workspace import open_workspace
from tests.services.library import BASE as LIBRARY

BASE = "https://b.example/"


@pytest.mark.parametrize("much", [0, 1_000_000], ids=["apart", "in this process"])
def test_after_a_job_everything_reflects_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, much: int) -> None:
    """Whether followed in processes of its own or in this one, text index and associations have the last number."""
    monkeypatch.setattr(derived, "_MUCH", much)
    settings, heard = Settings(data=tmp_path, base=BASE), list[Progress]()
    with derived.open_followed(settings, heard.append) as workspace:
        ingest(workspace, [str(SAMPLES / "marc" / "nlm.xml")], Options(BASE))
    with open_workspace(settings) as workspace:
        text = TextIndex(workspace.directory.text_index)
        assert text.sequence == workspace.graph.sequence
        assert derived.bring_up_to_date(workspace.graph, workspace.directory).documents == 0
    assert "index" in {progress.task for progress in heard}


def test_a_server_that_ends_does_not_wait_for_the_index(
    full_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is under way stops at its next word of progress; the next server or command begins again."""
    copytree(full_library, tmp_path / "data")
    begun = Event()

    def endless(_graph: object, progress: ProgressCallback, **_: object) -> None:
        begun.set()
        while True:
            progress(Progress("associate", 1, "works", 1.0))

    monkeypatch.setattr(derived, "associate", endless)
    with open_workspace(Settings(data=tmp_path / "data", base=LIBRARY)) as workspace:
        follower = derived.Follower(workspace.graph, workspace.directory)
        follower.start()
        assert begun.wait(60)
        follower.stop()
        monkeypatch.undo()
        assert derived.bring_up_to_date(workspace.graph, workspace.directory).sequence == workspace.graph.sequence
