"""The doctor's checks, one by one."""

from pathlib import Path

import pytest

from common.settings import Settings
from services import diagnosis
from services.diagnosis import BAD, GOOD, NOTE, diagnose
from services.workspace import Workspace


def _states(settings: Settings) -> dict[str, tuple[str, str]]:
    return {check.name: (check.state, check.found) for check in diagnose(settings)}


@pytest.mark.embedded
def test_a_running_owner_is_found(workspace: Workspace) -> None:
    """While a process has the graph open, commands can reach it; the doctor says so."""
    assert _states(workspace.settings)["owner"] == (GOOD, "running")


def test_without_an_owner(settings: Settings) -> None:
    """No process has the graph open: nothing to mend."""
    assert _states(settings)["owner"] == (NOTE, "")


def test_what_is_missing_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that everything needs is bad; an optional one and a program are noted."""
    monkeypatch.setitem(diagnosis.REQUIRED, "no-such-package", "everything")
    monkeypatch.setitem(diagnosis.OPTIONAL, "no-such-extra", ("text", "some things"))
    monkeypatch.setitem(diagnosis.PROGRAMS, "no-such-program", (("no-such-program",), "little"))
    states = _states(settings)
    assert states["no-such-package"] == (BAD, "")
    assert states["no-such-extra"] == states["no-such-program"] == (NOTE, "")


def test_every_dependency_is_known() -> None:
    """What pyproject.toml asks for is what the doctor looks at."""
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    listed = text.split("dependencies = [", 1)[1].split("]", 1)[0].splitlines()
    names = {line.strip().strip('",').split(">")[0].split("=")[0].strip() for line in listed if line.strip()}
    assert names == set(diagnosis.REQUIRED)


@pytest.mark.parametrize("mark", ["{", '{"format": 99, "base": "https://library.test/"}'])
def test_a_damaged_or_foreign_directory_is_bad(settings: Settings, mark: str) -> None:
    """Another format and a damaged mark are told, and left as they are."""
    (settings.data / "bibliograph.json").write_text(mark, encoding="utf-8")
    assert _states(settings)["directory"][0] == BAD
    assert (settings.data / "bibliograph.json").read_text(encoding="utf-8") == mark
