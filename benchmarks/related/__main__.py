"""``python -m benchmarks.related [--json] [--quick] [--pairs N] [--data DIRECTORY]``."""

from random import Random
from typing import Any

from benchmarks import report, samples
from common.terms import value
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select
from services.derived import bring_up_to_date
from services.hits.describe import describe
from services.hits.hit import Hit
from services.related.related import related

SEED = 2028
"""Of the pairs that ``docs/associations.md`` judges."""
LEAST = 0.8
_QUICK_WORKS = 300


def main() -> None:
    """Measures and prints."""
    parser = samples.arguments(__doc__ or "")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="list N random pairs with their reasons")
    options = parser.parse_args()
    result = report.Report("related")
    with samples.installation(options.data) as workspace:
        bring_up_to_date(workspace.graph, workspace.directory)
        found = _measure(result, workspace.graph, _QUICK_WORKS if options.quick else None)
        if options.pairs:
            result.figures["pairs"] = _pairs(workspace.graph, found, options.pairs)
    result.show(as_json=options.json)


def _measure(result: report.Report, graph: KnowledgeGraph, most: int | None) -> dict[str, list[Hit]]:
    """Reports on all works, or on ``most`` of them; gives what is related to each."""
    shares = _works(graph)
    works = sorted(shares)
    if most is not None:
        works = sorted(Random(SEED).sample(works, min(most, len(works))))  # noqa: S311  figures, no secrets
    found = {work: _hits(graph, work) for work in works}
    without = [work for work, hits in found.items() if not hits]
    explained = sum(all(hit.why for hit in hits) for hits in found.values())
    result.data = {"works": len(works), "from": "samples"}
    result.figures = {"works without a related one": len(without), "works whose every hit has a reason": explained}
    result.peers = {"same subject or contributor, share of works": _share(sum(shares[w] for w in works), len(works))}
    result.bars = [
        report.Bar("share of works with a related one", _share(len(works) - len(without), len(works)), LEAST),
        report.Bar("share of works whose every hit has a reason", _share(explained, len(works)), 1.0),
    ]
    return found


def _works(graph: KnowledgeGraph) -> dict[str, bool]:
    """Works (bare IRIs), and whether one of their subjects or contributors is another's too."""
    rows = select(graph, query_file("benchmarks.related", "works"), {})
    return {value(work): value(shares) == "true" for work, shares in rows if work and shares}


def _hits(graph: KnowledgeGraph, work: str) -> list[Hit]:
    found = related(graph, work)
    return found.hits if found else []


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4)


def _pairs(graph: KnowledgeGraph, found: dict[str, list[Hit]], count: int) -> list[dict[str, Any]]:
    """Random works, each with a random one of its ten hits, to be read by somebody."""
    random = Random(SEED)  # noqa: S311  figures, no secrets
    works = sorted(found)
    random.shuffle(works)
    chosen = [(work, random.choice(found[work])) for work in works if found[work]]
    return [
        {"work": _label(graph, work), "hit": hit.label, "why": [reason.text for reason in hit.why]}
        for work, hit in chosen[:count]
    ]


def _label(graph: KnowledgeGraph, entity: str) -> str:
    return describe(graph, [entity], "en", brief=True)[entity].label


if __name__ == "__main__":
    main()
