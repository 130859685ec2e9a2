"""What a kill between two steps of a commit leaves, and that the next run mends it."""

from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.quarantine import Quarantine
from ingest.writing import GraphWriter
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import book, ingest, write

STEPS = [(Archive, "put"), (Archive, "bury"), (GraphWriter, "write"), (Quarantine, "replace"), (Archive, "mark")]
BAD_ISSN = "022 0# $a 12-34"


class KilledError(BaseException):
    """In place of a signal: nothing in the program catches it."""


def _killed(*_args: object, **_options: object) -> None:
    raise KilledError


def _ingest_killed(workspace: Workspace, file: Path, step: tuple[type, str], **how: bool) -> None:
    """Ingests, and is killed before ``step``; a step that this ingest does not take kills nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*step, _killed)
        try:
            ingest(workspace, file, **how)
        except KilledError:
            return


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_findings_are_not_lost(workspace: Workspace, tmp_path: Path, step: tuple[type, str]) -> None:
    """A record in the graph has its findings, wherever the first run was killed."""
    file = write(tmp_path / "a.json", book("1", "One", BAD_ISSN))
    _ingest_killed(workspace, file, step)
    ingest(workspace, file)
    assert [listed.finding.tag for listed in workspace.quarantine.findings()] == ["022"]
    assert verify(workspace).right


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_deletion_goes_on(workspace: Workspace, tmp_path: Path, step: tuple[type, str], complete: bool) -> None:
    """Deleted by the source or absent from a full dump: the next run ends what a kill broke off."""
    every = [book(str(number), f"Book {number}") for number in range(30)]
    ingest(workspace, write(tmp_path / "all.json", *every))
    gone = every[1:] if complete else [book("0", "Book 0", status="d")]
    file = write(tmp_path / "gone.json", *gone)
    _ingest_killed(workspace, file, step, complete=complete)
    ingest(workspace, file, complete=complete)
    assert workspace.archive.live_count() == 29
    assert verify(workspace).right


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_record_comes_back_after_a_broken_deletion(
    workspace: Workspace, tmp_path: Path, step: tuple[type, str]
) -> None:
    """The old bytes after a deletion that was killed are not taken for unchanged while the graph lacks the record."""
    file = write(tmp_path / "a.json", book("1", "One"))
    ingest(workspace, file)
    before = workspace.graph.canonical_digest()
    _ingest_killed(workspace, write(tmp_path / "gone.json", book("1", "One", status="d")), step)
    ingest(workspace, file)
    assert workspace.graph.canonical_digest() == before
    assert verify(workspace).right
