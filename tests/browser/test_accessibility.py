"""Pages against the rules of axe-core, in light and dark, at two widths."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from serving import Server

from tests.browser.conftest import Reader, Visit

pytestmark = pytest.mark.browser

VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe.min.js"
WORK = "/page/work/XBGC/hlm035"
PATHS = {
    "home": "/",
    "search": "/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6&facet.language=chi",
    "nothing": "/search?q=qqqqqq&facet.language=chi",
    "wrong": "/search?sort=upwards",
    "work": WORK,
    "edition": "/page/instance/XBGC/hlm021",
    "person": "/page/authority/xbgc/n-cao-xueqin-1717",
    "subject": "/page/authority/xbgc/t-002",
    "record": "/graph/record/XBGC/hlm035",
    "interface": "/api",
    "query": "/sparql",
    "answer": "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205",
    "mistake": "/sparql?query=SELECT",
}


def violations(reader: Reader) -> list[str]:
    """What axe-core finds wrong, one readable line each."""
    # The policy of the pages lets no foreign script in by a tag; what the driver evaluates is not bound by it.
    reader.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = reader.page.evaluate("axe.run(document).then(result => result.violations)")
    return [f"{v['id']}: {v['help']}: {n['html'][:120]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing(library: Server, visit: Visit, name: str, scheme: str) -> None:
    """No violation at desk or phone width, no sideways scrolling, nothing on the console but a page's own status."""
    for width in (1280, 390):
        reader = visit(library.address + PATHS[name], width=width, color_scheme=scheme)
        assert violations(reader) == []
        assert reader.sideways <= 0
        assert [line for line in reader.complaints if "the server responded with a status of 400" not in line] == []


def test_axe_finds_nothing_while_suggestions_are_open(library: Server, visit: Visit) -> None:
    """The open list of suggestions keeps the rules too."""
    reader = visit(library.address)
    reader.page.get_by_role("combobox").type("cao")
    reader.page.get_by_role("option").first.wait_for()
    assert violations(reader) == []


def test_axe_finds_something_where_something_is_wrong(library: Server, visit: Visit) -> None:
    """The rules are really looked at: a picture without words is reported."""
    reader = visit(library.address)
    reader.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [line for line in violations(reader) if line.startswith("image-alt")]


def test_the_vendored_file_is_what_its_note_says() -> None:
    """Version and checksum stand beside the file."""
    note = (VENDOR / "README.md").read_text(encoding="utf-8")
    assert sha256(AXE.read_bytes()).hexdigest() in note
    version = re.search(r"axe-core (\d+\.\d+\.\d+)", note)
    assert version
    assert f'version="{version[1]}"' in AXE.read_text(encoding="utf-8")
