"""Servers over hand-made records and samples, and a browser; skipped with the reason where there is no Chromium."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "api"))

from serving import BASE, Server, fill, running

from common.settings import Settings
from ingest.pipeline import Options
from services.demonstration import SAMPLES
from services.derived import open_followed
from services.ingestion import ingest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_CLASSICS = ("authorities.xml", "bibliographic.xml", "holdings.xml")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, engine_of: Callable[[Path], str]) -> Iterator[Server]:
    """A server over hand-made records."""
    data = tmp_path_factory.mktemp("browsed")
    settings = Settings(data=data, base=BASE, store=engine_of(data))
    fill(settings)
    with running(data, settings.store) as running_server:
        yield running_server


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, engine_of: Callable[[Path], str]) -> Iterator[Server]:
    """A server over the Chinese classics of the samples, with authorities and holdings, indexed."""
    data = tmp_path_factory.mktemp("classics")
    settings = Settings(data=data, base=BASE, store=engine_of(data))
    with open_followed(settings) as workspace:
        for name in _CLASSICS:
            ingest(workspace, [str(SAMPLES / "classics" / name)], Options(BASE))
    with running(data, settings.store) as running_server:
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


@dataclass
class Reader:
    """A reader's page, and what the browser complains about."""

    page: "Page"
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Notes complaints from now on, and requests to other hosts."""
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, address: str) -> None:
        if not address.startswith(("http://127.0.0.1:", "http://localhost:", "data:")):
            self.complaints.append(f"foreign request {address}")

    @property
    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


Visit = Callable[..., Reader]


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Visit]:
    """Opens an address in a window of its own: ``visit(address, width=390, locale="zh-CN", color_scheme="dark")``."""
    with ExitStack() as stack:

        def opened(address: str, *, width: int = 1280, height: int = 900, **more: Any) -> Reader:
            context = browser.new_context(viewport={"width": width, "height": height}, **{"locale": "en", **more})
            stack.callback(context.close)
            reader = Reader(context.new_page())
            reader.watch()
            reader.page.goto(address)
            return reader

        yield opened
