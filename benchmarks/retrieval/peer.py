"""The peer: SQLite FTS5 with Porter stemming and bm25 over the same texts; a query is any of its words."""

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

_WORD = re.compile(r"[a-z0-9]+")
#: The English stopwords of Snowball (https://snowballstem.org/algorithms/english/stop.txt), without apostrophes.
STOPWORDS = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves what which who whom this that these those am is are was were be "
    "been being have has had having do does did doing would should could ought a an the and but if or because as "
    "until while of at by for with about against between into through during before after above below to from up down "
    "in out on off over under again further then once here there when where why how all any both each few more most "
    "other some such no nor not only own same so than too very".split()
)


class Fts5:
    """An index in memory.

    Args:
        documents: As objects of JSON Lines.
        stopwords: Words that a query leaves out.
    """

    def __init__(self, documents: Iterable[dict[str, Any]], stopwords: frozenset[str] = STOPWORDS) -> None:
        self._stopwords = stopwords
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5 (id UNINDEXED, title, text, authors, tokenize = 'porter')"
        )
        rows = ((d["id"], d["title"], d["text"], "; ".join(d["authors"])) for d in documents)
        self._db.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)

    def search(self, text: str, limit: int = 10) -> list[str]:
        """Ids of the best documents that have any of the words; a word that is asked twice counts twice."""
        words = [word for word in _WORD.findall(text.lower()) if word not in self._stopwords]
        query = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), id LIMIT ?"
        expression = " OR ".join(f'"{word}"' for word in words)
        return [found for (found,) in self._db.execute(query, (expression, limit))] if words else []
