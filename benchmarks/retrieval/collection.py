"""Two collections of documents, queries and judgements, read from the shared data; they may not be copied.

Cranfield: 1,400 abstracts on aerodynamics, 225 queries, in the TREC form whose grades are 0 and 1. The queries bear the
numbers of the first experiment, the judgements count them: the 3rd query, number 4, is the 3rd in the judgements.
CISI: 1,460 documents on information science, 112 queries, of which 76 are judged. Some are a few words, others a whole
abstract with its title, which is part of the query.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import digest

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "retrieval"
_ELEMENT = re.compile(r"<(docno|title|author|text|num)>(.*?)</\1>", re.DOTALL)
_MARK = re.compile(r"\.([ITAWXB])(?:\s+(\d+))?\s*\Z")


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    Attributes:
        name: As a source of records.
        documents: As objects of JSON Lines.
        queries: Number -> text, of those that are judged.
        judgements: Number of the query -> document -> grade.
        files: What it was read from, with digests.
    """

    name: str
    documents: list[dict[str, Any]]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]
    files: dict[str, str]


def cranfield(folder: Path) -> Collection:
    """Cranfield in TREC's form.

    Raises:
        FileNotFoundError: It is not here.
    """
    documents, topics, judged = (folder / name for name in ("cran.all.1400.xml", "cran.qry.xml", "cranqrel.trec.txt"))
    grades: dict[str, dict[str, int]] = {}
    for line in judged.read_text(encoding="utf-8").splitlines():
        query, _, number, grade = line.split()
        grades.setdefault(query, {})[number] = int(grade)
    found = [
        document(parts["docno"], parts["title"], [parts["author"]], parts["text"])
        for parts in elements(documents.read_text(encoding="utf-8"), "doc")
    ]
    queries = {
        str(place): parts["title"]
        for place, parts in enumerate(elements(topics.read_text(encoding="utf-8"), "top"), start=1)
    }
    return _collection("cranfield", found, queries, grades, (documents, topics, judged))


def cisi(folder: Path) -> Collection:
    """CISI in SMART's form.

    Raises:
        FileNotFoundError: It is not here.
    """
    documents, topics, judged = (folder / name for name in ("CISI.ALL", "CISI.QRY", "CISI.REL"))
    grades: dict[str, dict[str, int]] = {}
    for line in judged.read_text(encoding="utf-8").splitlines():
        query, number, *_ = line.split()
        grades.setdefault(query, {})[number] = 1
    found = [
        document(number, _joined(parts, "T"), [name.strip() for name in parts.get("A", [])], _joined(parts, "W"))
        for number, parts in smart(documents.read_text(encoding="utf-8", errors="replace"))
    ]
    queries = {
        number: f"{_joined(parts, 'T')} {_joined(parts, 'W')}".strip()
        for number, parts in smart(topics.read_text(encoding="utf-8", errors="replace"))
    }
    return _collection("cisi", found, queries, grades, (documents, topics, judged))


COLLECTIONS: dict[str, Callable[[Path], Collection]] = {"cranfield": cranfield, "cisi": cisi}


def _collection(
    name: str,
    documents: list[dict[str, Any]],
    queries: dict[str, str],
    judgements: dict[str, dict[str, int]],
    files: tuple[Path, ...],
) -> Collection:
    """The collection with those queries that some judged document is relevant to."""
    judged = {query: grades for query, grades in judgements.items() if any(grade > 0 for grade in grades.values())}
    asked = {query: text for query, text in queries.items() if query in judged}
    assert asked.keys() == judged.keys(), "judgements of queries that are not there"
    return Collection(name, documents, asked, judged, {path.name: digest(path) for path in files})


def document(number: str, title: str, authors: list[str], text: str) -> dict[str, Any]:
    """A document as an object of JSON Lines."""
    return {"id": number, "title": title, "text": text, "authors": [a for a in authors if a], "lang": "en"}


def elements(text: str, name: str) -> Iterator[dict[str, str]]:
    r"""The elements ``name`` of a file that is no well-formed XML: name of each part -> its text on one line.

    >>> list(elements("<doc><docno>1</docno><title>Two\nlines</title></doc>", "doc"))
    [{'docno': '1', 'title': 'Two lines'}]
    """
    for match in re.finditer(rf"<{name}>(.*?)</{name}>", text, re.DOTALL):
        yield {part: " ".join(content.split()) for part, content in _ELEMENT.findall(match[1])}


def smart(text: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    r"""The entries of a SMART file: number, and letter of each part -> its lines.

    >>> list(smart(".I 1\n.T\nTitle\n.A\nOne, A.\nTwo, B.\n.W\nText.\n"))
    [('1', {'T': ['Title'], 'A': ['One, A.', 'Two, B.'], 'W': ['Text.']})]
    """
    number = ""
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        mark = _MARK.match(line)
        if mark is None:
            lines.append(line)
        elif mark[1] == "I":
            if number:
                yield number, parts
            number, parts, lines = mark[2], {}, []
        else:
            lines = parts.setdefault(mark[1], [])
    if number:
        yield number, parts


def _joined(parts: dict[str, list[str]], letter: str) -> str:
    return " ".join(" ".join(parts.get(letter, [])).split())
