"""CSV for spreadsheets: every script intact, and no formula."""

import codecs
import csv
import io

import pytest

from common.terms import integer, literal
from services.sparql.solutions import write_csv, write_spreadsheet


def _cells(term: str | None) -> tuple[str, str]:
    """A term as it stands in CSV, and in that for spreadsheets."""
    plain, sheet = io.BytesIO(), io.BytesIO()
    write_csv(plain, ["x"], [[term]])
    write_spreadsheet(sheet, ["x"], [[term]])
    assert sheet.getvalue().startswith(codecs.BOM_UTF8)
    one, other = (
        list(csv.reader(io.StringIO(each.getvalue().decode("utf-8-sig"), newline=""))) for each in (plain, sheet)
    )
    assert one[0] == other[0] == ["x"]
    return one[1][0] if one[1] else "", other[1][0] if other[1] else ""


@pytest.mark.parametrize(
    "term",
    [
        literal("红楼梦", "zh"),
        literal('"Quoted" title'),
        literal("a = b"),
        literal("-5"),
        literal("+1.5e3"),
        integer(-7),
        "<urn:a>",
        "_:b",
        literal(""),
        None,
    ],
)
def test_what_is_no_formula_stays(term: str | None) -> None:
    """Words, numbers, IRIs and what is unbound."""
    plain, sheet = _cells(term)
    assert plain == sheet


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "\n=1"])
def test_what_would_be_a_formula_is_text(text: str) -> None:
    """An apostrophe stands before it."""
    plain, sheet = _cells(literal(text))
    assert (plain, sheet) == (text, f"'{text}")
