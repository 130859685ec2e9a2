"""The demo's samples: ingested once, recognised afterwards, with something worth opening."""

from pathlib import Path

import pytest

from services import demonstration
from services.verification import verify
from services.workspace import Workspace


def test_every_sample_is_read_or_named() -> None:
    """No MARC file of the samples is left out without a reason."""
    marc = {path for suffix in ("xml", "mrc") for path in demonstration.SAMPLES.rglob(f"*.{suffix}")}
    named = {demonstration.SAMPLES / name for name in demonstration.NOT_READ}
    read = demonstration.sample_files()
    assert set(read) | named == marc
    assert len(read) == len(set(read))
    assert not set(read) & named


def test_a_second_run_ingests_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The classics come in, are worth opening, and are recognised by their bytes afterwards."""
    few = [path for path in demonstration.sample_files() if path.parent.name == "classics"]
    monkeypatch.setattr(demonstration, "sample_files", lambda: few)
    first = demonstration.ingest_samples(workspace)
    again = demonstration.ingest_samples(workspace)
    worth = demonstration.worth_opening(workspace)
    assert first.outcome.new > 300
    assert first.outcome.quarantined == again.outcome.new == 0
    assert any("红楼梦" in each.label for each in worth)
    assert all(each.iri.startswith(f"{workspace.settings.base}id/") for each in worth)
    assert verify(workspace).right


def test_samples_are_in_the_repository() -> None:
    """The demo needs no network: its files are here."""
    assert all(Path(path).stat().st_size for path in demonstration.sample_files())


def test_records_that_name_no_supplier_are_their_suppliers() -> None:
    """Of the files whose records lack 003, each has its supplier: control numbers of several must not be mixed up."""
    without = {path.name for path in demonstration.sample_files() if b'tag="003"' not in path.read_bytes()}
    assert {name for name in without if name.endswith(".xml")} <= set(demonstration.SUPPLIERS)
