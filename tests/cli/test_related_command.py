"""``bibliograph related``: what it prints, what it takes, what it refuses."""

import json
from pathlib import Path

import pytest

from cli.main import main
from common.settings import Settings
from tests.services.library import BASE, SOURCE, book, write


@pytest.fixture
def data(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An installation with two books on one subject."""
    monkeypatch.setenv("BIBLIOGRAPH_BASE", BASE)
    books = [book(n, f"Book {n}", "650 #0 $a Whales", "100 1# $a Melville, Herman, $d 1819-1891") for n in "12"]
    assert main(["--data", str(settings.data), "ingest", str(write(tmp_path / "a.json", *books))]) == 0
    return str(settings.data)


@pytest.mark.parametrize("entity", [f"work/{SOURCE}/1", f"/id/work/{SOURCE}/1", f"{BASE}id/instance/{SOURCE}/1"])
def test_it_prints_what_is_related_and_why(data: str, capsys: pytest.CaptureFixture[str], entity: str) -> None:
    """Title, creator and IRI, and a line for each reason; a path will do for an IRI."""
    capsys.readouterr()
    assert main(["--data", data, "related", entity]) == 0
    output = capsys.readouterr().out
    assert "Book 2 (Melville, Herman, 1819-1891, 2020" in output
    assert f"    {BASE}id/work/{SOURCE}/2" in output
    assert "    - Both are about Whales" in output


def test_json_has_the_shape_of_the_api(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Hits with their reasons, and the query; in the language and number asked for."""
    capsys.readouterr()
    arguments = ["related", f"work/{SOURCE}/1", "--json", "--lang", "zh", "--limit", "1", "--depth", "1"]
    assert main(["--data", data, *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"hits", "sparql"}
    (hit,) = found["hits"]
    assert hit["why"][0]["text"].startswith("责任者相同")
    assert hit["why"][0]["path"][-1] == hit["iri"]
    assert "SELECT" in found["sparql"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([f"work/{SOURCE}/none"], "the graph says nothing about it"),
        (["urn:nothing"], "the graph says nothing about it"),
        ([f"work/{SOURCE}/1", "--depth", "4"], "depth"),
        ([f"work/{SOURCE}/1", "--limit", "0"], "limit"),
    ],
)
def test_what_it_cannot_do_is_one_line(
    data: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """Exit code 2, and what is wrong."""
    capsys.readouterr()
    assert main(["--data", data, "related", *arguments]) == 2
    assert said in capsys.readouterr().err
