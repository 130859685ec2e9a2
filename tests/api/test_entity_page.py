"""An entity page is there whatever becomes of what stands beside it."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from flask.testing import FlaskClient
from serving import BASE, fill

from api import entity_page
from api.app import create_app
from api.server import open_platform
from common.errors import StoreBusyError
from common.settings import Settings
from common.terms import literal
from graph.changeset import Changeset

PAGE = "/page/work/demo/r1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over the hand-made records, asked in this process."""
    settings = Settings(data=tmp_path_factory.mktemp("asked"), base=BASE)
    fill(settings)
    with open_platform(settings) as platform:
        yield create_app(platform).test_client()


def _fails(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [StoreBusyError("busy"), AttributeError("a mistake")])
def test_the_page_comes_without_what_is_related(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """An error there, foreseen or not, takes nothing else away."""
    monkeypatch.setattr(entity_page, "find_related", _fails(error))
    answer = client.get(PAGE, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert 'id="related"' not in answer.text
    assert 'id="neighbourhood"' in answer.text
    assert 'id="cite"' in answer.text


def test_the_page_does_not_wait_for_ever(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is left out."""
    over = Event()
    monkeypatch.setattr(entity_page, "find_related", lambda *_, **__: over.wait(60))
    monkeypatch.setattr(entity_page, "_PATIENCE", 0.05)
    start = time.monotonic()
    answer = client.get(PAGE, headers={"Accept": "text/html"})
    over.set()
    assert answer.status_code == 200
    assert time.monotonic() - start < 30


def test_a_page_offers_the_search_for_works_of_its_entity(client: FlaskClient) -> None:
    """From a person to all works by that name, from a subject to all works about it."""
    person = client.get("/page/agent/demo/r1/Cao,_Xueqin", headers={"Accept": "text/html"}).text
    assert re.search(r"/search\?facet\.creator=https%3A%2F%2Flibrary\.example%2Fid%2Fagent", person)
    subject = client.get("/page/subject/demo/r2/50%25%2F50", headers={"Accept": "text/html"}).text
    assert "/search?facet.subject=" in subject


def test_the_drawing_has_a_link_for_every_neighbour(client: FlaskClient) -> None:
    """Drawn twice, wide and narrow, and listed once: the same neighbours each time."""
    page = client.get(PAGE, headers={"Accept": "text/html"}).text
    wide, narrow = (
        set(re.findall(r'class="node [a-z]+" href="([^"]+)"', drawing))
        for drawing in re.findall(r'<svg class="neighbourhood .*?</svg>', page, re.DOTALL)
    )
    listed = re.search(r'<dl class="neighbours">.*?</dl>', page, re.DOTALL)
    assert listed is not None
    assert wide == narrow == set(re.findall(r'href="([^"]+)"', listed.group()))
    assert "/page/agent/demo/r1/Cao,_Xueqin" in wide


@pytest.mark.parametrize(
    ("length", "shown", "cut"), [(900, 900, False), (15_000, 15_000, False), (200_000, 20_000, True)]
)
def test_a_long_text_is_folded_and_a_book_is_cut(tmp_path: Path, length: int, shown: int, *, cut: bool) -> None:
    """A page shows a text's beginning, the rest when it is unfolded, and of a whole book where to get it."""
    settings = Settings(data=tmp_path / "data", base=BASE)
    fill(settings)
    words = ("whale " * length)[: length - 1] + "."
    with open_platform(settings) as platform:
        statement = f"<{BASE}id/work/demo/r1> <http://schema.org/text> {literal(words)}"
        platform.graph.commit(Changeset("system:test", "a text", add=[(statement, f"{BASE}graph/source/demo/r1")]))
        page = create_app(platform).test_client().get(PAGE, headers={"Accept": "text/html"}).text
    assert (words in page) is not cut
    assert ("More of the text" in page) is (length > 1_000)
    assert ("formats at the foot" in page) is cut
    longest = max(re.findall(r"(?:whale ?)+", page), key=len)
    assert shown - 10 <= len(longest) <= shown
