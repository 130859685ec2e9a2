"""Installations on a Neo4j server, in processes that may be killed, and what they hold in the end."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from common.settings import Settings
from graph import turns
from graph.engines import open_store
from graph.store import Quad
from graph.transfer import digest
from services.derived import bring_up_to_date
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, ingest

ROOT = Path(__file__).parents[3]
COMMAND = """
import sys
import services.ingestion, services.vocabularies
from cli.main import main
services.ingestion.ensure_vocabularies = services.vocabularies.ensure_vocabularies = lambda _: None
sys.exit(main(sys.argv[1:]))
"""
"""The command line without ontology and code lists, whose 50,000 triples are not what is tested."""
_NUMBERED = ("/graph/changesets", "#reflectsChangeset>")


def installation(data: Path, address: str, monkeypatch: pytest.MonkeyPatch, **more: object) -> Settings:
    """Settings of an installation on a server, which processes of the test inherit."""
    monkeypatch.setattr(turns, "LEASE", 6.0)  # tests kill processes while they write
    for module in ("services.ingestion", "services.vocabularies"):
        monkeypatch.setattr(f"{module}.ensure_vocabularies", lambda _: None)
    given = {"data": data, "base": BASE, "store": address, "batch_records": 10, **more}
    for name, value in given.items():
        monkeypatch.setenv(f"BIBLIOGRAPH_{name.upper()}", str(value))
    return Settings()


def start(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """A command of an installation in a process of its own."""
    environment = {**os.environ, "BIBLIOGRAPH_DATA": str(settings.data)}
    command = [sys.executable, "-c", COMMAND, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def wait_for_records(settings: Settings) -> None:
    """Until the first records are in the graph."""
    deadline = time.monotonic() + 60
    with closing(open_store(settings)) as store:
        while not store.query("ASK { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/graph/record/')) }"):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def digest_of(workspace: Workspace) -> str:
    """Digest of all quads but the changesets and their numbers, with what is derived brought up to date."""
    bring_up_to_date(workspace.graph, workspace.directory)
    return digest(quad for quad in _quads(workspace) if not any(mark in f"{quad[0]} {quad[1]}" for mark in _NUMBERED))


def _quads(workspace: Workspace) -> Iterator[Quad]:
    output = io.BytesIO()
    workspace.graph.dump(output)
    for quad in ox.parse(output.getvalue(), format=ox.RdfFormat.N_QUADS):
        yield str(quad.triple), quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None


def record_graphs(workspace: Workspace) -> dict[str, set[str]]:
    """Statements of each record's graph."""
    found: dict[str, set[str]] = {}
    for statement, graph in _quads(workspace):
        if graph is not None and "/graph/record/" in graph:
            found.setdefault(graph, set()).add(statement)
    return found


@contextmanager
def embedded(data: Path, files: Sequence[Path]) -> Iterator[Workspace]:
    """An embedded installation of these files, which nothing disturbs."""
    with open_workspace(Settings(data=data, base=BASE, store="oxigraph:")) as workspace:
        ingest(workspace, *files)
        yield workspace
