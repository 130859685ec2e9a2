"""``python -m benchmarks.reconcile [--json] [--quick] [--misses N] [--data DIRECTORY]``."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import report, samples
from benchmarks.known_item.catalogue import catalogue
from benchmarks.reconcile.questions import KINDS, Named, Question, Questions, named
from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.derived import bring_up_to_date
from services.entities.naming import Names
from services.reconciliation.reconcile import reconcile
from services.reconciliation.request import read_queries
from services.search.index import TextIndex, View

_BATCH = 10
_EACH, _QUICK_EACH = 200, 50
PRECISION, RECALL, FIRST = 0.98, 0.85, 0.95


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: the entity that came first, and the one that was claimed to match; "" for none."""

    question: Question
    first: str
    matched: str
    score: float = 0.0


def main() -> None:
    """Measures and prints."""
    parser = samples.arguments(__doc__ or "")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list the first N answers that are wrong")
    options = parser.parse_args()
    result = report.Report("reconcile")
    with samples.installation(options.data) as workspace:
        bring_up_to_date(workspace.graph, workspace.directory)
        view = TextIndex(workspace.directory.text_index).view()
        assert view is not None
        records = catalogue(workspace.archive, workspace.settings.base)
        persons, topics = named(workspace.graph, "Person"), named(workspace.graph, "Topic")
        works = _canonical(workspace.graph, [record.work for record in records])
        made = Questions(persons, topics, records, works).make(_QUICK_EACH if options.quick else _EACH)
        answers, seconds = _asked(workspace.graph, view, made)
    peer = _looked_up([*persons, *topics], made)
    result.data = {"persons": len(persons), "topics": len(topics), "records": len(records), "questions": len(made)}
    _report(result, answers, peer)
    result.figures["milliseconds of a batch of ten, median and 95%"] = seconds
    if options.misses:
        result.figures["misses"] = list(_misses(answers))[: options.misses]
    result.show(as_json=options.json)


def _canonical(graph: KnowledgeGraph, works: Sequence[str]) -> dict[str, str]:
    names = Names(graph, "en")
    names.load(map(terms.iri, works))
    return {work: (names.name(terms.iri(work)).canonical or terms.iri(work))[1:-1] for work in works}


def _asked(graph: KnowledgeGraph, view: View, made: Sequence[Question]) -> tuple[list[Answer], list[float]]:
    """The answers, in batches as a client sends them, and how long a batch took."""
    answers: list[Answer] = []
    seconds: list[float] = []
    for start in range(0, len(made), _BATCH):
        some = made[start : start + _BATCH]
        batch = read_queries(json.dumps({str(n): _sent(question) for n, question in enumerate(some)}))
        begun = time.perf_counter()
        found = reconcile(graph, view, batch, "en")
        seconds.append(time.perf_counter() - begun)
        answers += [_answer(question, found[str(n)], graph.graphs.base) for n, question in enumerate(some)]
    seconds.sort()
    return answers, [round(1000 * seconds[int(len(seconds) * share)], 1) for share in (0.5, 0.95)]


def _sent(question: Question) -> dict[str, Any]:
    properties = [{"pid": name, "v": value} for name, value in question.properties]
    return {"query": question.text, "type": question.type, "properties": properties, "limit": 5}


def _answer(question: Question, found: Sequence[Mapping[str, Any]], base: str) -> Answer:
    iris = [f"{base}id/{each['id']}" for each in found]
    matched = next((iri for iri, each in zip(iris, found, strict=True) if each["match"]), "")
    return Answer(question, iris[0] if iris else "", matched, found[0]["score"] if found else 0.0)


def _looked_up(entities: Sequence[Named], made: Sequence[Question]) -> list[Answer]:
    """The peer: a name as it is written, and nothing else."""
    bearers: dict[str, dict[str, None]] = defaultdict(dict)
    for entity in entities:
        for name in entity.names:
            bearers[name][entity.iri] = None
    answers = []
    for question in made:
        found = list(bearers.get(question.text, ()))
        answers.append(Answer(question, found[0] if found else "", found[0] if len(found) == 1 else ""))
    return answers


def _report(result: report.Report, answers: Sequence[Answer], peer: Sequence[Answer]) -> None:
    parts = {"development": True, "test": False}
    result.figures = {
        name: _by_kind([a for a in answers if a.question.tuning == tuning]) for name, tuning in parts.items()
    }
    persons = [a for a in peer if not a.question.tuning and a.question.type != "Work"]
    result.peers = {"name as written, test, persons and subjects": _measured(persons)}
    result.peers["the same questions, here"] = _measured(
        [a for a in answers if not a.question.tuning and a.question.type != "Work"]
    )
    reported = [a for a in answers if not a.question.tuning]
    whole, spelt = _measured(reported), _measured([a for a in reported if "misspelt" not in a.question.kind])
    result.bars = [
        report.Bar("test, precision of match", whole["precision"], PRECISION),
        report.Bar("test, recall of match where nothing is misspelt", spelt["recall"], RECALL),
        report.Bar("test, right at rank 1", whole["first"], FIRST),
    ]


def _by_kind(answers: Sequence[Answer]) -> dict[str, dict[str, Any]]:
    found = {kind: _measured([a for a in answers if a.question.kind == kind]) for kind in KINDS}
    return {kind: figures for kind, figures in found.items() if figures["questions"]} | {"all": _measured(answers)}


def _measured(answers: Sequence[Answer]) -> dict[str, Any]:
    """Of matches claimed, how many are right; of those that should be, how many are; how often a right one leads."""
    claimed = [a for a in answers if a.matched]
    single = [a for a in answers if len(a.question.right) == 1]
    answerable = [a for a in answers if a.question.right]
    return {
        "questions": len(answers),
        "first": _share([a.first in a.question.right for a in answerable]),
        "claimed": len(claimed),
        "precision": _share([a.matched in a.question.right for a in claimed]),
        "recall": _share([a.matched in a.question.right for a in single]),
    }


def _share(holds: Sequence[bool]) -> float | None:
    return round(sum(holds) / len(holds), 4) if holds else None


def _misses(answers: Sequence[Answer]) -> Iterator[dict[str, Any]]:
    """Wrong matches, then single ones not claimed; of the development part only, so that nobody tunes on the test."""
    tuning = [a for a in answers if a.question.tuning]
    wrong = [a for a in tuning if a.matched and a.matched not in a.question.right]
    missed = [a for a in tuning if not a.matched and len(a.question.right) == 1]
    for what, some in (("wrong", wrong), ("missed", missed)):
        for each in some:
            asked = each.question
            yield {
                "what": what,
                "kind": asked.kind,
                "asked": [asked.text, *asked.properties],
                "right": sorted(asked.right)[:3],
                "got": each.matched or each.first,
                "score": each.score,
            }


if __name__ == "__main__":
    main()
