"""The server that the tests of this folder ask."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import BASE, Server, fill, running, with_tokens

from common.settings import Settings
from ingest.pipeline import Options
from services.demonstration import SAMPLES, SUPPLIERS
from services.derived import open_followed
from services.ingestion import ingest

_SAMPLES = (
    "classics/authorities.xml",
    "classics/bibliographic.xml",
    "classics/holdings.xml",
    "marc/loc.xml",
    "marc/nlm.xml",
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, engine_of: Callable[[Path], str]) -> Iterator[Server]:
    """A server over hand-made records, for the whole session."""
    data = tmp_path_factory.mktemp("library")
    settings = Settings(data=data, base=BASE, store=engine_of(data))
    fill(settings)
    secrets = with_tokens(settings)
    with running(data, settings.store) as running_server:
        running_server.secrets.update(secrets)
        yield running_server


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory, engine_of: Callable[[Path], str]) -> Iterator[Server]:
    """A server over real records of the samples, indexed."""
    data = tmp_path_factory.mktemp("catalogue")
    settings = Settings(data=data, base=BASE, store=engine_of(data))
    with open_followed(settings) as workspace:
        for name in _SAMPLES:
            path = SAMPLES / name
            ingest(workspace, [str(path)], Options(BASE, source=SUPPLIERS.get(path.name)))
    with running(data, settings.store) as running_server:
        yield running_server
