"""<bibliograph-related>: related works with their reasons, on a page of another origin."""

from typing import TYPE_CHECKING

import pytest

from tests.services.library import BASE

if TYPE_CHECKING:
    from conftest import Open

pytestmark = pytest.mark.browser

IRI = f"{BASE}id/work/XBGC/hlm021"
RELATED = f"<bibliograph-related iri='{IRI}'></bibliograph-related>"


@pytest.mark.parametrize("width", [1280, 390])
def test_related_works_come_with_reasons_and_their_query(visit: "Open", width: int) -> None:
    """Each related work says why it is; the query behind the list is a link away."""
    made = visit(RELATED, width=width)
    hit = made.page.locator("[part=hit]").first
    hit.wait_for()
    assert hit.get_by_role("link", name="石头记").is_visible()
    assert "曹雪芹" in hit.locator("[part=reasons]").inner_text()
    assert made.page.get_by_role("region", name="Related in the catalogue").is_visible()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.complaints == []
    made.page.get_by_role("link", name="The query behind this list").click()
    made.page.wait_for_url("**/sparql?query=**")
    assert "hlm039" in made.page.locator("table").inner_text()


def test_in_chinese_the_reasons_are_chinese(visit: "Open") -> None:
    """The element's own language goes before the page's, for its words and for what it asks."""
    made = visit(f"<bibliograph-related lang='zh' iri='{IRI}'></bibliograph-related>")
    made.page.get_by_role("heading", name="馆藏中的相关资源").wait_for()
    made.page.locator("[part=hit]").first.wait_for()
    assert any("/related?" in url and "lang=zh" in url for url in made.requests)


@pytest.mark.parametrize("identifier", ["isbn:0-14-044370-3", "0140443703", "ISBN:9780140443707"])
def test_an_identifier_will_do(visit: "Open", identifier: str) -> None:
    """A portal that knows no IRIs names a book by its ISBN, in any of its forms."""
    page = visit(f"<bibliograph-related identifier='{identifier}'></bibliograph-related>").page
    page.get_by_role("link", name="红楼梦").wait_for()


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("identifier='isbn:9780000000002'", "The catalogue does not have this."),
        (f"iri='{BASE}id/work/none/such'", "The catalogue does not have this."),
        ("", "This widget needs an iri or an identifier."),
    ],
)
def test_what_has_nothing_to_show_says_so(visit: "Open", attribute: str, words: str) -> None:
    """An unknown book is said to be unknown, and the page can hide the widget by its state."""
    style = "<style>bibliograph-related:state(empty) { opacity: .5 }</style>"
    page = visit(f"<bibliograph-related {attribute}></bibliograph-related>", head=style).page
    page.get_by_text(words).wait_for()
    assert page.locator("bibliograph-related").evaluate("widget => getComputedStyle(widget).opacity") == "0.5"


def test_another_entity_replaces_the_list(visit: "Open") -> None:
    """The list follows its attributes: another IRI, another heading, fewer hits."""
    page = visit(RELATED).page
    page.get_by_role("link", name="石头记").wait_for()
    page.locator("bibliograph-related").evaluate(
        "(widget, given) => { for (const name in given) widget.setAttribute(name, given[name]) }",
        {"iri": f"{BASE}id/work/TEST/w00", "limit": "2", "label": "More"},
    )
    page.get_by_role("link", name="石头记").wait_for(state="detached")
    assert page.get_by_role("heading", name="More").is_visible()
    page.locator("[part=hit]").nth(1).wait_for()
    assert page.locator("[part=hit]").count() == 2


def test_an_error_can_be_tried_again_by_keyboard(visit: "Open") -> None:
    """The button that tries again takes the focus with it to the heading, not to nowhere."""
    page = visit(f"<bibliograph-related endpoint='http://127.0.0.1:9' iri='{IRI}'></bibliograph-related>").page
    page.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Try again").wait_for()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "heading"
