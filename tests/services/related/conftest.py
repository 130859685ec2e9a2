"""Installations whose associations are up to date."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from ingest.record import MarcRecord
from services import demonstration
from services.derived import associate
from services.related.related import Related
from services.related.related import related as find_related
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, ingest, write

Fill = Callable[..., None]


@pytest.fixture
def fill(workspace: Workspace) -> Fill:
    """Ingests records and brings associations up to date."""

    def filled(*records: MarcRecord) -> None:
        ingest(workspace, write(workspace.directory.path / "records.json", *records))
        associate(workspace.graph, memory=workspace.directory.associations)

    return filled


@pytest.fixture(scope="session")
def samples(full_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo's records, for the whole session."""
    data = tmp_path_factory.mktemp("related") / "data"
    copytree(full_library, data)
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        demonstration.ingest_samples(workspace)
        associate(workspace.graph, memory=workspace.directory.associations)
        yield workspace


def related(workspace: Workspace, path: str, lang: str = "en", *, limit: int = 10, depth: int = 2) -> Related:
    """What is related to an entity of this path."""
    found = find_related(workspace.graph, f"{BASE}id/{path}", lang, limit=limit, depth=depth)
    assert found is not None
    return found
