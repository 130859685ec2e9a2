"""Every query file of the platform is SPARQL 1.1 to our own parser, with its parameters bound."""

import re
from pathlib import Path

import pytest

from graph.parameters import Value, bind, parameter_names
from graph.sparql.parser import parse_query
from graph.sparql.serialize import serialize_query

ROOT = Path(__file__).parents[3]
FILES = sorted(path for path in ROOT.glob("*/**/*.rq") if not path.is_relative_to(ROOT / ".venv"))

_ROWS = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\$(\w+)")
"""Parameters that are rows."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_query_file(path: Path) -> None:
    """It is read, and the text of its algebra too."""
    text = path.read_text(encoding="utf-8")
    values: dict[str, Value] = dict.fromkeys(parameter_names(text), "<https://a.example/b>")
    for columns, name in _ROWS.findall(text):
        values[name] = [(None,) * len(columns.split())]
    query = parse_query(bind(text, values))
    assert type(parse_query(serialize_query(query))) is type(query)


def test_there_are_files() -> None:
    """The search for them finds what there is."""
    assert len(FILES) > 80
