"""The peer: SQLite FTS5 over titles, names and subjects of the same works, on disk."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.search.generator import Text

_WORD = re.compile(r"\w+")
_PAGE = 20


class Fts5:
    """An FTS5 index in a file of its own.

    Args:
        path: The file, which does not exist yet.
        texts: What is indexed.
    """

    def __init__(self, path: Path, texts: Iterable[Text]) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE VIRTUAL TABLE works USING fts5 (title, names, subjects, tokenize = 'porter unicode61')"
        )
        rows = ((text.title, " ".join(text.names), " ".join(text.subjects)) for text in texts)
        self._db.executemany("INSERT INTO works VALUES (?, ?, ?)", rows)
        self._db.commit()

    def search(self, text: str) -> list[int]:
        """The first page, by bm25, of works that have all words."""
        expression = " AND ".join(f'"{word}"' for word in _WORD.findall(text))
        query = "SELECT rowid FROM works WHERE works MATCH ? ORDER BY bm25(works) LIMIT ?"
        return [row for (row,) in self._db.execute(query, (expression, _PAGE))] if expression else []
