"""The demo: the samples of the repository in the data directory, and a few entities worth opening."""

from dataclasses import dataclass, replace
from pathlib import Path

from common.namespaces import BF
from common.progress import ProgressCallback
from common.terms import value
from graph.queries import query_file, select
from ingest.pipeline import Options
from services.ingestion import IngestReport, ingest
from services.workspace import Workspace

_WORTH = "queries/worth_opening"
SAMPLES = Path(__file__).parent.parent / "samples"
#: Patterns of what is read, authorities first, so that records find them.
_READ = ("classics/authorities.xml", "marc/lcsh.mrc", "classics/*.xml", "marc/*.xml", "marc/*.mrc")
#: Files whose records do not name their supplier (field 003) -> whose they are.
SUPPLIERS = {"gwu.xml": "DGW", "loc.xml": "DLC", "nlm.xml": "DNLM", "oclc.xml": "OCoLC", "princeton.xml": "NjP"}
#: Patterns of what is there and not read yet -> why.
NOT_READ = {"classics/cnmarc.mrc": "CNMARC is not read yet; its records are in classics/bibliographic.xml as MARC 21"}


@dataclass(frozen=True, slots=True)
class Worth:
    """An entity worth opening, and how many works lead to it."""

    iri: str
    label: str
    works: int


def sample_files() -> list[Path]:
    """The files of the samples that are read, each once."""
    return list(dict.fromkeys(path for pattern in _READ for path in sorted(SAMPLES.glob(pattern))))


def ingest_samples(workspace: Workspace, workers: int = 1, progress: ProgressCallback | None = None) -> IngestReport:
    """Ingests the samples; what is there already is recognised by its bytes and left alone."""
    settings, total = workspace.settings, IngestReport()
    options = Options(
        settings.base, workers=workers, batch_records=settings.batch_records, record_bytes=settings.record_bytes
    )
    by_supplier: dict[str | None, list[str]] = {}
    for path in sample_files():
        by_supplier.setdefault(SUPPLIERS.get(path.name), []).append(str(path))
    for supplier, paths in by_supplier.items():
        how = replace(options, source=supplier)
        total.add(ingest(workspace, paths, how, author="system:demo", progress=progress))
    return total


def worth_opening(workspace: Workspace) -> list[Worth]:
    """Of hubs and subjects those with the most works."""
    found: dict[str, Worth] = {}
    for name in ("expressionOf", "subject"):
        for row in select(workspace.graph, query_file("services", _WORTH), {"property": f"<{BF}{name}>"}):
            entity, label, works = (value(term or '""') for term in row)
            found.setdefault(entity, Worth(entity, label, int(works)))
    return list(found.values())
