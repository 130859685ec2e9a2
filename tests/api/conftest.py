"""The server that the tests of this folder ask."""

from collections.abc import Iterator

import pytest
from serving import BASE, Server, fill, running, with_tokens

from common.settings import Settings


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over hand-made records, for the whole session."""
    data = tmp_path_factory.mktemp("library")
    settings = Settings(data=data, base=BASE)
    fill(settings)
    secrets = with_tokens(settings)
    with running(data) as running_server:
        running_server.secrets.update(secrets)
        yield running_server
