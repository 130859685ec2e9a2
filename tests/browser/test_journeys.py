"""What readers come to do: search, narrow down, open, follow what is related; in both languages, on desk and phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from serving import Server

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
HONG_LOU_MENG = "/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6"


def total(page: Page) -> int:
    """The number of results that the page names."""
    found = re.search(r"[\d,]+", page.locator("h1").inner_text())
    assert found is not None
    return int(found.group().replace(",", ""))


def unfold(page: Page, width: int, name: str) -> None:
    """Opens the filters where they fold."""
    if width < 1000:
        page.locator("summary", has_text=name).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_search_narrow_open_and_follow(library: Server, visit: Visit, width: int) -> None:
    """From the home page by a search and a filter to a work, and from there to a related one with its reason."""
    reader = visit(library.address, width=width)
    page = reader.page
    page.get_by_role("combobox", name="Search the catalogue").fill("dream of the red chamber")
    page.get_by_role("button", name="Search").click()
    everything = total(page)
    unfold(page, width, "Narrow down")
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name=re.compile("^English")).click()
    narrowed = total(page)
    assert 0 < narrowed < everything
    assert "facet.language=eng" in page.url
    expect(page.get_by_role("link", name="Remove Language: English")).to_be_visible()
    title = page.locator(".hit h2 a").first
    name = title.inner_text()
    title.click()
    expect(page.locator("h1")).to_have_text(name)
    first = page.locator("#related ~ div .hit").first
    reason = first.locator(".reasons li").first.inner_text()
    assert len(reason) > 5
    following = first.get_by_role("heading").get_by_role("link")
    name = following.inner_text()
    following.click()
    expect(page.locator("h1")).to_have_text(name)
    assert reader.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_in_chinese(library: Server, visit: Visit, width: int) -> None:
    """A browser set to Chinese: words, filters, reasons and citations are Chinese, and so is the title."""
    reader = visit(library.address, width=width, locale="zh-CN")
    page = reader.page
    page.get_by_role("combobox", name="检索馆藏目录").fill("红楼梦")
    page.get_by_role("button", name="检索").click()
    everything = total(page)
    unfold(page, width, "筛选")
    page.get_by_role("navigation", name="筛选").get_by_role("link", name="曹雪芹").first.click()
    assert 0 < total(page) < everything
    expect(page.get_by_role("link", name=re.compile("移除责任者：曹雪芹"))).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("heading", name="获取途径")).to_be_visible()
    expect(page.locator("#cite-gbt7714")).to_contain_text("[M]")
    reason = page.locator("#related ~ div .hit .reasons li").first.inner_text()
    assert re.search(r"[\u4e00-\u9fff]", reason)
    page.locator("#related ~ div .hit a").first.click()
    expect(page.get_by_role("heading", name="相关推荐")).to_be_visible()
    assert reader.complaints == []


def test_filters_are_taken_away_one_by_one_or_all(library: Server, visit: Visit) -> None:
    """A chip removes its filter, the last link all of them; the years of a form are a filter too."""
    page = visit(f"{library.address}{HONG_LOU_MENG}&facet.language=chi").page
    chinese = total(page)
    page.get_by_label("From year").fill("1980")
    page.get_by_label("To year").fill("1989")
    page.get_by_role("button", name="Apply").click()
    assert total(page) < chinese
    page.get_by_role("link", name="Remove Years: 1980 to 1989").click()
    assert total(page) == chinese
    page.go_back()
    page.get_by_role("link", name="Remove all").click()
    assert total(page) > chinese


def test_pages_lead_on_and_back(library: Server, visit: Visit) -> None:
    """Every hit of a result is seen once on the way through its pages, which have numbers; the way back is the same."""
    page = visit(f"{library.address}{HONG_LOU_MENG}&limit=10").page
    found, seen = total(page), []
    while True:
        seen += [link.get_attribute("href") for link in page.locator(".hit h2 a").all()]
        following = page.get_by_role("link", name="Next page")
        if following.count() == 0:
            break
        with page.expect_navigation():
            following.click()
    assert len(seen) == len(set(seen)) == found
    page.get_by_role("link", name="Previous page").click()
    assert [link.get_attribute("href") for link in page.locator(".hit h2 a").all()] == seen[-(found % 10 or 10) - 10 :][
        :10
    ]
    page.get_by_role("link", name="First page").click()
    assert "cursor" not in page.url


def test_order_and_kind_are_links(library: Server, visit: Visit) -> None:
    """Newest first is in order of years; another kind of things keeps the words and drops the filters."""
    page = visit(f"{library.address}{HONG_LOU_MENG}&facet.language=chi").page
    page.get_by_role("navigation", name="Sort by").get_by_role("link", name="Newest").click()
    years = [int(year) for year in re.findall(r"· (\d{4}) ·", page.locator(".results").inner_text())]
    assert years == sorted(years, reverse=True)
    assert len(years) > 5
    page.get_by_role("navigation", name="Kind").get_by_role("link", name="Subjects").click()
    assert "facet." not in page.url
    assert "红楼梦" in page.locator(".hit").first.inner_text()


def test_nothing_found_is_answered_with_help(library: Server, visit: Visit) -> None:
    """What can be taken away or tried is said; what is meant is guessed."""
    page = visit(f"{library.address}{HONG_LOU_MENG}&facet.language=chi&from=2099").page
    assert total(page) == 0
    page.locator(".empty").get_by_role("link", name=re.compile("2099")).click()
    assert total(page) > 0
    page.goto(f"{library.address}/search?q=Shakespeare&facet.format=map")
    expect(page.locator(".empty")).to_contain_text("Nothing fits")


def test_what_was_loosened_is_said(library: Server, visit: Visit) -> None:
    """A misspelt title is found, with a note that it was."""
    page = visit(f"{library.address}/search?q=drean+of+the+red+chanber").page
    assert total(page) > 0
    expect(page.get_by_role("note")).to_be_visible()


def test_a_wrong_address_gets_a_kind_page(library: Server, visit: Visit) -> None:
    """It says which part is wrong, and goes on without it."""
    page = visit(f"{library.address}/search?q=faust&sort=upwards").page
    expect(page.get_by_role("alert")).to_contain_text("sort")
    page.get_by_role("link", name="Search without it").click()
    assert total(page) > 0


def test_the_query_behind_a_result_gives_it_again(library: Server, visit: Visit) -> None:
    """The link under a list opens the query page with as many rows as the page has hits."""
    page = visit(f"{library.address}{HONG_LOU_MENG}&limit=7").page
    page.get_by_role("link", name="The query behind this list").click()
    expect(page.locator("tbody tr")).to_have_count(7)


def test_without_script_everything_works(library: Server, visit: Visit) -> None:
    """Search, filter and drawing need no script."""
    page = visit(library.address, java_script_enabled=False).page
    page.locator("#q").fill("红楼梦")
    page.get_by_role("button", name="Search").click()
    before = total(page)
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name=re.compile("^Chinese")).click()
    assert 0 < total(page) < before
    page.locator(".hit h2 a").first.click()
    expect(page.locator("svg.wide-drawing a").first).to_be_visible()
    expect(page.locator("button[data-copy]").first).to_be_hidden()
