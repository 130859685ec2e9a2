"""Ingests into Neo4j that are killed, or meet, end as one that nothing disturbs."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from services.verification import verify
from services.workspace import open_workspace
from tests.graph.neo4j.library import digest_of, embedded, installation, record_graphs, start, wait_for_records
from tests.services.library import ingest, write
from tests.services.test_on_a_server import books, clusters, described

pytestmark = pytest.mark.slow
Cypher = Callable[..., list[list[object]]]


@pytest.fixture
def empty(address: str, cypher: Cypher) -> str:
    """Address of a database without anything."""
    cypher("MATCH (n) DETACH DELETE n")
    return address


@pytest.mark.parametrize("seconds", [0.0, 0.7, 1.9])
def test_a_killed_ingest_goes_on(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """SIGKILL while records are written: none is there by half, and the next run ends as an undisturbed one."""
    first = write(tmp_path / "first.json", *books(0, 80))
    more = write(tmp_path / "more.json", *books(80, 110))
    second = write(tmp_path / "second.json", *books(0, 20, status="d"), *books(80, 110))
    settings = installation(tmp_path / "data", empty, monkeypatch)
    killed = start(settings, "ingest", str(first), str(second))
    wait_for_records(settings)
    time.sleep(seconds)
    killed.kill()
    killed.communicate()
    with embedded(tmp_path / "all", [first, more]) as calm, open_workspace(settings) as workspace:
        assert workspace.graph.verify() == []
        found, whole = record_graphs(workspace), record_graphs(calm)
        assert found
        assert found == {name: whole[name] for name in found}
        ingest(workspace, first, second, batch_records=10)
        assert verify(workspace).right
        digest = digest_of(workspace)
    with embedded(tmp_path / "calm", [first, second]) as calm:
        assert digest_of(calm) == digest


def test_two_ingests_of_overlapping_records_end_as_one_would(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two installations ingest at once into one database: records, headings and clusters are as of one."""
    files = [write(tmp_path / "a.json", *books(0, 70)), write(tmp_path / "b.json", *books(35, 105))]
    settings = installation(tmp_path / "data", empty, monkeypatch)
    other = settings.model_copy(update={"data": tmp_path / "other"})
    for process in [
        start(settings, "ingest", "--json", str(files[0])),
        start(other, "ingest", "--json", str(files[1])),
    ]:
        _, words = process.communicate(timeout=300)
        assert (process.returncode, words) == (0, "")
    with embedded(tmp_path / "alone", files) as alone, open_workspace(settings) as workspace:
        assert {check for check, found in verify(workspace).differences.items() if found} == {"archive"}
        assert described(workspace) == described(alone)
        assert clusters(workspace) == clusters(alone)
