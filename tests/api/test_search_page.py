"""The search page as links and forms: its address holds the whole state; wrong parts of it get a kind answer."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from serving import Server

BROWSER = "text/html"
SEARCH = "/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6&facet.language=chi&from=1950&to=1999&sort=newest&field=title&limit=5"


def _ask(server: Server, path: str, language: str = "en") -> str:
    answer = server.ask(path, BROWSER, Accept_Language=language)
    assert answer.status == 200
    return answer.text


def _links(page: str) -> list[dict[str, list[str]]]:
    """Parameters of all links to the search page."""
    found = (unescape(link) for link in re.findall(r'href="(/search\?[^"]*)"', page))
    return [parse_qs(urlsplit(link).query) for link in found]


def test_links_change_one_thing_and_keep_the_rest(catalogue: Server) -> None:
    """A further value joins the others of its facet; the form of the years sends everything else along."""
    page = _ask(catalogue, SEARCH)
    more = [link for link in _links(page) if len(link.get("facet.language", [])) > 1 and "cursor" not in link]
    assert more
    for link in more:
        assert link["facet.language"][0] == "chi"
        assert (link["from"], link["to"], link["sort"], link["field"]) == (["1950"], ["1999"], ["newest"], ["title"])
    years = re.search(r'class="facet years".*?</form>', page, re.DOTALL)
    assert years is not None
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', years.group()))
    assert hidden == {"q": "红楼梦", "field": "title", "sort": "newest", "limit": "5", "facet.language": "chi"}


def test_the_language_of_the_page_goes_along(catalogue: Server) -> None:
    """?lang= stands in every link and form; the other language keeps every filter."""
    page = _ask(catalogue, f"{SEARCH}&facet.language=eng&lang=zh", "en")
    assert '<html lang="zh">' in page
    assert all(link["lang"] == ["zh"] for link in _links(page))
    other = re.search(r'<a href="(\?[^"]*lang=en)"', page)
    assert other is not None
    assert parse_qs(unescape(other.group(1))[1:])["facet.language"] == ["chi", "eng"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sort=upwards", "sort"),
        ("type=book", "type"),
        ("field=colour", "field"),
        ("from=abc", "from"),
        ("from=2000&to=1990", "to"),
        ("limit=1000", "limit"),
        ("limit=0", "limit"),
        ("facet.colour=red", "facet.colour"),
        ("cursor=AAAA", "cursor"),
        ("cursor=%00", "cursor"),
        (f"q={'x' * 10_000}", "q"),
    ],
)
def test_wrong_parameters_get_a_kind_page(catalogue: Server, query: str, name: str) -> None:
    """400, with the part that is wrong named in the reader's language, and a form to go on with."""
    for language, words in (("en", "can’t be understood"), ("zh", "无法理解")):
        answer = catalogue.ask(f"/search?{query}", BROWSER, Accept_Language=language)
        assert answer.status == 400
        assert words in answer.text.replace("&#39;", "’").replace("'", "’")
        assert name in answer.text
        assert 'action="/search"' in answer.text


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!???", "🐉🐉", "\x00\x07", "' OR 1=1 --", "<b>", "红" * 900, "a" * 1_900]
)
def test_odd_texts_get_an_answer(catalogue: Server, text: str) -> None:
    """Punctuation, emoji, control characters, markup and very long words are searched for like others."""
    page = _ask(catalogue, f"/search?q={quote(text)}")
    assert "<b>" not in page
    assert 'id="results"' in page


def test_unknown_parameters_are_passed_over(catalogue: Server) -> None:
    """What a mail programme or a search engine adds to an address changes nothing."""
    assert _ask(catalogue, "/search?q=faust&utm_source=mail").count('class="hit"') == _ask(
        catalogue, "/search?q=faust"
    ).count('class="hit"')


def test_browsers_learn_how_to_search_here(catalogue: Server) -> None:
    """The description of the search names its address with a place for the words."""
    answer = catalogue.ask("/opensearch.xml")
    assert answer.type == "application/opensearchdescription+xml"
    assert "/search?q={searchTerms}" in answer.text
    assert 'href="/opensearch.xml"' in _ask(catalogue, "/")
