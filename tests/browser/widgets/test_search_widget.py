"""<bibliograph-search> as readers use it: pointer, keyboard, screen reader; two widths; both languages."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Open
    from playwright.sync_api import Locator, Page
    from serving import Server

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
SEARCH = "<bibliograph-search limit='5'></bibliograph-search>"
#: What has the focus, inside of shadow trees.
_FOCUS = """() => {
  let it = document.activeElement;
  while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
  return it.textContent.trim() || it.type || it.localName;
}"""


def _box(page: "Page") -> "Locator":
    return page.get_by_role("combobox").first


def _search(page: "Page", text: str) -> None:
    _box(page).fill(text)
    _box(page).press("Enter")
    page.locator("[part=heading]").filter(has_text=f"“{text}”").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_searches_narrows_and_goes_on(visit: "Open", width: int) -> None:
    """Words typed on another site find records of the catalogue; a filter narrows them; more are a button away."""
    made = visit(SEARCH, width=width)
    _search(made.page, "whales")
    assert made.page.get_by_role("heading", level=2).inner_text() == "14 results for “whales”"
    assert made.page.get_by_role("heading", level=3).count() == 5
    made.page.get_by_text("Narrow down").click()
    made.page.get_by_role("group", name="Subject").get_by_role("checkbox", name="Whales").check()
    made.page.get_by_role("button", name="Remove filter Subject: Whales").wait_for()
    made.page.get_by_role("button", name="Show more").click()
    made.page.locator("[part=results] > li").nth(9).wait_for()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.complaints == []


def test_a_hit_says_who_when_and_where(visit: "Open", catalogue: "Server") -> None:
    """Creator, date, publisher and copies stand below a title that leads to the catalogue's page."""
    page = visit(SEARCH).page
    _search(page, "moby dick")
    hit = page.locator("[part=hit]").first
    assert "Melville, Herman" in hit.locator("[part=creators]").inner_text()
    assert "PS2384" in hit.locator("[part=holdings]").inner_text()
    hit.get_by_role("link", name="Moby Dick").click()
    page.wait_for_url(f"{catalogue.address}/**")
    assert "Moby Dick" in page.locator("h1").inner_text()


def test_suggestions_tell_homonyms_apart_and_filter(visit: "Open") -> None:
    """Two people of one name differ by their dates; the one chosen filters the works."""
    page = visit(SEARCH).page
    _box(page).press_sequentially("echo")
    people = page.get_by_role("option").filter(has_text="Person")
    people.nth(1).wait_for()
    assert people.count() == 2
    people.filter(has_text="1970").click()
    page.get_by_role("link", name="On echoes 1").wait_for()
    assert page.locator("[part=hit]").count() == 1
    assert "Echo, Anna" in page.get_by_role("button", name="Remove filter").inner_text()


def test_the_keyboard_does_everything(visit: "Open") -> None:
    """Without a mouse: suggestions, search, filter, more, and a hit opened."""
    page = visit(SEARCH).page
    keys = page.keyboard
    keys.press("Tab")
    keys.type("whale")
    page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown")
    assert page.get_by_role("option", selected=True).count() == 1
    keys.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert _box(page).input_value() == "whale"
    keys.press("Enter")
    page.get_by_role("heading", level=3).first.wait_for()
    for _ in range(2):
        keys.press("Tab")
    assert page.evaluate(_FOCUS) == "Narrow down"
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    page.get_by_role("button", name="Remove filter").wait_for()
    assert page.evaluate(_FOCUS) == "checkbox", "the box that was ticked keeps the focus"
    page.get_by_role("button", name="Show more").focus()
    sixth = page.locator("[part=hit]").nth(5)
    keys.press("Enter")
    sixth.wait_for()
    assert page.evaluate(_FOCUS) == sixth.get_by_role("link").first.inner_text()
    keys.press("Enter")
    page.wait_for_url("**/resource?iri=**")


def test_the_box_is_a_combobox(visit: "Open") -> None:
    """Roles and states are those of the ARIA pattern, from closed to open to chosen."""
    page = visit(SEARCH).page
    box = _box(page)
    assert (box.get_attribute("aria-expanded"), box.get_attribute("aria-autocomplete")) == ("false", "list")
    box.press_sequentially("wha")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    last = page.get_by_role("option").last
    assert box.get_attribute("aria-activedescendant") == last.get_attribute("id")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None, "after the last comes the box itself"
    assert page.get_by_role("listbox").get_attribute("id") == box.get_attribute("aria-controls")
    assert "suggestion" in page.get_by_role("status").inner_text()


def test_chinese_readers_get_chinese(visit: "Open") -> None:
    """On a Chinese page the words are Chinese; pinyin finds characters; the page's language may change meanwhile."""
    page = visit(SEARCH, lang="zh-CN").page
    assert page.get_by_role("button", name="检索").is_visible()
    _search(page, "hongloumeng")
    assert page.get_by_role("heading", level=2).inner_text() == "“hongloumeng”：1 条结果"
    assert page.get_by_role("link", name="红楼梦").get_attribute("lang").startswith("zh")
    page.evaluate("document.documentElement.lang = 'en'")
    page.get_by_role("heading", name="1 result for “hongloumeng”").wait_for()
    page.evaluate("document.querySelector('bibliograph-search').lang = 'zh-Hant'")
    page.get_by_role("button", name="检索").wait_for()


def test_an_input_method_keeps_its_keys(visit: "Open") -> None:
    """Keys that choose characters neither move through the suggestions nor take one."""
    page = visit(SEARCH).page
    _box(page).press_sequentially("hong")
    page.get_by_role("option").first.wait_for()
    _box(page).press("ArrowDown")
    for key in ("ArrowDown", "Enter"):
        _box(page).evaluate(
            "(box, key) => box.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }))",
            key,
        )
    assert _box(page).get_attribute("aria-activedescendant") == "option-0"
    assert page.get_by_role("listbox").is_visible()


def test_who_moves_into_the_list_keeps_it(visit: "Open") -> None:
    """Suggestions that were still on their way do not take the option that a reader has moved to."""
    page = visit(SEARCH).page
    _box(page).fill("hong")
    page.get_by_role("option").first.wait_for()
    with page.expect_response(lambda response: "hongl" in response.url):
        page.route("**/suggest?*hongl*", lambda route: (page.wait_for_timeout(300), route.continue_()))
        with page.expect_request(lambda request: "hongl" in request.url):
            _box(page).fill("hongl")
        _box(page).press("ArrowDown")
    page.wait_for_timeout(200)
    assert _box(page).get_attribute("aria-activedescendant") == "option-0"
    _box(page).press_sequentially("o")
    page.wait_for_timeout(600)
    assert _box(page).get_attribute("aria-activedescendant") is None, "typing on asks anew"


def test_what_finds_nothing_and_what_was_loosened_is_said(visit: "Open") -> None:
    """A slip of the fingers is told; nothing at all comes with advice, and with a way out of filters."""
    page = visit(SEARCH).page
    _search(page, "wahles")
    assert len(page.locator("[part=note]").inner_text()) > 20
    _search(page, "zzzyzzxq")
    assert page.get_by_role("heading", level=2).inner_text() == "Nothing found for “zzzyzzxq”"
    _search(page, "whales")
    page.get_by_text("Narrow down").click()
    page.get_by_role("checkbox", name="Whales").check()
    page.get_by_role("button", name="Remove filter").wait_for()
    _search(page, "echoes")
    page.get_by_role("button", name="Search without filters").click()
    page.get_by_role("link", name="On echoes 0").wait_for()


def test_errors_are_words_with_a_way_on(visit: "Open", catalogue: "Server") -> None:
    """A catalogue that can't be reached, a wrong setting and a refusal are each said; the first can be tried again."""
    page = visit("<bibliograph-search query='whales' endpoint='http://127.0.0.1:9'></bibliograph-search>").page
    page.get_by_role("alert").wait_for()
    assert "can't be reached" in page.get_by_role("alert").inner_text()
    element = page.locator("bibliograph-search")
    element.evaluate("(widget, address) => widget.setAttribute('endpoint', address)", catalogue.address)
    page.locator("[part=hit]").first.wait_for()
    assert page.get_by_role("alert").count() == 0
    element.evaluate("widget => widget.setAttribute('type', 'unicorn')")
    page.get_by_text("The catalogue could not answer this").wait_for()
    element.evaluate("widget => widget.setAttribute('endpoint', 'javascript:alert(1)')")
    page.get_by_text("is no web address").wait_for()


def test_the_last_question_wins(visit: "Open") -> None:
    """An answer that comes after a later question is dropped."""
    made = visit(SEARCH)

    def late(route: "Route") -> None:  # noqa: F821
        made.page.wait_for_timeout(600)
        route.continue_()

    made.page.route("**/search?q=echoes*", late)
    _box(made.page).fill("echoes")
    _box(made.page).press("Enter")
    _search(made.page, "omoo")
    made.page.wait_for_timeout(1_000)
    assert made.page.get_by_role("heading", level=2).inner_text().endswith("“omoo”")


def test_attributes_are_followed(visit: "Open") -> None:
    """Words, number of hits, headings, filters and query change with the attributes."""
    page = visit("<bibliograph-search query='whales' limit='2' facets='none'></bibliograph-search>").page
    page.locator("[part=hit]").nth(1).wait_for()
    assert not page.get_by_text("Narrow down").is_visible()
    page.locator("bibliograph-search").evaluate(
        """widget => { for (const [name, value] of Object.entries({ limit: 3, "heading-level": 4, facets: "decade",
          label: "Our shelves", placeholder: "A fish" })) widget.setAttribute(name, value) }"""
    )
    page.locator("[part=hit]").nth(2).wait_for()
    assert page.get_by_role("heading", level=5).count() == 3
    assert page.get_by_text("Narrow down").is_visible()
    assert page.get_by_role("combobox", name="Our shelves").get_attribute("placeholder") == "A fish"
    page.locator("bibliograph-search").evaluate("widget => widget.removeAttribute('query')")
    page.locator("[part=hit]").first.wait_for(state="hidden")
