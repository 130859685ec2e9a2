"""``python -m benchmarks.retrieval [--json] [--quick]``; needs the shared data (``SHARED_DATA`` says where it is)."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks import report
from benchmarks.retrieval.collection import COLLECTIONS, DATA, Collection
from benchmarks.retrieval.measure import chance, ndcg
from benchmarks.retrieval.peer import Fts5
from common.settings import Settings
from ingest.pipeline import Options
from services import ingestion
from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date
from services.search.request import SearchRequest
from services.search.searcher import Searcher
from services.workspace import Workspace, open_workspace

_HITS, _QUICK_HITS = 100, 10
_BARS = {"cranfield": 0.379, "cisi": 0.40}
Search = Callable[[str], list[str]]


def main() -> None:
    """Measures and prints."""
    options = report.arguments(__doc__ or "").parse_args()
    result = report.Report("retrieval")
    for name, read in COLLECTIONS.items():
        try:
            collection = read(DATA / name)
        except FileNotFoundError:
            result.data[name] = "skipped: no data"
            continue
        with tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as folder:
            _measure(result, collection, Path(folder), _QUICK_HITS if options.quick else _HITS)
    result.show(as_json=options.json)


def _measure(result: report.Report, collection: Collection, folder: Path, hits: int) -> None:
    name = collection.name
    result.data[name] = {
        "documents": len(collection.documents),
        "queries": len(collection.queries),
        "relevant": sum(grade > 0 for grades in collection.judgements.values() for grade in grades.values()),
        "files": collection.files,
    }
    with open_workspace(Settings(data=folder / "data")) as workspace:
        loaded = _load(workspace, collection, folder / f"{name}.jsonl")
        asked = _Asked(Searcher(workspace.graph, loaded.index), name, hits)
        ours = _scores(collection, asked.search)
    theirs = _scores(collection, Fts5(collection.documents).search)
    unstripped = _scores(collection, Fts5(collection.documents, frozenset()).search)
    result.figures[name] = {
        "nDCG@10": round(fmean(ours), 4),
        "chance that it is not better than FTS5": chance(ours, theirs),
        "queries without a relevant document in the first ten": sum(score == 0 for score in ours),
        "how queries were read": dict(asked.readings),
        "milliseconds a query": round(1000 * asked.seconds / len(collection.queries), 1),
        **loaded.figures,
    }
    result.peers[name] = {
        "SQLite FTS5, Porter, without stopwords: nDCG@10": round(fmean(theirs), 4),
        "SQLite FTS5, Porter, all words: nDCG@10": round(fmean(unstripped), 4),
    }
    result.bars.append(report.Bar(f"{name}: nDCG@10", round(fmean(ours), 4), _BARS[name]))


def _scores(collection: Collection, search: Search) -> list[float]:
    return [ndcg(search(text), collection.judgements[query]) for query, text in collection.queries.items()]


@dataclass(frozen=True, slots=True)
class _Loaded:
    index: TextIndex
    figures: dict[str, Any]


def _load(workspace: Workspace, collection: Collection, file: Path) -> _Loaded:
    """The collection as JSON Lines, ingested and indexed."""
    _write(file, collection.documents)
    start = time.perf_counter()
    outcome = ingestion.ingest(workspace, [str(file)], Options(workspace.settings.base, source=collection.name)).outcome
    ingested = time.perf_counter()
    index = TextIndex(workspace.directory.text_index)
    bring_up_to_date(workspace.graph, index)
    figures = {
        "documents in the graph": outcome.new,
        "in quarantine (neither title nor text)": outcome.quarantined,
        "seconds to ingest": round(ingested - start, 1),
        "seconds to index": round(time.perf_counter() - ingested, 1),
    }
    return _Loaded(index, figures)


def _write(file: Path, documents: Iterable[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(document) + "\n" for document in documents)


@dataclass(slots=True)
class _Asked:
    """Searches as a client of the platform does, and notes how each query was read and how long it took."""

    searcher: Searcher
    source: str
    hits: int
    readings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def search(self, text: str) -> list[str]:
        """The documents' own ids, the best first."""
        start = time.perf_counter()
        answer = self.searcher.search(SearchRequest(text, limit=self.hits))
        self.seconds += time.perf_counter() - start
        self.readings["; ".join(answer.relaxed) or "all of the words"] += 1
        return [record["id"] for hit in answer.hits for record in hit.sources if record["source"] == self.source]


if __name__ == "__main__":
    main()
