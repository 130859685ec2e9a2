"""The widgets as files: how large, how they are sent, and whether their documentation tells all."""

import gzip
import re
from pathlib import Path

import pytest
from serving import Server

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "api" / "web" / "widgets"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js"))}
ELEMENTS = ("bibliograph-search.js", "bibliograph-related.js")
DOCS = (ROOT / "docs" / "widgets.md").read_text(encoding="utf-8")
ATTRIBUTES = DOCS.partition("## Attributes")[2].partition("`link-template` has")[0]
LOOKS = DOCS.partition("## Looks")[2].partition("## Content")[0]
LARGEST_CORE, LARGEST_ELEMENT = 8_000, 10_000
_IMPORT = re.compile(r'^import .* from "(.+)";$', re.MULTILINE)


def _modules(name: str) -> set[str]:
    """A module and all that it imports."""
    return {name}.union(*(_modules(found.removeprefix("./")) for found in _IMPORT.findall(SOURCES[name])))


def _packed(names: set[str]) -> int:
    """What the modules weigh on the wire, each compressed by itself."""
    return sum(len(gzip.compress(SOURCES[name].encode(), 6)) for name in names)


def _quoted(pattern: str, text: str) -> set[str]:
    return {word for found in re.findall(pattern, text, re.DOTALL) for word in re.findall(r'"([\w -]+?)"', found)}


def _first_column(text: str) -> set[str]:
    """Names between backticks in the first column of tables."""
    return {name for row in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)}


def test_widgets_are_light() -> None:
    """What both share is under 8 kB compressed, and each widget adds less than 10 kB to it."""
    core = set.intersection(*map(_modules, ELEMENTS))
    assert 0 < _packed(core) < LARGEST_CORE
    for name in ELEMENTS:
        assert 0 < _packed(_modules(name) - core) < LARGEST_ELEMENT


def test_widgets_need_nothing_but_themselves() -> None:
    """Modules import modules of the same folder, and every one of them belongs to a widget."""
    assert set().union(*map(_modules, ELEMENTS)) == set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_no_module_writes_markup_or_stores_anything(name: str) -> None:
    """Nothing that parses HTML, evaluates text, sets a style attribute, or keeps data in the browser."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|cookie|Storage|indexedDB|caches\."
    )
    code = re.sub(r"/\*.*?\*/", "", SOURCES[name], flags=re.DOTALL)
    assert re.findall(forbidden, code) == []
    assert re.findall(r'\bstyle: "|"style"', code) == []


@pytest.mark.parametrize("name", SOURCES)
def test_any_origin_may_load_a_module(server: Server, name: str) -> None:
    """A module is JavaScript, readable from everywhere, and not sent again unchanged."""
    answer = server.ask(f"/widgets/{name}", Origin="https://portal.example")
    assert (answer.status, answer.type) == (200, "text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=300"
    again = server.ask(f"/widgets/{name}", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_modules_travel_compressed(server: Server) -> None:
    """A browser gets a module compressed, and nothing at all while it has not changed."""
    plain = server.ask("/widgets/core.js", Accept_Encoding="identity")
    packed = server.ask("/widgets/core.js", Accept_Encoding="gzip, br")
    assert len(packed.body) < len(plain.body) / 2
    assert "Accept-Encoding" in packed.headers["vary"]
    tag = packed.headers["etag"]
    assert server.ask("/widgets/core.js", Accept_Encoding="gzip, br", If_None_Match=tag).status == 304


def test_modules_import_each_other_by_version(server: Server) -> None:
    """What is imported names the version, is kept for ever under it, and for minutes under any other."""
    imported = _IMPORT.findall(server.ask("/widgets/bibliograph-search.js").text)
    assert [address.partition("?v=")[0] for address in imported] == _IMPORT.findall(SOURCES["bibliograph-search.js"])
    assert len({address.partition("?v=")[2] for address in imported}) == 1
    for address in imported:
        assert "immutable" in server.ask(f"/widgets/{address.removeprefix('./')}").headers["cache-control"]
    assert "immutable" not in server.ask("/widgets/core.js?v=older").headers["cache-control"]


@pytest.mark.parametrize("path", ["nothing.js", "../base.css", "%2e%2e/texts.py", "core.js/", "core.js%00"])
def test_nothing_but_modules_is_sent(server: Server, path: str) -> None:
    """Any other name is not found."""
    assert server.ask(f"/widgets/{path}").status == 404


def test_every_attribute_is_documented() -> None:
    """Attributes that the elements observe, and those of the documentation, are the same."""
    observed = _quoted(r"static (?:observedA|a)ttributes = \[(.*?)\]", "".join(SOURCES.values()))
    assert observed >= {"endpoint", "iri", "query"}
    assert _first_column(ATTRIBUTES) == observed


def test_every_part_and_custom_property_is_documented() -> None:
    """Parts and custom properties in the code, and those of the documentation, are the same."""
    code = "".join(SOURCES.values())
    parts = {name for found in _quoted(r"\bpart(?:: |\", )[^,;)]*", code) for name in found.split()}
    parts |= _quoted(r'line\("[\w-]+"', code)
    assert parts >= {"hit", "suggestion-active", "other-script"}
    properties = set(re.findall(r"--bibliograph-[\w-]+", code))
    assert _first_column(LOOKS) == parts | properties


def test_both_languages_say_everything() -> None:
    """English and Chinese have the same words; only English tells one from many."""
    for source in SOURCES.values():
        tables = re.search(r"WORDS = \{\n  en: \{(.*?)\n  \},\n  zh: \{(.*?)\n  \},", source, re.DOTALL)
        if tables is None:
            continue
        english, chinese = (set(re.findall(r'^    "?([\w.-]+)"?: ', table, re.MULTILINE)) for table in tables.groups())
        assert {key for key in english if not key.endswith(".one")} == chinese
