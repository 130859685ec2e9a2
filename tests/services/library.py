"""Records and installations for tests: records are built field by field, written to files and ingested for real."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copytree
from typing import Any

from common.settings import Settings
from graph.store import Solutions
from ingest.edit import to_json
from ingest.pipeline import Options
from ingest.record import DataField, MarcRecord
from services import ingestion
from services.ingestion import IngestReport
from services.workspace import Workspace, open_workspace

BASE = "https://library.test/"
SAMPLES = Path(__file__).parents[2] / "samples"
SOURCE = "TEST"
NEW, DELETED = "n", "d"

PREFIXES = (
    "PREFIX bf: <http://id.loc.gov/ontologies/bibframe/> PREFIX bg: <https://w3id.org/bibliograph/ontology#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
)


def field(text: str) -> DataField:
    """A field from ``100 1# $a Name $d 1900-``."""
    head, *parts = text.split(" $")
    tag, indicators = head.split(" ")
    first, second = indicators.replace("#", " ")
    return DataField(tag, first, second, [(part[0], part[2:]) for part in parts])


def book(number: str, title: str, *fields: str, status: str = NEW, source: str = SOURCE) -> MarcRecord:
    """A bibliographic record."""
    control = [("001", number), ("003", source), ("008", "200101s2020    xxu           000 0 eng d")]
    made = [field(text) for text in (f"245 00 $a {title}", *fields)]
    return MarcRecord(f"00000{status}am a2200000 i 4500", control, sorted(made, key=lambda f: f.tag))


def authority(number: str, *fields: str, source: str = SOURCE, status: str = NEW) -> MarcRecord:
    """An authority record."""
    control = [("001", number), ("003", source), ("008", "200101n| azannaabn          |a aaa      ")]
    return MarcRecord(f"00000{status}z  a2200000n  4500", control, [field(text) for text in fields])


def holdings(number: str, *fields: str, source: str = SOURCE) -> MarcRecord:
    """A holdings record."""
    control = [("001", number), ("003", source), ("004", number), ("008", "2001010p    8   1001auund0000000")]
    return MarcRecord("00000nx  a2200000un 4500", control, [field(text) for text in fields])


def write(path: Path, *records: MarcRecord | bytes) -> Path:
    """A file of MARC in JSON, one record a line; bytes stand as they are."""
    path.write_bytes(b"\n".join(r if isinstance(r, bytes) else to_json(r) for r in records) + b"\n")
    return path


def ingest(workspace: Workspace, *paths: Path, **how: Any) -> IngestReport:
    """Ingests files; ``how`` goes to ``Options`` or to ``services.ingestion.ingest``."""
    names = {"dry_run", "complete", "confirm"}
    options = {name: value for name, value in how.items() if name not in names}
    calls = {name: value for name, value in how.items() if name in names}
    return ingestion.ingest(workspace, [str(path) for path in paths], Options(BASE, **options), **calls)


def rows(workspace: Workspace, query: str) -> list[tuple[str | None, ...]]:
    """Rows of a SELECT query in which the usual prefixes are declared."""
    result = workspace.graph.query(PREFIXES + query)
    assert isinstance(result, Solutions)
    return result.rows


def column(workspace: Workspace, query: str) -> set[str]:
    """The first column of a SELECT query."""
    return {row[0] for row in rows(workspace, query) if row[0]}


def graph(number: str, source: str = SOURCE) -> str:
    """IRI of a record's graph."""
    return f"{BASE}graph/record/{source}/{number}"


def digest_of(empty: Path, directory: Path, files: Iterable[Path], **how: Any) -> str:
    """Digest of the embedded graph of an installation that has only ever seen ``files``, in one ingest."""
    copytree(empty, directory)
    with open_workspace(Settings(data=directory, base=BASE, store="oxigraph:")) as workspace:
        ingest(workspace, *files, **how)
        return workspace.graph.canonical_digest()
