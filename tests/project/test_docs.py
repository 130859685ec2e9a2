"""Documentation can't drift: settings, commands and links are held against the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import COMMANDS
from common.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    """A setting that the README does not name is one that nobody finds."""
    assert f"`{setting}`" in README


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_and_is_in_the_readme(command: str) -> None:
    """Each command answers --help, and the README says what it is for."""
    result = subprocess.run(
        [sys.executable, "-m", "cli", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "Usage:" in result.stdout
    assert re.search(rf"(bibliograph|make) {command}\b", README)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links name files that exist."""
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_folder_is_in_the_architecture_page() -> None:
    """Each import package stands in the table of ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert {name for name in packages if f"`{name}/`" not in text} == set()
