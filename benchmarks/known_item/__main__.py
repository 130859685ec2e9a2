"""``python -m benchmarks.known_item [--json] [--quick] [--misses N] [--data DIRECTORY]``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import report, samples
from benchmarks.known_item import lookups
from benchmarks.known_item.baseline import Fts5
from benchmarks.known_item.catalogue import Facts, catalogue
from benchmarks.known_item.lookups import FIRST, IN_THREE, LookUp, LookUps
from services.derived import bring_up_to_date
from services.search.index import TextIndex
from services.search.request import SearchRequest
from services.search.searcher import Searcher

_HITS = 10
_LOOK_UPS, _QUICK_LOOK_UPS = 1_000, 400
AT_FIRST, AMONG_THREE = 0.98, 0.95
Search = Callable[[LookUp], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a look-up: the first works found, and the place of the first right one, 0 for none."""

    lookup: LookUp
    found: Sequence[str]
    place: int

    @property
    def is_right(self) -> bool:
        """Whether it is where its kind asks for."""
        return 1 <= self.place <= (1 if self.lookup.kind in FIRST else 3)


def main() -> None:
    """Measures and prints."""
    parser = samples.arguments(__doc__ or "")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list the first N look-ups that went wrong")
    options = parser.parse_args()
    result = report.Report("known_item")
    with samples.installation(options.data) as workspace:
        records = catalogue(workspace.archive, workspace.settings.base)
        made = LookUps(records).make(lookups.QUICK if options.quick else lookups.FULL)
        bring_up_to_date(workspace.graph, workspace.directory)
        index = TextIndex(workspace.directory.text_index)
        answers = _answers(made, _searcher(Searcher(workspace.graph, index)))
        baseline = Fts5(records)
        peer = _answers(made, lambda lookup: baseline.search(lookup.text, _HITS))
    _report(result, records, answers, peer, _QUICK_LOOK_UPS if options.quick else _LOOK_UPS)
    if options.misses:
        result.figures["misses"] = list(_misses(answers, records))[: options.misses]
    result.show(as_json=options.json)


def _searcher(searcher: Searcher) -> Search:
    def search(lookup: LookUp) -> list[str]:
        request = SearchRequest(lookup.text, lang="zh" if lookup.chinese else "en", limit=_HITS)
        return [hit.iri for hit in searcher.search(request).hits]

    return search


def _answers(made: list[LookUp], search: Search) -> list[Answer]:
    answers = []
    for lookup in made:
        found = search(lookup)
        place = next((at for at, work in enumerate(found, 1) if work in lookup.right), 0)
        answers.append(Answer(lookup, found, place))
    return answers


def _report(result: report.Report, records: list[Facts], answers: list[Answer], peer: list[Answer], least: int) -> None:
    chinese = sum(answer.lookup.chinese for answer in answers)
    result.data = {"records": len(records), "look-ups": len(answers), "of Chinese records": chinese, "from": "samples"}
    parts = {"development": True, "test": False}
    result.figures = {
        name: _by_kind([a for a in answers if a.lookup.tuning == tuning]) for name, tuning in parts.items()
    }
    result.peers = {"SQLite FTS5, test": _by_kind([a for a in peer if not a.lookup.tuning])}
    test = [answer for answer in answers if not answer.lookup.tuning]
    result.bars = [
        report.Bar("look-ups", len(answers), least),
        report.Bar("share of Chinese records", round(chinese / len(answers), 3), 0.5),
        report.Bar("test, right at rank 1", _share([a for a in test if a.lookup.kind in FIRST]), AT_FIRST),
        report.Bar(
            "test, right in the first three", _share([a for a in test if a.lookup.kind in IN_THREE]), AMONG_THREE
        ),
    ]


def _by_kind(answers: list[Answer]) -> dict[str, dict[str, Any]]:
    """Kind -> look-ups, share that is right at rank 1 and in the first three, and of each language as the kind asks."""
    found: dict[str, dict[str, Any]] = {}
    for kind in (*FIRST, *IN_THREE):
        some = [answer for answer in answers if answer.lookup.kind == kind]
        if some:
            found[kind] = {
                "look-ups": len(some),
                "first": round(sum(a.place == 1 for a in some) / len(some), 3),
                "in three": round(sum(1 <= a.place <= 3 for a in some) / len(some), 3),
            }
            for name, chinese in (("Chinese", True), ("others", False)):
                if of_these := [answer for answer in some if answer.lookup.chinese == chinese]:
                    found[kind][name] = _share(of_these)
    found["all at rank 1"] = {"share": _share([a for a in answers if a.lookup.kind in FIRST])}
    found["all in the first three"] = {"share": _share([a for a in answers if a.lookup.kind in IN_THREE])}
    return found


def _share(answers: list[Answer]) -> float:
    """Of answers that are right as their kind asks; 0 where there are none."""
    return round(sum(answer.is_right for answer in answers) / len(answers), 4) if answers else 0.0


def _misses(answers: list[Answer], records: list[Facts]) -> Iterator[dict[str, Any]]:
    titles = {record.work: " / ".join(record.titles) for record in records}
    for answer in answers:
        if not answer.is_right:
            lookup = answer.lookup
            yield {
                "kind": lookup.kind,
                "part": "development" if lookup.tuning else "test",
                "typed": lookup.text,
                "place": answer.place,
                "wanted": f"{lookup.wanted} {titles.get(lookup.wanted, '')}",
                "right": len(lookup.right),
                "got": [f"{work} {titles.get(work, '')}" for work in answer.found[:3]],
            }


if __name__ == "__main__":
    main()
