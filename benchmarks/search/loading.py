"""Generated records into a real installation: mapped, validated and archived as an ingest does, resolved in one go.

An ingest commits small batches and resolves by asking the graph; here batches are large and the links are judged in
memory. What stands in the installation afterwards is the same; ``tests/benchmarks`` compares the two.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.search.generator import SEED, Generator, Text
from benchmarks.search.links import Links
from benchmarks.search.skeletons import read_samples
from common.settings import Settings
from graph.bulk import render
from ingest.archive import NewVersion
from ingest.batching import batched
from ingest.parallel import prepare_all
from ingest.prepare import Prepared, Preparer, statements_of
from ingest.record import RawRecord
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace

AUTHOR = "system:bench"
TEXTS = "texts.jsonl"
"""File beside the data: what each work says."""
_BATCH = 8_000
_LINKS = 1_000_000
"""Statements of the resolution graph written at a time."""
_DONE = "generated.json"


def installation(folder: Path, works: int, workers: int = 2) -> dict[str, float]:
    """Makes an installation of ``works`` generated works in ``folder`` unless it is there; what that took.

    Returns:
        ``records``, ``quarantined``, ``statements``, ``entities`` and ``seconds`` of the making.
    """
    done = folder / _DONE
    if done.exists():
        found: dict[str, float] = json.loads(done.read_text(encoding="utf-8"))
        return found
    start = time.perf_counter()
    with open_workspace(Settings(data=folder / "data")) as workspace:
        loader = Loader(workspace)
        with (folder / TEXTS).open("w", encoding="utf-8") as texts:
            loader.load(_records(works, texts.write), workers)
        loader.link()
        made = loader.counts
    made["seconds"] = round(time.perf_counter() - start, 1)
    done.write_text(json.dumps(made), encoding="utf-8")
    return made


def read_texts(folder: Path) -> list[Text]:
    """What the generated works say."""
    with (folder / TEXTS).open(encoding="utf-8") as lines:
        return [Text(**json.loads(line)) for line in lines]


def _records(works: int, note: object) -> Iterator[RawRecord]:
    samples = read_samples()
    yield from samples.authorities
    for made in Generator(samples, SEED).works(works):
        note(json.dumps(asdict(made.text), ensure_ascii=False) + "\n")  # type: ignore[operator]  # a file's write
        yield from made.records


class Loader:
    """Loads records into an empty installation.

    Args:
        workspace: The installation.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._links = Links(workspace.settings.base)
        self._cited: set[str] = set()
        self.counts: dict[str, float] = {"records": 0, "quarantined": 0, "statements": 0, "entities": 0}
        ensure_vocabularies(workspace.graph)

    def load(self, records: Iterable[RawRecord], workers: int) -> None:
        """Prepares the records and commits them to archive and graph."""
        preparer = Preparer(self._workspace.settings.base)
        chunks = prepare_all(records, preparer, workers, ahead=_BATCH)
        for batch in batched((prepared for chunk in chunks for prepared in chunk.records), _BATCH):
            self._commit([prepared for prepared in batch if not prepared.reason])
            self.counts["quarantined"] += sum(bool(prepared.reason) for prepared in batch)

    def link(self) -> None:
        """Writes the resolution graph."""
        resolution = self._workspace.graph.graphs.resolution
        for lines in batched(self._links.statements(), _LINKS):
            self._workspace.graph.bulk_commit([render(resolution, lines)], AUTHOR, "canonical links")
            self.counts["entities"] += sum("#canonical> " in line for line in lines)

    def _commit(self, batch: list[Prepared]) -> None:
        archive = self._workspace.archive
        chunks = [prepared.rendered for prepared in batch] + list(self._new_cited(batch))
        numbers = archive.put([_version(prepared) for prepared in batch])
        receipt = self._workspace.graph.bulk_commit(chunks, AUTHOR, f"{len(batch)} generated records")
        archive.mark(zip([prepared.key for prepared in batch], numbers, strict=True), receipt.number)
        for rendered in chunks:
            self._links.note(statements_of(rendered))
        self.counts["records"] += len(batch)
        self.counts["statements"] += receipt.added

    def _new_cited(self, batch: list[Prepared]) -> Iterator[bytes]:
        for prepared in batch:
            for cited in prepared.cited:
                if cited.entity not in self._cited:
                    self._cited.add(cited.entity)
                    yield cited.rendered


def _version(prepared: Prepared) -> NewVersion:
    raw = prepared.raw
    format_name = raw.format if isinstance(raw, RawRecord) else ""
    return NewVersion(
        prepared.key, raw.data, format_name, prepared.encoding, prepared.kind, prepared.graph,
        digest=prepared.digest, packed=prepared.packed,
    )  # fmt: skip
