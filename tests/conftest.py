"""An empty installation for each test that asks: a real store with the ontology and the code lists in it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory without records, made once: copying it is quicker than making it."""
    data = tmp_path_factory.mktemp("empty") / "data"
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        ensure_vocabularies(workspace.graph)
    return data


@pytest.fixture
def settings(empty_library: Path, tmp_path: Path) -> Settings:
    """Settings of an installation of this test's own."""
    copytree(empty_library, tmp_path / "data")
    return Settings(data=tmp_path / "data", base=BASE)


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    """The installation, open."""
    with open_workspace(settings) as opened:
        yield opened
