"""``python -m benchmarks.search [--json] [--quick] [--cache DIRECTORY]``."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import report
from benchmarks.search import serving
from benchmarks.search.distribution import distribution
from benchmarks.search.generator import SEED, Text
from benchmarks.search.loading import installation, read_texts
from benchmarks.search.peer import Fts5
from benchmarks.search.queries import Asked, Mix, texts_of
from benchmarks.search.timing import durations, percentile, summary
from common.settings import Settings
from common.terms import iri, slug, value
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select
from reasoning.associations import bring_up_to_date as associate
from services.related.related import related
from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date
from services.search.searcher import Searcher
from services.workspace import Workspace, open_workspace

SIZES, QUICK_SIZES = (10_000, 100_000), (250, 750)
_CALLS, _QUICK_CALLS = 1_000, 120
_WARMING = 4
"""Of the calls measured, one in so many is asked before, by another seed."""
_OVER_HTTP = 5
"""One in so many is asked over HTTP too."""
LIMITS = {"search": 30.0, "suggest": 10.0, "related": 50.0}
"""Milliseconds of the median."""
_P99, _START, _MEGABYTES = 4.0, 2.0, 1_200


@dataclass(slots=True)
class Questions:
    """What is asked at one size."""

    asked: list[Asked]
    beginnings: list[str]
    entities: list[str]

    def some(self, one_in: int) -> "Questions":
        """Every ``one_in``-th of each."""
        return Questions(self.asked[::one_in], self.beginnings[::one_in], self.entities[::one_in])


def main() -> None:
    """Measures and prints."""
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--cache", type=Path, help="keep the generated installations there, and use them again")
    options = parser.parse_args()
    result = report.Report("search")
    result.data = {"seed": SEED, "from": "samples"}
    with _folder(options.cache) as folder:
        for works in QUICK_SIZES if options.quick else SIZES:
            _measure(result, folder / str(works), works, _QUICK_CALLS if options.quick else _CALLS)
    _growth(result)
    result.show(as_json=options.json)


@contextmanager
def _folder(cache: Path | None) -> Iterator[Path]:
    if cache is not None:
        yield cache
        return
    with tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as name:
        yield Path(name)


def _measure(result: report.Report, folder: Path, works: int, calls: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = installation(folder, works)
    texts = read_texts(folder)
    with open_workspace(Settings(data=folder / "data")) as workspace:
        index = TextIndex(workspace.directory.text_index)
        figures = {"generated": made, **_derived(workspace, index, folder / "derived.json")}
        result.data[f"{works} works"] = distribution(workspace.graph, texts)
        searcher = Searcher(workspace.graph, index)
        _answer(workspace.graph, searcher, _questions(workspace.graph, searcher, texts, calls // _WARMING, SEED + 1))
        questions = _questions(workspace.graph, searcher, texts, calls, SEED + 2)
        timed = _answer(workspace.graph, searcher, questions)
        figures |= {name: summary(values) for name, values in timed.items()}
        figures["search by kind, p50 ms"] = _by_kind(questions.asked, timed["search"])
    some = questions.some(_OVER_HTTP)
    served = serving.measure(folder / "data", some.asked, some.beginnings, some.entities)
    figures["served"] = asdict(served)
    result.figures[f"{works} works"] = figures
    result.peers[f"{works} works"] = _peer(folder, texts, questions, figures["search"])
    result.bars += _bars(works, figures, served, result.data[f"{works} works"])


def _derived(workspace: Workspace, index: TextIndex, kept: Path) -> dict[str, Any]:
    """What making all anew takes of what is derived from the graph; of a kept installation, what it took then."""
    graph, memory = workspace.graph, workspace.directory.associations
    if kept.exists():
        associate(graph, memory=memory)
        bring_up_to_date(graph, index)
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    start = time.perf_counter()
    graph.compact()
    compacted = time.perf_counter()
    associate(graph, rebuild=True, memory=memory)
    middle = time.perf_counter()
    documents = bring_up_to_date(graph, index, rebuild=True)
    seconds = time.perf_counter() - middle
    found = {
        "compacting seconds": round(compacted - start, 1),
        "association seconds": round(middle - compacted, 1),
        "documents": documents,
        "index seconds": round(seconds, 1),
        "documents/s": round(documents / seconds),
    }
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def _questions(graph: KnowledgeGraph, searcher: Searcher, texts: list[Text], count: int, seed: int) -> Questions:
    mix = Mix(texts, seed)
    return Questions(mix.searches(searcher, count), mix.beginnings(count), _entities(graph, texts, count, seed))


def _entities(graph: KnowledgeGraph, texts: list[Text], count: int, seed: int) -> list[str]:
    """Works, and agents and subjects of other works, a half each."""
    random = Random(seed)  # noqa: S311  figures, no secrets
    base = f"{graph.graphs.base}id/work/"
    works = [f"{base}{slug(t.source)}/{slug(t.id)}" for t in random.sample(texts, min(count, len(texts)))]
    half = len(works) // 2
    rows = select(graph, query_file("benchmarks.search", "linked"), {"works": [iri(work) for work in works[half:]]})
    linked = sorted(value(row[0]) for row in rows if row[0])
    chosen = works[:half] + random.sample(linked, min(count - half, len(linked)))
    random.shuffle(chosen)
    return chosen


def _answer(graph: KnowledgeGraph, searcher: Searcher, questions: Questions) -> dict[str, list[float]]:
    """Milliseconds of every call."""
    calls: tuple[tuple[str, Callable[[Any], object], Sequence[Any]], ...] = (
        ("search", lambda asked: searcher.search(asked.request), questions.asked),
        ("suggest", searcher.suggest, questions.beginnings),
        ("related", lambda entity: related(graph, entity, depth=2), questions.entities),
    )
    return {name: durations(call, items) for name, call, items in calls}


def _by_kind(asked: list[Asked], timed: list[float]) -> dict[str, float]:
    kinds: dict[str, list[float]] = {}
    for each, milliseconds in zip(asked, timed, strict=True):
        kinds.setdefault(each.kind, []).append(milliseconds)
    return {kind: round(percentile(values, 0.5), 2) for kind, values in kinds.items()}


def _peer(folder: Path, texts: list[Text], questions: Questions, own: dict[str, float]) -> dict[str, Any]:
    path = folder / "fts5.sqlite"
    path.unlink(missing_ok=True)
    start = time.perf_counter()
    peer = Fts5(path, texts)
    seconds = time.perf_counter() - start
    timed = summary(durations(peer.search, list(texts_of(questions.asked))))
    return {
        "SQLite FTS5, works/s": round(len(texts) / seconds),
        "SQLite FTS5, search": timed,
        "search p50, times SQLite FTS5": round(own["p50 ms"] / timed["p50 ms"], 1),
    }


def _bars(works: int, figures: dict[str, Any], served: serving.Served, data: dict[str, Any]) -> list[report.Bar]:
    found = [report.Bar(f"{works}: share of the largest subject", max(data[_SUBJECTS].values()), 0.05)]
    for name, limit in LIMITS.items():
        found.append(report.Bar(f"{works}: {name} p50 ms", figures[name]["p50 ms"], limit, least=False))
        found.append(report.Bar(f"{works}: {name} p99 / p50", figures[name]["p99 / p50"], _P99, least=False))
    found.append(report.Bar(f"{works}: start of serve, s", served.start, _START, least=False))
    found.append(report.Bar(f"{works}: resident MB", served.megabytes, _MEGABYTES, least=False))
    return found


_SUBJECTS = "largest subjects, share of works"


def _growth(result: report.Report) -> None:
    """How much slower the larger size is than the smaller."""
    small, large = result.figures.values()
    result.figures["growth of p50"] = {n: round(large[n]["p50 ms"] / small[n]["p50 ms"], 2) for n in LIMITS}


if __name__ == "__main__":
    main()
