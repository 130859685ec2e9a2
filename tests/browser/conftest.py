"""The server of ``tests/api`` and a browser; skipped with the reason where there is no Chromium."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "api"))

from serving import BASE, Server, fill, running

from common.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over hand-made records."""
    data = tmp_path_factory.mktemp("browsed")
    fill(Settings(data=data, base=BASE))
    with running(data) as running_server:
        yield running_server


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e .[dev]")
    path = Path(os.environ.get("CHROMIUM", CHROMIUM))
    if not path.exists():
        pytest.skip(f"no Chromium at {path}: apt-get install chromium, or set CHROMIUM")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(path), args=_ARGUMENTS)
        yield chromium
        chromium.close()
