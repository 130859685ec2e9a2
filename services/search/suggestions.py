"""Suggestions while typing: entities whose name begins so, in any script, the best known first."""

import tantivy

from graph.knowledge_graph import KnowledgeGraph
from services.hits.describe import describe
from services.hits.hit import Hit
from services.search import pinyin, words
from services.search.filters import ANY_KIND
from services.search.index import View
from services.search.parsing import clean
from services.search.queries import MUST, SHOULD, Query
from services.search.request import Suggestion

_LONGEST = 100
"""Characters of what is typed that are compared."""
#: What a name is worth that begins so, has a word that does, or sounds so.
_BEGINS, _EXACT, _WITHIN, _SOUND, _INITIALS = 3.0, 2.0, 1.0, 1.5, 0.7
_SURPLUS = 4
"""More entities are looked at than are shown, since some of them can't be told apart."""


def suggestions(graph: KnowledgeGraph, view: View, text: str, lang: str, kind: str, limit: int) -> list[Suggestion]:
    """Entities of one kind or any ("") whose name begins with ``text``."""
    key = words.key(clean(text)[:_LONGEST])
    if not key or limit < 1:
        return []
    query = Query.boolean_query([(MUST, _named(view, key)), *_of_kind(view, kind)])
    found = view.searcher.search(query, limit + _SURPLUS, False, weight_by_field="works").hits
    documents = [view.searcher.doc(address) for _, address in found]
    described = describe(graph, [str(document["iri"][0]) for document in documents], lang, brief=True)
    made: dict[tuple[str, str, str], Suggestion] = {}
    for document in documents:
        if hit := described.get(str(document["iri"][0])):
            suggestion = _suggestion(hit, document, key)
            made.setdefault((suggestion.label, suggestion.hint, suggestion.type), suggestion)
    return list(made.values())[:limit]


def _of_kind(view: View, kind: str) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    if kind in ANY_KIND:
        return []
    return [(MUST, Query.const_score_query(Query.term_query(view.schema, "kind", kind), 0.0))]


def _named(view: View, key: str) -> tantivy.Query:
    tiers = [
        (_EXACT, Query.term_query(view.schema, "key", key)),
        (_BEGINS, _prefix(view, "key", key)),
        (_WITHIN, _within(view, key)),
    ]
    letters = key.replace(" ", "")
    if letters.isascii() and letters.isalpha():
        tiers.append((_INITIALS, _prefix(view, "initials", letters)))
        if pinyin.begins(letters):
            tiers.append((_SOUND, _prefix(view, "sound", letters)))
    return Query.boolean_query([(SHOULD, Query.const_score_query(query, worth)) for worth, query in tiers])


def _prefix(view: View, field: str, text: str) -> tantivy.Query:
    return Query.fuzzy_term_query(view.schema, field, text, distance=0, prefix=True)


def _within(view: View, key: str) -> tantivy.Query:
    """All words, the last of which is not typed to its end; Chinese characters side by side."""
    tokens = words.plain().analyze(key)
    if not tokens:  # a word longer than any that the index keeps
        return Query.empty_query()
    if words.has_han(key):
        if len(tokens) == 1:
            return Query.term_query(view.schema, "name", key)
        return Query.phrase_query(view.schema, "name", list(tokens))
    whole = [(MUST, Query.term_query(view.schema, "name", token)) for token in tokens[:-1]]
    return Query.boolean_query([*whole, (MUST, _prefix(view, "name", tokens[-1]))])


def _suggestion(hit: Hit, document: tantivy.Document, key: str) -> Suggestion:
    label = hit.title or hit.label
    matched = _matching(label, document, key)
    shown = f"{matched} → {label}" if matched and matched != label else label
    return Suggestion(hit.iri, shown, _hint(hit), hit.type, int(document["works"][0]))


def _matching(label: str, document: tantivy.Document, key: str) -> str | None:
    """Another name than the label by which the entity was found; None where the label itself has it."""
    if key in words.key(label):
        return None
    names = bytes(document.get_first("names") or b"").decode(errors="ignore").split("\n")
    return next((name for name in names if words.key(name).startswith(key)), None)


def _hint(hit: Hit) -> str:
    parts = [*hit.creators[:1], hit.date, hit.format] if hit.creators or hit.format else [hit.date]
    return " · ".join(part for part in parts if part)
