"""Headings of a field in order: titles of works, names of agents and subjects, with how many works each finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tantivy

from services.search import words
from services.search.boolean import HEADINGS, Compiler
from services.search.documents.document import filed
from services.search.expressions import Exact
from services.search.index import View
from services.search.queries import MUST, Query

_BATCH = 100
_MOST_LOOKED_AT = 5_000
"""Entities looked at in one direction: of many headings that no work has, some may be all that is looked at."""
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is written, and how many works ``Exact`` finds by it."""

    text: str
    works: int


def headings(view: View, compiler: Compiler, field: str, text: str, before: int, after: int) -> list[Heading]:
    """Headings around where ``text`` is filed, in order; each has a work.

    Args:
        view: The index.
        compiler: Over the same.
        field: One of ``EXACT_FIELDS``.
        text: Filed as titles are: without its article, Chinese by its sound.
        before: So many at most that come before it.
        after: So many at most from it on.
    """
    start = filed(text)
    found: list[Heading] = []
    for patterns, order, wanted in (
        (_below(start), tantivy.Order.Desc, before),
        (_from(start), tantivy.Order.Asc, after),
    ):
        entities = _entities(view, HEADINGS[field][0], patterns, order)
        found += _first(view, compiler, field, entities, wanted)[:: -1 if order == tantivy.Order.Desc else 1]
    return found


def _first(view: View, compiler: Compiler, field: str, names: Iterable[str], wanted: int) -> list[Heading]:
    """The first headings that find a work; one that several entities have stands once."""
    made: list[Heading] = []
    seen: set[str] = set()
    for name in names if wanted else ():
        if (key := words.key(name)) in seen:
            continue
        seen.add(key)
        works = _works(view, compiler.query(Exact(field, name)))
        if works:
            made.append(Heading(name, works))
        if len(made) == wanted:
            break
    return made


def _works(view: View, query: Query) -> int:
    of_works = Query.boolean_query([(MUST, query), (MUST, Query.term_query(view.schema, "kind", "work"))])
    return int(view.searcher.search(of_works, 1, count=True).count or 0)  # type: ignore[attr-defined]  # missing in the stubs


def _entities(view: View, kinds: Iterable[str], patterns: Iterable[str], order: tantivy.Order) -> Iterator[str]:
    """Names of entities, in order, as far as is looked."""
    of_kind = (MUST, Query.term_set_query(view.schema, "kind", list(kinds)))
    left = _MOST_LOOKED_AT
    for pattern in patterns:
        query = Query.boolean_query([of_kind, (MUST, Query.regex_query(view.schema, "by_title", pattern))])
        offset, found = 0, _BATCH
        while found == _BATCH and left > 0:
            hits = view.searcher.search(query, _BATCH, False, "by_title", offset, order).hits
            offset, found, left = offset + _BATCH, len(hits), left - len(hits)
            for _, address in hits:
                names = bytes(view.searcher.doc(address).get_first("names") or b"").decode(errors="ignore")
                yield names.partition("\n")[0]


def _from(start: str) -> Iterator[str]:
    r"""Patterns of all that is filed at ``start`` or after it, in that order: the narrowest first.

    >>> list(_from("ab"))
    ['ab.*', 'a[\\x{63}-\\x{10ffff}].*', '[\\x{62}-\\x{10ffff}].*']
    """
    yield f"{_literal(start)}.*"
    for at in reversed(range(len(start))):
        if (code := _beside(start[at], 1)) <= _LAST:
            yield f"{_literal(start[:at])}[{_sign(code)}-{_sign(_LAST)}].*"


def _below(start: str) -> Iterator[str]:
    r"""Patterns of all that is filed before ``start``, backwards.

    >>> list(_below("ab"))
    ['a[\\x{0}-\\x{61}].*', '[\\x{0}-\\x{60}].*']
    """
    for at in reversed(range(len(start))):
        if (code := _beside(start[at], -1)) >= 0:
            yield f"{_literal(start[:at])}[{_sign(0)}-{_sign(code)}].*"


def _beside(character: str, step: int) -> int:
    code = ord(character) + step
    return code if code not in _SURROGATES else (_SURROGATES.stop if step > 0 else _SURROGATES.start - 1)


def _literal(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else _sign(ord(c)) for c in text)


def _sign(code: int) -> str:
    return f"\\x{{{code:x}}}"
