"""Regular expressions: Python and Java find what Oxigraph finds, or they are refused."""

import re
from itertools import product
from random import Random

import pyoxigraph as ox
import pytest

from graph.cypher.bindings import Inexact
from graph.cypher.finishing.strings import STRINGS
from graph.cypher.finishing.values import Unsure
from graph.cypher.kinds import quoted
from graph.cypher.regexes import regex
from tests.graph.cypher.pair import Pair

TEXTS = [
    "",
    "a",
    "b",
    "ab",
    "aab",
    "A",
    "kK\u212a",
    "\u017fs",
    "\u0131I\u0130i",
    "a\nb",
    "b\r\n",
    "é",
    "\U0001f600",
    "a.b",
    "]-^",
]
PIECES = [
    *(
        "a",
        "b",
        "k",
        "s",
        "i",
        ".",
        "^",
        "$",
        "[ab]",
        "[^a]",
        "[a-k]",
        "[^k-s]",
        "(a|b)",
        "(?:ab)",
        "\\.",
        "\\n",
        "[.]",
    ),
    *("a*", "b+", "a?", "[ab]{2}", "a{1,2}", "(ab)?", "a+?", "|", "é", "\U0001f600", "\\]", "[\\]\\-\\^]", "\r"),
]


def _patterns() -> list[tuple[str, str]]:
    random = Random(1)  # noqa: S311  chance that can be repeated
    made = ["".join(random.choice(PIECES) for _ in range(random.randint(1, 4))) for _ in range(150)]
    return [(pattern, flags) for pattern, flags in product([*PIECES, *made], ["", "i", "s", "m", "q", "im"])]


def _readable() -> list[tuple[str, str, str]]:
    """Pattern, flags, and what Java and Python read."""
    found = []
    for pattern, flags in _patterns():
        try:
            found.append((pattern, flags, regex(pattern, flags).text))
        except Inexact:
            continue
    return found


def _wanted(pattern: str, flags: str) -> list[bool | None]:
    values = " ".join(quoted(text) for text in TEXTS)
    query = f"SELECT ?x (REGEX(?x, {quoted(pattern)}, {quoted(flags)}) AS ?r) {{ VALUES ?x {{ {values} }} }}"
    return [None if row["r"] is None else row["r"].value == "true" for row in ox.Store().query(query)]


def test_python_finds_what_oxigraph_finds() -> None:
    """Of many expressions, each in all texts; most of them are read."""
    found = _readable()
    assert len(found) > len(_patterns()) / 2
    for pattern, flags, text in found:
        compiled = re.compile(text)
        assert [compiled.search(each) is not None for each in TEXTS] == _wanted(pattern, flags), (pattern, flags)


@pytest.mark.java
def test_java_finds_what_oxigraph_finds(pair: Pair) -> None:
    """The same in Cypher."""
    found = _readable()
    cypher = "UNWIND $patterns AS p RETURN [t IN $texts | t =~ p] AS r"
    patterns = [f"[\\s\\S]*(?:{text})[\\s\\S]*" for _, _, text in found]
    rows = pair.rows(cypher, {"patterns": patterns, "texts": TEXTS})
    for (pattern, flags, _), (row,) in zip(found, rows, strict=True):
        assert row == _wanted(pattern, flags), (pattern, flags)


@pytest.mark.parametrize(
    "pattern", ["a(", "a)", "(a+)+", "a**", "\\w", "[a&&b]", "[[:alpha:]]", "(?i)a", "a{", "]", "[]a]"]
)
def test_what_engines_read_differently_is_refused(pattern: str) -> None:
    """So is what would be looked for in very many ways."""
    with pytest.raises(Inexact):
        regex(pattern)
    with pytest.raises(Unsure):
        STRINGS["REGEX"]("a", pattern)
