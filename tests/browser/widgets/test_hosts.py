"""What a page that embeds the widgets may count on: policy, privacy, looks, links, events, hostile records."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.services.library import BASE

if TYPE_CHECKING:
    from conftest import Open
    from playwright.sync_api import Page
    from serving import Server

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
DEMONSTRATION = ROOT / "docs" / "examples" / "widgets"
AXE = ROOT / "tests" / "browser" / "vendor" / "axe.min.js"
DOCS = (ROOT / "docs" / "widgets.md").read_text(encoding="utf-8")
BOTH = (
    "<bibliograph-search query='whales' limit='3'></bibliograph-search>"
    f"<bibliograph-related iri='{BASE}id/work/XBGC/hlm021' label='Related'></bibliograph-related>"
)
#: What a careful site sends; only the catalogue's address is named, once for scripts and once for requests.
POLICY = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; script-src {0}; connect-src {0}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def _loaded(page: "Page") -> None:
    for name in ("search", "related"):
        page.locator(f"bibliograph-{name} [part=hit]").first.wait_for()


def _colour(page: "Page", selector: str, what: str = "color") -> str:
    return str(page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{what}"))


def test_a_strict_policy_and_no_trace(visit: "Open", catalogue: "Server") -> None:
    """Under the strictest policy everything works, nothing is asked of anybody else, and nothing is kept."""
    made = visit(BOTH, headers={"Content-Security-Policy": POLICY.format(catalogue.address)})
    _loaded(made.page)
    page, home = made.page, made.page.url.rstrip("/")
    page.get_by_role("combobox").press_sequentially(" d")
    page.wait_for_timeout(400)
    page.get_by_text("Narrow down").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Remove filter").wait_for()
    assert made.complaints == []
    assert _colour(page, "[part=search]", "backgroundColor") == "rgb(23, 80, 107)", "the styles are there"
    foreign = [url for url in made.requests if not url.startswith((home, catalogue.address, "data:"))]
    assert foreign == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases()") == []


def test_requests_say_nothing_of_the_page(visit: "Open", catalogue: "Server") -> None:
    """The catalogue hears neither the address of the page nor a cookie, not even its own."""
    headers: list[dict[str, str]] = []
    made = visit("", lang="en")
    made.page.context.add_cookies([{"name": "reader", "value": "17", "url": catalogue.address}])
    made.page.on("request", lambda request: headers.append(request.all_headers()) if "/api/" in request.url else None)
    made.page.evaluate("html => { document.querySelector('main').innerHTML = html }", BOTH)
    _loaded(made.page)
    assert len(headers) >= 2
    assert all("referer" not in sent and "cookie" not in sent for sent in headers)


def test_hostile_records_are_text(visit: "Open") -> None:
    """Markup in a title stands there as it was written, in suggestions and hits; only what matched is marked."""
    made = visit("<bibliograph-search></bibliograph-search>")
    made.page.get_by_role("combobox").press_sequentially("<script>alert")
    made.page.get_by_role("option").first.wait_for()
    assert "<img src=x onerror=alert(1)>" in made.page.get_by_role("option").first.inner_text()
    made.page.get_by_role("combobox").fill("alert whales onerror")
    made.page.keyboard.press("Enter")
    title = made.page.locator("[part=title]", has_text="<script>").first
    title.wait_for()
    assert "<script>alert('whales')</script> <img src=x onerror=alert(1)> <mark>&amp;mark</mark>" in title.inner_text()
    assert {"alert", "whales", "onerror"} <= set(title.locator("mark").all_inner_texts())
    assert title.locator("img, script").count() == 0
    assert made.complaints == []


def test_colours_follow_the_page_and_its_properties(visit: "Open") -> None:
    """Dark where the page is dark, light where it says nothing; properties and parts change the rest."""
    rules = "bibliograph-search { --bibliograph-accent: rgb(120, 0, 80) } ::part(title) { font-style: italic }"
    page = visit(BOTH, head=f"<style>{rules}</style>", color_scheme="dark").page
    _loaded(page)
    assert _colour(page, "bibliograph-search [part=link]") == "rgb(120, 0, 80)"
    assert _colour(page, "bibliograph-related [part=title]", "fontStyle") == "italic"
    assert _colour(page, "bibliograph-related [part=link]") == "rgb(23, 80, 107)"
    page.locator("bibliograph-related").evaluate("widget => { widget.style.colorScheme = 'dark' }")
    assert _colour(page, "bibliograph-related [part=link]") == "rgb(140, 199, 227)"


def test_nothing_moves_for_who_wants_rest(visit: "Open") -> None:
    """With reduced motion there is no transition."""
    for motion, seconds in (("reduce", "0s"), ("no-preference", "0.15s")):
        page = visit(BOTH, reduced_motion=motion).page
        _loaded(page)
        assert _colour(page, "bibliograph-search [part=results]", "transitionDuration") == seconds


def test_titles_lead_where_the_template_says(visit: "Open", catalogue: "Server") -> None:
    """Placeholders are filled percent-encoded; what a hit lacks leads to the catalogue; scripts are no address."""
    page = visit("<bibliograph-search query='红楼梦'></bibliograph-search>").page
    link = page.locator("[part=link]").first
    link.wait_for()
    iri = f"{BASE}id/work/XBGC/hlm021"
    encoded = iri.replace(":", "%3A").replace("/", "%2F")
    expected = {
        "https://portal.example/record?iri={iri}": f"https://portal.example/record?iri={encoded}",
        "/opac/{source}/{id}": f"{page.url}opac/XBGC/hlm021",
        "https://portal.example/{path}#top": "https://portal.example/work/XBGC/hlm021#top",
        "javascript:alert('{id}')": f"{catalogue.address}/resource?iri={encoded}",
    }
    for template, address in expected.items():
        page.locator("bibliograph-search").evaluate(
            "async (widget, template) => { widget.setAttribute('link-template', template); await 0 }", template
        )
        page.locator(f'[part=link][href="{address}"]').wait_for()


def test_the_page_may_take_over_a_choice(visit: "Open") -> None:
    """The event names what was chosen; cancelled, it leaves the reader where they are."""
    made = visit("<bibliograph-search query='moby dick' lang='en'></bibliograph-search>")
    made.page.evaluate(
        """() => { window.chosen = []; document.addEventListener("bibliograph-select", event => {
          event.preventDefault(); window.chosen.push(event.detail) }) }"""
    )
    before = made.page.url
    made.page.get_by_role("link", name="Moby Dick").click()
    made.page.get_by_role("combobox").fill("")
    made.page.get_by_role("combobox").press_sequentially("moby")
    made.page.get_by_role("option", name="Moby Dick").click()
    chosen = made.page.evaluate("chosen.map(({ iri, label, href }) => [iri, label, href])")
    assert len(chosen) == 2
    assert {iri for iri, _, _ in chosen} == {f"{BASE}id/work/TEST/n0"}
    assert all(href.startswith("http") for _, _, href in chosen)
    assert made.page.url == before


def test_many_widgets_on_a_page_do_not_meet(visit: "Open") -> None:
    """What is typed, found and filtered in one stays in it."""
    page = visit(
        "<bibliograph-search></bibliograph-search><bibliograph-search label='Other'></bibliograph-search>"
    ).page
    first, second = page.locator("bibliograph-search").all()
    for widget, text in ((first, "omoo"), (second, "typee")):
        widget.get_by_role("combobox").fill(text)
        widget.get_by_role("combobox").press("Enter")
    for widget, text in ((first, "Omoo"), (second, "Typee")):
        widget.get_by_role("link", name=text).wait_for()
        assert widget.locator("[part=hit]").count() == 1


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demonstration_page_works(visit: "Open", catalogue: "Server", width: int, scheme: str) -> None:
    """The page of docs/examples from an origin of its own: suggestions, search, related works, no complaint."""
    files = {
        path.name: path.read_text(encoding="utf-8")
        .replace("http://127.0.0.1:8010", catalogue.address)
        .replace("https://bibliograph.example/", BASE)
        for path in DEMONSTRATION.iterdir()
    }
    made = visit(files=files, width=width, color_scheme=scheme)
    page = made.page
    page.get_by_role("combobox").first.press_sequentially("whales")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Enter")
    page.get_by_text("Narrow down").first.click()
    for heading in ("Read alongside it", "相关"):
        page.get_by_role("region", name=heading).locator("[part=hit]").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.complaints == []
    _is_accessible(page)


def test_every_state_is_accessible(visit: "Open") -> None:
    """axe-core finds nothing wrong with suggestions, results, filters, errors and emptiness; parts are documented."""
    made = visit(
        BOTH + "<bibliograph-related></bibliograph-related><bibliograph-related label='E' endpoint='x:'>"
        "</bibliograph-related><bibliograph-search label='None' query='zzzyzzxq'></bibliograph-search>"
    )
    _loaded(made.page)
    made.page.get_by_role("combobox").first.fill("whale")
    made.page.get_by_role("option").first.wait_for()
    made.page.keyboard.press("ArrowDown")
    _is_accessible(made.page)
    made.page.keyboard.press("Escape")
    made.page.get_by_text("Narrow down").first.click()
    _is_accessible(made.page)
    rendered = made.page.evaluate(
        """() => [...document.querySelectorAll("bibliograph-search, bibliograph-related")]
          .flatMap(widget => [...widget.shadowRoot.querySelectorAll("[part]")].flatMap(element => [...element.part]))"""
    )
    assert len(set(rendered)) > 20
    assert {part for part in rendered if f"`{part}`" not in DOCS} == set()


def _is_accessible(page: "Page") -> None:
    # Evaluated by the browser's debugger, which the page's policy does not bind.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]] == []
