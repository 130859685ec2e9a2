"""The peer: SQLite FTS5, whole words first (unicode61), then what shares trigrams."""

import re
import sqlite3
from collections.abc import Iterable

from benchmarks.known_item.catalogue import Facts

_WORD = re.compile(r"\w+")
_TRIGRAM = 3


class Fts5:
    """An FTS5 index of records in memory.

    Args:
        records: What is indexed: titles, names, subjects, ISBNs and call numbers.
    """

    def __init__(self, records: Iterable[Facts]) -> None:
        self._db = sqlite3.connect(":memory:")
        rows = [_row(record) for record in records]
        for name, tokenizer in (("words", "unicode61 remove_diacritics 2"), ("trigrams", "trigram")):
            self._db.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5 (work UNINDEXED, title, rest, tokenize = '{tokenizer}')"
            )
            self._db.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", rows)  # noqa: S608  our own names

    def search(self, text: str, limit: int) -> list[str]:
        """Works, the best first."""
        tokens = _WORD.findall(text)
        all_words = " AND ".join(f'"{token}"' for token in tokens)
        parts = [text[at : at + _TRIGRAM] for at in range(max(len(text) - _TRIGRAM + 1, 1))]
        some_trigrams = " OR ".join(f'"{part}"' for part in parts if '"' not in part)
        found = self._match("words", all_words, limit)
        found += [work for work in self._match("trigrams", some_trigrams, limit) if work not in found]
        return found[:limit]

    def _match(self, table: str, expression: str, limit: int) -> list[str]:
        # The table is one of our two names; what is asked is bound.
        query = f"SELECT work FROM {table} WHERE {table} MATCH ? ORDER BY bm25({table}, 0, 5, 1) LIMIT ?"  # noqa: S608
        return [work for (work,) in self._db.execute(query, (expression, limit))] if expression else []


def _row(record: Facts) -> tuple[str, str, str]:
    names = [name for agent in record.agents for name in agent]
    rest = [*names, *record.subjects, *record.isbns, *record.numbers]
    return record.work, " ".join([*record.titles, *record.full_titles, *record.variants]), " ".join(rest)
