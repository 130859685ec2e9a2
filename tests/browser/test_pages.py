"""Pages as a reader sees them: two widths, light and dark, keyboard, no script, no error."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from serving import Server

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
PATHS = (
    "/",
    "/page/instance/demo/r1",
    "/page/work/demo/r2",
    "/page/agent/demo/r1/Cao,_Xueqin",
    "/page/subject/demo/many/All",
    "/graph/record/demo/r1",
    "/sparql",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2050",
)


@contextmanager
def _page(
    browser: "Browser", width: int, scheme: str = "light", locale: str = "en"
) -> Iterator[tuple["Page", list[str]]]:
    """A page, and what the browser complains about."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    yield page, complaints
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_walks_from_edition_to_creator_to_another_work(
    browser: "Browser", server: "Server", width: int
) -> None:
    """From an edition by two links to another work of its creator, and the graph says why."""
    with _page(browser, width) as (page, complaints):
        page.goto(f"{server.address}/id/instance/demo/r1")
        assert page.url.endswith("/page/instance/demo/r1")
        page.get_by_role("list", name="Creators and contributors").get_by_role("link", name="Cao, Xueqin").click()
        assert page.locator("h1").inner_text() == "Cao, Xueqin"
        page.get_by_role("link", name="<script>").first.click()
        assert page.url.endswith("/page/work/demo/r2")
        page.get_by_text("Statements and the graphs that make them").click()
        page.get_by_role("link", name="Open at the query page").locator("visible=true").click()
        assert page.locator("table tbody tr").count() > 5
        assert complaints == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_are_legible(browser: "Browser", server: "Server", path: str, scheme: str) -> None:
    """No sideways scrolling at either width, no complaint, and text that stands out from its ground (WCAG AA)."""
    for width in WIDTHS:
        with _page(browser, width, scheme) as (page, complaints):
            page.goto(server.address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(_FAINT) == []
            assert complaints == []


def test_dark_is_dark_and_light_is_light(browser: "Browser", server: "Server") -> None:
    """The page follows the reader's colour scheme."""
    grounds = []
    for scheme in ("light", "dark"):
        with _page(browser, 1280, scheme) as (page, _):
            page.goto(server.address)
            grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(253, 252, 249)", "rgb(20, 25, 29)"]


def test_the_keyboard_leads_everywhere(browser: "Browser", server: "Server") -> None:
    """The first stop skips to the content, and what has the focus is outlined."""
    with _page(browser, 1280) as (page, _):
        page.goto(f"{server.address}/page/instance/demo/r1")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_chinese_readers_get_chinese(browser: "Browser", server: "Server") -> None:
    """A browser set to Chinese gets the interface, labels and title in Chinese characters."""
    with _page(browser, 390, locale="zh-CN") as (page, _):
        page.goto(f"{server.address}/page/instance/demo/r1")
        assert page.locator("html").get_attribute("lang") == "zh"
        assert page.locator("h1").inner_text() == "Hong lou meng"
        assert page.get_by_role("heading", name="责任者").is_visible()
        page.goto(f"{server.address}/page/work/demo/r1")
        assert page.locator("h1").inner_text() == "红楼梦"


#: Texts whose contrast with the ground of the page is below 4.5.
_FAINT = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!c.endsWith(', 0)') && c !== 'transparent') return c } return 'rgb(255, 255, 255)' };
  const written = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('body *')].filter(written)
    .filter(e => { const a = light(getComputedStyle(e).color), b = light(ground(e));
      return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5 }).map(e => e.outerHTML.slice(0, 90));
}"""
