"""docs/api.md can't drift: its examples are run, its tables are held against the description of the interface."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from serving import BASE, Server

from services.hits.hit import Hit

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
#: Address of an example and the answer that is shown.
EXAMPLES = re.findall(r"```\nGET (\S[^\n]*)\n```\n.*?```json\n(.*?)```", PAGE, re.DOTALL)


def differences(shown: Any, real: Any, where: str) -> list[str]:
    """What an answer that is shown has and the real one lacks; ``…`` stands for anything left out."""
    if shown == "…" or not isinstance(shown, dict | list):
        return []
    if isinstance(shown, list):
        first = next(iter(real), None) if isinstance(real, list) else None
        shown = [each for each in shown if each != "…"]
        return [d for each in shown for d in (differences(each, first, f"{where}[]") if first is not None else [where])]
    missing = [f"{where}.{key}" for key in shown if key != "…" and key not in real]
    return missing + [d for key in shown if key in real for d in differences(shown[key], real[key], f"{where}.{key}")]


def test_every_route_has_an_example() -> None:
    """Four routes, each shown once."""
    assert [path.partition("?")[0] for path, _ in EXAMPLES] == [
        f"/api/v1/{route}" for route in ("search", "suggest", "entities", "related")
    ]


@pytest.mark.parametrize(("path", "shown"), EXAMPLES, ids=[path.partition("?")[0] for path, _ in EXAMPLES])
def test_examples_are_answered_as_shown(catalogue: Server, path: str, shown: str) -> None:
    """The address works, and the answer has every field that the page shows."""
    here = path.replace("https://bibliograph.example/", BASE)
    answer = catalogue.ask(quote(here, safe="/?&=:%,.()"))
    assert answer.status == 200, answer.text
    assert differences(json.loads(shown), json.loads(answer.body), "") == []


def test_every_parameter_is_in_the_table_of_its_route(catalogue: Server) -> None:
    """Each parameter of the description stands in the section of its route."""
    paths = json.loads(catalogue.ask("/openapi.json").body)["paths"]
    for path, _ in EXAMPLES:
        route = path.partition("?")[0]
        section = PAGE[PAGE.index(f"GET {route}") :].partition("\n## ")[0]
        for parameter in paths[route]["get"]["parameters"]:
            name = parameter["name"].partition(".")[0]
            assert f"`{name}" in section or name == "lang", (route, name)


def test_every_field_of_a_hit_is_explained() -> None:
    """The table of hits names them all."""
    table = PAGE[PAGE.index("A **hit**") :].partition("\n## ")[0]
    assert [name for name in Hit.__dataclass_fields__ if f"`{name}`" not in table] == []
