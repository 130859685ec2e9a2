"""What is derived from the graph follows it."""

from pathlib import Path

import pytest

from common.progress import Progress
from common.settings import Settings
from ingest.pipeline import Options
from services import derived
from services.demonstration import SAMPLES
from services.ingestion import ingest
from services.search.index import TextIndex
from services.workspace import open_workspace

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
