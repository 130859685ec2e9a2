"""Everything by keyboard: suggestions, filters, results, pages, the drawing, copying."""

import pytest
from playwright.sync_api import Page, expect
from serving import Server

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WORK = "/page/work/XBGC/hlm035"


def focus_by_tab(page: Page, name: str, most: int = 120) -> None:
    """Presses Tab until a link, button or field of this name has the focus, which must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.innerText || document.activeElement.textContent).trim()")
        if name in focused:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    pytest.fail(f"no {name!r} within {most} steps")


def test_suggestions_are_chosen_with_the_arrow_keys(library: Server, visit: Visit) -> None:
    """Typing opens the list, arrows move in it, Escape closes it, Enter opens the entity; the number is announced."""
    page = visit(library.address).page
    box = page.get_by_role("combobox")
    page.keyboard.press("Tab")
    while not box.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("lu xun")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form [role=status]")).to_contain_text("suggestions")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Lu, Xun")
    assert "/page/" in page.url


def test_namesakes_have_hints(library: Server, visit: Visit) -> None:
    """Two suggestions of the same name differ in what stands behind it."""
    page = visit(library.address).page
    page.get_by_role("combobox").type("红楼梦")
    page.get_by_role("option").first.wait_for()
    shown = page.get_by_role("option").all_inner_texts()
    assert len(shown) == len(set(shown)) > 2


def test_enter_searches_what_was_typed(library: Server, visit: Visit) -> None:
    """With no suggestion chosen, Enter searches."""
    page = visit(library.address).page
    page.get_by_role("combobox").fill("faust")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=faust**")


def test_filter_open_and_turn_the_page(library: Server, visit: Visit) -> None:
    """Skip link, filter, result and next page are reached by Tab and opened by Enter."""
    page = visit(f"{library.address}/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6").page
    focus_by_tab(page, "Chinese")
    page.keyboard.press("Enter")
    page.wait_for_url("**facet.language=chi**")
    focus_by_tab(page, "Next page", 200)
    page.keyboard.press("Enter")
    page.wait_for_url("**cursor=**")
    name = page.locator(".hit h2 a").first.inner_text()
    focus_by_tab(page, name)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(name)


def test_filters_can_be_skipped(library: Server, visit: Visit) -> None:
    """A link before the filters leads to the results: the next stop is in them."""
    page = visit(f"{library.address}/search?q=faust").page
    focus_by_tab(page, "Skip to the results")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.results') !== null")


def test_filters_unfold_by_keyboard_on_a_phone(library: Server, visit: Visit) -> None:
    """The disclosure is closed at first, a Tab stop, and opens with Enter."""
    page = visit(f"{library.address}/search?q=faust", width=390).page
    filters = page.get_by_role("navigation", name="Narrow down")
    expect(filters).to_be_hidden()
    focus_by_tab(page, "Narrow down")
    page.keyboard.press("Enter")
    expect(filters).to_be_visible()


def test_the_drawing_is_walked_by_tab(library: Server, visit: Visit) -> None:
    """Nodes are links with the name of what they stand for; the list below says the same."""
    page = visit(library.address + WORK).page
    nodes = page.locator("svg.wide-drawing a")
    page.evaluate("document.querySelector('svg.wide-drawing').previousElementSibling")
    page.locator("#cite ~ div summary").last.focus()
    page.keyboard.press("Tab")
    while page.evaluate("!document.activeElement.closest('svg.wide-drawing')"):
        page.keyboard.press("Tab")
    stroke = page.evaluate("getComputedStyle(document.activeElement.querySelector('.area')).strokeWidth")
    assert stroke == "2.5px"
    page.get_by_text("The same as a list").click()
    drawn = {node.get_attribute("href") for node in nodes.all()}
    assert drawn == {link.get_attribute("href") for link in page.locator(".neighbours a").all()}
    page.keyboard.press("Shift+Tab")
    nodes.first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(nodes.first.get_attribute("href") or "") or "/page/" in page.url


def test_a_citation_is_copied(library: Server, visit: Visit) -> None:
    """The button puts the citation on the clipboard and says so."""
    reader = visit(library.address + WORK, permissions=["clipboard-read", "clipboard-write"])
    page = reader.page
    page.get_by_role("button", name="Copy the citation in GB/T 7714").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-gbt7714").inner_text()
    assert reader.complaints == []
