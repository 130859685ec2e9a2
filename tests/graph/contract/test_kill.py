import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.merge import MergedGraph

ROOT = Path(__file__).parents[3]
RECORDS, STATEMENTS = 400, 20

CHILD = f"""
import sys
from pathlib import Path
from common.namespaces import Graphs
from graph.backends.oxigraph import OxigraphStore
from graph.changeset import Changeset
from graph.bulk import render
from graph.merge import MergedGraph
merged = MergedGraph(OxigraphStore(Path(sys.argv[1])), Graphs("https://b.example/"))
print("open", flush=True)
for run in range(int(sys.argv[2]), 10**9):
    names = [f"{{run}}-{{n}}" for n in range({RECORDS})]
    data = {{f"g:{{name}}": [f'<a:{{name}}> <a:p> "{{m}}"' for m in range({STATEMENTS})] for name in names}}
    if sys.argv[3] == "bulk":
        receipt = merged.bulk_commit((render(*found) for found in data.items()), "system:test", "")
    else:
        receipt = merged.commit(Changeset("system:test", "", replace=data))
    print(receipt.number, flush=True)
"""


@pytest.mark.parametrize("way", ["bulk", "commit"])
def test_a_killed_writer_leaves_whole_changesets(tmp_path: Path, way: str) -> None:
    """Killed at any moment: what was acknowledged is there, the next changeset is whole or absent, no file is left."""
    rng, sequence = random.Random(7), 0  # noqa: S311  when to kill is no secret
    for _ in range(4):
        command = [sys.executable, "-c", CHILD, str(tmp_path / "graph"), str(sequence), way]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0.05, 0.8))
        child.kill()
        acknowledged = [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        store = OxigraphStore(tmp_path / "graph")
        merged = MergedGraph(store, Graphs("https://b.example/"))
        assert merged.sequence - max(acknowledged, default=sequence) in {0, 1}
        sequence = merged.sequence
        assert len(merged.graph_statements("")) == sequence * RECORDS * STATEMENTS
        assert merged.verify() == []
        assert list((tmp_path / "graph").glob("bulk-*")) == []
        merged.close()


def test_orphans_of_a_bulk_load_are_swept(tmp_path: Path) -> None:
    """The files that a killed bulk load leaves are deleted when the store is opened, and nothing else."""
    store = OxigraphStore(tmp_path)
    store.bulk_load([b"<a:a> <a:b> <a:c> .\n"])
    store.close()
    (tmp_path / "bulk-123456.sst").write_bytes(os.urandom(10))
    again = OxigraphStore(tmp_path)
    assert not (tmp_path / "bulk-123456.sst").exists()
    assert len(list(again.quads((None, None, None), None))) == 1
    again.close()
