"""Works of very many facts are read once, until the graph changes."""

import pytest

from reasoning.associations import reading
from services.related.remembered import MANY, facts_of
from services.related.sharing import Known
from services.workspace import Workspace
from tests.services.library import BASE, SOURCE, book
from tests.services.related.conftest import Fill, related

_SUBJECTS = [f"650 #0 $a Subject {number:03} $x History" for number in range(MANY // 2 + 1)]


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The works whose facts are read from now on."""
    asked: list[str] = []

    def rows(graph: object, name: str, parameters: dict[str, list[str]]) -> object:
        if name == "subjects":
            asked.extend(parameters["works"])
        return real(graph, name, parameters)  # type: ignore[arg-type]  # handed on as it came

    real = reading.rows
    monkeypatch.setattr(reading, "rows", rows)
    return asked


def test_only_works_of_many_facts_are_remembered(
    workspace: Workspace, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same facts come again, without a question to the graph."""
    fill(book("1", "Many", *_SUBJECTS), book("2", "Few", *_SUBJECTS[:2]))
    many, few = (f"<{BASE}id/work/{SOURCE}/{number}>" for number in "12")
    asked = _asked(monkeypatch)
    first = facts_of(workspace.graph, [many, few])
    assert asked == [many, few]
    again = facts_of(workspace.graph, [many, few])
    assert asked == [many, few, few]
    assert (again.facts, again.within) == (first.facts, first.within)
    assert Known.of(again) == Known.of(first)


def test_a_change_is_seen(workspace: Workspace, fill: Fill) -> None:
    """A reason names what the record says now."""
    fill(book("1", "Many", *_SUBJECTS), book("2", "Few", _SUBJECTS[0], _SUBJECTS[1]))
    (before,) = related(workspace, f"work/{SOURCE}/2").hits
    fill(book("1", "Many", *_SUBJECTS[1:]))
    (after,) = related(workspace, f"work/{SOURCE}/2").hits
    assert before.why[0].text == "Both are about Subject 000 -- History; Subject 001 -- History"
    assert after.why[0].text == "Both are about Subject 001 -- History"
