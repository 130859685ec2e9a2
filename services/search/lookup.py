"""What the text index knows of entities without asking the graph: all their names, in every script, and their works."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import tantivy

from services.search.filters import ANY_KIND
from services.search.index import View
from services.search.queries import MUST, SHOULD, Query
from services.search.schema import FACET_FIELDS

MOST_WORKS = 100
"""Works of an agent, subject or series that are looked at, in the order of the index."""
#: Facets by which works say whom and what they have to do with.
_LINKS = ("creator", "subject", "place", "series")


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the index.

    Attributes:
        iri: Without brackets.
        names: In every script, the preferred ones first; variants of authority records among them.
        works: Works behind it.
    """

    iri: str
    names: tuple[str, ...]
    works: int


def known(view: View, address: tantivy.DocAddress) -> Known:
    """The entity of a document."""
    document = view.searcher.doc(address)
    names = bytes(document.get_first("names") or b"").decode(errors="ignore").split("\n")
    return Known(str(document["iri"][0]), tuple(name for name in names if name), int(document["works"][0]))


def known_by_iri(view: View, iris: Collection[str]) -> dict[str, Known]:
    """The entities of some bare IRIs, of those that have a document."""
    if not iris:
        return {}
    query = Query.term_set_query(view.schema, "iri", list(iris))
    hits = view.searcher.search(query, len(iris), False).hits
    return {found.iri: found for found in (known(view, address) for _, address in hits)}


def of_types(view: View, iris: Collection[str], kinds: Iterable[tuple[str, str]]) -> set[str]:
    """Those of some bare IRIs that are of one of some kinds, each with a class or "" for any."""
    if not iris:
        return set()
    among = Query.term_set_query(view.schema, "iri", list(iris))
    query = Query.boolean_query([(MUST, among), *of_kinds(view, kinds)])
    return {known(view, address).iri for _, address in view.searcher.search(query, len(iris), False).hits}


def works_of(view: View, iri: str) -> list[Known]:
    """Works by, with or about an entity, or of a series."""
    links = [(SHOULD, Query.term_query(view.schema, FACET_FIELDS[name], iri)) for name in _LINKS]
    hits = view.searcher.search(Query.boolean_query(links), MOST_WORKS, False).hits
    return sorted((known(view, address) for _, address in hits), key=lambda work: work.iri)


def of_kinds(view: View, kinds: Iterable[tuple[str, str]]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Clauses for what is of one of some kinds, each with a class or "" for any; none for any kind."""
    found = []
    for kind, class_ in kinds:
        clauses = [(MUST, Query.term_query(view.schema, "kind", kind))] if kind not in ANY_KIND else []
        if class_:
            clauses.append((MUST, Query.term_query(view.schema, FACET_FIELDS["type"], class_)))
        found.append((SHOULD, Query.boolean_query(clauses)))
    return [(MUST, Query.const_score_query(Query.boolean_query(found), 0.0))] if found else []
