"""``python -m benchmarks.ingest [--json] [--quick]``."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph

from benchmarks import report
from benchmarks.ingest import chain, data
from common.settings import Settings
from ingest import readers
from ingest.batching import batched
from ingest.commit import Committer
from ingest.ledger import Ledger
from ingest.parallel import prepare_all
from ingest.pipeline import Options, Pipeline
from ingest.prepare import Preparer
from ingest.sources import open_sources
from services.ingestion import resolve
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace

RECORDS, QUICK_RECORDS = 20_000, 2_000
CHAIN_RECORDS, QUICK_CHAIN_RECORDS = 300, 60


def main() -> None:
    """Measures and prints."""
    options = report.arguments(__doc__ or "").parse_args()
    records = QUICK_RECORDS if options.quick else RECORDS
    result = report.Report("ingest")
    with tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as name:
        folder = Path(name)
        file = folder / "records.mrc"
        size = data.write(file, records)
        result.data = {"records": records, "bytes": size, "digest": report.digest(file), "from": "samples/marc"}
        _measure(result, folder, file, records, quick=options.quick)
    result.show(as_json=options.json)


def _measure(result: report.Report, folder: Path, file: Path, records: int, *, quick: bool) -> None:
    one, ledger, quads, statements = _ingest(folder / "one", file, workers=1, dump=folder / "quads.nq")
    resolved = _resolve(folder / "one")
    two, *_ = _ingest(folder / "two", file, workers=2)
    prepared_one, prepared_two = (_prepare(file, workers) for workers in (1, 2))
    bare = _bare(folder / "quads.nq", folder / "bare")
    chained = QUICK_CHAIN_RECORDS if quick else CHAIN_RECORDS
    chain_rate = chained / chain.run(file, folder / "chain", chained, Settings().base)
    replaced = _replace(folder / "one", folder / "changed.mrc", records // 100)
    subfields = ledger.occurrences.total()
    memory = _peak_megabytes(folder / "memory", file)
    result.figures = {
        "records/s": round(records / one),
        "quads/s": round(quads / one),
        "triples a record": round(statements / records, 1),
        "triples a subfield": round(statements / subfields, 2),
        "seconds, 1 worker": round(one, 2),
        "seconds, 2 workers": round(two, 2),
        "read–map–validate records/s, 1 worker": round(records / prepared_one),
        "read–map–validate records/s, 2 workers": round(records / prepared_two),
        "resolution afterwards, entities/s": round(resolved),
        "replacing 1%: records/s": round((records // 100) / replaced),
        "peak resident MB of bibliograph ingest, 1 worker": memory,
        "ledger": dict(ledger.totals()),
    }
    result.peers = {
        "chain of libraries, records/s": round(chain_rate, 1),
        "chain of libraries, records measured": chained,
        "bare bulk load, quads/s": round(quads / bare),
        "bare bulk load, seconds": round(bare, 2),
    }
    result.bars = [
        report.Bar("times the chain of libraries", round(records / one / chain_rate, 1), 15),
        report.Bar("share of bare bulk load", round(bare / one, 3), 0.60),
        report.Bar("triples a subfield", round(statements / subfields, 2), 2.0, least=False),
        report.Bar("peak resident MB", memory, 600, least=False),
        report.Bar("2 workers, whole", round(one / two, 2), 1.3),
        report.Bar("2 workers, read–map–validate", round(prepared_one / prepared_two, 2), 1.8),
    ]


def _ingest(directory: Path, file: Path, workers: int, dump: Path | None = None) -> tuple[float, Ledger, int, int]:
    """Seconds from file to archived, validated and queryable; the ledger; quads written; statements of records."""
    settings = Settings(data=directory)
    with open_workspace(settings) as workspace:
        ensure_vocabularies(workspace.graph)
        before = _count(workspace)
        start = time.perf_counter()
        pipelined, ledger = pipeline(workspace, settings, workers, file)
        seconds = time.perf_counter() - start
        quads = _count(workspace) - before
        if dump:
            with dump.open("wb") as output:
                workspace.graph.dump(output)
        return seconds, ledger, quads, pipelined.outcome.triples


def _resolve(directory: Path) -> float:
    """Entities a second that the resolver looks at after the ingest."""
    with open_workspace(Settings(data=directory)) as workspace:
        touched = len(workspace.touched)
        start = time.perf_counter()
        resolve(workspace)
        return touched / (time.perf_counter() - start)


def pipeline(workspace: Workspace, settings: Settings, workers: int, file: Path) -> tuple[Pipeline, Ledger]:
    """Takes a file in, without resolution; the pipeline as it ended, and its ledger."""
    committer = Committer(workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, "system:bench")
    options = Options(settings.base, workers=workers, batch_records=settings.batch_records)
    pipeline = Pipeline(workspace.archive, committer, options)
    ledger = Ledger()
    for source in open_sources([str(file)]):
        ledger.add(pipeline.run(source).ledger)
    pipeline.finish()
    pipeline.close()
    return pipeline, ledger


def _count(workspace: Workspace) -> int:
    """Quads in the store."""
    result = workspace.graph.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    assert not isinstance(result, bool | list)
    return int((result.rows[0][0] or "").split('"')[1])


def _prepare(file: Path, workers: int) -> float:
    """Seconds to read, map and validate alone."""
    start = time.perf_counter()
    with file.open("rb") as stream:
        raws = readers.read(stream, "iso2709", 10_000_000)
        for chunk in prepare_all(raws, Preparer(Settings().base), workers, 4_000):
            assert chunk.records
    return time.perf_counter() - start


_WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak_megabytes(directory: Path, file: Path) -> int:
    """Peak resident memory of the command itself, resolution included.

    A small process starts it: a child's peak counts from its parent's size.
    """
    command = [sys.executable, "-m", "cli", "--data", str(directory), "ingest", str(file), "--workers", "1", "--json"]
    watched = subprocess.run([sys.executable, "-c", _WATCH, *command], capture_output=True, text=True, check=True)
    return int(watched.stdout) // 1024


def _bare(quads: Path, directory: Path) -> float:
    """Seconds of one bulk load of the very same quads."""
    store = pyoxigraph.Store(str(directory))
    start = time.perf_counter()
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    return time.perf_counter() - start


def _replace(directory: Path, file: Path, count: int) -> float:
    """Seconds to ingest ``count`` records again that have changed."""
    changed = []
    for record in next(batched(data.samples(), count)):
        altered = data.altered(record, 0)
        for field in altered.get_fields("245"):
            field.add_subfield("b", "changed")
        changed.append(altered.as_marc())
    file.write_bytes(b"".join(changed))
    settings = Settings(data=directory)
    with open_workspace(settings) as workspace:
        start = time.perf_counter()
        pipelined, _ = pipeline(workspace, settings, 1, file)
        assert pipelined.outcome.changed == count, pipelined.outcome
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
