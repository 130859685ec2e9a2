"""A catalogue of a few records, and pages of another origin that embed its widgets."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from foreign import page, portal
from serving import Server, running

from common.settings import Settings
from ingest.record import MarcRecord
from services.derived import open_followed
from tests.services.library import BASE, book, holdings, ingest, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVIL = "<script>alert('whales')</script> <img src=x onerror=alert(1)> <mark>&amp;mark</mark>"
MELVILLE = ("100 1# $a Melville, Herman, $d 1819-1891", "650 #0 $a Whales")
TITLES = ("Moby Dick", "Omoo", "Typee", "Mardi", "Redburn", "Clarel", "Pierre", "White jacket", "Billy Budd")
CAO = ("100 1# $a 曹雪芹, $d 约1717-1763", "650 #0 $a 章回小说")


def _in_chinese(record: MarcRecord) -> MarcRecord:
    """The record with Chinese as the language of its text."""
    control = [(tag, value.replace(" eng ", " chi ")) for tag, value in record.control]
    return replace(record, control=control)


def _records() -> list[Any]:
    """Whales enough for three pages, a book in Chinese, homonyms, a hostile title, copies."""
    whales = [book(f"w{n:02}", f"Whales, part {n}", *MELVILLE, "260 ## $b Pod Press $c 1851") for n in range(12)]
    novels = [book(f"n{n}", title, *MELVILLE, "020 ## $a 9780142437247") for n, title in enumerate(TITLES[:1])]
    novels += [book(f"o{n}", title, MELVILLE[0]) for n, title in enumerate(TITLES[1:])]
    namesakes = [
        book(f"h{n}", f"On echoes {n}", f"100 1# $a Echo, Anna, $d {year}-") for n, year in enumerate((1900, 1970))
    ]
    chinese = [
        _in_chinese(book("hlm021", "红楼梦", *CAO, source="XBGC")),
        _in_chinese(book("hlm039", "石头记", *CAO, "020 ## $a 0140443703", source="XBGC")),
    ]
    copies = [holdings("n0", "852 8# $b Main library $h PS2384 $i .M6")]
    return [*whales, *novels, *namesakes, *chinese, book("evil", EVIL, *MELVILLE), *copies]


@pytest.fixture(scope="session")
def catalogue(full_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over these records, indexed."""
    data = tmp_path_factory.mktemp("catalogue") / "data"
    copytree(full_library, data)
    with open_followed(Settings(data=data, base=BASE)) as workspace:
        ingest(workspace, write(data.parent / "records.json", *_records()))
    with running(data, BASE=BASE) as server:
        yield server


@dataclass
class Visit:
    """A page in the browser, and what went on around it."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Notes requests and complaints from now on."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: "Browser", catalogue: Server) -> Iterator[Open]:
    """Opens a page of another origin that has ``body``; ``files`` and ``headers`` are that origin's."""
    with ExitStack() as stack:

        def opened(body: str = "", *, lang: str = "en", head: str = "", width: int = 1280, **more: Any) -> Visit:
            files = more.pop("files", None) or {"index.html": page(catalogue.address, body, lang, head)}
            address = stack.enter_context(portal(files, more.pop("headers", {})))
            context = browser.new_context(viewport={"width": width, "height": 900}, **more)
            stack.callback(context.close)
            made = Visit(context.new_page())
            made.watch()
            made.page.goto(address)
            return made

        yield opened
