"""Installations for tests: real stores on disk, each test with one of its own."""

import signal
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE

# A shell that runs the tests in the background has them ignore SIGINT, and the commands that they start with them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with nothing in it, not even the ontology."""
    data = tmp_path_factory.mktemp("empty") / "data"
    with open_workspace(Settings(data=data, base=BASE)):
        return data


@pytest.fixture(scope="session")
def full_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with ontology and code lists and no records, as a first ingest makes it."""
    data = tmp_path_factory.mktemp("full") / "data"
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        ensure_vocabularies(workspace.graph)
    return data


@pytest.fixture
def settings(empty_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation of this test's own, which stays without ontology and code lists.

    A digest or a verification of their 50,000 triples would take longer than the rest of a test.
    """
    for module in ("services.ingestion", "services.vocabularies"):
        monkeypatch.setattr(f"{module}.ensure_vocabularies", lambda _: None)
    copytree(empty_library, tmp_path / "data")
    return Settings(data=tmp_path / "data", base=BASE)


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    """The installation, open."""
    with open_workspace(settings) as opened:
        yield opened
